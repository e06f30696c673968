"""Text survives: the browser killed while one types, the session ended, the network gone."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

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
        hands.write("Vad säger personen", "Ja.")
        hands.press("button", "Besluta")
        hands.page.wait_for_url("**/steps/*/")
        assert hands.sees("Sagt före och efter")
        hands.go(_path(stage, "tage"))
        hands.page.wait_for_load_state("networkidle")
        assert _field(hands).input_value() == "", "what was sent is not put back"
    assert len(stage.decisions("tage")) == before + 1


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
