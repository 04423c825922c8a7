"""The translation statement: what a reader must know of the translations, and what the study does not say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from workbench.exchange.quoted_sides import Quoted, QuotedSides
from workbench.exchange.statement import Part, Statement
from workbench.matrix.rounding import Rounding
from workbench.model.case import Document
from workbench.model.coding import Coding, Excerpt
from workbench.model.memo import Memo, MemoKind
from workbench.model.text import Text, TextKind
from workbench.model.translation import Alignment, Link, Verification
from workbench.model.translation_check import CheckAnswer, Reply
from workbench.stages.glossary_report import TermCount, glossary_report
from workbench.stages.glossary_words import findings_words, unlooked_words
from workbench.stages.verification import verified
from workbench.study.origin import told_head
from workbench.study.study import Study
from workbench.study.translation_queries import Sides, excerpts_under_evidence

TRANSLATION_SETTINGS: Mapping[str, str] = {
    "translation stage": "at which stage of the work the documents were translated",
    "coding language": "in which language the documents are coded, and why",
    "charting language": "in which language the cells are written",
    "key terms": "what is to be said of key terms beside the glossary",
    "translation limits": "what the translations do not allow",
}
"""Name of a setting that the statement prints -> what it says."""
_KEY_TERMS = "key terms"
_ROUNDING = Rounding()
_QUOTES_SAID = {
    Quoted.BOTH: "Quotes are printed in translation and original where a link leads from one to the other.",
    Quoted.ORIGINAL: "Quotes are printed in the original where a link leads there; the coded side is told.",
    Quoted.TRANSLATION: "Quotes are printed in translation where a link leads there; the coded side is told.",
}


def translation_statement(study: Study) -> Statement:
    """Gather the statement from the study; what is not recorded is among its gaps, never made up."""
    documents = {document.id: document for document in study.all(Document) if not document.excluded}
    texts = sorted(
        (text for text in study.all(Text) if text.document_id in documents),
        key=lambda text: (documents[text.document_id].key, text.is_translation, text.id),
    )
    translations = [text for text in texts if text.is_translation]
    names = {text.id: _name(documents, text) for text in texts}
    redacted = "" if study.origin is None else study.origin.words
    parts = [
        _languages(texts),
        _makers(translations, names),
        _drafts(translations, names),
        *(_terms(study) if name == _KEY_TERMS else _setting(study, name) for name in TRANSLATION_SETTINGS),
        _decisions(study),
        _verification(study, translations, names),
        _questions(study, names),
        _links(study, names),
        _evidence(study, texts),
    ]
    return Statement(study.setting("title"), told_head(study), redacted, tuple(parts))


def _name(documents: Mapping[str, Document], text: Text) -> str:
    language = text.language or "language not said"
    return f"{documents[text.document_id].key} ({text.kind}, {language}, text {text.id})"


def _languages(texts: Sequence[Text]) -> Part:
    sources = Counter(text.language for text in texts if not text.is_translation)
    told = [
        f"{language}: {_number(count, 'original text')}"
        for language, count in sorted(sources.items())
        if language
    ]
    gaps = [f"{_number(sources[''], 'original text')} without a language."] if sources[""] else []
    return Part("Languages of the sources", told, gaps if texts else ["No text is held."])


def _makers(translations: Sequence[Text], names: Mapping[str, str]) -> Part:
    """Say who translated what share of the translated characters, and how well they know the languages."""
    whole = sum(text.characters for text in translations)
    shares: dict[tuple[str, str, str, TextKind], int] = {}
    for text in translations:
        maker = text.maker, text.role, text.competence, text.kind
        shares[maker] = shares.get(maker, 0) + text.characters
    told = [
        f"{maker or 'Nobody named'}{_beside(role, competence)}: {kind}, "
        f"{_ROUNDING.percent(Fraction(characters, whole))} of {whole} translated characters"
        for (maker, role, competence, kind), characters in shares.items()
        if whole
    ]
    gaps = [gap for text in translations for gap in _gaps_of(text, names[text.id])]
    return Part("Who translated", told or ["There is no translation."], gaps)


def _gaps_of(text: Text, name: str) -> Iterator[str]:
    missing = [
        what
        for what, value in (
            ("who made it", text.maker),
            ("the role of its maker", text.role),
            ("the competence of its maker", text.competence),
            ("when it was made", text.made),
            ("the text it renders", text.translates),
        )
        if not value
    ]
    if text.kind is TextKind.MACHINE_DRAFT and not text.tool:
        missing.append("the tool that made it")
    if missing:
        yield f"{name}: {', '.join(missing)}."


def _beside(role: str, competence: str) -> str:
    said = "; ".join(part for part in (role, competence) if part)
    return f" ({said})" if said else ""


def _drafts(translations: Sequence[Text], names: Mapping[str, str]) -> Part:
    told, gaps = [], []
    for text in translations:
        if text.kind is TextKind.MACHINE_DRAFT and text.approved_by:
            note = f": {text.approval}" if text.approval else ""
            told.append(f"{names[text.id]}: approved by {text.approved_by} on {text.approved[:10]}{note}")
        elif text.is_unapproved_draft:
            gaps.append(f"{names[text.id]}: nobody has approved it; it is no evidence.")
        elif text.tool:
            told.append(f"{names[text.id]}: made with {text.tool}")
    return Part("Machine aids", told or ["None is recorded."], gaps)


def _setting(study: Study, name: str) -> Part:
    value = study.setting(name)
    gaps = [] if value else [f"Not said; the setting `{name}` says {TRANSLATION_SETTINGS[name]}."]
    return Part(name.capitalize(), [value] if value else [], gaps)


def _terms(study: Study) -> Part:
    """Tell the glossary, its rules and how far the translations keep to it."""
    report = glossary_report(study)
    told = [_told_term(count) for count in report.counts]
    extra = study.setting(_KEY_TERMS)
    told += [extra] if extra else []
    gaps = [] if told else ["The glossary has no term, and the setting `key terms` says nothing."]
    for unlooked in report.unlooked:
        gaps.append(f"Not looked at: {unlooked_words(study, unlooked)}")
    return Part(_KEY_TERMS.capitalize(), told, gaps)


def _told_term(count: TermCount) -> str:
    term, share = count.term, count.share
    ways = {
        "rendered": term.renderings,
        "not to be rendered": term.forbidden,
        "gloss": (term.gloss,) if term.gloss else (),
    }
    said = [f"{name} {', '.join(f'“{way}”' for way in words)}" for name, words in ways.items() if words]
    kept = (
        "no linked passage"
        if share is None
        else f"{count.as_decided} of {count.looked} linked passages as decided ({_ROUNDING.percent(share)})"
    )
    found = findings_words(count)
    return "; ".join([f"{term.name}: {term.rule}", *said, kept, *([found] if found else [])])


def _decisions(study: Study) -> Part:
    memos = study.all(Memo, kind=MemoKind.TRANSLATION.value)
    with_loss = sum(bool(memo.loss) for memo in memos)
    told = [f"{_number(len(memos), 'memo')} on translation, {with_loss} of them naming a loss"]
    gaps = [] if memos else ["No decision of a translator is recorded."]
    return Part("Decisions of translators", told, gaps)


def _verification(study: Study, translations: Sequence[Text], names: Mapping[str, str]) -> Part:
    told, gaps = [], []
    for text in translations:
        share, made = verified(study, text.id), study.all(Verification, text_id=text.id)
        if not made:
            gaps.append(f"{names[text.id]}: nobody beside its maker is recorded as having checked it.")
            continue
        methods = ", ".join(sorted({each.method.value for each in made}))
        verdicts = Counter(each.verdict.value for each in made)
        outcome = ", ".join(f"{count} {verdict}" for verdict, count in sorted(verdicts.items()))
        told.append(
            f"{names[text.id]}: {methods}; {share.units} of {share.of_units} sentences "
            f"({_ROUNDING.percent(share.share)}), {share.evidence} of {share.of_evidence} excerpts that "
            f"something rests on; {outcome}"
        )
    return Part("Verification", told, gaps)


def _questions(study: Study, names: Mapping[str, str]) -> Part:
    """Count the answers to questions of the program, and name the faults that were found so."""
    answers = [answer for answer in study.all(CheckAnswer) if answer.target_id in names]
    counts = Counter(answer.reply for answer in answers)
    kinds = Counter(answer.kind.value for answer in answers)
    about = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    told = [
        f"{_number(len(answers), 'question')} answered ({about}): "
        f"{counts[Reply.ACCEPTED]} accepted as faults, {counts[Reply.NOTED]} noted, "
        f"{counts[Reply.DISMISSED]} dismissed"
    ]
    told += [
        f"Fault in {names[answer.target_id]}: {answer.question} {answer.note}"
        for answer in answers
        if answer.reply is Reply.ACCEPTED
    ]
    none = ["Nothing that the program asks about them was answered."] if study.count(Link) else []
    return Part("Questions about translations", told if answers else none, [])


def _links(study: Study, names: Mapping[str, str]) -> Part:
    told = []
    for about in study.all(Alignment):
        links = study.all(Link, source_id=about.source_id, target_id=about.target_id)
        fixed = sum(link.is_fixed for link in links)
        pair = " with ".join(names.get(each, each) for each in (about.source_id, about.target_id))
        told.append(
            f"{pair}: {_number(len(links), 'link')} by {about.method}, {fixed} of them looked at by a person"
        )
    return Part(
        "Links between source and translation", sorted(told), [] if told else ["No texts are aligned."]
    )


def _evidence(study: Study, texts: Sequence[Text]) -> Part:
    """Count the sides of what cells and claims rest on, and of what is coded."""
    sides, by_id = Sides(study), {text.id: text for text in texts}
    resting = [excerpt for text in texts for excerpt in excerpts_under_evidence(study, text.id)]
    coded_ids = {coding.excerpt_id for coding in study.all(Coding)}
    coded = [each for each in study.all(Excerpt) if each.id in coded_ids and each.text_id in by_id]
    told = []
    for what, excerpts in (("coded", coded), ("under cells and claims", resting)):
        counts = Counter(sides.of(by_id[each.text_id], each.passage).value for each in excerpts)
        said = ", ".join(f"{count} {side}" for side, count in sorted(counts.items())) or "none"
        told.append(f"Excerpts {what}: {said}")
    told.append(_QUOTES_SAID[QuotedSides(study).wanted])
    return Part("Evidence by side", told, [])


def _number(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
