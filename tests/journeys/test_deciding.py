"""A step decision, from the morning's list to the new step on the road."""

from __future__ import annotations

import pytest

from tests.cast.building import PASSWORD
from tests.journeys.conftest import Enter
from tests.journeys.hands import Hands
from tests.journeys.stage import SECRET, Stage, code, second_factor


@pytest.mark.requirement("AJ-03", "AJ-04", "X-09")
def test_a_case_worker_signs_in_with_two_factors_and_decides_in_six_clicks(
    enter: Enter, stage: Stage
) -> None:
    second_factor(stage, "asta")
    with enter() as hands:
        hands.go("/").write("E-postadress", stage.cast["asta"].user.email)
        hands.write("Lösenord", PASSWORD).press("button", "Logga in")
        hands.write("Kod", code(SECRET)).press("button", "Logga in")
        hands.presses = hands.texts = 0
        assert hands.path == "/my-day/"
        assert hands.sees("Rosa Beslutsten"), "who is ready is seen without a click"
        hands.press("link", "Granska och besluta", "Rosa")
        hands.press("checkbox", "Är mer självgående")
        hands.write("Vad säger deltagaren", "Jag vill gå vidare.")
        hands.press("button", "Besluta")
        assert hands.sees("Jag vill gå vidare.")
        assert hands.presses <= 6
        assert hands.texts == 1
        hands.press("link", "Rosa Beslutsten")
        assert hands.sees("Steg 3 av 6")
        assert hands.look() == []
    last = stage.decisions("rosa")[-1]
    assert (last.from_step, last.to_step, last.own_words) == ("s2", "s3", "Jag vill gå vidare.")
    assert last.reasons == ["Är mer självgående"]
    assert not last.against_advice


@pytest.mark.requirement("INV-2")
def test_what_was_decided_is_corrected_by_a_new_decision(enter: Enter, stage: Stage) -> None:
    with enter("asta") as hands:
        hands.go(f"/people/{stage.people['runa']}/steps/new/?to=s3")
        hands.write("Motivering", "Klarar mer själv.").write("Vad säger deltagaren", "Kanske.")
        hands.press("button", "Besluta").press("link", "Rätta genom ett nytt beslut")
        hands.page.get_by_text("Till ett annat steg").click()
        hands.press("radio", "Till steg 2 Lättare arbetsträning")
        hands.write("Motivering", "Fel person.").write("Vad säger deltagaren", "Det var inte jag.")
        hands.press("button", "Besluta")
        assert hands.sees("Fel person.")
        hands.press("link", "Runa Rättelund")
        assert hands.sees("Steg 2 av 6")
    wrong, right = stage.decisions("runa")[-2:]
    assert right.corrects_id == wrong.pk
    assert wrong.grounds == "Klarar mer själv.", "the corrected one stands as it was"


@pytest.mark.requirement("X-08")
def test_pressing_twice_going_back_and_sending_again_is_one_decision(
    enter: Enter, stage: Stage
) -> None:
    before = len(stage.decisions("disa"))
    with enter("asta") as hands:
        hands.go(f"/people/{stage.people['disa']}/steps/new/?to=s3")
        hands.write("Motivering", "Klarar mer.").write("Vad säger deltagaren", "Ja.")
        hands.page.evaluate(
            """() => { const form = document.querySelector("main form");
              const body = new URLSearchParams(new FormData(form));
              const post = () => fetch(location.href, {method: "POST", body});
              return Promise.all([post(), post()]); }"""
        )
        assert len(stage.decisions("disa")) == before + 1
        hands.press("button", "Besluta")
        assert hands.path.endswith("/"), "the same answer a third time"
        hands.page.go_back()
        hands.press("button", "Besluta")
    assert len(stage.decisions("disa")) == before + 1


def test_a_decision_is_taken_where_no_script_runs(enter: Enter, stage: Stage) -> None:
    with enter("asta", script=False) as hands:
        hands.go("/my-day/").press("link", "Granska och besluta", "Ulla")
        hands.press("checkbox", "Är mer självgående").write("Vad säger deltagaren", "Ja tack.")
        hands.press("button", "Besluta")
        assert hands.sees("Ja tack.")
    assert stage.decisions("ulla")[-1].to_step == "s3"


@pytest.mark.requirement("X-09")
def test_a_decision_is_taken_with_the_keys_alone(enter: Enter, stage: Stage) -> None:
    with enter("asta") as hands:
        keys = hands.page.keyboard
        hands.go("/my-day/")
        _to(hands, "Granska och besluta, Tage")
        keys.press("Enter")
        hands.page.wait_for_url("**/steps/new/**")
        _to(hands, "Är mer självgående")
        keys.press("Space")
        _to(hands, "Vad säger deltagaren")
        keys.type("Jag orkar mer nu.")
        _to(hands, "Besluta")
        keys.press("Enter")
        hands.page.wait_for_url("**/steps/*/")
        assert hands.sees("Jag orkar mer nu.")
    assert stage.decisions("tage")[-1].to_step == "s3"


FOCUSED = """() => { const at = document.activeElement; const style = getComputedStyle(at);
  return [at.getAttribute("aria-label") || (at.labels && at.labels[0] || at).textContent.trim(),
          style.outlineStyle !== "none" || style.boxShadow !== "none"
          || getComputedStyle(at.parentElement).outlineStyle !== "none"]; }"""


def _to(hands: Hands, name: str) -> None:
    """Tab until what is called `name` has the focus; on the way the focus is always seen."""
    for _ in range(120):
        hands.page.keyboard.press("Tab")
        words, shown = hands.page.evaluate(FOCUSED)
        assert shown, f"the focus is not seen on {words}"
        if words.startswith(name):
            return
    raise AssertionError(f"the keys do not reach {name}")
