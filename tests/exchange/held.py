"""A small study that names a person wherever a user can write."""

from __future__ import annotations

from workbench.exchange.codebook import default_vocabulary
from workbench.model.case import Case
from workbench.model.cell import Cell
from workbench.model.claim import ClaimKind
from workbench.model.decision import Verb
from workbench.model.memo import MemoKind
from workbench.model.text import Passage, Text
from workbench.sources import read_bytes
from workbench.stages import chart, familiarise, framework, framework_versions, index, interpret, register
from workbench.stages.importing import ImportPlan, importing
from workbench.study.study import Study

SECRET = "Tanaka"
PLAN = "The desk is run by Ms Tanaka. TANAKA answers\nin four languages; Tanakaya is a shop.\n"


def build_held(study: Study) -> None:
    """Put the secret wherever a user can write."""
    rules, statuses = default_vocabulary()
    study.decide(Verb.APPLY_CODEBOOK, "setting:title", put=[*rules, *statuses], reason="The start.")
    register.add_case(study, "Tanaka ward", attributes={"head": SECRET})
    register.add_case(study, "TANAKA WARD 2")
    with importing(study, ImportPlan(case="Tanaka ward", language="en")) as run:
        run.add("tanaka-plan.txt", PLAN.encode(), read_bytes("tanaka-plan.txt", PLAN.encode()))
    theme = framework.add_theme(study, "Desks of Tanaka", definition="What Tanaka runs.")
    code = framework.add_code(study, theme.id, "Tanaka desk", definition="As Tanaka has it.")
    text = study.all(Text)[0]
    coding = index.code_passage(study, text.id, Passage(16, 34), [code.id], memo="Tanaka again.")[0]
    case = study.all(Case, order="position")[0]
    chart.link_excerpts(study, case.id, code.id, [coding.excerpt_id])
    chart.write_cell(study, case.id, code.id, summary="Tanaka runs it.", comment="Ask Tanaka.")
    chart.insert_quote(study, case.id, code.id, coding.excerpt_id, "Ms Tanaka")
    claim = interpret.make_claim(study, ClaimKind.CONCEPT, "Tanaka's way", statement="It hangs on Tanaka.")
    interpret.link_cell(study, claim.id, Cell.key(case.id, code.id))
    familiarise.write_memo(study, f"case:{case.id}", "Tanaka retires.", kind=MemoKind.REFLECTION)
    framework_versions.release(study, reason="Tanaka agreed.")
