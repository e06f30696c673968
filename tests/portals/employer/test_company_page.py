"""A company's link: it opens with a code in one browser, reaches one placement, and tells nothing
to anybody else."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from stegvis.journey.agreements import actions
from stegvis.journey.agreements.facts import calls_waiting, side_by_side
from stegvis.journey.agreements.facts.answers import before, month_of, share_of_days
from stegvis.journey.agreements.models import (
    TRIES,
    AgreementVersion,
    CallAsked,
    EmployerHours,
    EmployerLink,
    WorkplaceForm,
)
from stegvis.journey.employers.models import Opening
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.people.actions import protect
from stegvis.journey.placements.models import Placement
from stegvis.journey.standing.models import DatedFact
from stegvis.platform.access.models import Shield
from stegvis.portals.caseworker.day import PRESSING
from tests.cast.people import Cast
from tests.cast.visiting import Visitor
from tests.journey.agreements.conftest import adapt, sign_all

pytestmark = pytest.mark.django_db
Work = Callable[..., Any]
LAST = before(month_of(localdate()))
ANSWERS = {
    "do": "form", "month": LAST, "came": "mostly", "guided": "no", "tasks_go": "yes",
    "belongs": "yes", "hours_fit": "more", "regard_fits": "yes", "days_agreed": "12",
    "days_came": "9", "reason_sick": "2", "reason_transport": "1", "goes_well": "Pakker selv",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _fresh(static_files: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def given(cast: Cast, ready: AgreementVersion, placement: Placement, at_work: Work) -> Any:
    with at_work(cast["mads"]):
        return actions.give_link(placement, by=cast["mads"].actor)


@pytest.fixture
def path(given: Any) -> str:
    return f"/w/{given.token}/"


def opened(path: str, given: Any) -> Visitor:
    browser = Visitor()
    browser.get(path)
    assert browser.post(path, {"code": actions.code_of(given.link)}).status_code == 302
    return browser


def _plain(page: bytes) -> bytes:
    said = re.sub(rb'(?:nonce|value|name="next" value)="[^"]*"', b"", page.replace(b"\n", b""))
    return re.sub(rb"/w/[\w-]+/|w%2F[\w-]+", b"", said)


def _form(**said: Any) -> dict[str, Any]:
    return {"submission": str(uuid.uuid4()), **said}


def test_every_wrong_way_gets_the_same_answer(
    cast: Cast, path: str, given: Any, as_job: Work
) -> None:
    code = actions.code_of(given.link)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    owner, stranger = opened(path, given), Visitor()
    stranger.get(path)
    answers = [
        stranger.post(path, {"code": code}),  # somebody else's browser
        stranger.post(path, {"code": wrong}),
        stranger.post("/w/guessed/", {"code": code}),
        stranger.post(f"{path[:-2]}x/", {"code": code}),
        stranger.post(path, _form(do="call")),
        Visitor().post(path, {"code": code}),
    ]
    with as_job(cast.birkeso.tenant):
        EmployerLink.objects.update(expires_at=timezone.now() - dt.timedelta(days=1))
    answers += [owner.post(path, _form(do="call")), owner.post(path, {"code": code})]
    with as_job(cast.birkeso.tenant):
        later = timezone.now() + dt.timedelta(days=1)
        EmployerLink.objects.update(expires_at=later, revoked_at=timezone.now())
    answers.append(owner.post(path, {"code": code}))
    assert {answer.status_code for answer in answers} == {404}
    assert len({_plain(answer.content) for answer in answers}) == 1
    with as_job(cast.birkeso.tenant):
        assert not CallAsked.objects.exists()


def test_before_the_code_every_link_shows_the_same_form_and_asks_nothing(
    path: str, queries: Callable[[], Any]
) -> None:
    with queries() as made:
        pages = [Visitor().get(where) for where in (path, "/w/guessed/")]
    assert {page.status_code for page in pages} == {200}
    assert not [text for text in made.statements if "agreements_" in text]
    assert len({_plain(page.content) for page in pages}) == 1


def test_the_token_is_kept_as_a_hash_and_the_code_nowhere(given: Any) -> None:
    kept = [str(value) for value in vars(given.link).values()]
    code = actions.code_of(given.link)
    assert not [value for value in kept if given.token in value or value == code]


def test_too_many_wrong_codes_close_it_also_for_the_right_one(path: str, given: Any) -> None:
    code = actions.code_of(given.link)
    browser = Visitor()
    browser.get(path)
    for _turn in range(TRIES):
        browser.post(path, {"code": f"{(int(code) + 1) % 10**6:06}"})
    assert browser.post(path, {"code": code}).status_code == 404


def test_from_one_address_so_much_is_sent_and_no_more(path: str, given: Any) -> None:
    for _turn in range(31):
        Visitor().post("/w/guessed/", {"code": "1"})
    browser = Visitor()
    browser.get(path)
    assert browser.post(path, {"code": actions.code_of(given.link)}).status_code == 404


@pytest.mark.requirement("FM-34")
def test_the_company_signs_exactly_what_it_has_read(
    cast: Cast, path: str, given: Any, ready: AgreementVersion, as_job: Work
) -> None:
    browser = opened(path, given)
    old = browser.post(path, _form(do="sign", digest="0" * 64))
    assert old.status_code == 200, "another wording is not signed"
    with as_job(cast.birkeso.tenant):
        assert not ready.signatures.exists()
    for _turn in range(2):
        assert browser.post(path, _form(do="sign", digest=ready.digest)).status_code == 302
    with as_job(cast.birkeso.tenant):
        assert [(s.side, s.how) for s in ready.signatures.all()] == [("employer", "link")]


def test_nothing_of_the_record_is_shown_but_the_agreement(
    cast: Cast, path: str, given: Any, placement: Placement, at_work: Work
) -> None:
    with at_work(cast["inge"]):
        adapt(placement, "Hemmeligt-hensyn")
    page = opened(path, given).get(path).content.decode()
    assert "Pakke ordrer" in page
    one = cast.person("abroad")
    keys = (str(one.person), str(placement.pk))
    for hidden in (*one.traces, one.number, "Hemmeligt-hensyn", *keys):
        assert hidden not in page, hidden
    for other in cast.participants.values():
        assert other is one or other.family not in page


def test_a_link_reaches_no_other_placement(cast: Cast, path: str, given: Any, as_job: Work) -> None:
    """What is sent names no placement; a key that is slipped in leads nowhere else."""
    browser = opened(path, given)
    browser.post(path, _form(do="call", placement=str(uuid.uuid4()), person=str(uuid.uuid4())))
    with as_job(cast.birkeso.tenant):
        assert [row.placement_id for row in CallAsked.objects.all()] == [given.link.placement_id]


def test_a_shield_shuts_the_link_at_once_and_no_new_one_is_made(
    cast: Cast, path: str, given: Any, placement: Placement, as_job: Work
) -> None:
    browser = opened(path, given)
    with as_job(cast.birkeso.tenant):
        protect(placement.person_id, Shield.Grade.MARKED, on=localdate(), source="staff")
        with pytest.raises(NotNow, match="protected"):
            actions.give_link(placement, by=None)
    assert b"Pakke ordrer" not in browser.get(path).content
    assert browser.post(path, _form(do="call")).status_code == 404


@pytest.mark.requirement("FM-46")
def test_call_me_waits_once_with_its_hour_until_somebody_has_called(
    cast: Cast, path: str, given: Any, at_work: Work, sign_in: Callable[..., Visitor]
) -> None:
    browser, mads = opened(path, given), cast["mads"]
    for _turn in range(2):
        browser.post(path, _form(do="call"))
    with at_work(mads):
        (row,) = calls_waiting(mads.actor, on=localdate())
    assert PRESSING[0] == "acute", "nothing stands before it"
    day = sign_in(mads).get(reverse("my_day")).content.decode()
    assert f"{timezone.localtime(row.at):%H.%M}" in day
    with at_work(mads):
        actions.handle_call(row, by=mads.actor)
        assert not calls_waiting(mads.actor, on=localdate())
        assert DatedFact.objects.get(source=row.pk).values["what"] == "acute_contact"
        with pytest.raises(NotNow, match="taken"):
            actions.handle_call(row, by=mads.actor)


def test_hours_of_the_month_are_a_proposal_written_once(
    cast: Cast, given: Any, ready: AgreementVersion, as_job: Work, at_work: Work
) -> None:
    path = f"/w/{given.token}/"
    sign_all(cast, ready, at_work)
    browser = opened(path, given)
    page = browser.get(path).content.decode()
    fields = dict(re.findall(r'name="((?:ordinary|practice)-[\w-]+)"[^>]*value="([^"]*)"', page))
    (month,) = re.findall(r'name="month" value="([\d-]+)"', page)
    first = next(name for name in fields if name.startswith("ordinary"))
    form = _form(do="hours", month=month, **fields | {first: "2,5"})
    wrong = browser.post(path, form | {first: "mange"})
    assert wrong.status_code == 200
    assert b"mange" in wrong.content, "what was typed stays"
    for _turn in range(2):
        assert browser.post(path, form).status_code in {200, 302}
    with as_job(cast.birkeso.tenant):
        rows = {row.kind: row for row in EmployerHours.objects.all()}
        assert EmployerHours.objects.count() == 2
    assert rows["ordinary"].weeks[first.removeprefix("ordinary-")] == 150
    assert not rows["ordinary"].as_agreed
    assert rows["ordinary"].minutes == sum(rows["ordinary"].weeks.values())


@pytest.mark.requirement("JI-16", "JI-17", "JI-52")
def test_both_answer_the_same_and_reasons_are_counted_by_who_stated_them(
    cast: Cast, given: Any, ready: AgreementVersion, at_work: Work,
    sign_in: Callable[..., Visitor],
) -> None:  # fmt: skip
    path = f"/w/{given.token}/"
    sign_all(cast, ready, at_work)
    browser, mads = opened(path, given), cast["mads"]
    assert browser.post(path, _form(**ANSWERS)).status_code == 302
    assert browser.post(path, _form(**ANSWERS)).status_code == 200, "once a month"
    person = given.link.person_id
    own = ANSWERS | {"came": "yes", "reason_sick": "3", "reason_transport": ""}
    staff = sign_in(mads)
    answers = f"/people/{person}/agreement/answers/?placement={given.link.placement_id}"
    assert staff.post(answers, _form(**own)).status_code == 302
    with at_work(mads):
        (month,) = side_by_side(given.link.placement_id)
        told = DatedFact.objects.filter(kind="workplace_form", person=person)
        assert {fact.values["respondent"] for fact in told} == {"employer", "participant"}
        assert WorkplaceForm.objects.count() == 2
    both = {"employer": 2, "participant": 3}
    assert month.reasons == {"sick": both, "transport": {"employer": 1}}
    assert month.employer is not None
    assert month.employer.guided == "no"
    assert share_of_days(month.employer) == 75
    page = staff.get(answers).content.decode()
    assert "Pakker selv" in page
    assert 'class="differs"' in page


def test_a_place_that_is_offered_waits_to_be_looked_at_and_knows_nobody(
    cast: Cast, path: str, given: Any, as_job: Work
) -> None:
    form = _form(**{"do": "offer", "offer-name": "Kasse", "offer-places": "2"})
    browser = opened(path, given)
    for _turn in range(2):
        browser.post(path, form)
    with as_job(cast.birkeso.tenant):
        (row,) = Opening.openings.filter(name="Kasse")
    assert (row.state, row.places) == ("proposed", 2)


@pytest.mark.requirement("FM-47")
def test_the_page_names_the_one_who_is_their_entrance_and_nobody_else_of_us(
    cast: Cast, path: str, given: Any, placement: Placement, as_job: Work
) -> None:
    with as_job(cast.birkeso.tenant):
        placement.site.entrance_id = cast["inge"].member
        placement.site.save_if_unchanged("entrance_id")
    page = opened(path, given).get(path).content.decode()
    assert "Inge" in page
    assert "Mads" not in page
