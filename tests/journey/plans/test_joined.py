"""Where the plan meets the rooms before it: the inventory, the critique, the mapping."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.config.checkout import ROOT
from stegvis.core.programme.load import load
from stegvis.journey.background import facts as background
from stegvis.journey.background.actions import write_down
from stegvis.journey.background.models import Critique
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.mapping.models import JobGoal, LifeEntry
from stegvis.journey.plans import actions, facts
from stegvis.journey.plans.models import Goal, PlanVersion
from stegvis.platform.tenancy.keys import uuid7
from tests.cast.people import Cast
from tests.journey.plans.writing import drafted, enrolment_of
from tests.portals.caseworker.reading import text_of

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]
WHY = "Plats från måndag"


def at(cast: Cast, name: str) -> str:
    return reverse(name, args=[cast.person("own").person])


@pytest.fixture
def in_jobbinvest(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "programmes" / "jobbinvest" / "model.yaml").read_text("utf-8")
    model = load(text, file="model.yaml")
    monkeypatch.setattr(background, "programmes", lambda keys: dict.fromkeys(keys, model))


@pytest.mark.requirement("JI-05")
def test_a_plan_is_not_decided_before_the_inventory_without_a_reason(
    cast: Cast, sign_in: Work, at_work: Work, in_jobbinvest: None
) -> None:
    with at_work(cast["asta"]):
        draft = drafted(cast, cast["asta"])
        with pytest.raises(NotNow, match="inventory_lacking"):
            actions.acknowledge(draft, by=cast["asta"].actor, how="decided")
    visitor = sign_in(cast["asta"])
    assert 'name="without"' in text_of(visitor.get(at(cast, "plan_edit")))
    assert 'name="decided-without"' in text_of(visitor.get(at(cast, "plan_agree")))
    sent = {"do": "decided", "decided-seen": draft.revision}
    assert visitor.post(at(cast, "plan_agree"), sent).status_code == 200, "no reason, no decision"
    sent["decided-without"] = WHY
    assert visitor.post(at(cast, "plan_agree"), sent).url == at(cast, "plan")
    with at_work(cast["asta"]):
        assert background.inventory_state(enrolment_of(cast)).why == WHY
        assert PlanVersion.versions.get(pk=draft.pk).acknowledgements.count() == 1
    assert 'name="without"' not in text_of(visitor.get(at(cast, "plan_edit")))


@pytest.mark.requirement("JI-11")
def test_an_item_of_the_critique_becomes_a_goal_in_one_press(
    cast: Cast, sign_in: Work, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        row = enrolment_of(cast)
        said = {"words": "Ingen frågade mig.", "instead": "Jag är med och bestämmer", "on": cast.on}
        item = write_down(Critique, row.person_id, said, by=cast["asta"].actor, enrolment=row)
    visitor = sign_in(cast["asta"])
    page = at(cast, "plan_answers")
    assert f"critique:{item.pk}" in text_of(visitor.get(page))
    visitor.post(page, {"answer": f"critique:{item.pk}"})
    with at_work(cast["asta"]):
        goal = Goal.objects.get(source_key=item.pk)
        assert (goal.text, goal.source) == ("Jag är med och bestämmer", "mapping")
        assert Critique.notes.get(pk=item.pk).goal == goal.thread
        assert item.pk not in {one.pk for one in background.critique_to_turn(row)}
    assert f"critique:{item.pk}" not in text_of(visitor.get(page))


def test_the_mapping_is_copied_by_a_press_and_nothing_of_health_goes_with_it(
    cast: Cast, sign_in: Work, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        draft = drafted(cast, cast["asta"], resources="Kör bil.", barriers="")
        row = enrolment_of(cast)
        of_all = {"tenant_id": row.tenant_id, "enrolment": row, "person_id": row.person_id}
        entries = (
            ("resource", "leisure", "Lagar cyklar", "citizen"),
            ("barrier", "transport", "Bussen är dyr", "citizen"),
            ("barrier", "transport", "Sen", "professional"),
            ("barrier", "money", "Har skulder", "citizen"),
            ("barrier", "physical", "Ont i ryggen", "citizen"),
            ("barrier", "mental", "Sover illa", "citizen"),
        )
        for sort, area, words, source in entries:
            said = {"sort": sort, "area": area, "text": words, "source": source}
            LifeEntry(on=cast.on, submission=uuid7(), **said, **of_all).save(force_insert=True)
        aim = {"kind": "area", "text": "Cykelverkstad", "strength": "own"}
        JobGoal(on=cast.on, submission=uuid7(), **aim, **of_all).save(force_insert=True)
        document = facts.document_of(draft)
    visitor = sign_in(cast["asta"])
    shown = text_of(visitor.get(at(cast, "plan_edit")))
    assert "Bussen är dyr" in shown
    for kept in ("Ont i ryggen", "Sover illa", "Har skulder"):
        assert kept not in shown
    sent = {f"p-{name}": value for name, value in document["plan"].items() if value}
    sent |= {
        "do": "fill",
        "seen": f"{draft.number}.{draft.revision}",
        "p-resources": "Kör lastbil.",
    }
    assert visitor.post(at(cast, "plan_edit"), sent).url == at(cast, "plan_edit")
    with at_work(cast["asta"]):
        now = facts.draft(enrolment_of(cast))
        assert now is not None
        assert now.resources.splitlines()[0] == "Kör lastbil.", "what was typed stands first"
        assert "Lagar cyklar" in now.resources
        assert "Bussen är dyr" in now.barriers
        assert now.barriers == "Bussen är dyr", "only in the person's own terms"
        goal = Goal.objects.get(of=now, kind="job", left_out=False, text="Cykelverkstad")
        assert goal.source == "mapping"
