from __future__ import annotations

from dataclasses import replace

import pytest

from tests.stages.conftest import at, plan
from workbench.errors import Refused
from workbench.model.coding import Coding
from workbench.stages import coding_changes, framework, framework_versions, history, index
from workbench.stages.reindex import Waiting, waiting_codings
from workbench.study.study import Study


@pytest.fixture
def two(coded: Study) -> tuple[Study, Coding, Coding]:
    [desk] = index.code_passage(coded, plan(coded).id, at("desk"), ["desk"])
    [fees] = index.code_passage(coded, plan(coded).id, at("pays"), ["fees"])
    return coded, desk, fees


def ids(waiting: list[Waiting]) -> list[str]:
    return [each.coding.id for each in waiting]


def test_a_redefined_code_puts_its_codings_into_the_queue_with_the_reason(
    two: tuple[Study, Coding, Coding],
) -> None:
    study, desk, _ = two
    assert waiting_codings(study) == []
    framework.edit_code(study, "desk", name="Help desk", reason="clearer")
    assert waiting_codings(study) == []
    framework.edit_code(study, "desk", definition="A staffed place.", reason="leaflets crept in")
    [waiting] = waiting_codings(study)
    assert waiting.coding.id == desk.id
    assert waiting.why == f"edit code: leaflets crept in (A. Mori, decision {study.head.count})"


def test_the_wording_for_one_case_concerns_the_codings_of_that_case(
    two: tuple[Study, Coding, Coding],
) -> None:
    study, desk, _ = two
    framework.edit_code(study, "desk", wordings={"Kyoto": "a counter"}, reason="as printed")
    assert waiting_codings(study) == []
    framework.edit_code(
        study, "desk", wordings={"Kyoto": "a counter", "Osaka": "a hall"}, reason="as printed"
    )
    assert ids(waiting_codings(study)) == [desk.id]
    framework.edit_code(study, "desk", wordings={"Kyoto": "a shop"}, reason="mistaken")
    assert waiting_codings(study) == []


def test_a_confirmed_coding_waits_no_more_until_the_next_change(two: tuple[Study, Coding, Coding]) -> None:
    study, desk, _ = two
    framework.edit_code(study, "desk", exclude="Leaflets.", reason="drift")
    coding_changes.confirm_codings(study, [desk.id], reason="looked at again")
    assert waiting_codings(study) == []
    framework.edit_code(study, "desk", exclude="", reason="no")
    assert ids(waiting_codings(study)) == [desk.id]


def test_a_change_taken_back_leaves_nothing_to_do(two: tuple[Study, Coding, Coding]) -> None:
    study, _, _ = two
    framework.edit_code(study, "desk", include="Telephones.", reason="drift")
    framework.edit_code(study, "desk", include="", reason="no drift")
    assert waiting_codings(study) == []
    framework.edit_code(study, "desk", include="Telephones.", reason="drift")
    history.undo(study)
    assert waiting_codings(study) == []
    history.redo(study)
    assert len(waiting_codings(study)) == 1


def test_merged_codings_wait_under_the_code_that_took_them_in(two: tuple[Study, Coding, Coding]) -> None:
    study, _, fees = two
    framework.merge_codes(study, ["fees"], "desk", reason="the same")
    [waiting] = waiting_codings(study)
    assert (waiting.coding.id, waiting.coding.code_id) == (fees.id, "desk")
    assert waiting.why.startswith("merge codes: the same")
    history.undo(study)
    assert waiting_codings(study) == []


def test_codings_of_a_split_or_retired_code_wait_until_they_have_another(
    two: tuple[Study, Coding, Coding],
) -> None:
    study, desk, fees = two
    parts = framework.split_code(study, "desk", ["Counter", "Telephone"], reason="two things")
    framework.retire_code(study, "fees", reason="outside")
    waiting = {each.coding.id: each.why for each in waiting_codings(study)}
    assert waiting[desk.id].startswith("split code: two things")
    assert waiting[fees.id].startswith("retire code: outside")
    with pytest.raises(Refused, match="retired"):
        coding_changes.confirm_codings(study, [desk.id], reason="fine")
    index.recode(study, desk.id, parts[0].id)
    index.uncode(study, fees.id)
    assert waiting_codings(study) == []


def test_a_coding_changed_back_by_undo_does_not_wait(two: tuple[Study, Coding, Coding]) -> None:
    study, desk, _ = two
    index.recode(study, desk.id, "languages")
    history.undo(study)
    index.uncode(study, desk.id)
    history.undo(study)
    assert waiting_codings(study) == []


def test_a_change_taken_back_after_coding_is_itself_the_reason(coded: Study) -> None:
    framework.edit_code(coded, "desk", definition="Staffed.", reason="leaflets crept in")
    edited = coded.head.count
    [coding] = index.code_passage(coded, plan(coded).id, at("desk"), ["desk"])
    history.undo(coded, edited)
    [waiting] = waiting_codings(coded)
    assert waiting.coding.id == coding.id
    assert waiting.why == f"undo edit code: leaflets crept in (A. Mori, decision {coded.head.count})"


def test_a_change_made_again_after_a_second_look_is_the_reason(two: tuple[Study, Coding, Coding]) -> None:
    study, desk, _ = two
    framework.edit_code(study, "desk", definition="Staffed.", reason="drift")
    history.undo(study)
    study.coder = "J. Berg"
    coding_changes.confirm_codings(study, [desk.id], reason="holds")
    study.coder = "A. Mori"
    history.redo(study)
    [waiting] = waiting_codings(study)
    assert waiting.why == f"redo edit code: drift (A. Mori, decision {study.head.count})"


def test_every_merge_on_the_way_is_named_and_nothing_from_before_it(
    two: tuple[Study, Coding, Coding],
) -> None:
    study, desk, _ = two
    framework.edit_code(study, "fees", definition="Money.", reason="before the merge")
    framework.merge_codes(study, ["desk"], "fees", reason="first")
    framework.merge_codes(study, ["fees"], "languages", reason="second")
    why = {each.coding.id: each.why for each in waiting_codings(study)}[desk.id]
    assert "merge codes: first" in why
    assert "merge codes: second" in why
    assert "before the merge" not in why


def test_a_coding_looked_at_under_a_retired_code_names_what_retired_it(
    two: tuple[Study, Coding, Coding],
) -> None:
    study, desk, _ = two
    book = framework_versions.current_codebook(study)
    without = replace(book, codes=tuple(code for code in book.codes if code.id != "desk"))
    framework_versions.apply_codebook(study, without, reason="outside")
    history.undo(study)
    history.redo(study)
    redone = study.head.count
    coding_changes.resize_coding(study, desk.id, at("a desk"), reason="with its article")
    [waiting] = waiting_codings(study)
    assert waiting.coding.id == desk.id
    assert waiting.why == f"redo apply codebook: outside (A. Mori, decision {redone})"
