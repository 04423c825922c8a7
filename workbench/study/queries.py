"""Named read queries that need more than one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.model.case import Document, Reading, ReadingState
from workbench.model.cell import Cell
from workbench.model.coding import Coding, Excerpt
from workbench.model.decision import Decision
from workbench.model.memo import Memo
from workbench.model.records import key_of
from workbench.model.text import Passage, PlaceMap, Text
from workbench.study.log import read
from workbench.study.rows import quoted, record_of, select_sql
from workbench.study.schema import TABLES
from workbench.study.study import Study

_BY_PLACE = "ORDER BY d.key, t.kind <> 'original', t.kind, t.id, e.start, e.\"end\""
"""Excerpts by document, in it the original first, in a text by place."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """One line of the case × document grid: what of a document is held, read and indexed."""

    document: Document
    cases: tuple[str, ...]
    """Names of the cases, in study order."""
    texts: tuple[Text, ...]
    readings: tuple[Reading, ...]
    codings: int

    @property
    def state(self) -> ReadingState:
        """Give the furthest that anyone has come with any text of the document."""
        states = {reading.state for reading in self.readings}
        for state in (ReadingState.READ, ReadingState.SKIMMED):
            if state in states:
                return state
        return ReadingState.UNREAD


@dataclass(frozen=True, slots=True)
class PlacedCoding:
    """A coding with the excerpt it stands on."""

    coding: Coding
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class PlacedExcerpt:
    """An excerpt with the text and document it is taken from."""

    excerpt: Excerpt
    text: Text
    document: Document
    place: str
    """Page and paragraph."""

    @property
    def citation(self) -> str:
        """Give document, language, page and paragraph, ready to print."""
        language = f" ({self.text.language})" if self.text.language else ""
        return f"{self.document.key}{language}, {self.place}"


def coverage(study: Study) -> list[Coverage]:
    """List every document of the register with its cases, texts, readings and codings."""
    cases: dict[str, list[str]] = {}
    query = (
        "SELECT cd.document_id, c.name FROM case_document_records cd "
        "JOIN case_records c ON c.id = cd.case_id ORDER BY c.position"
    )
    for document_id, name in study.connection.execute(query):
        cases.setdefault(document_id, []).append(name)
    texts: dict[str, list[Text]] = {}
    for text in study.all(Text, order="kind"):
        texts.setdefault(text.document_id, []).append(text)
    readings: dict[str, list[Reading]] = {}
    for reading in study.all(Reading):
        readings.setdefault(reading.text_id, []).append(reading)
    counts = coding_counts_by_text(study)
    return [
        Coverage(
            document,
            tuple(cases.get(document.id, ())),
            tuple(held := _originals_first(texts.get(document.id, []))),
            tuple(reading for text in held for reading in readings.get(text.id, ())),
            sum(counts.get(text.id, 0) for text in held),
        )
        for document in study.all(Document, order="key")
    ]


def _originals_first(texts: list[Text]) -> list[Text]:
    return sorted(texts, key=lambda text: (text.kind != "original", text.kind, text.language))


def coding_counts_by_text(study: Study) -> dict[str, int]:
    """Count the codings of each text."""
    query = (
        "SELECT e.text_id, count(*) FROM coding_records k JOIN excerpt_records e ON e.id = k.excerpt_id "
        "GROUP BY e.text_id"
    )
    return dict(study.connection.execute(query).fetchall())


def coding_counts_by_code(study: Study) -> dict[str, int]:
    """Count the codings under each code."""
    return dict(
        study.connection.execute("SELECT code_id, count(*) FROM coding_records GROUP BY code_id").fetchall()
    )


def coding_counts_by_cell(study: Study) -> dict[tuple[str, str], int]:
    """Count the coded excerpts of each case and code."""
    query = (
        "SELECT cd.case_id, k.code_id, count(DISTINCT e.id) FROM coding_records k "
        "JOIN excerpt_records e ON e.id = k.excerpt_id JOIN text_records t ON t.id = e.text_id "
        "JOIN case_document_records cd ON cd.document_id = t.document_id GROUP BY cd.case_id, k.code_id"
    )
    return {(case_id, code_id): count for case_id, code_id, count in study.connection.execute(query)}


def codings_of_text(study: Study, text_id: str) -> list[PlacedCoding]:
    """List the codings of a text by place."""
    query = (
        "SELECT k.id, k.excerpt_id, k.code_id, k.coder, k.doubtful, k.confirmed, k.suggestion, "
        'e.id, e.text_id, e.start, e."end", e.quote '
        "FROM excerpt_records e JOIN coding_records k ON k.excerpt_id = e.id WHERE e.text_id = ? "
        'ORDER BY e.start, e."end", k.code_id, k.coder'
    )
    return [
        PlacedCoding(Coding(row[0], row[1], row[2], row[3], bool(row[4]), row[5], row[6]), Excerpt(*row[7:]))
        for row in study.connection.execute(query, (text_id,))
    ]


def coded_passages(study: Study, text_id: str, coder: str | None = None) -> list[Passage]:
    """List the passages of a text that anyone, or one coder, has coded."""
    query = (
        'SELECT DISTINCT e.start, e."end" FROM excerpt_records e '
        "JOIN coding_records k ON k.excerpt_id = e.id "
        'WHERE e.text_id = ?1 AND (?2 IS NULL OR k.coder = ?2) ORDER BY e.start, e."end"'
    )
    return [Passage(start, end) for start, end in study.connection.execute(query, (text_id, coder))]


def decisions_on_kind(study: Study, kind: str) -> list[Decision]:
    """Read every decision that touched a record of a kind, in order."""
    where = "seq IN (SELECT seq FROM touches WHERE key BETWEEN ? AND ?)"
    return list(read(study.connection, where, (f"{kind}:", f"{kind};")))


def last_looks(study: Study, coding_ids: Sequence[str], actions: Sequence[str]) -> dict[str, int]:
    """Map codings to the latest standing decision by one of the actions that touched them."""
    found: dict[str, int] = {}
    for first in range(0, len(coding_ids), 500):
        keys = [f"coding:{coding_id}" for coding_id in coding_ids[first : first + 500]]
        query = (
            "SELECT substr(t.key, 8), max(t.seq) FROM touches t JOIN decisions d ON d.seq = t.seq "
            f"WHERE t.key IN ({_marks(keys)}) AND d.action IN ({_marks(actions)}) "
            "AND t.seq NOT IN (SELECT seq FROM undone) GROUP BY t.key"
        )
        found |= dict(study.connection.execute(query, (*keys, *actions)).fetchall())
    return found


def excerpt_at(study: Study, text_id: str, start: int, end: int) -> Excerpt | None:
    """Find the excerpt of exactly this passage."""
    found = study.all(Excerpt, text_id=text_id, start=start, end=end)
    return found[0] if found else None


def excerpts_coded(study: Study, *, code_id: str, case_id: str | None = None) -> list[Excerpt]:
    """List the excerpts under a code, of one case or of all, by document and place."""
    case = (
        "AND EXISTS (SELECT 1 FROM case_document_records cd WHERE cd.document_id = t.document_id "
        "AND cd.case_id = ?) "
        if case_id is not None
        else ""
    )
    query = (
        f"{select_sql('excerpt', 'e.')} e JOIN text_records t ON t.id = e.text_id "
        "JOIN document_records d ON d.id = t.document_id "
        "WHERE e.id IN (SELECT excerpt_id FROM coding_records WHERE code_id = ?) "
        f"{case}{_BY_PLACE}"
    )
    values = (code_id,) if case_id is None else (code_id, case_id)
    return [record_of("excerpt", row) for row in study.connection.execute(query, values)]


def placed(study: Study, excerpts: Iterable[Excerpt]) -> list[PlacedExcerpt]:
    """Put each excerpt beside its text, its document and its citation."""
    held: dict[str, tuple[Text, Document, PlaceMap]] = {}
    found = []
    for excerpt in excerpts:
        if excerpt.text_id not in held:
            text = study.get(Text, excerpt.text_id)
            held[excerpt.text_id] = text, study.get(Document, text.document_id), study.places(text)
        text, document, places = held[excerpt.text_id]
        found.append(PlacedExcerpt(excerpt, text, document, places.cite(excerpt.passage)))
    return found


def excerpts_of_cell(study: Study, cell_id: str) -> list[Excerpt]:
    """List the excerpts a cell rests on, by document and place."""
    query = (
        f"{select_sql('excerpt', 'e.')} e JOIN text_records t ON t.id = e.text_id "
        "JOIN document_records d ON d.id = t.document_id "
        f"WHERE e.id IN (SELECT excerpt_id FROM cell_excerpt_records WHERE cell_id = ?) {_BY_PLACE}"
    )
    return [record_of("excerpt", row) for row in study.connection.execute(query, (cell_id,))]


def cells_resting_on(study: Study, *, codes: Sequence[str] = (), excerpts: Sequence[str] = ()) -> list[Cell]:
    """List the cells of any of the codes and the cells linked to any of the excerpts."""
    by_code, by_excerpt = _marks(codes), _marks(excerpts)
    query = (
        f"{select_sql('cell')} WHERE code_id IN ({by_code}) OR id IN "
        f"(SELECT cell_id FROM cell_excerpt_records WHERE excerpt_id IN ({by_excerpt})) ORDER BY id"
    )
    return [record_of("cell", row) for row in study.connection.execute(query, (*codes, *excerpts))]


def claims_resting_on(study: Study, *, cells: Sequence[str] = (), excerpts: Sequence[str] = ()) -> list[str]:
    """List the ids of the claims linked to any of the cells or excerpts."""
    by_cell, by_excerpt = _marks(cells), _marks(excerpts)
    query = (
        f"SELECT claim_id FROM claim_cell_records WHERE cell_id IN ({by_cell}) "
        f"UNION SELECT claim_id FROM claim_excerpt_records WHERE excerpt_id IN ({by_excerpt}) ORDER BY 1"
    )
    return [row[0] for row in study.connection.execute(query, (*cells, *excerpts))]


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" for _ in values)


def memos_on(study: Study, record: Excerpt | Coding | Document | Cell | Text) -> list[Memo]:
    """List the memos anchored to a record, oldest first."""
    return study.all(Memo, order="at", anchor=key_of(record))


def memos_in_text(study: Study, text_id: str) -> list[tuple[Memo, Excerpt]]:
    """List the memos anchored to passages of a text, or to codings of it, by place."""
    query = (
        "SELECT m.id, e.id FROM excerpt_records e JOIN memo_records m ON m.anchor = 'excerpt:' || e.id "
        "WHERE e.text_id = ?1 UNION SELECT m.id, e.id FROM excerpt_records e "
        "JOIN coding_records k ON k.excerpt_id = e.id JOIN memo_records m ON m.anchor = 'coding:' || k.id "
        "WHERE e.text_id = ?1"
    )
    found = [
        (study.get(Memo, memo_id), study.get(Excerpt, excerpt_id))
        for memo_id, excerpt_id in study.connection.execute(query, (text_id,)).fetchall()
    ]
    return sorted(found, key=lambda pair: (pair[1].start, pair[1].end, pair[0].at))


def ids_beginning(study: Study, kind: str, beginning: str) -> list[str]:
    """List the ids of a kind that begin with some characters, so that ids can be typed short."""
    query = f"SELECT id FROM {quoted(TABLES[kind].name)} WHERE substr(id, 1, ?) = ? ORDER BY id LIMIT 20"
    return [row[0] for row in study.connection.execute(query, (len(beginning), beginning))]


def imported_parts(study: Study) -> dict[tuple[str, str], tuple[str, str]]:
    """Map (original hash, part) of every text to (file name, encoding it was read in)."""
    query = "SELECT original_hash, part, file_name, encoding FROM text_records"
    return {(row[0], row[1]): (row[2], row[3]) for row in study.connection.execute(query)}


def times_of_decisions(study: Study) -> list[tuple[int, str]]:
    """List number and time of every decision, in the order of the log."""
    return study.connection.execute("SELECT seq, at FROM decisions ORDER BY seq").fetchall()


def first_unread_case(study: Study, text_id: str) -> str | None:
    """Find a case of a text of which nobody has read or coded anything."""
    query = (
        "SELECT cd.case_id FROM text_records t "
        "JOIN case_document_records cd ON cd.document_id = t.document_id "
        "WHERE t.id = ?1 AND NOT EXISTS (SELECT 1 FROM case_document_records o "
        "JOIN text_records ot ON ot.document_id = o.document_id "
        "JOIN reading_records r ON r.text_id = ot.id WHERE o.case_id = cd.case_id AND r.state <> ?2) "
        "AND NOT EXISTS (SELECT 1 FROM case_document_records o "
        "JOIN text_records ot ON ot.document_id = o.document_id "
        "JOIN excerpt_records e ON e.text_id = ot.id "
        "JOIN coding_records k ON k.excerpt_id = e.id WHERE o.case_id = cd.case_id) LIMIT 1"
    )
    row = study.connection.execute(query, (text_id, ReadingState.UNREAD.value)).fetchone()
    return None if row is None else str(row[0])


def coders_in_log(study: Study) -> list[str]:
    """Name everybody who decided anything."""
    return [row[0] for row in study.connection.execute("SELECT DISTINCT coder FROM decisions ORDER BY 1")]


def latest_undoable(study: Study, coder: str, passed_over: Iterable[str]) -> int | None:
    """Find the latest decision of a coder that still stands, stepping over some verbs."""
    skipped = list(passed_over)
    query = (
        f"SELECT max(seq) FROM decisions WHERE coder = ? AND action NOT IN ({_marks(skipped)}) "
        "AND seq NOT IN (SELECT seq FROM undone)"
    )
    row = study.connection.execute(query, (coder, *skipped)).fetchone()
    return None if row[0] is None else int(row[0])


def latest_redoable(study: Study, coder: str, passed_over: Iterable[str]) -> int | None:
    """Find the decision of a coder that was undone last, unless the coder has decided anything since."""
    skipped = list(passed_over)
    query = (
        "SELECT u.seq, u.by_seq FROM undone u JOIN decisions d ON d.seq = u.by_seq WHERE d.coder = ? "
        "ORDER BY u.by_seq DESC LIMIT 1"
    )
    row = study.connection.execute(query, (coder,)).fetchone()
    if row is None:
        return None
    since = study.connection.execute(
        f"SELECT 1 FROM decisions WHERE coder = ? AND seq > ? AND action NOT IN ({_marks(skipped)}) LIMIT 1",
        (coder, row[1], *skipped),
    ).fetchone()
    return None if since else int(row[0])
