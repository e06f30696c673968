"""Text survives: the browser killed while one types, the session ended, the network gone."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from stegvis.platform.access.models import Kind
from stegvis.platform.access.relations import tie
from tests.cast.building import as_service
from tests.journeys.conftest import Enter
from tests.journeys.hands import Hands
from tests.journeys.stage import Stage

WORDS = "Vi talade länge om köket. Hon vill prova i mars, och själv ringa dit. "


def _path(stage: Stage, key: str) -> str:
    return f"/people/{stage.people[key]}/steps/new/?to=s3"


def _field(hands: Hands) -> Any:
    return hands.page.locator("[name=motivation]")


def _restored(hands: Hands) -> str:
    hands.page.locator(".draft-state", has_text="tillbaka").wait_for()
    return str(_field(hands).input_value())


def _type_and_die(enter: Enter, stage: Stage, chance: random.Random) -> tuple[str, str]:
    """What the page had said was kept, and what a new browser finds."""
    with enter("asta") as hands:
        hands.go(_path(stage, "ulla"))
        hands.page.wait_for_load_state("networkidle")
        field, kept = _field(hands), ""
        field.fill("")
        for _ in range(chance.randint(1, 3)):
            field.press_sequentially(WORDS[: chance.randint(5, len(WORDS))], delay=1)
            with hands.page.expect_response("**/drafts/") as answer:
                pass
            if answer.value.ok:
                kept = answer.value.request.post_data_json["said"]
            hands.page.wait_for_timeout(chance.randint(0, 300))
        field.press_sequentially("och mer", delay=1)
        hands.page.context.close()
    with enter("asta") as hands:
        return kept, _restored(hands.go(_path(stage, "ulla")))


def _dies(enter: Enter, stage: Stage, times: int, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 moments, not secrets
    for _ in range(times):
        kept, found = _type_and_die(enter, stage, chance)
        assert found.startswith(json.loads(kept)["motivation"][0])


def test_a_browser_killed_while_one_types_loses_nothing_that_was_kept(
    enter: Enter, stage: Stage
) -> None:
    _dies(enter, stage, 2, 1)


@pytest.mark.night
def test_a_browser_killed_at_fifty_random_moments_loses_nothing_that_was_kept(
    enter: Enter, stage: Stage
) -> None:
    _dies(enter, stage, 50, 2)


def test_text_outlives_the_session_and_is_sent_after_signing_in_again(
    enter: Enter, stage: Stage
) -> None:
    before = len(stage.decisions("tage"))
    with enter("asta") as hands:
        hands.go(_path(stage, "tage"))
        _field(hands).press_sequentially("Sagt före", delay=1)
        hands.page.locator(".draft-state", has_text="sparad").wait_for()
        hands.page.context.clear_cookies(name="session")
        _field(hands).press_sequentially(" och efter", delay=1)
        hands.page.locator(".draft-state", has_text="utloggad").wait_for()
        hands.page.context.add_cookies(
            [{"name": "session", "value": stage.cookie("asta"), "url": stage.address}]
        )
        hands.write("Vad säger deltagaren", "Ja.")
        hands.press("button", "Besluta")
        hands.page.wait_for_url("**/steps/*/")
        assert hands.sees("Sagt före och efter")
        hands.go(_path(stage, "tage"))
        hands.page.wait_for_load_state("networkidle")
        assert _field(hands).input_value() == "", "what was sent is not put back"
    assert len(stage.decisions("tage")) == before + 1


def _killed(hands: Hands) -> None:
    """What was typed last is kept, and the browser dies with the page open."""
    hands.page.locator(".draft-state", has_text="sparad").first.wait_for()
    hands.page.context.close()


def test_a_week_typed_in_a_browser_that_dies_is_there_in_the_next(
    enter: Enter, stage: Stage
) -> None:
    where = f"/people/{stage.people['tage']}/week/"
    with enter("asta") as hands:
        hands.go(where).page.wait_for_load_state("networkidle")
        hands.write("Med egna ord", "Jag kom i tid.").write("Anteckning", "Prata om bussen.")
        hands.press("radio", "Annan dag").page.locator("[name=next_on]").fill(stage.day(9))
        _killed(hands)
    with enter("asta") as hands:
        hands.go(where).page.locator(".draft-state", has_text="tillbaka").wait_for()
        assert hands.page.locator("[name=own_words]").input_value() == "Jag kom i tid."
        assert hands.page.locator("[name=next_on]").input_value() == stage.day(9)
        hands.send("Spara veckan")
        assert hands.sees("Jag kom i tid.")
        assert hands.sees("Prata om bussen.")


@pytest.mark.requirement("AJ-09")
def test_a_goal_that_was_not_sent_yet_is_there_again_with_its_sub_goal(
    enter: Enter, stage: Stage
) -> None:
    where = f"/people/{stage.people['tage']}/plan/edit/"
    with enter("asta") as hands:
        hands.go(where).page.wait_for_load_state("networkidle")
        hands.write("Resurser", "Kör bil.").page.get_by_text("Lägg till ett mål").click()
        hands.write("Målet", "Arbeta på lager").write("Senast", stage.day(90))
        hands.page.get_by_text("Lägg till ett delmål").first.click()
        sub = hands.page.locator("fieldset.gf fieldset.gf").first
        sub.get_by_label("Delmålet").fill("Ta truckkort")
        sub.get_by_label("Senast").first.fill(stage.day(40))
        _killed(hands)
    with enter("asta") as hands:
        hands.go(where).page.locator(".draft-state", has_text="tillbaka").wait_for()
        hands.send("Spara utkastet")
        for words in ("Kör bil.", "Arbeta på lager", "Ta truckkort"):
            assert hands.sees(words)


@pytest.mark.requirement("AJ-09")
def test_two_who_write_in_one_plan_at_once_choose_and_lose_nothing(
    enter: Enter, stage: Stage
) -> None:
    at, aron = f"/people/{stage.people['disa']}/plan/", stage.cast["aron"]
    with stage.backstage(), as_service(aron.town.tenant):  # stands in for her
        since = stage.cast.on
        tie(stage.people["disa"], Kind.CASE_WORKER, since=since, member=aron.member)
    with enter("asta") as asta, enter("aron") as other:
        asta.go(f"{at}edit/").write("Resurser", "Kör bil.").send("Spara utkastet")
        asta.go(f"{at}edit/")
        other.go(f"{at}edit/").write("Resurser", "Kör bil och buss.").write("Nuläge", "Bor i stan.")
        other.send("Spara utkastet")
        asta.write("Resurser", "Kör bil, lagar mat.").write("Hinder", "Tidiga morgnar.")
        asta.send("Spara utkastet")
        assert asta.sees("Två har skrivit samtidigt")
        assert "buss." in asta.page.inner_text("fieldset#clash-1")
        assert asta.page.locator("[name=p-situation]").input_value() == "Bor i stan."
        assert asta.look() == []
        asta.press("radio", "Båda, efter varandra").send("Spara utkastet")
        for words in ("Kör bil och buss.", "Kör bil, lagar mat.", "Bor i stan.", "Tidiga morgnar."):
            assert asta.sees(words)


def test_nothing_of_it_lies_in_the_browser(enter: Enter, stage: Stage) -> None:
    with enter("asta") as hands:
        hands.go(_path(stage, "disa"))
        _field(hands).press_sequentially("Hemligt", delay=1)
        hands.page.locator(".draft-state", has_text="sparad").wait_for()
        held = hands.page.evaluate(
            """async () => JSON.stringify([{...localStorage}, {...sessionStorage},
              await caches.keys(), (await indexedDB.databases()).map(d => d.name)])"""
        )
        assert held == "[{},{},[],[]]"
        assert hands.look() == []
