"""The page of one behaviour, as mockup p has it: seen, written on, and kept to the few."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.motivation import actions
from stegvis.journey.motivation.models import Answer, Ruler, Stage, TargetBehaviour
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db
type Signing = Callable[..., Any]


def _list(cast: Cast) -> str:
    return reverse("behaviours", args=[cast.person("own").person])


def _page(cast: Cast) -> str:
    own = cast.person("own")
    return reverse("behaviour", args=[own.person, own.rows["behaviour"]])


def _send(visitor: Any, path: str, do: str, **fields: str) -> Any:
    data = {f"{do}-{name.replace('_', '_')}": value for name, value in fields.items()}
    return visitor.post(path, {"do": do, **data})


@pytest.mark.requirement("KN-78", "KN-84")
def test_a_behaviour_is_agreed_on_before_anything_is_said_of_it(
    cast: Cast, sign_in: Signing, at_work: Any
) -> None:
    asta = sign_in(cast["asta"])
    form = {
        "behaviour": "ringa före klockan sju", "context": "när det blir sent",
        "frequency": "varje gång", "problem": "Sen ankomst", "proposed_by": "person",
        "on": cast.on.isoformat(),
    }  # fmt: skip
    answer = asta.post(_list(cast), form | {"frequency": ""})
    assert answer.status_code == 200
    assert "ringa före klockan sju" in answer.content.decode()
    answer = asta.post(_list(cast), form)
    assert answer.status_code == 302
    page = asta.get(answer.headers["Location"]).content.decode()
    assert "Sen ankomst" in page


@pytest.mark.requirement("KN-80", "KN-81")
def test_the_place_in_the_change_chooses_what_to_ask_and_what_to_leave(
    cast: Cast, sign_in: Signing
) -> None:
    asta, day = sign_in(cast["asta"]), cast.on.isoformat()
    _send(asta, _page(cast), "stage", stage="contemplation", sign="Jag vet, men.", on=day)
    page = asta.get(_page(cast)).content.decode()
    assert "Spegla båda sidor" in page
    assert "brukar vara till nytta först" in page
    _send(asta, _page(cast), "stage", stage="action", sign="Kom fem dagar.", on=day)
    page = asta.get(_page(cast)).content.decode()
    assert "Spegla båda sidor" not in page
    assert "Beslutet är fattat: små steg" in page


@pytest.mark.requirement("KN-86")
def test_the_rulers_ask_why_not_less_and_what_would_make_it_more(
    cast: Cast, sign_in: Signing
) -> None:
    asta, day = sign_in(cast["asta"]), cast.on.isoformat()
    answer = _send(asta, _page(cast), "ruler", importance="7", confidence="4", on=day)
    assert answer.headers["Location"].endswith("#s-ruler")
    page = asta.get(_page(cast)).content.decode()
    assert "Viktigt är 7. Varför inte 4?" in page
    assert "Säker är 4. Vad skulle göra den till 5?" in page
    assert "11" not in page.partition('id="s-ruler"')[2].partition("</table>")[0], "never a sum"


@pytest.mark.parametrize(("importance", "confidence"), [("11", "4"), ("", "4"), ("sju", "4")])
def test_a_slip_of_the_hand_keeps_what_was_typed_and_stores_nothing(
    cast: Cast, sign_in: Signing, at_work: Any, importance: str, confidence: str
) -> None:
    asta = sign_in(cast["asta"])
    said = {"importance": importance, "confidence": confidence, "on": cast.on.isoformat()}
    answer = _send(asta, _page(cast), "ruler", **said)
    assert answer.status_code == 200
    assert 'value="4"' in answer.content.decode()
    with at_work(cast["asta"]):
        assert not Ruler.objects.exists()


@pytest.mark.requirement("KN-82")
def test_a_relapse_leads_to_the_look_at_it(cast: Cast, sign_in: Signing) -> None:
    asta, day = sign_in(cast["asta"]), cast.on.isoformat()
    answer = _send(asta, _page(cast), "stage", stage="relapse", sign="Blev hemma.", on=day)
    assert answer.headers["Location"].endswith("#s-relapse")
    page = asta.get(_page(cast)).content.decode()
    assert "Vad utlöste det?" in page
    _send(asta, _page(cast), "relapse", trigger="Sömn", learnt="Klocka", next_try="Fredag", on=day)
    page = asta.get(_page(cast)).content.decode()
    assert "Vad utlöste det?" not in page
    assert "Fredag" in page


@pytest.mark.requirement("KN-79")
def test_a_word_about_the_person_is_asked_back_and_nothing_is_lost(
    cast: Cast, sign_in: Signing
) -> None:
    said = {"situation": "Morgon", "act": "Hon är lat", "consequence": "Hemma"}
    answer = _send(sign_in(cast["asta"]), _page(cast), "analysis", **said, on=cast.on.isoformat())
    page = answer.content.decode()
    assert "”lat” säger hur någon är" in page
    assert "Hemma" in page


def test_an_answer_is_kept_word_for_word_with_its_question(
    cast: Cast, sign_in: Signing, at_work: Any
) -> None:
    asta = sign_in(cast["asta"])
    words = "  Jag  vet inte.\nKanske. "
    _send(
        asta, _page(cast), "answer", question="När är det svårast?", words=words,
        on=cast.on.isoformat(),
    )  # fmt: skip
    with at_work(cast["asta"]):
        (row,) = Answer.objects.all()
    assert (row.question, row.words) == ("När är det svårast?", words.strip())


@pytest.mark.requirement("X-08")
def test_pressing_twice_says_it_once(cast: Cast, sign_in: Signing, at_work: Any) -> None:
    asta = sign_in(cast["asta"])
    form = {
        "do": "stage", "stage-stage": "action", "stage-sign": "Kom.",
        "stage-on": cast.on.isoformat(), "submission": "6d0f5f57-3a5c-4a5e-9b1e-0d6a1f2b3c4d",
    }  # fmt: skip
    for _turn in range(2):
        assert asta.post(_page(cast), form).status_code == 302
    with at_work(cast["asta"]):
        assert Stage.objects.count() == 1


def test_the_supervisor_talks_too_and_sees_no_cross_that_is_not_shared(
    cast: Cast, sign_in: Signing, at_work: Any
) -> None:
    olle = cast["olle"]
    with at_work(olle):
        row = TargetBehaviour.behaviours.get(pk=cast.person("own").rows["behaviour"])
        new = actions.NewCross(now_good="Hemligt-för-mig")
        actions.fill_cross(row, new, by=olle.actor, on=cast.on)
    vera = sign_in(cast["vera"])
    page = vera.get(_page(cast))
    assert page.status_code == 200
    assert "Hemligt-för-mig" not in page.content.decode()
    assert _send(
        vera, _page(cast), "coping", situation="Kväll", instead="Ring", on=cast.on.isoformat()
    ).status_code == 302  # fmt: skip


@pytest.mark.requirement("KN-78", "N-05")
def test_no_list_of_people_and_no_search_knows_of_it(cast: Cast, sign_in: Signing) -> None:
    asta = sign_in(cast["asta"])
    sign = "Ett-tecken-som-syns"
    _send(asta, _page(cast), "stage", stage="relapse", sign=sign, on=cast.on.isoformat())
    own = cast.person("own").person
    for path in (
        reverse("participants"), f"{reverse('participants')}?q=relapse", reverse("my_day"),
        reverse("person", args=[own]), reverse("decide", args=[own]),
    ):  # fmt: skip
        page = asta.get(path).content.decode()
        assert sign not in page
        assert "Återfall" not in page


def test_a_behaviour_of_another_is_not_found_under_this_person(
    cast: Cast, sign_in: Signing
) -> None:
    other = cast.person("protected_named").rows["behaviour"]
    path = reverse("behaviour", args=[cast.person("own").person, other])
    assert sign_in(cast["asta"]).get(path).status_code == 404


def test_the_page_asks_the_database_no_more_than_so_often(
    cast: Cast, sign_in: Signing, queries: Callable[[], Any], at_work: Any
) -> None:
    with at_work(cast["asta"]):
        row = TargetBehaviour.behaviours.get(pk=cast.person("own").rows["behaviour"])
        for back in range(12):
            day = cast.on - dt.timedelta(days=back)
            says: dict[str, Any] = {"by": cast["asta"].actor, "on": day}
            actions.note_stage(row, "action", "Ja", **says)
            actions.read_rulers(row, importance=5, confidence=back % 10, **says)
            actions.cope(row, situation="a", instead="b", **says)
    asta = sign_in(cast["asta"])
    asta.get(_page(cast))
    with queries() as made:
        asta.get(_page(cast))
    assert made.count <= 15, "\n".join(made.statements)
