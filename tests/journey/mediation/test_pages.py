"""The pages of screening and of mediators, as their visitors meet them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from stegvis.journey.mapping.models import JobGoal, LifeEntry
from stegvis.journey.mediation.models import Mediator, Offer, Touch
from stegvis.journey.screening.models import Rehabilitation, Screening
from stegvis.platform.tenancy.scope import scope
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
SAID = {"screen-on": "", "screen-grounds": "Enige-om-det", "screen-own_words": "Ja tak."}
ALL = {
    "inge": ("screening", "mediator", "touch", "support", "guide"),
    "mads": ("mediator", "touch", "support"),
    "mette": ("mediator",),
}


def at(cast: Cast, page: str) -> str:
    return f"/people/{cast.person('abroad').person}/{page}/"


def screened(cast: Cast, sign_in: Signing, group: int) -> Any:
    sent = {**SAID, "do": "screen", "screen-on": cast.on.isoformat(), "screen-group": group}
    return sign_in(cast["inge"]).post(at(cast, "screening"), sent)


@pytest.mark.requirement("FM-04", "FM-18", "FM-40", "FM-41")
@pytest.mark.parametrize("who", ALL)
def test_each_opens_the_pages_of_their_task_alone(
    cast: Cast, sign_in: Signing, queries: Callable[[], Any], who: str
) -> None:
    visitor = sign_in(cast[who])
    for page in ("screening", "mediator", "touch", "support", "guide"):
        visitor.get(at(cast, page))
        with queries() as made:
            answer = visitor.get(at(cast, page))
        assert answer.status_code == (200 if page in ALL[who] else 404), page
        assert made.count <= 12, "\n".join(made.statements)


@pytest.mark.requirement("FM-04", "FM-05")
def test_group_2_opens_its_task_and_hides_the_offer(cast: Cast, sign_in: Signing) -> None:
    assert screened(cast, sign_in, 2).status_code == 302
    inge = sign_in(cast["inge"])
    day = inge.get("/my-day/").content.decode()
    assert "Den förberedande delen" in day or "Den forberedende del" in day
    page = inge.get(at(cast, "mediator")).content.decode()
    assert 'value="offer"' not in page
    assert 'value="appoint"' not in page
    sent = {"do": "begin", "begin-on": cast.on.isoformat()}
    assert inge.post(at(cast, "screening"), sent).status_code == 302
    with scope(cast.birkeso.tenant, service="test"):
        assert Rehabilitation.objects.get().status == "begun"
    for who in ("mads", "mette"):
        seen = sign_in(cast[who]).get(at(cast, "mediator"))
        assert "Enige-om-det" not in seen.content.decode()


@pytest.mark.requirement("FM-06")
def test_group_3_waits_for_the_notice_and_keeps_what_was_typed(
    cast: Cast, sign_in: Signing
) -> None:
    screened(cast, sign_in, 3)
    inge = sign_in(cast["inge"])
    sent = {"do": "notice", "notice-on": cast.on.isoformat(), "notice-reason": "Typed-words"}
    page = inge.post(at(cast, "screening"), sent)
    assert page.status_code == 200
    assert "Typed-words" in page.content.decode()
    assert inge.post(at(cast, "screening"), {**sent, "notice-to": "Social"}).status_code == 302
    with scope(cast.birkeso.tenant, service="test"):
        assert Screening.objects.get().closed_on == cast.on


@pytest.mark.requirement("FM-16")
def test_an_offer_is_answered_on_the_page(cast: Cast, sign_in: Signing) -> None:
    screened(cast, sign_in, 1)
    inge, day = sign_in(cast["inge"]), cast.on.isoformat()
    assert inge.post(at(cast, "mediator"), {"do": "offer", "offer-on": day}).status_code == 302
    sent = {"do": "answer", "answer-answer": "accepted", "answer-on": day}
    assert inge.post(at(cast, "mediator"), sent).status_code == 302
    with scope(cast.birkeso.tenant, service="test"):
        assert Offer.objects.get().answer == "accepted"


@pytest.mark.requirement("FM-35")
def test_a_contact_is_three_presses_from_my_day(cast: Cast, sign_in: Signing) -> None:
    mads = sign_in(cast["mads"])
    assert at(cast, "touch") in mads.get("/my-day/").content.decode()
    sent = {"way": "meeting", "went": "well", "on": cast.on.isoformat()}
    answer = mads.post(at(cast, "touch"), sent)
    assert answer.headers["Location"] == "/my-day/"
    with scope(cast.birkeso.tenant, service="test"):
        assert Touch.objects.get().went == "well"
    assert at(cast, "touch") not in mads.get("/my-day/").content.decode()
    mads.post(at(cast, "touch"), {**sent, "went": "more"})
    assert at(cast, "touch") in mads.get("/my-day/").content.decode(), "until there is another"


@pytest.mark.requirement("FM-18")
def test_the_guide_keeps_answers_where_the_plan_takes_them(cast: Cast, sign_in: Signing) -> None:
    inge = sign_in(cast["inge"])
    page = inge.get(at(cast, "guide")).content.decode()
    assert "star.dk" in page
    sent = {"resource": "Laver mad til mange", "goal": "Køkken", "goal_kind": "area",
            "strength": "own", "barrier": "Bussen", "derived": "on",
            "on": cast.on.isoformat()}  # fmt: skip
    assert inge.post(at(cast, "guide"), sent).status_code == 302
    with scope(cast.birkeso.tenant, service="test"):
        assert JobGoal.objects.get(text="Køkken").strength == "own"
        assert LifeEntry.objects.get(text="Bussen").derived
        assert LifeEntry.objects.get(text="Laver mad til mange").sort == "resource"


@pytest.mark.requirement("FM-20")
def test_the_person_reads_how_the_mediator_is_reached(cast: Cast, sign_in: Signing) -> None:
    sent = {"do": "keep", "phone": "070-1122334", "hours": "vardagar 8-16", "deputy": str(
        cast["asta"].member), "deputy_phone": "070-9988776"}  # fmt: skip
    assert sign_in(cast["jonna"]).post("/my-reach/", sent).status_code == 302
    page = sign_in(cast["olle"]).get("/my/").content.decode()
    for words in ("Jonna", "070-1122334", "vardagar 8-16", "Asta", "070-9988776"):
        assert words in page


@pytest.mark.requirement("FM-23", "FM-24")
def test_the_manager_keeps_what_mediators_have_shown(cast: Cast, sign_in: Signing) -> None:
    mette, mads = sign_in(cast["mette"]), cast["mads"].member
    assert "Mads" in mette.get("/mediators/").content.decode()
    sent = {"do": "qualify", "qualify-code": "target_group", "qualify-evidence": "Kursus"}
    assert mette.post(f"/mediators/{mads}/", sent).status_code == 302
    kept = {"do": "keep", "profession": "company_scout", "max_caseload": "1", "deputy": ""}
    assert mette.post(f"/mediators/{mads}/", kept).status_code == 302
    with scope(cast.birkeso.tenant, service="test"):
        assert Mediator.objects.get().max_caseload == 1
    assert sign_in(cast["mona"]).get(f"/mediators/{mads}/").status_code == 404


@pytest.mark.requirement("FM-54")
def test_sparring_names_a_case_to_those_who_may_see_it(cast: Cast, sign_in: Signing) -> None:
    inge = sign_in(cast["inge"])
    enrolment = cast.person("protected_abroad").enrolment
    sent = {"kind": "peer", "theme": "Når det er svært", "cases": [str(enrolment)],
            "result": "Beskyttet-udfald", "on": cast.on.isoformat()}  # fmt: skip
    assert inge.post("/sparring/", sent).status_code == 302
    assert "Beskyttet-udfald" in inge.get("/sparring/").content.decode()
    for who in ("mads", "mette"):
        page = sign_in(cast[who]).get("/sparring/").content.decode()
        assert "Beskyttet-udfald" not in page
        assert "Når det er svært" not in page
