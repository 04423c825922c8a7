"""Read queries of searching."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.model.coding import Coding, Excerpt
from workbench.study.queries import PlacedCoding
from workbench.study.study import Study

_AT_ONCE = 500


def codings_under(study: Study, code_ids: Sequence[str], coder: str = "") -> dict[str, list[PlacedCoding]]:
    """Map texts to the codings under any of the codes, by place; only one coder's where one is named."""
    found: dict[str, list[PlacedCoding]] = {}
    for first in range(0, len(code_ids), _AT_ONCE):
        some = code_ids[first : first + _AT_ONCE]
        query = (
            "SELECT k.id, k.excerpt_id, k.code_id, k.coder, k.doubtful, k.confirmed, k.suggestion, "
            'e.id, e.text_id, e.start, e."end", e.quote '
            "FROM coding_records k JOIN excerpt_records e ON e.id = k.excerpt_id "
            f"WHERE k.code_id IN ({', '.join('?' * len(some))}) AND (? = '' OR k.coder = ?)"
        )
        for row in study.connection.execute(query, (*some, coder, coder)):
            coding = Coding(row[0], row[1], row[2], row[3], bool(row[4]), row[5], row[6])
            found.setdefault(row[8], []).append(PlacedCoding(coding, Excerpt(*row[7:])))
    for placed in found.values():
        placed.sort(
            key=lambda one: (one.excerpt.start, one.excerpt.end, one.coding.code_id, one.coding.coder)
        )
    return found
