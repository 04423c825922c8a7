"""The framework as a whole: codebooks applied to it, released versions, and what changed between them."""

from __future__ import annotations

from workbench.errors import Refused
from workbench.exchange.codebook import Codebook, read_codebook, write_codebook
from workbench.model.cell import CountingRule, Status
from workbench.model.decision import Verb
from workbench.model.framework import Code, Framework, FrameworkVersion, Theme
from workbench.model.framework_diff import Change, diff_frameworks
from workbench.model.records import Record, Setting, key_of
from workbench.stages.framework_rules import decide_whole, left_out, stale_by_codebook
from workbench.stages.reason import required_reason
from workbench.study.study import Study


def title_setting(prefix: str) -> str:
    """Name the setting that holds the title of a framework."""
    return f"framework title {prefix}".rstrip()


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
    as they are. A status or rule that it leaves out goes, and is refused while a cell has it. Statuses stay
    where the codebook names none.
    """
    old = study.framework
    title = title_setting(codebook.prefix)
    put: list[Record] = [Setting(title, codebook.title)] if codebook.title else []
    put += [Setting("question", codebook.question)] if codebook.question else []
    put += [*codebook.themes, *codebook.codes, *codebook.rules, *codebook.statuses]
    if codebook.codes or codebook.themes:
        put += left_out(old, codebook)
    put += stale_by_codebook(study, codebook)
    statuses = {status.id for status in codebook.statuses}
    rules = {rule.id for rule in codebook.rules}
    gone = [key_of(s) for s in study.all(Status) if statuses and s.id not in statuses]
    gone += [key_of(r) for r in study.all(CountingRule) if rules and r.id not in rules]
    decide_whole(study, Verb.APPLY_CODEBOOK, f"setting:{title}", put=put, remove=gone, reason=reason)
    return list(diff_frameworks(old, study.framework))


def preview_codebook(study: Study, codebook: Codebook) -> list[Change]:
    """Tell what applying a codebook would change, without changing anything."""
    old = study.framework
    records = [*left_out(old, codebook), *codebook.themes, *codebook.codes]
    themes = old.themes | {record.id: record for record in records if isinstance(record, Theme)}
    codes = old.codes | {record.id: record for record in records if isinstance(record, Code)}
    return list(diff_frameworks(old, Framework(list(themes.values()), list(codes.values()))))


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
    version = study.get(FrameworkVersion, f"v{number}")
    book = read_codebook(f"version {number}", study.content(version.snapshot_hash))
    return Framework(book.themes, book.codes, title=book.title)


def diff_versions(study: Study, old: int, new: int | None = None) -> list[Change]:
    """List what changed from one released version to another, or to the present framework."""
    return list(diff_frameworks(framework_at(study, old), framework_at(study, new)))
