"""The way from a record to the screen where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.model.records import split_key

if TYPE_CHECKING:
    from workbench.stages.targets import Target
    from workbench.study.study import Study
    from workbench.tui.app import Workbench
    from workbench.tui.widgets.excerpt_list import EvidenceItem


def key_of_item(item: EvidenceItem | None) -> str:
    """Give the key of the record that a line of evidence shows; empty where it shows none."""
    return item.key.replace("\t", ".") if item is not None else ""


def go_to_record(workbench: Workbench, key: str) -> bool:
    """Show where a record stands; False where it has no place of its own."""
    from workbench.stages.targets import target_of_key

    target = target_of_key(workbench.study, key)
    if target is not None:
        go_to(workbench, target)
    return target is not None


def go_to(workbench: Workbench, target: Target) -> None:
    """Show a place; going back returns to where one is now."""
    if target.passage is not None:
        workbench.open_passage(target.first, target.passage)
    elif target.kind == "cell":
        workbench.open_cell(target.first, target.second)
    elif target.kind == "claim":
        workbench.open_claim(target.first)
    elif target.kind == "document":
        workbench.open_document(target.first)
    elif target.kind == "term":
        workbench.open_glossary(target.first)
    elif target.kind == "indicator":
        workbench.open_indicator(target.first, target.second)
    else:
        workbench.open_node(target.first)


def text_of_key(study: Study, key: str) -> str:
    """Give the id of the text that a record is in, the first of a document; empty where it is in none."""
    from workbench.stages.targets import target_of_key
    from workbench.tui.stages.texts import texts_of

    kind, identifier = split_key(key)
    if kind == "text":
        return identifier
    target = target_of_key(study, key) if key else None
    if target is not None and target.passage is not None:
        return target.first
    texts = texts_of(study, target.first) if target is not None and target.kind == "document" else []
    return texts[0].id if texts else ""
