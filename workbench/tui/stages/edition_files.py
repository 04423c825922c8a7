"""Index editions from files and to files, as the screen of index scores asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.model.identity import slug
from workbench.model.index_edition import IndexEdition
from workbench.study.origin import named_in
from workbench.tui.dialogs import Field, Form
from workbench.tui.exporting import ask_file, write_export
from workbench.tui.saving import path_of, read_chosen

if TYPE_CHECKING:
    from workbench.stages.edition_sheets import Imported
    from workbench.tui.app import Workbench
    from workbench.tui.stages.edition_lines import EditionView


async def import_from_file(app: Workbench) -> IndexEdition | None:
    """Ask for a sheet and how it is to be read, and import it."""
    fields = (
        Field("path", "Sheet, CSV: codebook and answers in one table"),
        Field("index", "Index (empty: as the sheet says)"),
        Field("edition", "Edition (empty: as the sheet says)"),
        Field("reference_date", "Date it is as of (empty: as the sheet says)"),
        Field("scale", "Scale: 0; 50; 100, or 0 to 100 (empty: as the sheet says)"),
        Field("area_lines", "Numbers under which it prints scores of areas, apart by commas (empty: none)"),
        Field("cases", "Cases under other names: THERE=HERE, apart by commas (empty: none)"),
    )
    given = await app.ask(Form("Import an index edition", fields))
    if given is None:
        return None
    imported = await app.attempt_with_reason(lambda reason: _imported(app, given, reason))
    if imported is None:
        return None
    app.say(imported.summary)
    return imported.edition


def _imported(app: Workbench, given: dict[str, str], reason: str) -> Imported:
    from workbench.exchange.index_sheet_reading import SheetReading, read_index_sheet
    from workbench.stages.edition_sheets import import_sheet

    path = path_of(given["path"], beside=app.path)
    pairs = [each.partition("=") for each in given["cases"].split(",") if each.strip()]
    reading = SheetReading(
        {name: given[name].strip() for name in ("index", "edition", "reference_date", "scale")},
        frozenset(part.strip() for part in given["area_lines"].split(",") if part.strip()),
        {there.strip(): here.strip() for there, _, here in pairs},
    )
    sheet = read_index_sheet(path.name, read_chosen(path), reading)
    return import_sheet(app.study, sheet, path.name, reason=reason)


async def make_from_framework(app: Workbench) -> IndexEdition | None:
    """Ask for a name and make an edition whose indicators are the codes of the study."""
    from workbench.stages import editions

    fields = [Field("name", "Index"), Field("edition", "Edition"), Field("date", "Date it is as of")]
    prefixes = app.study.framework.prefixes
    if len(prefixes) > 1:
        fields.append(Field("letters", f"Framework: {', '.join(filter(None, prefixes))} (empty: the first)"))
    given = await app.ask(Form("An index of the framework's own codes", fields))
    if given is None:
        return None
    return app.attempt(
        lambda: editions.edition_from_framework(
            app.study,
            given["name"],
            edition=given["edition"],
            reference_date=given["date"],
            prefix=given.get("letters", "").strip(),
        ),
        done="The edition is made of the framework.",
    )


async def export_to_file(app: Workbench, view: EditionView) -> None:
    """Ask for a file and write the edition to it."""
    from workbench.stages.edition_export import export_sheet

    edition = view.edition
    name = f"{slug(edition.label)}.csv"
    export = await ask_file(app, "Write the sheet to which file?", value=name, kind="edition")
    if export is not None:
        await write_export(app, export, lambda study, _: export_sheet(study, named_in(study, edition.id)))
