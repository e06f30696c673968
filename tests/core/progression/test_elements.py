from __future__ import annotations

import pytest

from stegvis.config.checkout import ROOT
from stegvis.core.programme.load import load
from stegvis.core.programme.model import Programme
from stegvis.core.progression.elements import Element, elements
from stegvis.core.progression.facts import Fact
from stegvis.core.progression.road import history
from tests.core.progression.made import day, fact, walked

ENROLLED = fact("2026-01-12", "enrolment")
P1, P2, P3 = (
    fact(on, "step", step=step)
    for on, step in (("2026-01-12", "p1"), ("2026-02-02", "p2"), ("2026-03-02", "p3"))
)


def found(*facts: Fact, on: str = "2026-12-01") -> dict[str, Element]:
    made = walked()
    judged = elements(made, history(made, (ENROLLED, *facts), day(on)))
    return {one.code: one for one in judged}


def states(*facts: Fact, on: str = "2026-12-01") -> list[str]:
    return [one.state.value for one in found(*facts, on=on).values()]


@pytest.mark.requirement("FM-02")
def test_an_element_is_not_due_while_its_step_is_under_way_or_ahead() -> None:
    assert states(P1, on="2026-01-20") == ["not_yet_due", "not_yet_due", "not_yet_due"]


@pytest.mark.requirement("FM-02", "INV-17")
def test_a_case_that_left_the_step_without_a_mediator_has_not_met_the_element() -> None:
    cv = fact("2026-01-20", "document", document="cv")
    element = found(P1, cv, P2)["e1"]
    assert (element.state, element.met, element.of) == ("not_met", 1, 2)
    assert element.because.values["open"] == (
        {"sv": "mediator", "da": "mediator", "en": "mediator"},
    )


@pytest.mark.requirement("FM-02")
def test_an_element_with_all_its_evidence_is_met_at_once() -> None:
    cv = fact("2026-01-14", "document", document="cv")
    mediator = fact("2026-01-15", "assignment", role="job_mediator", state="assigned")
    offered = fact("2026-01-15", "assignment", role="job_mediator", state="offered")
    assert states(P1, cv, offered, on="2026-01-20")[0] == "not_yet_due"
    assert states(P1, cv, mediator, on="2026-01-20")[0] == "met"


@pytest.mark.requirement("AJ-04", "N-19")
def test_a_skipped_step_leaves_no_failing_behind() -> None:
    element = found(P1, fact("2026-02-02", "step", step="p3"))["e2"]
    assert (element.state, element.because.code) == ("not_yet_due", "element_skipped")


@pytest.mark.requirement("FM-35")
def test_monthly_contact_is_not_due_before_the_first_month_is_over() -> None:
    placed = fact("2026-03-10", "placement", site="external")
    contact = fact("2026-03-20", "contact", by="job_mediator")
    assert states(P3, placed, on="2026-03-31")[2] == "not_yet_due"
    assert states(P3, placed, on="2026-04-05")[2] == "not_yet_due"
    assert states(P3, placed, on="2026-04-10")[2] == "not_met"
    assert states(P3, placed, contact, on="2026-04-10")[2] == "met"


@pytest.mark.requirement("FM-50")
def test_a_restart_asks_for_the_elements_of_the_new_attempt() -> None:
    signed = fact("2026-02-20", "agreement", signed_by=("participant", "employer"))
    dropped = fact("2026-05-29", "drop_out")
    again = fact("2026-05-30", "step", step="p2")
    assert states(P1, P2, signed, P3, on="2026-05-01")[1] == "met"
    assert states(P1, P2, signed, P3, dropped, again, on="2026-06-01")[1] == "not_yet_due"


@pytest.mark.requirement("FM-02", "FM-04")
def test_what_is_delivered_to_one_group_is_not_asked_for_of_another() -> None:
    made = the_danish_model()
    left = [
        ENROLLED,
        fact("2026-01-12", "step", step="t1"),
        fact("2026-03-02", "exit", reason="other"),
    ]
    for group, states_ in (("1", {"not_met"}), ("2", {"not_yet_due"}), ("3", {"not_yet_due"})):
        screened = fact("2026-01-20", "screening", group=group)
        judged = elements(made, history(made, [*left, screened], day("2026-04-01")))
        assert {one.state.value for one in judged[:2]} == states_
    first, later = (
        fact(on, "screening", group=group)
        for on, group in (("2026-01-20", "1"), ("2026-02-20", "2"))
    )
    judged = elements(made, history(made, [*left, first, later], day("2026-04-01")))
    assert judged[0].state == "not_met"  # it was for them, and was not given


def the_danish_model() -> Programme:
    text = (ROOT / "programmes" / "flere_skal_med" / "model.yaml").read_text("utf-8")
    return load(text, file="model.yaml")
