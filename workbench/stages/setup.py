"""Begin a study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from workbench.errors import Refused, WrongUsage
from workbench.exchange.codebook import Codebook, default_vocabulary
from workbench.exchange.glosses import OFF
from workbench.exchange.glosses import SETTING as GLOSSES
from workbench.exchange.quoted_sides import QUOTES, Quoted
from workbench.matrix.lint import CUT_OFF, day_of
from workbench.model.decision import Verb
from workbench.model.framework import title_setting
from workbench.model.records import Setting
from workbench.stages.framework_versions import apply_codebook
from workbench.stages.reason import refuse_without
from workbench.stages.translation_statement import TRANSLATION_SETTINGS
from workbench.study.file import create_study
from workbench.study.study import Study


def new_study(
    path: Path, *, title: str, coder: str, codebook: Codebook | None = None, passphrase: str = ""
) -> Study:
    """Make a study file with a framework; the default statuses stand in where a codebook names none.

    It is encrypted where a passphrase is given. Leaves no file behind where anything goes wrong.
    """
    study = create_study(path, title=title, coder=coder, passphrase=passphrase)
    try:
        apply_codebook(study, _with_statuses(codebook), reason="First framework of the study.")
    except BaseException:
        study.close()
        path.unlink(missing_ok=True)
        raise
    return study


def _with_statuses(codebook: Codebook | None) -> Codebook:
    book = codebook or Codebook(title="", question="", themes=(), codes=(), rules=(), statuses=())
    if book.statuses:
        return book
    rules, statuses = default_vocabulary()
    return replace(book, rules=rules, statuses=statuses)


SETTINGS: Mapping[str, str] = {
    "title": "what the study is called",
    "question": "what the study asks",
    "framework title": "what the framework is called",
    **TRANSLATION_SETTINGS,
    GLOSSES: "whether exports put the gloss behind a term that stays, where it stands first: yes or no",
    QUOTES: "which side of a quote is printed where a link leads to another: original, translation or both",
    CUT_OFF: "the day up to which documents were looked at, such as 2018-07-02; `check` holds them to it",
}
"""Name of a setting -> what it says."""
_RESTED_ON = frozenset({"question", CUT_OFF})
"""Settings that answers were given under; another value asks of them what they were not asked."""


def settings_of(study: Study) -> dict[str, str]:
    """Name the settings that a study can have, with what each says."""
    beside = [title_setting(prefix) for prefix in study.framework.prefixes]
    return {
        **SETTINGS,
        **{name: f"what framework {name.split()[-1]} is called" for name in beside if name not in SETTINGS},
    }


def change_setting(study: Study, name: str, value: str, *, reason: str = "") -> None:
    """Set one setting of the study; an empty value takes it away.

    Raises WrongUsage for a name that the study has none of and for a cut-off that is no day, and
    ReasonMissing where what the study rests on, its question or its cut-off, becomes another without one.
    """
    value = value.strip()
    known = settings_of(study)
    if name not in known:
        raise WrongUsage(f"There is no setting {name}. Settings: {', '.join(known)}.")
    if name == "title" and not value:
        raise Refused("A study needs a title.")
    if name == CUT_OFF and value and day_of(value) is None:
        raise WrongUsage(f"The cut-off “{value}” is no date.", do="Write it as 2018-07-02.")
    if name == GLOSSES and value not in ("", "yes", OFF):
        raise WrongUsage("The setting glosses is yes or no.")
    if name == QUOTES and value and value not in list(Quoted):
        raise WrongUsage(f"Quotes cannot be printed as “{value}”.", do=f"Use one of: {', '.join(Quoted)}.")
    former = study.setting(name)
    if name in _RESTED_ON and former and former != value:
        refuse_without(study, f"change the {name}", reason)
    study.decide(Verb.CHANGE_SETTING, f"setting:{name}", put=[Setting(name, value)], reason=reason)
