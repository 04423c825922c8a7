"""The framework as a whole: codebooks applied to it, released versions, and what changed between them."""

from __future__ import annotations

from workbench.errors import Refused
from workbench.exchange.codebook import Codebook, read_codebook, write_codebook
from workbench.model.cell import CountingRule, Status
from workbench.model.decision import Verb
from workbench.model.framework import Code, Framework, FrameworkVersion, Theme, title_setting
from workbench.model.framework_diff import Change, Vocabulary, diff_frameworks, diff_titles, diff_vocabularies
from workbench.model.records import Record, Setting, key_of
from workbench.stages.framework_rules import (
    changed_vocabulary,
    decide_whole,
    left_out,
    refuse_ids_of_others,
    stale_by_codebook,
)
from workbench.stages.reason import required_reason
from workbench.study.backup import keep_before
from workbench.study.backup_names import Why
from workbench.study.study import Study


def current_codebook(study: Study, prefix: str | None = None) -> Codebook:
    """Give all frameworks, or one, and the vocabulary as they stand, in exchange form."""
    framework = study.framework
    themes = [theme for theme, _ in framework.walk()]
    if prefix is not None:
        themes = [theme for theme in themes if framework.root_of(theme).framework == prefix]
    return Codebook(
        title=study.setting(title_setting(prefix or "")),
        question=study.setting("question"),
        themes=tuple(themes),
        codes=tuple(framework.ordered_codes(prefix)),
        rules=tuple(study.all(CountingRule, order="position")),
        statuses=tuple(study.all(Status, order="position")),
    )


def apply_codebook(study: Study, codebook: Codebook, *, reason: str) -> list[Change]:
    """Make a framework what a codebook says, as one decision; return what changed.

    Codes and themes that the codebook leaves out are retired, never removed; frameworks of other letters stay
    as they are. A status or rule that it leaves out goes, and is refused while a cell has it; rules or
    statuses stay where the codebook names none, and all stay beside a second framework.
    """
    _, after = changed_vocabulary(study, codebook)
    changes = preview_codebook(study, codebook)
    title = title_setting(codebook.prefix)
    now = _titles(study, codebook.prefix)
    names = zip((title, "question"), now, _titles_after(now, codebook), strict=True)
    put: list[Record] = [Setting(name, after) for name, before, after in names if after != before]
    put += [*codebook.themes, *codebook.codes, *after.rules, *after.statuses]
    if codebook.codes or codebook.themes:
        put += left_out(study.framework, codebook)
    put += stale_by_codebook(study, codebook)
    stays = {key_of(rule) for rule in after.rules} | {key_of(status) for status in after.statuses}
    present = [key_of(status) for status in study.all(Status)]
    present += [key_of(rule) for rule in study.all(CountingRule)]
    gone = [key for key in present if key not in stays]
    keep_before(study, Why.BULK)
    decide_whole(study, Verb.APPLY_CODEBOOK, f"setting:{title}", put=put, remove=gone, reason=reason)
    return changes


def preview_codebook(study: Study, codebook: Codebook) -> list[Change]:
    """Tell what applying a codebook would change, without changing anything.

    Refused where an id of the codebook belongs to a framework of other letters.
    """
    old = study.framework
    refuse_ids_of_others(old, codebook)
    records = [*left_out(old, codebook), *codebook.themes, *codebook.codes]
    themes = old.themes | {record.id: record for record in records if isinstance(record, Theme)}
    codes = old.codes | {record.id: record for record in records if isinstance(record, Code)}
    new = Framework(list(themes.values()), list(codes.values()))
    titles = _titles(study, codebook.prefix)
    return [
        *diff_titles(titles, _titles_after(titles, codebook), codebook.prefix),
        *diff_frameworks(old, new),
        *diff_vocabularies(*changed_vocabulary(study, codebook)),
    ]


def _titles(study: Study, prefix: str) -> tuple[str, str]:
    """Give the title of a framework and the question of the study."""
    return study.setting(title_setting(prefix)), study.setting("question")


def _titles_after(now: tuple[str, str], codebook: Codebook) -> tuple[str, str]:
    """Give them as a codebook leaves them; a second framework keeps the question that there is."""
    title, question = now
    asks = codebook.question if not (codebook.prefix and question) else ""
    return codebook.title or title, asks or question


def release(study: Study, *, reason: str) -> FrameworkVersion:
    """Freeze the framework as the next version; refused where nothing changed since the last."""
    reason = required_reason(Verb.RELEASE_FRAMEWORK, reason)
    if not study.framework.codes:
        raise Refused("The framework has no codes yet.", do="Add some, or apply a codebook.")
    snapshot = write_codebook(current_codebook(study)).encode()
    number = study.framework_version + 1
    with study.transaction():
        digest = study.store(snapshot)
        latest = study.find(FrameworkVersion, f"v{number - 1}")
        if latest is not None and latest.snapshot_hash == digest:
            raise Refused(f"Nothing changed since version {latest.number}.")
        version = FrameworkVersion(f"v{number}", number, digest, reason, study.coder, study.now())
        decide_whole(study, Verb.RELEASE_FRAMEWORK, key_of(version), put=[version], reason=reason)
    return version


def framework_at(study: Study, number: int | None) -> Framework:
    """Give the framework of a released version, or the present one with None."""
    if number is None:
        return study.framework
    book = _codebook_at(study, number)
    return Framework(book.themes, book.codes, title=book.title)


def diff_versions(study: Study, old: int, new: int | None = None) -> list[Change]:
    """List what changed from one released version to another, or to the present framework."""
    before, after = _codebook_at(study, old), _codebook_at(study, new)
    was, now = Framework(before.themes, before.codes), Framework(after.themes, after.codes)
    vocabularies = (Vocabulary(book.rules, book.statuses) for book in (before, after))
    titles = diff_titles((before.title, before.question), (after.title, after.question))
    return [*titles, *diff_frameworks(was, now), *diff_vocabularies(*vocabularies)]


def _codebook_at(study: Study, number: int | None) -> Codebook:
    if number is None:
        return current_codebook(study)
    version = study.get(FrameworkVersion, f"v{number}")
    return read_codebook(f"version {number}", study.content(version.snapshot_hash), released=True)
