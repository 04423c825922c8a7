"""The past: for every decision of any log, the tables are those of a true replay up to it."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import Refused, StudyFileError, WrongUsage
from workbench.model.case import Case, CaseDocument, Document
from workbench.model.coding import Coding, Excerpt
from workbench.model.decision import Verb
from workbench.model.framework import Code, Theme
from workbench.model.memo import Memo, MemoKind
from workbench.model.records import Record, Setting, key_of
from workbench.model.text import Text, TextKind
from workbench.stages import history
from workbench.study import file
from workbench.study.check import check_study
from workbench.study.file import as_of, create_study, study_in_memory
from workbench.study.log import read
from workbench.study.replay import replay
from workbench.study.rows import quoted
from workbench.study.schema import TABLES
from workbench.study.study import Study

WORDS = [
    "",
    "rights",
    "人権 😀",
    'a "quoted" \\u0000 path\\',
    "cut\x00off",
    "tab\tline\n\x01\x7f\u2028",
    "%s {}",
]


def tables(study: Study) -> dict[str, list[Any]]:
    names = [*(table.name for table in TABLES.values()), "touches", "undone", "decisions"]
    return {
        name: study.connection.execute(f"SELECT * FROM {quoted(name)} ORDER BY 1, 2").fetchall()
        for name in names
    }


def truly_replayed(study: Study, seq: int) -> dict[str, list[Any]]:
    anew = study_in_memory(coder="")
    replay(anew.connection, read(study.connection, "seq <= ?", (seq,)))
    found = tables(anew)
    anew.close()
    return found


def base(digest: str) -> list[Record]:
    text = Text("x", "d", "en", TextKind.ORIGINAL, digest, digest, digest, "f.txt", "", "txt", "utf-8", 9)
    return [
        Case("c", "Osaka", 1, {"level": "city"}),
        Document("d", "plan", "Plan"),
        CaseDocument.of("c", "d"),
        text,
        Theme("t", None, 1, "Rights"),
        Code("k", "t", 1, "Voting", examples=("one", "two")),
        Code("k2", "t", 2, "Speech", cues=()),
    ]


def steps(study: Study, rng: random.Random, count: int) -> None:
    """Put, change and take away records of several kinds, singly and in bulk, and undo and redo some."""
    with study.transaction():
        study.decide(Verb.ADD_CASE, "case:c", put=base(study.store(b"{}")))
    for number in range(count):
        try:
            rng.choice([put_some, put_some, take_away, turn])(study, rng, number)
        except (Refused, WrongUsage):
            continue


def put_some(study: Study, rng: random.Random, number: int) -> None:
    word = rng.choice(WORDS)
    start = rng.randrange(5)
    excerpt = Excerpt(f"e{start}", "x", start, 9, "{}"[start:])
    choice: list[list[Record]] = [
        [Setting(f"note {rng.randrange(3)}", word)],
        [Setting(word or "empty", word)],
        [Memo(f"m{rng.randrange(4)}", "case:c", rng.choice(list(MemoKind)), word, "A. Mori", "2026-01-01")],
        [excerpt, Coding(f"q{start}", excerpt.id, rng.choice(["k", "k2"]), "A. Mori", rng.random() < 0.5)],
        [Code("k", "t", 1, word or "Voting", wordings={word: word}, examples=tuple(rng.sample(WORDS, 2)))],
        [Case("c", "Osaka", rng.randrange(-2, 3), {word: word} if word else {})],
        [Setting(f"bulk {each}", f"{number} {word}") for each in range(rng.randrange(2, 6))],
    ]
    put = rng.choice(choice)
    study.decide(Verb.CHANGE_SETTING, key_of(put[0]), put=put)


def take_away(study: Study, rng: random.Random, number: int) -> None:
    records: list[Record] = [*study.all(Memo), *study.all(Coding), *study.all(Setting)]
    keys = [key_of(record) for record in records if record.id != "title"]
    gone = rng.sample(keys, min(len(keys), rng.randrange(1, 4)))
    if not gone:
        return
    study.decide(Verb.REMOVE_MEMO, gone[0], remove=gone)


def turn(study: Study, rng: random.Random, number: int) -> None:
    if rng.random() < 0.3:
        history.redo(study)
    else:
        history.undo(study, rng.randrange(3, study.head.count + 2))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.workbench"


@given(seed=st.integers(0, 10**9), count=st.integers(0, 25))
@settings(max_examples=25, deadline=None)
def test_every_past_equals_a_true_replay_from_either_end(seed: int, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        study = create_study(Path(folder) / "s.workbench", title="T", coder="A. Mori")
        steps(study, random.Random(seed), count)
        for seq in range(study.head.count + 1):
            expected = truly_replayed(study, seq)
            for forward in (True, False):
                with as_of(study, seq, forward=forward) as past:
                    assert tables(past) == expected
        assert file.check_replay(study) == []
        study.close()


def grown(path: Path, count: int = 40) -> Study:
    study = create_study(path, title="T", coder="A. Mori")
    steps(study, random.Random(3), count)
    return study


def test_the_past_stays_as_it_is_while_the_study_goes_on(path: Path) -> None:
    study = grown(path)
    seq = study.head.count
    past = as_of(study, seq)
    before = tables(past)
    study.decide(Verb.CHANGE_SETTING, "setting:new", put=[Setting("new", "later")])
    history.undo(study)
    assert tables(past) == before
    assert past.head.count == seq
    assert past.head.hash == study.decision(seq).hash


def test_the_past_cannot_be_changed(path: Path) -> None:
    study = grown(path)
    with as_of(study, 5) as past, pytest.raises(Refused, match="as of decision 5; the past can only be read"):
        past.decide(Verb.CHANGE_SETTING, "setting:new", put=[Setting("new", "x")])
    assert study.setting("new") == ""


def test_the_past_of_a_past_is_that_of_the_study(path: Path) -> None:
    study = grown(path)
    with as_of(study, 20) as past, as_of(past, 10) as earlier:
        assert tables(earlier) == truly_replayed(study, 10)


def test_a_log_that_does_not_parse_has_no_past_and_says_so(path: Path) -> None:
    study = grown(path)
    study.connection.execute("UPDATE decisions SET \"after\" = '{' WHERE seq = 2")
    with pytest.raises(StudyFileError, match="cannot be read"):
        as_of(study, study.head.count // 2)


def test_making_the_past_can_be_stopped(path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(what: str, done: int, of: int) -> None:
        raise Stopped

    study = grown(path)
    with pytest.raises(Stopped):
        as_of(study, 10, progress=stop)
    study.decide(Verb.CHANGE_SETTING, "setting:new", put=[Setting("new", "x")])


BEHIND = {
    "a record taken away": ("DELETE FROM setting_records WHERE id = 'title'", "setting:title"),
    "a record added": ("INSERT INTO setting_records VALUES ('forged', 'x')", "setting:forged"),
    "nothing for no text": ("UPDATE code_records SET definition = NULL WHERE id = 'k2'", "code:k2"),
    "a touch taken away": ("DELETE FROM touches WHERE key = 'case:c' AND seq = 2", "touches"),
    "a touch added": ("INSERT INTO touches VALUES ('case:c', 99)", "touches"),
    "an undone decision": ("INSERT OR REPLACE INTO undone VALUES (2, 3)", "undone"),
}


@pytest.mark.parametrize(("sql", "place"), BEHIND.values(), ids=BEHIND.keys())
def test_what_is_changed_behind_the_log_is_found(path: Path, sql: str, place: str) -> None:
    study = grown(path)
    assert check_study(study) == []
    study.connection.execute(sql)
    assert place in {finding.place for finding in file.check_replay(study)}


def test_a_decision_that_starts_from_what_never_stood_is_found(path: Path) -> None:
    """A careful forger makes all hashes anew; what stood before is still not what the decision says."""
    from tests.study.test_log import rewrite_from

    study = create_study(path, title="T", coder="A. Mori")
    for value in ("one", "two"):
        study.decide(Verb.CHANGE_SETTING, "setting:note", put=[Setting("note", value)])
    forged = '{"setting:note":{"id":"note","value":"other"}}'
    study.connection.execute('UPDATE decisions SET "before" = ? WHERE seq = 3', (forged,))
    rewrite_from(study.connection, 3, lambda payload: None)
    [found] = file.check_replay(study)
    assert found.place == "decision 3"
    assert "setting:note stood otherwise before" in found.what


def test_a_check_tells_how_far_it_has_come_and_can_be_stopped_anywhere(path: Path) -> None:
    class Stopped(Exception):
        pass

    study = grown(path)
    told: list[str] = []
    assert check_study(study, progress=lambda what, done, of: told.append(what)) == []
    assert {"making the tables", "comparing the tables", "texts"} <= set(told)
    for after in range(0, len(told), 7):
        heard = iter(told[:after])

        def stop(what: str, done: int, of: int, heard: Iterator[str] = heard) -> None:
            if next(heard, None) is None:
                raise Stopped

        with pytest.raises(Stopped):
            check_study(study, progress=stop)
    assert check_study(study) == []
