"""Libraries that only some people need, and what to do where they are not installed."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from workbench.errors import Refused


def needed(module: str, *, extra: str, what: str) -> ModuleType:
    """Import a module of an extra; raises Refused, saying how to install it, where it is not there."""
    try:
        return import_module(module)
    except ImportError as error:
        raise Refused(
            f"{what} needs the library {module.partition('.')[0]}, which is not installed.",
            do=f"Install it with: pip install 'framework-workbench[{extra}]'",
        ) from error
