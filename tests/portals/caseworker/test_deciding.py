"""Taking a step decision in the browser, and the page that keeps it."""

from __future__ import annotations

import datetime as dt
import html as html_of
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.models import Judged
from stegvis.journey.steps.models import StepDecision
from stegvis.platform.tenancy.keys import uuid7
from tests.cast.people import Cast
from tests.journey.made import decide, steps_of, stood_on
from tests.portals.caseworker.reading import faults_of, text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Work = Callable[..., Any]


@pytest.fixture
def asta(cast: Cast, sign_in: Signing) -> Any:
    return sign_in(cast["asta"])


@pytest.fixture
def address(cast: Cast) -> str:
    return reverse("decide", args=[cast.person("own").person])


def _typed(cast: Cast, **fields: Any) -> dict[str, Any]:
    given = {
        "to": "s3",
        "on": cast.on.isoformat(),
        "motivation": "Klarar mer själv.",
        "own_words": "Jag vill vidare.",
        "own_words_missing": "",
        "review_on": "",
        "seen": str(cast.person("own").period),
    }
    return {name: value for name, value in {**given, **fields}.items() if value is not None}


def _steps(cast: Cast, as_job: Work) -> list[tuple[str, bool]]:
    with as_job(cast.ekdala.tenant):
        return steps_of(cast.person("own").enrolment)


@pytest.mark.requirement("AJ-30", "INV-2")
def test_a_decision_leads_to_the_page_that_keeps_it(
    cast: Cast, asta: Any, address: str, as_job: Work
) -> None:
    kept = asta.post(address, _typed(cast))
    assert kept.status_code == 302
    page = text_of(asta.get(kept.url))
    for words in ("Klarar mer själv.", "Jag vill vidare.", "Asta Ekdaladotter"):
        assert words in page
    assert _steps(cast, as_job) == [("s2", False), ("s3", True)]


@pytest.mark.requirement("INV-4")
def test_the_page_keeps_what_was_lacking_then(cast: Cast, asta: Any, address: str) -> None:
    kept = asta.post(address, _typed(cast)).url
    before = text_of(asta.get(kept)).partition("<main")[2]
    judge = reverse("judge", args=[cast.person("own").person, "more_self_going"])
    asta.post(judge, {"met": "yes", "basis": "Sett", "on": cast.on.isoformat()})
    after = text_of(asta.get(kept)).partition("<main")[2]
    assert "Är mer självgående" in before
    assert before == after


def test_the_same_form_sent_twice_is_one_decision_and_one_answer(
    cast: Cast, asta: Any, address: str, as_job: Work
) -> None:
    typed = _typed(cast, submission=str(uuid7()))
    first, again = asta.post(address, typed), asta.post(address, typed)
    assert (first.status_code, first.url) == (again.status_code, again.url)
    with as_job(cast.ekdala.tenant):
        rows = StepDecision.objects.filter(enrolment=cast.person("own").enrolment)
        assert rows.count() == 2


FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "no reason": ({"motivation": ""}, "Skriv skälet"),
    "no own words": ({"own_words": ""}, "egna ord"),
    "nothing chosen": ({"to": ""}, ""),
    "no such step": ({"to": "s9"}, ""),
    "no day": ({"on": ""}, ""),
    "year 0": ({"on": "0000-01-01"}, ""),
    "year 9999": ({"on": "9999-12-31"}, "Stämmer året?"),
    "year 1": ({"on": "0001-01-01"}, "Stämmer året?"),
    "a day that is none": ({"on": "2026-02-30"}, ""),
    "before the step": ({"on": "PAST"}, ""),
    "review in the past": ({"review_on": "PAST"}, ""),
    "review in another age": ({"review_on": "9999-12-31"}, "Stämmer året?"),
    "too long": ({"motivation": "ä" * 4001}, ""),
    "a megabyte": ({"own_words": "x" * 1_000_000}, ""),
    "a key that is none": ({"seen": "x"}, ""),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_one_clear_sentence_and_what_was_typed_stays(
    cast: Cast, asta: Any, address: str, as_job: Work, name: str
) -> None:
    changed, said = FAULTS[name]
    past = (cast.on - dt.timedelta(days=300)).isoformat()
    changed = {key: past if value == "PAST" else value for key, value in changed.items()}
    page = text_of(asta.post(address, _typed(cast, **changed)))
    faults = faults_of(page)
    assert len(faults) == 1, faults
    assert said in html_of.unescape(faults[0])
    for field, words in (("motivation", "Klarar mer själv."), ("own_words", "Jag vill vidare.")):
        assert field in changed or words in page
    assert _steps(cast, as_job) == [("s2", True)]


def test_a_colleague_who_was_faster_is_named_and_what_was_typed_can_be_sent_again(
    cast: Cast, asta: Any, address: str, at_work: Work, as_job: Work
) -> None:
    with at_work(cast["asta"]):
        decide(cast, cast["asta"], "own", "s4", grounds="En kollega hann före")
    typed = _typed(cast)
    page = text_of(asta.post(address, typed))
    assert "Asta Ekdaladotter" in faults_of(page)[0]
    assert "Klarar mer själv." in page
    with at_work(cast["asta"]):
        now = str(stood_on(cast.person("own").enrolment).pk)
    assert f'name="seen" value="{now}"' in page
    again = {**typed, "seen": now, "on": (cast.on + dt.timedelta(days=1)).isoformat()}
    refused = text_of(asta.post(address, {**typed, "seen": now}))
    assert len(faults_of(refused)) == 1, "the day is not after the step that just began"
    assert asta.post(address, again).status_code == 302
    assert _steps(cast, as_job)[-1] == ("s3", True)


@pytest.mark.parametrize("typed", ["\x00", "Anna\x00"])
def test_signs_that_cannot_be_stored_are_refused_before_anything_happens(
    cast: Cast, asta: Any, address: str, as_job: Work, typed: str
) -> None:
    body = "&".join(
        f"{name}={value}" for name, value in {**_typed(cast, submission=str(uuid7()))}.items()
    )
    raw = typed.encode()
    sent = body.encode().replace(b"Klarar", b"".join(b"%%%02x" % byte for byte in raw))
    answer = asta.generic("POST", address, sent, "application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert _steps(cast, as_job) == [("s2", True)]


def test_half_a_sign_becomes_the_sign_for_one_that_is_lost(
    cast: Cast, asta: Any, address: str
) -> None:
    typed = {**_typed(cast), "submission": str(uuid7()), "own_words": "%ed%a0%80 ja"}
    body = "&".join(f"{name}={value}" for name, value in typed.items())
    kept = asta.generic("POST", address, body.encode(), "application/x-www-form-urlencoded")
    assert kept.status_code == 302
    assert "\ufffd" in text_of(asta.get(kept.url))


def test_a_form_without_its_key_is_refused(cast: Cast, asta: Any, address: str) -> None:
    bare = asta.generic("POST", address, b"to=s3", "application/x-www-form-urlencoded")
    assert bare.status_code == 400


def test_html_in_a_reason_is_words(cast: Cast, asta: Any, address: str) -> None:
    typed = _typed(cast, motivation="<script>x</script>", own_words='"><img src=x>')
    kept = asta.post(address, typed).url
    for page in (kept, reverse("person", args=[cast.person("own").person])):
        main = text_of(asta.get(page)).partition("<main")[2]
        assert "<script>x" not in main
        assert "<img src=x" not in main


def test_only_the_latest_decision_offers_to_be_corrected(
    cast: Cast, asta: Any, address: str
) -> None:
    own = cast.person("own")
    first = reverse("decision", args=[own.person, own.decision])
    offered = reverse("correct", args=[own.person, own.decision])
    assert offered in text_of(asta.get(first))
    asta.post(address, _typed(cast))
    assert offered not in text_of(asta.get(first))
    sent_on = asta.get(offered)
    assert (sent_on.status_code, sent_on.url) == (302, first)
    assert "senaste" in text_of(asta.get(first))


def test_a_correction_in_the_browser_says_by_whom_and_keeps_both(
    cast: Cast, asta: Any, address: str, as_job: Work
) -> None:
    own = cast.person("own")
    wrong = asta.post(address, _typed(cast, to="s5")).url
    with as_job(cast.ekdala.tenant):
        seen = str(stood_on(own.enrolment).pk)
    right = asta.post(f"{wrong}correct/", _typed(cast, to="s2", seen=seen, motivation="Fel rad"))
    assert right.status_code == 302
    assert "Rättat" in text_of(asta.get(wrong))
    assert _steps(cast, as_job) == [("s2", True)]


def test_a_criterion_is_judged_with_what_it_rests_on(cast: Cast, asta: Any, as_job: Work) -> None:
    own = cast.person("own")
    at = reverse("judge", args=[own.person, "more_self_going"])
    for changed in ({"basis": ""}, {"met": ""}, {"on": "0001-01-01"}, {"on": "9999-12-31"}):
        typed = {"met": "yes", "basis": "Sett", "on": cast.on.isoformat(), **changed}
        assert len(faults_of(text_of(asta.post(at, typed)))) == 1, changed
    typed = {"met": "no", "basis": "Behöver påminnas", "on": cast.on.isoformat()}
    assert asta.post(at, typed).url == reverse("decide", args=[own.person])
    with as_job(cast.ekdala.tenant):
        row = Judged.objects.get(enrolment=own.enrolment)
        assert (row.met, row.basis, row.by_id) == (False, "Behöver påminnas", cast["asta"].member)


def test_what_the_product_reckons_itself_is_not_judged_by_hand(cast: Cast, asta: Any) -> None:
    own = cast.person("own")
    for criterion in ("keeps_times", "no_such_thing"):
        assert asta.get(reverse("judge", args=[own.person, criterion])).status_code == 404


@pytest.mark.requirement("AJ-62", "N-13")
def test_leaving_asks_why_what_one_lives_on_and_what_the_person_says(
    cast: Cast, asta: Any, as_job: Work
) -> None:
    own = cast.person("own")
    at = reverse("leave", args=[own.person])
    whole = {
        "on": cast.on.isoformat(), "reason": "work", "income": "wage", "motivation": "Anställd",
        "own_words": "Äntligen", "own_words_missing": "",
        "participant-right": "yes", "case_worker-right": "partly",
    }  # fmt: skip
    for line in asta.get(at).context["needs"].lines:
        whole[f"needs-result-{line.pk}"] = "reached"
    far = (cast.on + dt.timedelta(days=40)).isoformat()
    for changed in (
        {"reason": ""}, {"income": ""}, {"motivation": ""}, {"own_words": ""}, {"on": far},
        {"on": "9999-12-31"}, {"on": "0001-01-01"},
        {"on": (cast.on - dt.timedelta(days=250)).isoformat()},
    ):  # fmt: skip
        faults = faults_of(text_of(asta.post(at, {**whole, **changed})))
        assert len(faults) == 1, (changed, faults)
    assert asta.post(at, whole).url == reverse("participants")
    with as_job(cast.ekdala.tenant):
        assert Enrolment.enrolments.get(pk=own.enrolment).exit_reason == "work"
    assert own.name not in text_of(asta.get(reverse("participants")))


def test_whoever_stands_on_the_top_step_is_not_asked_to_begin_again(
    cast: Cast, asta: Any, address: str, as_job: Work, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        decide(cast, cast["asta"], "own", "s6", effective_on=cast.on)
    page = text_of(asta.get(address))
    assert "stanna på steg 6?" in page or "stay on step 6?" in page
    assert "steg 1?" not in page


def test_a_decision_is_judged_once_and_written_in_few_statements(
    cast: Cast, asta: Any, address: str, queries: Callable[[], Any]
) -> None:
    """Session, user, entrance, ties; the key; enrolment, decisions, facts, period; three rows; the
    answer and the journal; and what the step asks for: marks, to-dos, what is due anew."""
    asta.get(address)
    with queries() as made:
        assert asta.post(address, _typed(cast)).status_code == 302
    assert made.count <= 20, "\n".join(made.statements)
    assert sum("intake_referral r" in one for one in made.statements) == 1, "judged once"
