"""What a user prefers: keys, colours and the width of ambiguous characters, from a file of their own."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.tui.actions import SCREENS, bindings
from workbench.tui.theme import THEMES

_COLOURS = {theme.name.removeprefix("workbench-"): theme.name for theme in THEMES}
_FIELDS = ("keys", "colours", "ambiguous", "backup minutes")
_USUAL_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Preferences:
    """What is preferred, and what of the file could not be followed."""

    theme: str = ""
    """Name of the theme; empty for the usual one."""
    ambiguous_wide: bool = False
    """Whether the terminal gives quotes, dashes and the like two columns."""
    backup_minutes: int = _USUAL_MINUTES
    """Minutes between two backups of a study that changes; 0 for none on a timer."""
    keys: dict[str, str] = field(default_factory=dict)
    """Id of an action -> keys, separated by commas."""
    faults: tuple[str, ...] = ()
    """What in the file is not known, one sentence each."""


def preferences_path() -> Path:
    """Give the place of the file: `workbench/preferences.yaml` in the user's folder of settings."""
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "workbench" / "preferences.yaml"


def load_preferences(path: Path | None = None) -> Preferences:
    """Read the file; without one everything is as usual, and what is not known in it is reported."""
    path = path or preferences_path()
    if not path.is_file():
        return Preferences()
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        what = " ".join(str(error).split())
        return Preferences(faults=(f"{path.name} cannot be read and is not followed: {what}.",))
    if data is None:
        return Preferences()
    if not isinstance(data, dict):
        return Preferences(faults=(f"{path.name} is not a list of settings and is not followed.",))
    return _understood(data)


def known_ids() -> set[str]:
    """Name every action that can be given other keys."""
    from workbench.tui.reading.moves import move_bindings, other_bindings

    found = {binding.id for screen in SCREENS for binding in bindings(screen)}
    found |= {binding.id for binding in (*move_bindings(), *other_bindings())}
    return {identifier for identifier in found if identifier}


def _understood(data: dict[Any, Any]) -> Preferences:
    faults = [f"There is no setting {name}." for name in data if name not in _FIELDS]
    colours = str(data.get("colours", ""))
    if colours and colours not in _COLOURS:
        faults.append(f"There are no colours {colours}; there are {', '.join(_COLOURS)}.")
    ambiguous = str(data.get("ambiguous", "narrow"))
    if ambiguous not in ("narrow", "wide"):
        faults.append(f"ambiguous is narrow or wide, not {ambiguous}.")
    keys = _keys(data.get("keys"), faults)
    minutes = data.get("backup minutes", _USUAL_MINUTES)
    if type(minutes) is not int or not 0 <= minutes <= 24 * 60:
        faults.append(f"backup minutes is a number from 0, for none, to 1440, not {minutes}.")
        minutes = _USUAL_MINUTES
    return Preferences(_COLOURS.get(colours, ""), ambiguous == "wide", minutes, keys, tuple(faults))


def _keys(given: Any, faults: list[str]) -> dict[str, str]:
    if given is None:
        return {}
    if not isinstance(given, dict):
        faults.append("keys must name actions, each with its key.")
        return {}
    known = known_ids()
    faults += [f"There is no action {name}." for name in given if str(name) not in known]
    keys = {str(name): str(key) for name, key in given.items() if str(name) in known}
    for screen in SCREENS:
        used = Counter(
            key.strip()
            for binding in bindings(screen)
            for key in keys.get(binding.id or "", binding.key).split(",")
        )
        twice = sorted(key for key, count in used.items() if count > 1)
        if twice:
            faults.append(f"On the screen {screen}, {' and '.join(twice)} would do two things.")
    return keys
