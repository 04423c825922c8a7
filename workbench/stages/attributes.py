"""What the texts of a document offer to its register entry, accepted one by one or passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from workbench.errors import Refused, WrongUsage
from workbench.language import working
from workbench.language.offers import Offer, offers
from workbench.language.working import Progress
from workbench.model.case import Document
from workbench.model.decision import Verb
from workbench.model.records import key_of
from workbench.model.text import Text
from workbench.study.study import Study

_FIELDS = frozenset(field.name for field in fields(Document)) - {"id", "key", "extra", "excluded_why"}
_BETWEEN = "; "
"""Between the values of a column that holds several."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A value for the register entry of a document, with the place it was found at."""

    id: str
    offer: Offer
    text: Text
    place: str
    """Page and paragraph."""
    now: str
    """What the register says there today; empty where it says nothing."""

    @property
    def why(self) -> str:
        """Say where it stands, for the log."""
        start, end = self.offer.place.start, self.offer.place.end
        return f"“{self.offer.words}” in {self.text.id} {start}:{end}, {self.place}: {self.offer.why}"


def offered(study: Study, document_id: str, *, progress: Progress | None = None) -> list[Offered]:
    """List what the texts of a document offer and its register entry does not say yet, originals first.

    Reads only; versions that were replaced offer nothing. The texts are read in the process for language.
    """
    document = study.get(Document, document_id)
    replaced = {text.revises for text in study.all(Text, document_id=document_id)}
    texts = [text for text in study.all(Text, document_id=document_id) if text.id not in replaced]
    texts.sort(key=lambda text: (text.is_translation, text.id))
    contents = tuple((study.text_content(text.content_hash), text.language) for text in texts)
    found = working.run(offers_of_texts, contents, progress=progress)
    listed: dict[tuple[str, str], Offered] = {}
    for text, several in zip(texts, found, strict=True):
        places = study.places(text)
        for offer in several:
            now = _said(document, offer.name)
            if not _says(offer, now):
                one = Offered(offer.id_in(text.id), offer, text, places.cite(offer.place), now)
                listed.setdefault((offer.name, offer.value), one)
    return sorted(listed.values(), key=lambda each: (each.offer.name not in _FIELDS, each.now != ""))


def offers_of_texts(
    contents: Sequence[tuple[str, str]], *, progress: Progress | None = None
) -> list[list[Offer]]:
    """Read some texts, each with its language, for what they offer; it may run in another process."""
    found = []
    for done, (content, language) in enumerate(contents):
        if progress is not None and not progress(done, len(contents)):
            raise Refused("Reading the texts was ended.")
        found.append(offers(content, language))
    return found


def _says(offer: Offer, now: str) -> bool:
    """Tell whether the register says already what is offered; one that says it more fully does."""
    if offer.name in _FIELDS:
        return offer.value.casefold() in now.casefold()
    return offer.value in now.split(_BETWEEN)


def _said(document: Document, name: str) -> str:
    return str(getattr(document, name)) if name in _FIELDS else document.extra.get(name, "")


def accept_offers(study: Study, document_id: str, chosen: Sequence[Offered], *, reason: str = "") -> Document:
    """Write offers into the register entry, as one decision whose reason names their places.

    A field takes the place of what stood there; a column of one's own takes a value more. Raises WrongUsage
    for two values of one field.
    """
    if not chosen:
        raise Refused("Nothing was chosen.")
    document = study.get(Document, document_id)
    values: dict[str, str] = {}
    extra = dict(document.extra)
    for each in chosen:
        name, value = each.offer.name, each.offer.value
        if name not in _FIELDS:
            extra[name] = _BETWEEN.join(filter(None, (extra.get(name, ""), value)))
        elif values.setdefault(name, value) != value:
            raise WrongUsage(f"Two values were chosen for {name}.", do="Choose one of them.")
        else:
            values |= dict(each.offer.beside)
    changed = replace(document, extra=extra, **values)
    why = reason.strip() or "; ".join(each.why for each in chosen)
    study.decide(Verb.EDIT_DOCUMENT, key_of(document), put=[changed], reason=why)
    return changed
