"""A study as text: equal when taken in again, byte for byte when written again, and never trusted."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY
from workbench.errors import Refused, StudyFileError, WorkbenchError
from workbench.exchange import lossless
from workbench.exchange.lossless import CONTENTS, LOG, MANIFEST, export_text
from workbench.exchange.lossless_reading import import_text
from workbench.model.decision import canonical, decision_hash
from workbench.model.redaction import RedactionMode
from workbench.model.text import Text
from workbench.sources import read_bytes
from workbench.stages import familiarise, history, register
from workbench.stages.importing import ImportPlan, importing
from workbench.stages.redaction import add_redaction
from workbench.study.check import check_study
from workbench.study.file import create_study, open_study
from workbench.study.rows import quoted
from workbench.study.schema import LOG_TABLES, TABLES
from workbench.study.study import Study

VERIFIER = """\
import hashlib, json, sys
previous = "0" * 64
for number, line in enumerate(open(sys.argv[1], encoding="utf-8"), 1):
    decision = json.loads(line)
    claimed = decision.pop("hash")
    written = json.dumps(decision, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert (decision["seq"], decision["prev_hash"]) == (number, previous)
    assert hashlib.sha256(written.encode()).hexdigest() == claimed
    previous = claimed
print(f"{number} decisions, head {previous}")
"""
FIXTURES = REPOSITORY / "tests" / "study" / "fixtures"


def quiet(what: str, done: int, of: int) -> None:
    assert what
    assert 0 <= done <= of


def every_table(study: Study) -> dict[str, list[Any]]:
    names = [table.name for table in TABLES.values()] + [name for name in LOG_TABLES if name != "owner"]
    return {
        name: study.connection.execute(f"SELECT * FROM {quoted(name)} ORDER BY 1, 2").fetchall()
        for name in names
    }


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def left_in(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if not p.name.endswith(".lock"))


def there_and_back(path: Path, folder: Path) -> None:
    with open_study(path, read_only=True) as study:
        head = export_text(study, folder / "text", tell=quiet, unredacted=True)
        assert head == study.head
        before = every_table(study)
    assert import_text(folder / "text", folder / "again.workbench", tell=quiet) == head
    with open_study(folder / "again.workbench", coder="J. Berg") as again:
        assert every_table(again) == before
        assert check_study(again) == []
        export_text(again, folder / "text again", tell=quiet, unredacted=True)
    assert files(folder / "text") == files(folder / "text again")
    assert sorted(p.name for p in folder.glob("*unfinished*")) == []


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "made.workbench"
    with create_study(place, title="Made [b]bold[/b] \u202e", coder="A. Mori") as study:
        register.add_case(study, "大阪")
        with importing(study, ImportPlan(case="大阪")) as run:
            for name, data in (
                ("a.txt", "市は相談窓口を置く。\r\n".encode("shift_jis")),
                ("b.md", b"# A\n\nB\n"),
            ):
                run.add(name, data, read_bytes(name, data))
        for text in study.all(Text):
            familiarise.write_memo(study, f"text:{text.id}", "=cmd()\n\x1b[31m")
        history.undo(study)
    return place


@pytest.fixture
def folder(path: Path, tmp_path: Path) -> Path:
    with open_study(path, read_only=True) as study:
        export_text(study, tmp_path / "text", tell=quiet)
    return tmp_path / "text"


def test_a_study_goes_there_and_back(path: Path, tmp_path: Path) -> None:
    there_and_back(path, tmp_path)


@pytest.mark.parametrize("packed", sorted(FIXTURES.glob("*.gz")), ids=lambda p: p.name)
def test_a_study_that_uses_every_verb_goes_there_and_back(packed: Path, tmp_path: Path) -> None:
    place = tmp_path / packed.stem
    place.write_bytes(gzip.decompress(packed.read_bytes()))
    open_study(place, coder="A. Mori").close()
    there_and_back(place, tmp_path)


def test_the_text_form_is_checked_with_nothing_but_what_any_machine_has(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "verify.py").write_text(VERIFIER)
    done = subprocess.run(
        [sys.executable, "-I", str(tmp_path / "verify.py"), str(folder / LOG)],
        capture_output=True,
        text=True,
        check=True,
    )
    manifest = json.loads((folder / MANIFEST).read_text())
    assert done.stdout == f"{manifest['decisions']} decisions, head {manifest['head']}\n"
    for content in (folder / CONTENTS).iterdir():
        assert hashlib.sha256(content.read_bytes()).hexdigest() == content.name


def test_originals_are_bytes_and_texts_are_utf8(path: Path, folder: Path) -> None:
    with open_study(path, read_only=True) as study:
        for text in study.all(Text):
            assert (folder / CONTENTS / text.original_hash).read_bytes() == study.content(text.original_hash)
            assert (folder / CONTENTS / text.content_hash).read_text("utf-8").strip()


def test_an_export_writes_over_nothing(path: Path, folder: Path, tmp_path: Path) -> None:
    before = files(folder)
    with open_study(path, read_only=True) as study:
        with pytest.raises(Refused, match="already there"):
            export_text(study, folder, tell=quiet)
        (tmp_path / "empty").mkdir()
        export_text(study, tmp_path / "empty", tell=quiet)
        assert files(tmp_path / "empty") == before
        with pytest.raises(WorkbenchError, match="cannot be written"):
            export_text(study, tmp_path / "nowhere" / "text", tell=quiet)
    with pytest.raises(Refused, match="already there"):
        import_text(folder, path, tell=quiet)


def test_redacted_terms_do_not_leave_unasked(path: Path, tmp_path: Path) -> None:
    with open_study(path, coder="A. Mori") as study:
        add_redaction(study, "相談", mode=RedactionMode.PLAIN, reason="named in confidence")
        with pytest.raises(Refused, match="would hold what exports black out"):
            export_text(study, tmp_path / "text", tell=quiet)
        assert not (tmp_path / "text").exists()
        head = export_text(study, tmp_path / "text", tell=quiet, unredacted=True)
    assert import_text(tmp_path / "text", tmp_path / "again.workbench", tell=quiet) == head


def test_stopping_leaves_nothing_half_made(path: Path, folder: Path, tmp_path: Path) -> None:
    there = left_in(tmp_path)

    def stop(what: str, done: int, of: int) -> None:
        raise KeyboardInterrupt

    with open_study(path, read_only=True) as study, pytest.raises(KeyboardInterrupt):
        export_text(study, tmp_path / "second", tell=stop)
    with pytest.raises(KeyboardInterrupt):
        import_text(folder, tmp_path / "second.workbench", tell=stop)
    assert left_in(tmp_path) == there


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE decisions SET reason = 'another' WHERE seq = 2",
        "DELETE FROM decisions WHERE seq = 3",
        "UPDATE contents SET bytes = x'00' WHERE hash = (SELECT min(hash) FROM contents)",
    ],
)
def test_a_damaged_study_is_not_exported(path: Path, tmp_path: Path, sql: str) -> None:
    with open_study(path, coder="A. Mori") as study:
        study.connection.execute(sql)
        with pytest.raises(StudyFileError, match="is damaged"):
            export_text(study, tmp_path / "text", tell=quiet)
    assert not (tmp_path / "text").exists()


def test_what_others_write_meanwhile_is_not_in_the_export(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_study(path, coder="A. Mori") as writer, open_study(path, read_only=True) as reader:
        real = lossless.primary_data

        def then_somebody_writes(study: Study) -> Any:
            found = real(study)
            register.add_case(writer, "Kobe")
            return found

        monkeypatch.setattr(lossless, "primary_data", then_somebody_writes)
        head = export_text(reader, tmp_path / "text", tell=quiet)
        assert writer.head.count == head.count + 1
    assert import_text(tmp_path / "text", tmp_path / "again.workbench", tell=quiet) == head


# hostile folders


def decisions_in(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / LOG).read_text("utf-8").splitlines()]


def rewrite(folder: Path, decisions: list[dict[str, Any]]) -> None:
    """Write a log anew with a chain and a manifest that fit, as a forger would."""
    previous, lines = "0" * 64, []
    for number, decision in enumerate(decisions, 1):
        payload = {name: value for name, value in decision.items() if name != "hash"}
        payload |= {"seq": number, "prev_hash": previous}
        previous = decision_hash(payload)
        lines.append(canonical(payload | {"hash": previous}) + "\n")
    data = "".join(lines).encode()
    (folder / LOG).write_bytes(data)
    change_manifest(
        folder,
        decisions=len(decisions),
        head=previous,
        log={"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()},
    )


def change_manifest(folder: Path, **changes: Any) -> None:
    manifest = json.loads((folder / MANIFEST).read_text()) | changes
    (folder / MANIFEST).write_text(json.dumps(manifest))


def forged(change: Callable[[list[dict[str, Any]]], object]) -> Callable[[Path], None]:
    def act(folder: Path) -> None:
        decisions = decisions_in(folder)
        change(decisions)
        rewrite(folder, decisions)

    return act


def after(decisions: list[dict[str, Any]], key: str, data: Any) -> None:
    decisions[-1]["after"] = {key: data}


def first_content(folder: Path) -> Path:
    return min((folder / CONTENTS).iterdir())


def replace_by_link(path: Path) -> None:
    kept = path.with_name(f"{path.name}.kept")
    path.rename(kept)
    path.symlink_to(kept)


def flip(path: Path, at: int = 10) -> None:
    data = bytearray(path.read_bytes())
    data[at % len(data)] ^= 4
    path.write_bytes(data)


def contents_of_manifest(folder: Path) -> list[dict[str, Any]]:
    return list(json.loads((folder / MANIFEST).read_text())["contents"])


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "no manifest": (lambda f: (f / MANIFEST).unlink(), "cannot be read"),
    "no log": (lambda f: (f / LOG).unlink(), "cannot be read"),
    "no content": (lambda f: first_content(f).unlink(), "cannot be read"),
    "another form": (lambda f: change_manifest(f, form="other 1"), "not of the form"),
    "not json": (lambda f: (f / MANIFEST).write_text("hello"), "cannot be understood"),
    "deep json": (lambda f: (f / MANIFEST).write_text("[" * 200_000), "cannot be understood|not of the form"),
    "a list": (lambda f: (f / MANIFEST).write_text("[]"), "not of the form"),
    "a path as hash": (
        lambda f: change_manifest(f, contents=[{"sha256": "../../../../etc/passwd", "bytes": 1}]),
        "is no SHA-256",
    ),
    "a huge size": (
        lambda f: change_manifest(f, contents=[{"sha256": "0" * 64, "bytes": 10**15}]),
        "is no size",
    ),
    "a negative count": (lambda f: change_manifest(f, decisions=-1), "is no size"),
    "a truth as count": (lambda f: change_manifest(f, decisions=True), "is no size"),
    "no decision": (lambda f: rewrite(f, []), "no decision"),
    "a content twice": (lambda f: change_manifest(f, contents=contents_of_manifest(f) * 2), "twice"),
    "a content unnamed": (lambda f: change_manifest(f, contents=contents_of_manifest(f)[1:]), "is missing"),
    "a flipped content": (lambda f: flip(first_content(f)), "Its bytes are not those"),
    "a longer content": (lambda f: first_content(f).write_bytes(b"x" * 999), "It has 999 bytes"),
    "a flipped log": (lambda f: flip(f / LOG, 700), "cannot be taken in|does not follow"),
    "a log cut short": (lambda f: os.truncate(f / LOG, 900), "It has 900 bytes"),
    "a linked manifest": (lambda f: replace_by_link(f / MANIFEST), "cannot be read"),
    "a linked log": (lambda f: replace_by_link(f / LOG), "cannot be read"),
    "a linked content": (lambda f: replace_by_link(first_content(f)), "cannot be read"),
    "a linked folder": (lambda f: replace_by_link(f / CONTENTS), "not a folder"),
    "a pipe as log": (lambda f: ((f / LOG).unlink(), os.mkfifo(f / LOG)), "not a plain file"),
    "a wrong head": (lambda f: change_manifest(f, head="0" * 64), "does not end where"),
    "a wrong count": (lambda f: change_manifest(f, decisions=3), "does not end where"),
    "an unknown action": (forged(lambda d: d[-1].update(action="destroy")), "no action 'destroy'"),
    "an unknown kind": (forged(lambda d: after(d, "sqlite_master:x", {"id": "x"})), "is no record"),
    "another id": (forged(lambda d: after(d, "case:x", {"id": "y", "name": "Y"})), "is no record"),
    "no map": (forged(lambda d: after(d, "case:x", "y")), "is no record"),
    "a strange field": (forged(lambda d: after(d, "case:x", {"id": "x", "owner": "y"})), "'owner' does not"),
    "a number as name": (forged(lambda d: after(d, "case:x", {"id": "x", "name": 3})), "'name' does not"),
    "a strange word": (
        forged(lambda d: after(d, "reading:x", {"id": "x", "text_id": "t", "coder": "A", "state": "eaten"})),
        "eaten",
    ),
    "too large a number": (
        forged(lambda d: after(d, "case:x", {"id": "x", "name": "Y", "position": 2**70})),
        "do not fit together",
    ),
    "a name twice": (
        forged(lambda d: after(d, "case:x", {"id": "x", "name": "大阪", "position": 2})),
        "do not fit together",
    ),
    "a dangling record": (
        forged(lambda d: after(d, "coding:x", {"id": "x", "excerpt_id": "e", "code_id": "c", "coder": "A"})),
        "do not fit together",
    ),
    "an undo of nothing": (forged(lambda d: d[-1].update(action="undo", reverses=None)), "what it reverses"),
    "an undo of itself": (forged(lambda d: d[-1].update(action="undo", reverses=len(d))), "is no size"),
    "a bare number": (forged(lambda d: d[-1].update(coder=3)), "number in the place of words"),
    "a missing field": (forged(lambda d: d[-1].pop("reason")), "fields of a decision"),
}


@pytest.mark.parametrize("trick", HOSTILE)
def test_a_folder_that_does_not_hold_is_refused_and_leaves_nothing(
    trick: str, folder: Path, tmp_path: Path
) -> None:
    act, saying = HOSTILE[trick]
    act(folder)
    there = left_in(tmp_path)
    with pytest.raises(WorkbenchError, match=saying):
        import_text(folder, tmp_path / "new.workbench", tell=quiet)
    assert left_in(tmp_path) == there


def test_lines_that_say_the_same_otherwise_are_refused(folder: Path, tmp_path: Path) -> None:
    first, *rest = (folder / LOG).read_bytes().splitlines(keepends=True)
    data = b"".join([first.replace(b'","', b'", "', 1), *rest])
    (folder / LOG).write_bytes(data)
    change_manifest(folder, log={"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()})
    with pytest.raises(WorkbenchError, match="not in canonical form"):
        import_text(folder, tmp_path / "new.workbench", tell=quiet)


def test_files_beside_those_of_the_form_are_not_looked_at(folder: Path, tmp_path: Path) -> None:
    (folder / ".git").mkdir()
    (folder / CONTENTS / "..hidden").symlink_to("/etc/passwd")
    import_text(folder, tmp_path / "new.workbench", tell=quiet)
    with open_study(tmp_path / "new.workbench", read_only=True) as study:
        assert check_study(study) == []
