"""What the person reads, answers and says on their own pages, of what the rooms keep of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from stegvis.journey.abilities.actions import NewRating, rate
from stegvis.journey.abilities.models import SelfRating
from stegvis.journey.mapping.models import OwnWords
from stegvis.journey.motivation import actions as motivation
from stegvis.journey.motivation.models import Cross, TargetBehaviour
from stegvis.journey.plans import actions as plans
from stegvis.journey.plans import facts
from stegvis.journey.plans.models import Acknowledgement, PlanVersion, Saying
from stegvis.journey.reports import actions as reports
from stegvis.journey.reports.models import Report
from stegvis.platform.journal.models import Event
from tests.cast.people import Cast
from tests.journey.background.made import a_contact
from tests.journey.plans.writing import SUB, agreed, drafted, enrolment_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def olle(cast: Cast, sign_in: Callable[..., Any]) -> Any:
    return sign_in(cast["olle"])


@pytest.fixture
def job(cast: Cast, as_job: Callable[..., Any]) -> Iterator[None]:
    with as_job(cast.ekdala.tenant):
        yield


def _words(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.mark.requirement("AJ-09")
def test_the_person_says_yes_to_the_plan_on_a_device_of_their_own(
    cast: Cast, olle: Any, at_work: Callable[..., Any]
) -> None:
    with at_work(cast["asta"]):
        draft = drafted(cast, cast["asta"])
    assert "En plan väntar på ditt svar" in _words(olle.get("/my/"))
    assert "Hålla min vecka" in _words(olle.get("/my/plan/read/"))
    stale = olle.post("/my/plan/read/", {"seen": str(draft.revision - 1)})
    assert "Läs den igen" in _words(stale), "nobody agrees to what they have not read"
    olle.post("/my/plan/read/", {"seen": str(draft.revision)})
    assert "Nu svarar din handläggare" in _words(olle.get("/my/plan/read/"))
    assert "En plan väntar" not in _words(olle.get("/my/"))
    with at_work(cast["asta"]):
        said = Acknowledgement.objects.get(of=draft, side="participant")
        assert (said.how, said.by_id) == ("own_page", cast["olle"].member)
        assert facts.current(enrolment_of(cast)) is None
        plans.acknowledge(draft, by=cast["asta"].actor, how="decided")
        assert PlanVersion.versions.get(pk=draft.pk).state == "agreed"
    assert "Ni sa ja båda två" in _words(olle.get("/my/plan/read/"))


def test_words_and_disagreement_stand_beside_the_plan_until_they_are_taken_back(
    cast: Cast, olle: Any, at_work: Callable[..., Any], job: None
) -> None:
    with at_work(cast["asta"]):
        agreed(cast, cast["asta"])
    assert "Skriv något först" in _words(olle.post("/my/plan/words/", {"words": " "}))
    olle.post("/my/plan/words/", {"words": "Jag vill laga mat."})
    olle.post("/my/plan/otherwise/", {"words": "För tidigt.", "about": str(SUB)})
    words = _words(olle.get("/my/plan/read/"))
    assert "Jag vill laga mat." in words
    assert "För tidigt." in words
    own = Saying.objects.get(text="Jag vill laga mat.")
    theirs = Saying.objects.exclude(person=own.person_id).filter(replaces=None).first()
    assert theirs
    for key in (own.pk, theirs.pk, own.pk, "no key"):
        olle.post("/my/plan/read/", {"take_back": str(key)})
    assert "Jag vill laga mat." not in _words(olle.get("/my/plan/read/"))
    assert not Saying.objects.filter(replaces=theirs).exists(), "another's words stay"


@pytest.mark.requirement("KN-68")
def test_one_press_rates_what_was_rated_before_and_no_list_of_the_body_is_shown(
    cast: Cast, olle: Any, at_work: Callable[..., Any], job: None
) -> None:
    with at_work(cast["asta"]):
        row = enrolment_of(cast)
        rate(row, NewRating("back_pain", cast.on - dt.timedelta(days=30), 8), by=cast["asta"].actor)
    before = SelfRating.objects.filter(person=row.person_id).count()
    page = olle.get("/my/plan/rate/?again=back_pain")
    assert "Förra gången sa du 8." in _words(page)
    assert page.content.decode().count('name="value"') == 11
    for value in ("11", "-1", "", "٣"):
        olle.post("/my/plan/rate/", {"item": "back_pain", "value": value})
    olle.post("/my/plan/rate/", {"item": "stamina", "value": "3"})
    assert SelfRating.objects.filter(person=row.person_id).count() == before
    olle.post("/my/plan/rate/", {"item": "back_pain", "value": "4"})
    made = SelfRating.objects.filter(person=row.person_id, item="back_pain").latest("created_at")
    assert (made.value, made.written_for, made.by_id) == (4, False, cast["olle"].member)
    words = _words(olle.get("/my/plan/how/"))
    assert re.search(r"Först sa du \d+\. Sist sa du 4\.", words)


@pytest.mark.requirement("KN-34")
def test_a_report_is_opened_and_answered_by_the_person_before_it_goes(
    cast: Cast, olle: Any, job: None
) -> None:
    report = Report.reports.get(pk=cast.person("own").rows["report"])
    if report.shown_at is None:
        reports.show(report, by=None)
    Report.reports.filter(pk=report.pk).update(seen_at=None, seen_revision=None, seen_how="")
    assert "En rapport väntar" in _words(olle.get("/my/"))
    olle.post("/my/reports/", {"report": str(report.pk), "words": "Innan jag läst."})
    assert Report.reports.get(pk=report.pk).comment == "", "no words on what is not opened"
    olle.post("/my/reports/", {"report": str(report.pk), "open": "1"})
    olle.post("/my/reports/", {"report": str(report.pk), "words": "Jag trivs."})
    theirs = cast.person("same_unit").rows["report"]
    olle.post("/my/reports/", {"report": str(theirs), "open": "1"})
    found = Report.reports.get(pk=report.pk)
    assert (found.seen_how, found.comment, found.may_leave) == ("own_page", "Jag trivs.", True)
    assert Report.reports.get(pk=theirs).seen_how != "own_page"
    assert "Jag trivs." in olle.get("/my/reports/").content.decode()
    assert "En rapport väntar" not in _words(olle.get("/my/"))


@pytest.mark.requirement("FM-13")
def test_my_barriers_are_read_and_my_words_are_added(cast: Cast, olle: Any, job: None) -> None:
    own, other = cast.person("own"), cast.person("same_unit")
    page = _words(olle.get("/my/situation/"))
    assert own.traces[10] in page
    assert "Ingen hjälper till med det ännu." in page
    olle.post("/my/situation/", {"words": "Bussen går inte.", "about": str(own.rows["life"])})
    olle.post("/my/situation/", {"words": "Om annat.", "about": str(other.rows["life"])})
    rows = dict(OwnWords.objects.filter(person=own.person).values_list("text", "entry"))
    assert rows["Bussen går inte."] == own.rows["life"]
    assert rows["Om annat."] is None, "nobody writes beside another's barrier"
    assert "Bussen går inte." in _words(olle.get("/my/situation/"))


@pytest.mark.requirement("JI-07")
def test_what_takes_time_is_the_same_picture_for_both(
    cast: Cast, olle: Any, sign_in: Callable[..., Any], as_job: Callable[..., Any]
) -> None:
    own, other = cast.person("own").person, cast.person("same_unit").person
    with as_job(cast.ekdala.tenant):
        a_contact(own, hours_month=6)
        a_contact(own, "Skolan", kind="SCHOOL", hours_month=None)
        a_contact(other, "Advokaten")
    mine = _words(olle.get("/my/time/"))
    theirs = _words(sign_in(cast["asta"]).get(f"/people/{own}/contact-surfaces/"))
    for said in ("Kronofogden", "Skolan", "2 kontakter, minst 6 timmar i månaden"):
        assert said in mine
        assert said in theirs
    assert "Advokaten" not in mine


def test_my_cross_is_mine_to_share_and_to_take_away(cast: Cast, olle: Any, job: None) -> None:
    own, other = cast.person("own"), cast.person("same_unit")
    key = own.rows["behaviour"]
    olle.post("/my/cross/", {"behaviour": str(key), "do": "keep", "now_good": "Lugnt."})
    olle.post("/my/cross/", {"behaviour": str(other.rows["behaviour"]), "now_good": "Ej."})
    row = Cross.objects.get(person=own.person)
    assert (row.now_good, row.shared) == ("Lugnt.", False)
    for press, shared in (("share", True), ("keep", False)):
        olle.post("/my/cross/", {"cross": str(row.pk), "do": press})
        assert Cross.objects.get(pk=row.pk).shared is shared
    olle.post("/my/cross/", {"cross": str(row.pk), "do": "away"})
    assert not Cross.objects.exists()
    assert Event.events.about(own.person).filter(what="cross_taken_away").exists()


def test_what_to_do_when_it_is_hard_and_what_papers_are_missing(
    cast: Cast, olle: Any, at_work: Callable[..., Any]
) -> None:
    own = cast.person("own")
    with at_work(cast["asta"]):
        behaviour = TargetBehaviour.behaviours.get(pk=own.rows["behaviour"])
        motivation.cope(behaviour, situation="Bussen är sen.", instead="Jag ringer.",
                        by=cast["asta"].actor, on=cast.on)  # fmt: skip
    assert "Jag ringer." in _words(olle.get("/my/instead/"))
    papers = _words(olle.get("/my/papers/"))
    assert own.traces[12] in papers
    assert "Ni ordnar det tillsammans." in papers
