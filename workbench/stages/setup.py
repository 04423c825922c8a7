"""Begin a study."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from workbench.exchange.codebook import Codebook, default_vocabulary
from workbench.model.decision import Verb
from workbench.model.records import Setting
from workbench.stages.framework_versions import apply_codebook
from workbench.study.file import create_study
from workbench.study.study import Study


def new_study(path: Path, *, title: str, coder: str, codebook: Codebook | None = None) -> Study:
    """Make a study file with a framework; the default statuses stand in where a codebook names none.

    Leaves no file behind where anything goes wrong.
    """
    study = create_study(path, title=title, coder=coder)
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


def change_setting(study: Study, name: str, value: str, *, reason: str = "") -> None:
    """Set one setting of the study, such as `title`, `question` or `cut-off`."""
    study.decide(Verb.CHANGE_SETTING, f"setting:{name}", put=[Setting(name, value)], reason=reason)
