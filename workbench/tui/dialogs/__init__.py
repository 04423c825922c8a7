"""Dialogs: each asks for one thing and is typed by its answer."""

from __future__ import annotations

from workbench.tui.dialogs.ask_text import AskText
from workbench.tui.dialogs.choose_code import ChooseCode
from workbench.tui.dialogs.choose_from import Choice, ChooseFrom
from workbench.tui.dialogs.confirm import Confirm
from workbench.tui.dialogs.form import Field, Form
from workbench.tui.dialogs.give_reason import GiveReason
from workbench.tui.dialogs.help import Help
from workbench.tui.dialogs.report import Report

__all__ = [
    "AskText",
    "Choice",
    "ChooseCode",
    "ChooseFrom",
    "Confirm",
    "Field",
    "Form",
    "GiveReason",
    "Help",
    "Report",
]
