"""Run the aligner over a text and its translation, and keep what it proposes."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.errors import Refused
from workbench.language import working
from workbench.model.translation import Alignment, Link
from workbench.stages.linking import Pair, Progress, Proposed, Run, pair_for_run, record_run
from workbench.study.study import Study


@dataclass(frozen=True, slots=True)
class Aligned:
    """What a run left in the study."""

    alignment: Alignment
    links: tuple[Link, ...]
    """Those proposed; what a person vouched for stays beside them."""
    note: str
    """Why no sentence vectors were used; empty where they were, or were not wanted."""


def align_texts(
    study: Study,
    source_id: str,
    target_id: str,
    *,
    plain: bool = False,
    progress: Progress | None = None,
) -> Aligned:
    """Propose links between a text and its translation, as one decision; fixed links are kept.

    Key terms of the glossary speak for a link. Sentence vectors are used where they are installed, unless
    `plain`. The work is done in the process for language. Raises Refused where `progress` ends it.
    """
    pair = pair_for_run(study, source_id, target_id)
    run = working.run(run_aligner, pair, plain=plain, progress=progress)
    links = record_run(study, pair, run)
    return Aligned(study.get(Alignment, Alignment.key(source_id, target_id)), tuple(links), run.note)


def run_aligner(pair: Pair, *, plain: bool = False, progress: Progress | None = None) -> Run:
    """Link the units of two texts without a study, so that it can be done in another thread or process."""
    from workbench.language.alignment import align
    from workbench.language.embeddings import load_embedder
    from workbench.language.matching import Stopped

    vectors, why = (None, "") if plain else load_embedder()
    try:
        found = align(
            pair.source_words,
            pair.target_words,
            languages=(pair.source.language, pair.target.language),
            fixed=pair.fixed,
            glossary=pair.glossary,
            embedder=vectors,
            progress=progress,
        )
    except Stopped as error:
        raise Refused("The run was ended.") from error
    links = tuple(
        Proposed(link.source, link.target, link.method.value, link.confidence, link.reasons)
        for link in found.links
    )
    return Run(links, found.method, found.trust, found.warnings, why)
