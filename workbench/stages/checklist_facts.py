"""What a study itself can say to the items of reporting checklists; nothing where it holds nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from workbench import __version__
from workbench.model.case import Case, Document, Reading, ReadingState
from workbench.model.cell import CellQuote, SearchRecord, Status
from workbench.model.claim import Claim, ClaimCell, ClaimExcerpt, Role
from workbench.model.coding import Coding, Excerpt
from workbench.model.framework import CodeState, FrameworkVersion
from workbench.model.memo import Memo, MemoKind
from workbench.model.records import Setting
from workbench.model.text import Text, TextKind
from workbench.study.audit_queries import coders_of, standing_undone
from workbench.study.origin import told_head
from workbench.study.study import Study

_SHOWN = 5
_LONGEST = 400


def _some(items: Iterable[str]) -> str:
    """Write the first few of a list, and how many more there are."""
    every = [item if len(item) <= _LONGEST else item[:_LONGEST] + "…" for item in items if item]
    more = f" (and {len(every) - _SHOWN} more)" if len(every) > _SHOWN else ""
    return "; ".join(every[:_SHOWN]) + more


def _counted(items: Iterable[str]) -> str:
    return ", ".join(f"{number} {what}" for what, number in Counter(items).most_common())


def _memos(study: Study, kind: MemoKind) -> list[Memo]:
    """Give the memos on the study itself; one on a passage says nothing of the study as a whole."""
    memos = study.all(Memo, order="at")
    return [memo for memo in memos if memo.kind is kind and memo.anchor.startswith("setting:")]


def _told(study: Study, kind: MemoKind, what: str) -> str:
    memos = _memos(study, kind)
    return f"{len(memos)} {what}: {_some(memo.content for memo in memos)}" if memos else ""


def _orientation(study: Study) -> str:
    title = study.setting("framework title")
    own = _told(study, MemoKind.METHOD, "method memos on the study")
    framed = f"Framework analysis (Ritchie & Spencer 1994){f', by the framework {title}' if title else ''}."
    return " ".join(part for part in (framed, own) if part) if study.framework.codes else own


def _sampling(study: Study) -> str:
    documents = study.all(Document, order="key")
    ways = _some(dict.fromkeys(one.found_how for one in documents if one.found_how))
    why = _some(dict.fromkeys(one.why_included for one in documents if one.why_included))
    cut_off = study.setting("cut-off")
    parts = [f"Found: {ways}." if ways else "", f"Included because: {why}." if why else ""]
    return " ".join(part for part in [*parts, f"Cut-off: {cut_off}." if cut_off else ""] if part)


def _left_out(study: Study) -> str:
    left = [one for one in study.all(Document, order="key") if one.excluded]
    return f"{len(left)} documents: {_some(f'{one.key}: {one.excluded_why}' for one in left)}" if left else ""


def _size(study: Study) -> str:
    texts = study.all(Text)
    if not texts:
        return ""
    documents = sum(not one.excluded for one in study.all(Document))
    held = f"{study.count(Case)} cases, {documents} documents, {len(texts)} texts"
    return f"{held} of {sum(text.characters for text in texts):,} characters."


def _sample(study: Study) -> str:
    documents = [one for one in study.all(Document) if not one.excluded]
    parts = [
        ("Cases", ", ".join(case.name for case in study.all(Case, order="position"))),
        ("Issuers", _some(dict.fromkeys(one.issuer for one in documents if one.issuer))),
        ("Types", _counted(one.type for one in documents if one.type)),
        ("Languages", _counted(text.language for text in study.all(Text) if text.language)),
    ]
    return ". ".join(f"{name}: {said}" for name, said in parts if said)


def _collection(study: Study) -> str:
    documents = study.all(Document)
    accessed = sorted(one.accessed for one in documents if one.accessed)
    sources = sum(bool(one.url) for one in documents)
    said = f"{sources} of {len(documents)} documents with their address" if sources else ""
    when = f"accessed {accessed[0]} to {accessed[-1]}" if accessed else ""
    return ", ".join(part for part in (said, when) if part)


def _instrument(study: Study) -> str:
    versions = study.all(FrameworkVersion, order="number")
    return _some(f"version {one.number}, {one.at[:10]}: {one.reason}" for one in versions)


def _notes(study: Study) -> str:
    return _counted(f"{memo.kind} memos" for memo in study.all(Memo))


def _coders(study: Study) -> str:
    numbers = Counter(coding.coder for coding in study.all(Coding))
    who = ", ".join(f"{name} {number} codings" for name, number in numbers.most_common())
    return f"{len(numbers)}: {who}" if numbers else ""


def _tree(study: Study) -> str:
    framework = study.framework
    roots = _some(f"{framework.theme_number(theme.id)} {theme.name}" for theme in framework.roots())
    counted = f"{len(framework.themes)} themes, {len(framework.codes)} codes"
    return f"{counted}: {roots}. The codebook is exported with: workbench framework export." if roots else ""


def _derivation(study: Study) -> str:
    codes = study.framework.codes.values()
    return _counted(f"{code.origin} codes" for code in codes if code.state is not CodeState.RETIRED)


def _software(study: Study) -> str:
    return f"framework workbench {__version__}"


def _quotations(study: Study) -> str:
    quotes, excerpts = study.count(CellQuote), study.count(Excerpt)
    if not excerpts:
        return ""
    return (
        f"{excerpts} excerpts, each with document, language, page and paragraph; {quotes} quotes in cells, "
        "equal to the source character by character."
    )


def _consistency(study: Study) -> str:
    claims = study.all(Claim)
    resting = {one.claim_id for one in study.all(ClaimCell)} | {
        one.claim_id for one in study.all(ClaimExcerpt)
    }
    return f"{len(resting)} of {len(claims)} claims lead to cells or excerpts." if claims else ""


def _themes(study: Study) -> str:
    return _some(f"{claim.title}: {claim.statement}" for claim in study.all(Claim))


def _negative(study: Study) -> str:
    against = [one for one in study.all(ClaimCell) if one.role is Role.CONTRADICTS]
    looked = [claim.negative_search for claim in study.all(Claim) if claim.negative_search]
    found = f"{len(against)} negative cases stand against claims." if against else ""
    return " ".join(part for part in (found, f"Looked for: {_some(looked)}." if looked else "") if part)


def _processing(study: Study) -> str:
    texts = study.all(Text)
    if not texts:
        return ""
    kinds = _counted(text.kind.value for text in texts)
    return f"Originals are kept byte by byte with their SHA-256. Texts: {kinds}. " + _reading(study)


def _reading(study: Study) -> str:
    read = [one for one in study.all(Reading) if one.state is ReadingState.READ]
    who = ", ".join(sorted({one.coder for one in read})) or "nobody"
    return f"Marked as read: {len({one.text_id for one in read})} texts, by {who}."


def _analysis(study: Study) -> str:
    states = ", ".join(status.label for status in study.all(Status, order="position"))
    return ". ".join(part for part in (_coders(study), f"Statuses: {states}" if states else "") if part)


def _trust(study: Study) -> str:
    head = told_head(study)
    reversed_ = len(standing_undone(study))
    searches = study.count(SearchRecord)
    return (
        f"A log of {head.count} decisions by {', '.join(coders_of(study))}, chained by hashes "
        f"(head {head.hash}). Decisions that stand undone: {reversed_}. Searches in vain: {searches}."
    )


def _limits(study: Study) -> str:
    drafts = sum(text.kind is TextKind.MACHINE_DRAFT for text in study.all(Text))
    doubts = sum(coding.doubtful for coding in study.all(Coding))
    parts = [
        f"{drafts} texts are machine drafts" if drafts else "",
        f"{doubts} codings are in doubt" if doubts else "",
    ]
    return "; ".join(part for part in parts if part)


def _saturation(study: Study) -> str:
    """Give the method memos that speak of saturation."""
    return _some(
        memo.content for memo in _memos(study, MemoKind.METHOD) if "saturat" in memo.content.casefold()
    )


def _setting(name: str) -> Callable[[Study], str]:
    def read(study: Study) -> str:
        found = study.find(Setting, name)
        return "" if found is None else found.value

    return read


FACTS: Mapping[str, Callable[[Study], str]] = {
    "title": _setting("title"),
    "question": _setting("question"),
    "orientation": _orientation,
    "reflections": lambda study: _told(study, MemoKind.REFLECTION, "reflection memos on the study"),
    "sampling": _sampling,
    "left_out": _left_out,
    "size": _size,
    "sample": _sample,
    "collection": _collection,
    "instrument": _instrument,
    "notes": _notes,
    "saturation": _saturation,
    "coders": _coders,
    "tree": _tree,
    "derivation": _derivation,
    "software": _software,
    "quotations": _quotations,
    "consistency": _consistency,
    "themes": _themes,
    "negative": _negative,
    "processing": _processing,
    "analysis": _analysis,
    "trust": _trust,
    "limits": _limits,
}
"""Name of a fact -> what a study says of it."""
