"""The person's own words and disagreement: beside the text, theirs, never edited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.plans import actions, facts
from stegvis.journey.plans.models import Saying
from stegvis.platform.access.authority import Hidden
from tests.cast.people import Cast
from tests.journey.plans.writing import SUB, agreed, drafted, enrolment_of, text

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]


def _standing(cast: Cast, number: int) -> list[str]:
    rows = Saying.objects.filter(enrolment=enrolment_of(cast)).select_related("of")
    found = facts.standing_sayings(rows.order_by("created_at", "id"), number=number)
    return [row.text for row in found if row.kind != "disagreement" or row.about]


@pytest.mark.requirement("INV-19", "N-18")
def test_what_the_person_wrote_is_not_written_over_by_anybody_else(
    cast: Cast, at_work: Work
) -> None:
    asta, olle = cast["asta"], cast["olle"]
    with at_work(asta):
        draft = drafted(cast, asta)
    with at_work(olle):
        own = actions.say_words(draft, "Jag vill inte prata i telefon.", by=olle.actor)
        assert own.how == "own_page"
    with at_work(asta):
        noted = actions.say_words(draft, "Han vill inte ringa.", by=asta.actor)
        assert noted.replaces is None
        with pytest.raises(NotNow, match="their_own_words"):
            actions.take_back(own, by=asta.actor)
        assert _standing(cast, 1) == ["Jag vill inte prata i telefon.", "Han vill inte ringa."]
    with at_work(olle):
        actions.say_words(draft, "Jag vill jobba i kök.", by=olle.actor)
        assert "Jag vill jobba i kök." in _standing(cast, 1)
        assert Saying.objects.filter(pk=own.pk, text="Jag vill inte prata i telefon.").exists()


@pytest.mark.requirement("INV-19")
def test_a_disagreement_stays_beside_the_text_whatever_is_decided_until_taken_back(
    cast: Cast, at_work: Work
) -> None:
    asta, olle = cast["asta"], cast["olle"]
    with at_work(asta):
        draft = drafted(cast, asta)
    with at_work(olle):
        said = actions.disagree(draft, "Jag vill ha 16 timmar.", by=olle.actor, about=SUB)
    with at_work(asta):
        actions.answer(said, "Vi börjar med 12.", by=asta.actor)
        agreed(cast, asta)
        agreed(cast, asta, text(change_note="Ny adress", resources="Kör bil."))
        assert _standing(cast, 2) == ["Jag vill ha 16 timmar.", "Vi börjar med 12."]
    with at_work(olle):
        actions.take_back(said, by=olle.actor)
        assert "Jag vill ha 16 timmar." not in _standing(cast, 2)


def test_words_are_for_those_who_may_hear_them(cast: Cast, at_work: Work) -> None:
    with at_work(cast["asta"]):
        draft = drafted(cast, cast["asta"])
    for who in ("vera", "mona"):
        with at_work(cast[who]), pytest.raises(Hidden):
            actions.say_words(draft, "x", by=cast[who].actor)
    with at_work(cast["asta"]):
        with pytest.raises(NotNow, match="words_missing"):
            actions.say_words(draft, "  ", by=cast["asta"].actor)
        with pytest.raises(NotNow, match="no_such_goal"):
            actions.disagree(draft, "x", by=cast["asta"].actor, about=draft.pk)
