"""Actions of the history stage."""

from __future__ import annotations

from workbench.tui.keys.action import Action

ACTIONS: tuple[Action, ...] = (
    Action(
        "history.go_to_object",
        "g",
        "Go to",
        "Go to the passage, cell, claim or code of the decision.",
        in_footer=True,
    ),
    Action(
        "history.undo_this",
        "u",
        "Undo this",
        "Undo the decision at the cursor, as a new decision.",
        in_footer=True,
    ),
    Action(
        "history.as_of",
        "t",
        "As of",
        "Show the whole study as it stood after the decision, read-only; F12 goes back.",
        in_footer=True,
    ),
    Action("history.as_of_time", "T", "As of …", "Show the study as of a number or a time that is typed."),
    Action("history.by_coder", "c", "Coder", "Show only the decisions of one coder.", in_footer=True),
    Action("history.by_stage", "s", "Stage", "Show only the decisions of one stage."),
    Action("history.by_action", "a", "Action", "Show only decisions of one kind.", in_footer=True),
    Action("history.by_case", "i", "Case", "Show only decisions about a case and what is in its documents."),
    Action("history.by_code", "o", "Code", "Show only decisions about a theme or code and its codings."),
    Action("history.by_document", "d", "Document", "Show only decisions about a document and its codings."),
    Action("history.by_record", "e", "Record", "Show only decisions about a chart, edition or setting."),
    Action("history.belonging", "b", "Belonging", "Take in what belongs to the record, or leave it out."),
    Action("history.by_time", "m", "Time", "Show only decisions from a time, until a time."),
    Action("history.by_reason", "r", "Reason", "Show only decisions with these words in the reason."),
    Action("history.find", "slash", "Find", "Show only decisions that hold the words typed.", in_footer=True),
    Action("history.backups", "k", "Backups", "Make, look at or restore backups of the study."),
    Action(
        "history.encryption", "E", "Encryption", "Encrypt the study, or change or give up its passphrase."
    ),
    Action("history.export", "x", "Export", "Write an audit bundle, a report, the log or a checklist."),
    Action("history.redactions", "R", "Redactions", "See and change what exports black out."),
    Action("history.show_all", "w", "Whole log", "Show all decisions again.", in_footer=True),
)
