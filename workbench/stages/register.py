"""Cases and the document register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbench.errors import Refused, WrongUsage
from workbench.model.case import Case, CaseDocument, Document
from workbench.model.coding import Excerpt
from workbench.model.decision import Verb
from workbench.model.identity import record_id
from workbench.model.records import key_of
from workbench.model.text import Text
from workbench.stages.name_rules import check_name
from workbench.stages.naming import holders_named
from workbench.stages.reason import required_reason
from workbench.stages.staleness import stale_from
from workbench.study.study import Study


def find_case(study: Study, wanted: str) -> Case:
    """Find a case by name or id; raises WrongUsage and names the cases there are."""
    cases = study.all(Case, order="position")
    for case in cases:
        if wanted in (case.name, case.id):
            return case
    known = ", ".join(case.name for case in cases) or "none yet"
    raise WrongUsage(f"There is no case {wanted}. Cases: {known}.")


def add_case(
    study: Study, name: str, *, attributes: Mapping[str, str] | None = None, reason: str = ""
) -> Case:
    """Add a case at the end of the study's case order; a name that looks like another needs a reason."""
    cases = study.all(Case, order="position")
    _refuse_bad_name(study, name, cases, reason)
    position = max((case.position for case in cases), default=0) + 1
    case = Case(record_id("c"), name.strip(), position, dict(attributes or {}))
    study.decide(Verb.ADD_CASE, key_of(case), put=[case], reason=reason)
    return case


def _refuse_bad_name(study: Study, name: str, cases: Sequence[Case], reason: str) -> None:
    if not name.strip():
        raise Refused("A case needs a name.")
    if any(case.name == name.strip() for case in cases):
        raise Refused(f"There is already a case {name.strip()}.")
    others = [case.name for case in cases]
    check_name(name.strip(), "case", others, reason=reason or study.standing_reason)


def edit_case(
    study: Study,
    case_id: str,
    *,
    name: str | None = None,
    attributes: Mapping[str, str] | None = None,
    reason: str = "",
) -> Case:
    """Rename a case or set attributes of it; an attribute set to the empty string goes."""
    case = study.get(Case, case_id)
    if name is not None and name.strip() != case.name:
        others = [each for each in study.all(Case) if each.id != case_id]
        _refuse_bad_name(study, name, others, reason)
    merged = {key: value for key, value in {**case.attributes, **(attributes or {})}.items() if value}
    changed = replace(case, name=case.name if name is None else name.strip(), attributes=merged)
    study.decide(Verb.EDIT_CASE, key_of(case), put=[changed], reason=reason)
    return changed


def reorder_cases(study: Study, case_ids: Sequence[str]) -> None:
    """Put the cases into a new order, which every chart follows; all cases must be named once."""
    cases = {case.id: case for case in study.all(Case)}
    if sorted(case_ids) != sorted(cases):
        raise WrongUsage("The new order must name every case once.")
    put = [replace(cases[case_id], position=position) for position, case_id in enumerate(case_ids, 1)]
    study.decide(Verb.REORDER_CASES, "case:" + case_ids[0], put=put)


def remove_case(study: Study, case_id: str, *, reason: str) -> None:
    """Take a case away; refused while cells or searches rest on it."""
    case = study.get(Case, case_id)
    links = [key_of(link) for link in study.all(CaseDocument, case_id=case_id)]
    with holders_named(study):
        study.decide(Verb.REMOVE_CASE, key_of(case), remove=[*links, key_of(case)], reason=reason)


def find_document(study: Study, wanted: str) -> Document:
    """Find a document by key or id; raises WrongUsage where there is none."""
    found = study.all(Document, key=wanted) or [d for d in [study.find(Document, wanted)] if d]
    if not found:
        raise WrongUsage(f"There is no document {wanted} in the register.")
    return found[0]


def edit_document(study: Study, document_id: str, **fields: str) -> Document:
    """Change fields of a register entry; an unknown field is refused."""
    document = study.get(Document, document_id)
    known = {"title", "title_transliteration", "title_translation", "issuer", "level", "type", "legal_force"}
    known |= {"adopted", "adopted_era", "in_force_from", "in_force_to", "version_date", "url", "accessed"}
    known |= {"found_how", "why_included"}
    unknown = set(fields) - known
    if unknown:
        raise WrongUsage(
            f"The register has no field {sorted(unknown)[0]}. Fields: {', '.join(sorted(known))}."
        )
    changed = replace(document, **fields)  # type: ignore[arg-type]
    study.decide(Verb.EDIT_DOCUMENT, key_of(document), put=[changed])
    return changed


def exclude_document(study: Study, document_id: str, *, reason: str) -> Document:
    """Leave a document out of the corpus; it stays in the register with the reason.

    Cells and claims that rest on it become stale.
    """
    reason = required_reason(Verb.EXCLUDE_DOCUMENT, reason)
    changed = replace(study.get(Document, document_id), excluded_why=reason)
    texts = study.all(Text, document_id=document_id)
    excerpts = [excerpt.id for text in texts for excerpt in study.all(Excerpt, text_id=text.id)]
    stale = stale_from(study, excerpts=excerpts, cause=f"{changed.key} was left out of the corpus: {reason}")
    study.decide(Verb.EXCLUDE_DOCUMENT, key_of(changed), put=[changed, *stale], reason=reason)
    return changed


def readmit_document(study: Study, document_id: str, *, reason: str) -> Document:
    """Take an excluded document back into the corpus."""
    changed = replace(study.get(Document, document_id), excluded_why="")
    study.decide(Verb.READMIT_DOCUMENT, key_of(changed), put=[changed], reason=reason)
    return changed


def assign_case(study: Study, document_id: str, case_id: str) -> None:
    """Let a document serve a case, beside any it serves already."""
    study.get(Document, document_id)
    study.get(Case, case_id)
    link = CaseDocument.of(case_id, document_id)
    study.decide(Verb.ASSIGN_CASE, f"document:{document_id}", put=[link])


def unassign_case(study: Study, document_id: str, case_id: str, *, reason: str) -> None:
    """Take a document from a case; what the case's cells rest on stays linked."""
    link = CaseDocument.of(case_id, document_id)
    study.decide(Verb.UNASSIGN_CASE, f"document:{document_id}", remove=[key_of(link)], reason=reason)
