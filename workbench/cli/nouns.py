"""The table of commands: what each is called, where it lives and what it is for.

It is all that `workbench --help` needs, so that help loads none of the rooms.
"""

from __future__ import annotations

from typing import NamedTuple


class Noun(NamedTuple):
    """One command, or one noun with verbs below it."""

    name: str
    module: str
    """Module of this room that declares and runs it."""
    help: str
    stage: str
    """Heading of the overview it stands under."""
    declare: str = "declare"
    """Function of the module that takes the parser of the command."""


NOUNS = (
    Noun("demo", "demo", "build the worked example and open it", "Studies"),
    Noun("new", "studies", "make a study", "Studies", "declare_new"),
    Noun("open", "studies", "open a study in the terminal", "Studies", "declare_open"),
    Noun(
        "save-as",
        "studies",
        "write a whole, verified copy of a study elsewhere",
        "Studies",
        "declare_save_as",
    ),
    Noun("check", "checking", "check that a study is whole and its comparisons fair", "Studies"),
    Noun("backup", "backups", "make a verified copy of a study", "Studies", "declare_backup"),
    Noun("backups", "backups", "list the backups of a study", "Studies", "declare_list"),
    Noun("restore", "backups", "put a backup in the place of a study", "Studies", "declare_restore"),
    Noun("encrypt", "encryption", "encrypt a study and its backups", "Studies", "declare_encrypt"),
    Noun("decrypt", "encryption", "write an encrypted study in the clear", "Studies", "declare_decrypt"),
    Noun(
        "change-passphrase",
        "encryption",
        "encrypt a study with another passphrase",
        "Studies",
        "declare_change",
    ),
    Noun("export", "text_form", "write a study as text that loses nothing", "Studies", "declare_export"),
    Noun("import-text", "text_form", "make a study from its text form", "Studies", "declare_import"),
    Noun("settings", "settings", "list the settings of a study", "Studies", "declare_list"),
    Noun("set", "settings", "change a setting, such as the cut-off", "Studies"),
    Noun("redact", "redaction", "black terms out in everything that leaves the study", "Studies"),
    Noun("export-preview", "previews", "tell what an export would contain, before it is written", "Studies"),
    Noun("extras", "extras", "list what is installed beside the plain program", "Studies"),
    Noun("import", "imports", "import files, folders or a register", "Familiarise"),
    Noun("cases", "cases", "list the cases", "Familiarise", "declare_list"),
    Noun("attributes", "attributes", "list and accept what texts offer to the register", "Familiarise"),
    Noun("case", "cases", "add, edit, order or remove cases", "Familiarise"),
    Noun("documents", "documents", "list the document register", "Familiarise", "declare_list"),
    Noun("document", "documents", "edit, exclude, readmit or assign a document", "Familiarise"),
    Noun("texts", "texts", "list the texts", "Familiarise", "declare_list"),
    Noun("text", "texts", "print a text", "Familiarise", "declare_print"),
    Noun("units", "units", "list the units of a text", "Familiarise", "declare_list"),
    Noun("unit", "units", "join and split units by hand", "Familiarise"),
    Noun("words", "words", "count words, and find those that stand out or go together", "Familiarise"),
    Noun("version", "versions", "describe, approve, replace and compare texts as versions", "Familiarise"),
    Noun("align", "links", "link a text and its translation", "Familiarise", "declare_align"),
    Noun("links", "links", "list the links of a text", "Familiarise", "declare_list"),
    Noun("link", "links", "mend and confirm links", "Familiarise"),
    Noun("counterparts", "links", "list what a passage is linked to", "Familiarise", "declare_counterparts"),
    Noun(
        "untranslated",
        "links",
        "list what of a text is linked to nothing",
        "Familiarise",
        "declare_untranslated",
    ),
    Noun(
        "verifications",
        "verifications",
        "list what was checked of translations",
        "Familiarise",
        "declare_list",
    ),
    Noun("verification", "verifications", "record who checked a translation", "Familiarise"),
    Noun(
        "glossary", "glossary", "keep key terms with their renderings, and check translations", "Familiarise"
    ),
    Noun(
        "translation-checks",
        "translation_checks",
        "list questions about translations: numbers, names, modality, what is missing",
        "Familiarise",
        "declare_list",
    ),
    Noun("translation-check", "translation_checks", "answer a question about a translation", "Familiarise"),
    Noun("translation-statement", "statement", "say how the documents were translated", "Familiarise"),
    Noun("read", "texts", "say how far a text is read", "Familiarise", "declare_read"),
    Noun("memos", "memos", "list the memos", "Familiarise", "declare_list"),
    Noun("memo", "memos", "write, edit or remove a memo", "Familiarise"),
    Noun("framework", "framework", "show, change and release the thematic framework", "Framework"),
    Noun("code", "codings", "apply codes to a passage", "Index", "declare_code"),
    Noun("uncode", "codings", "take a coding away", "Index", "declare_uncode"),
    Noun("recode", "codings", "put another code in place of a coding's", "Index", "declare_recode"),
    Noun("codings", "codings", "list the codings", "Index", "declare_list"),
    Noun("coding", "coding", "move, cut, join, doubt or confirm codings; code many passages", "Index"),
    Noun("reviewed", "reviewed", "mark passages that hold nothing", "Index"),
    Noun("unindexed", "reviewed", "list what is not indexed yet", "Index", "declare_unindexed"),
    Noun("uncertain", "uncertain", "list excerpts on replaced versions", "Index", "declare_list"),
    Noun("excerpt", "uncertain", "place excerpts that stayed on a replaced version", "Index"),
    Noun("excerpts", "excerpts", "list the excerpts", "Index"),
    Noun("suggest", "suggestions", "list passages that may belong under a code", "Index", "declare_suggest"),
    Noun("suggestion", "suggestions", "answer a suggestion: accept, reject, later", "Index"),
    Noun("suggestions", "suggestions", "list how suggestions were answered", "Index", "declare_list"),
    Noun("search", "search", "search texts for words, or codings for codes", "Index"),
    Noun("cell", "cells", "show and write cells of the matrix", "Chart"),
    Noun("chart", "charts", "print or export a chart", "Chart"),
    Noun("charts", "charts", "list the saved charts", "Chart", "declare_list"),
    Noun("save-chart", "charts", "keep an arrangement of a chart under a name", "Chart", "declare_save"),
    Noun("remove-chart", "charts", "forget a saved chart", "Chart", "declare_remove"),
    Noun("picture", "pictures", "draw statuses, coverage or ranks, on the terminal or in a file", "Chart"),
    Noun("proposals", "proposals", "read an edited workbook back as proposals", "Chart"),
    Noun("count", "counts", "count statuses exactly, under a named rule", "Chart"),
    Noun("rank", "ranks", "rank cases or themes, with ties and how firmly each rank holds", "Chart"),
    Noun("compare", "comparing", "hold printed tables against the cells", "Chart"),
    Noun("editions", "editions", "list the editions of policy indices", "Chart", "declare_list"),
    Noun("edition", "editions", "import, answer, map and score an edition of an index", "Chart"),
    Noun("claim", "claims", "make, support and hold claims", "Interpret"),
    Noun("checklist", "checklists", "fill a reporting checklist, COREQ or SRQR, from the study", "Interpret"),
    Noun("log", "log", "show, verify or export the log of decisions", "History"),
    Noun("history", "history", "list the decisions about one record", "History", "declare_history"),
    Noun("undo", "history", "reverse a decision", "History", "declare_undo"),
    Noun("redo", "history", "make the last undone decision again", "History", "declare_redo"),
    Noun(
        "as-of", "history", "run a reading command on the study as it once stood", "History", "declare_as_of"
    ),
)
