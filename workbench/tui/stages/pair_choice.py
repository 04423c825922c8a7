"""Ask which text lies beside another, where it has no translation or several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.model.case import Document
from workbench.model.text import Text
from workbench.tui.dialogs import Choice, ChooseFrom
from workbench.tui.stages.texts import label_of
from workbench.tui.wording import several

if TYPE_CHECKING:
    from workbench.stages.text_pairs import TextPair
    from workbench.study.study import Study
    from workbench.tui.app import Workbench


async def choose_pair(workbench: Workbench, text_id: str, *, always: bool = False) -> TextPair | None:
    """Give the pair that a text is half of; ask where that is open, or `always`."""
    from workbench.stages.text_pairs import pair_of_two, pairs_of

    study = workbench.study
    pairs = pairs_of(study, text_id)
    is_known = bool(pairs) and pairs[0].declared
    if len(pairs) == 1 and not always and (is_known or _is_plain(pairs[0])):
        return pairs[0]
    near = [pair.target.id if pair.source.id == text_id else pair.source.id for pair in pairs]
    far = [] if is_known and not always else _others(workbench, {text_id, *near})
    rows = [_choice(study, text_id, each) for each in [*near, *far]]
    text = study.get(Text, text_id)
    named = f"{study.get(Document, text.document_id).key} · {label_of(text)}"
    if not rows:
        workbench.say("The study holds no other text to lay beside this one.", alarm=True)
        return None
    title = f"Which text lies beside {named}?"
    if not is_known:
        title = f"No translation of {named} is linked or named yet. Which text lies beside it?"
    answer = await workbench.ask(ChooseFrom(title, rows))
    return pair_of_two(study, text_id, answer[0]) if answer else None


def _is_plain(pair: TextPair) -> bool:
    """Tell whether the only two texts of a document can hardly be anything but source and translation."""
    return pair.target.is_translation and pair.source.language != pair.target.language


def _others(workbench: Workbench, named: set[str]) -> list[str]:
    held = (text for each in workbench.coverage.documents() for text in each.texts)
    return [text.id for text in held if text.id not in named]


def _choice(study: Study, text_id: str, other_id: str) -> Choice:
    from workbench.study.translation_queries import links_of_text

    other = study.get(Text, other_id)
    document = study.get(Document, other.document_id)
    links = sum(text_id in (link.source_id, link.target_id) for link in links_of_text(study, other_id))
    parts = [several(links, "link")] * bool(links) + [document.title] * bool(document.title)
    return Choice(other_id, f"{document.key} · {label_of(other)}", " · ".join(parts))
