"""The codebook file: a framework and its status vocabulary as YAML that people write and compare."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from workbench.exchange.codebook_reading import CodebookReader
from workbench.exchange.vocabulary import default_vocabulary
from workbench.exchange.yaml_nodes import BadCodebook, Mistake, Mistakes, tree_of
from workbench.exchange.yaml_text import Value, yaml_text
from workbench.model.cell import CountingRule, Status
from workbench.model.framework import Code, CodeState, Framework, Theme

__all__ = ["BadCodebook", "Codebook", "Mistake", "default_vocabulary", "read_codebook", "write_codebook"]


@dataclass(frozen=True, slots=True)
class Codebook:
    """Everything that a codebook file says."""

    title: str
    question: str
    themes: tuple[Theme, ...]
    """Depth first, by number; subthemes name their parent."""
    codes: tuple[Code, ...]
    """In reading order."""
    rules: tuple[CountingRule, ...]
    """Empty where the file names none; see `default_vocabulary`."""
    statuses: tuple[Status, ...]

    @property
    def prefix(self) -> str:
        """Give the letters of the framework that all its top themes are of; empty where there are several."""
        prefixes = {theme.framework for theme in self.themes if theme.parent_id is None}
        return prefixes.pop() if len(prefixes) == 1 else ""


def read_codebook(name: str, data: bytes, *, released: bool = False) -> Codebook:
    """Read a codebook file; raises BadCodebook with every mistake found in it.

    All values are taken as strings: `id: yes` is the id `yes`. Ids that are left out are made from names,
    numbers that are left out follow the neighbour before. A `released` version may have rules without values.
    """
    mistakes = Mistakes(name)
    reader = CodebookReader(mistakes, released=released)
    read = reader.read(tree_of(data, mistakes))
    mistakes.settle()
    framework = Framework(read.themes, read.codes)
    return Codebook(
        read.title,
        read.question,
        tuple(theme for theme, _ in framework.walk()),
        tuple(framework.ordered_codes()),
        tuple(read.rules),
        tuple(read.statuses),
    )


def write_codebook(codebook: Codebook) -> str:
    """Write a codebook in its one canonical form; `read_codebook` gives the same codebook back."""
    framework = Framework(codebook.themes, codebook.codes)
    return yaml_text(
        _said(
            {
                "title": codebook.title,
                "question": codebook.question,
                "prefix": codebook.prefix,
                "themes": [_theme(framework, theme, codebook.prefix) for theme in framework.roots()],
                "rules": [{"id": rule.id, "label": rule.label} for rule in codebook.rules],
                "statuses": [_status(status, codebook.rules) for status in codebook.statuses],
            }
        )
    )


def _said(fields: Mapping[str, Value]) -> dict[str, Value]:
    """Leave out what is empty."""
    return {name: value for name, value in fields.items() if value}


def _theme(framework: Framework, theme: Theme, prefix: str = "") -> dict[str, Value]:
    return _said(
        {
            "id": theme.id,
            "framework": "" if theme.framework == prefix else theme.framework,
            "number": theme.number,
            "name": theme.name,
            "definition": theme.definition,
            "attributes": dict(sorted(theme.attributes.items())),
            "state": "retired" if theme.retired else "",
            "codes": [_code(code) for code in framework.codes_of(theme.id)],
            "themes": [_theme(framework, sub) for sub in framework.subthemes(theme.id)],
        }
    )


def _code(code: Code) -> dict[str, Value]:
    return _said(
        {
            "id": code.id,
            "number": code.number,
            "name": code.name,
            "definition": code.definition,
            "include": code.include,
            "exclude": code.exclude,
            "examples": code.examples,
            "origin": code.origin.value,
            "source": code.source,
            "cues": code.cues,
            "patterns": [json.loads(pattern) for pattern in code.patterns],
            "excluding": code.excluding,
            "wordings": dict(sorted(code.wordings.items())),
            "other": code.other,
            "described": code.described,
            "state": "" if code.state is CodeState.ACTIVE else code.state.value,
            "successors": code.successors,
        }
    )


def _status(status: Status, rules: tuple[CountingRule, ...]) -> dict[str, Value]:
    places = {rule.id: place for place, rule in enumerate(rules)}
    ordered = sorted(status.values.items(), key=lambda pair: (places.get(pair[0], len(places)), pair[0]))
    fields: dict[str, Value] = {
        "id": status.id,
        "label": status.label,
        "mark": status.mark,
        "definition": status.definition,
        "values": dict(ordered),
        "needs": [need.value for need in status.needs],
    }
    return _said(fields) | ({} if status.in_denominator else {"in_denominator": False})
