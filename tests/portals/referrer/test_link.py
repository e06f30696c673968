"""The link to a report: it opens once, with a code, and tells nothing to anybody else."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import OrderLine
from stegvis.journey.people.actions import protect
from stegvis.journey.reports import actions, tasks
from stegvis.journey.reports.actions import Sending
from stegvis.journey.reports.actions.sending import code_of
from stegvis.journey.reports.models import TRIES, Link, Report, ReportLine
from stegvis.journey.waivers import actions as waivers
from stegvis.journey.waivers.models import Waiver
from stegvis.platform.access.models import Shield
from stegvis.platform.journal.models import Event
from tests.cast.people import Cast
from tests.cast.visiting import Visitor
from tests.journey.waivers.made import new

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("AJ-47")]
Work = Callable[..., Any]
SENT = Sending(
    way="link",
    sender="Ekdala kommun",
    on=localdate(),
    address="lindehag@af.example",
    base="https://x.example/",
)


@pytest.fixture(autouse=True)
def _fresh(static_files: None) -> Iterator[None]:
    cache.clear()
    mail.outbox = []
    yield
    cache.clear()


@pytest.fixture
def mailed(cast: Cast, at_work: Work, as_job: Work) -> str:
    """A report has been sent by link and its mail has gone; the path of the link."""
    own, asta = cast.person("own"), cast["asta"]
    with as_job(cast.ekdala.tenant):
        OrderLine.objects.filter(referral=own.referral).update(uses=["job_matching"])
    with at_work(asta):
        row = Report.reports.get(pk=own.rows["report"])
        line = ReportLine.objects.get(report=row, section="done")
        actions.rewrite(row, line, "Har provat disk.", by=asta.actor)
        actions.note_seen(row, "together", by=asta.actor)
        actions.send(row, SENT, by=asta.actor)
    work()
    return path()


def work() -> None:
    """Do what waits for the worker."""
    with connection.cursor() as cursor:
        cursor.execute("select args::text from procrastinate_jobs where task_name='reports.mail'")
        waiting = [json.loads(args) for (args,) in cursor.fetchall()]
    for args in waiting:
        tasks.mail_link.func(**args)


def path() -> str:
    found = re.search(r"https://x\.example(/l/[\w-]+/)", mail.outbox[-1].body)
    assert found
    return found[1]


@pytest.fixture
def link(cast: Cast, mailed: str, as_job: Work) -> Callable[[], Link]:
    def read() -> Link:
        with as_job(cast.ekdala.tenant):
            row: Link = Link.objects.select_related("dispatch").get()
            return row

    return read


def _age(as_job: Work, cast: Cast, **ago: dt.timedelta) -> None:
    with as_job(cast.ekdala.tenant):
        row = Link.objects.get()
        Link.objects.filter(pk=row.pk).update(
            **{name: getattr(row, name) - delta for name, delta in ago.items()}
        )


def test_the_mail_names_the_municipality_and_nobody(cast: Cast, mailed: str) -> None:
    letter = mail.outbox[0]
    assert letter.to == ["lindehag@af.example"]
    said = f"{letter.subject} {letter.body}"
    assert "Ekdala kommun" in said
    assert not [t for t in (*cast.person("own").traces, "Olle", "Asta") if t in said]


def test_the_right_code_fetches_the_paper_and_leaves_a_receipt(
    cast: Cast, mailed: str, link: Callable[[], Link], as_job: Work
) -> None:
    answer = Visitor().post(mailed, {"code": code_of(link())})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "no-store"
    assert "Ekstrand" not in answer["Content-Disposition"]
    assert link().opened_at is not None
    with as_job(cast.ekdala.tenant):
        events = Event.events.about(cast.person("own").person).filter(what="report_opened")
        assert [(e.service, e.member) for e in events] == [("referrer_link", None)]


def test_the_page_lets_the_browser_say_where_its_form_comes_from(mailed: str) -> None:
    """Told "no-referrer", a browser sends the origin "null" and the form is taken for forged."""
    assert Visitor().get(mailed)["Referrer-Policy"] == "same-origin"


def test_the_token_is_kept_as_a_hash_and_the_code_nowhere(
    mailed: str, link: Callable[[], Link]
) -> None:
    row, token = link(), mailed.split("/")[2][22:]
    kept = [str(value) for value in vars(row).values()]
    assert not [value for value in kept if token in value or code_of(row) in value]
    assert row.token_hash


def test_every_wrong_way_gets_the_same_answer(
    cast: Cast, mailed: str, link: Callable[[], Link], as_job: Work
) -> None:
    code = code_of(link())
    place, token = mailed.split("/")[2][:22], mailed.split("/")[2][22:]
    wrong = [
        (mailed, "00000000"),
        (mailed, ""),
        (f"/l/{place}{token[:-1]}x/", code),
        (f"/l/{'A' * 22}{token}/", code),
        ("/l/x/", code),
    ]
    answers = [Visitor().post(where, {"code": said}) for where, said in wrong]
    Visitor().post(mailed, {"code": code})
    answers.append(Visitor().post(mailed, {"code": code}))  # used, by another
    _age(as_job, cast, expires_at=dt.timedelta(days=31))
    answers.append(Visitor().post(mailed, {"code": code}))
    assert {answer.status_code for answer in answers} == {404}
    assert len({_plain(answer.content) for answer in answers}) == 1


def _plain(page: bytes) -> bytes:
    return re.sub(rb'(?:nonce|value|name="next" value)="[^"]*"', b"", page.replace(b"\n", b""))


def test_before_the_code_every_link_shows_the_same_form_and_asks_nothing(
    mailed: str, queries: Callable[[], Any]
) -> None:
    with queries() as made:
        pages = [Visitor().get(where) for where in (mailed, "/l/guessed/")]
    assert {page.status_code for page in pages} == {200}
    assert not [text for text in made.statements if "reports_" in text]
    bodies = {re.sub(rb"[\w-]{50,}|/l/[\w-]+/|l%2F[\w-]+", b"", p.content) for p in pages}
    assert len(bodies) == 1


def test_the_same_browser_fetches_it_again_for_a_while_and_no_longer(
    cast: Cast, mailed: str, link: Callable[[], Link], as_job: Work
) -> None:
    browser, code = Visitor(), code_of(link())
    assert browser.post(mailed, {"code": code}).status_code == 200
    _age(as_job, cast, opened_at=dt.timedelta(minutes=29))
    assert browser.post(mailed, {"code": code}).status_code == 200
    assert link().fetched == 2
    _age(as_job, cast, opened_at=dt.timedelta(minutes=2))
    assert browser.post(mailed, {"code": code}).status_code == 404


def test_too_many_wrong_codes_close_it_also_for_the_right_one(
    mailed: str, link: Callable[[], Link]
) -> None:
    code = code_of(link())
    wrong = f"{(int(code) + 1) % 10**8:08}"
    for _turn in range(TRIES):
        Visitor().post(mailed, {"code": wrong})
    assert link().is_closed
    assert Visitor().post(mailed, {"code": code}).status_code == 404


def test_a_renewed_link_has_another_code_and_the_old_one_leads_nowhere(
    cast: Cast, mailed: str, link: Callable[[], Link], at_work: Work
) -> None:
    before, asta = code_of(link()), cast["asta"]
    with at_work(asta):
        actions.renew(Link.objects.get(), by=asta.actor, base="https://x.example/")
    work()
    after = code_of(link())
    assert before != after
    assert Visitor().post(mailed, {"code": after}).status_code == 404
    assert Visitor().post(path(), {"code": before}).status_code == 404
    assert Visitor().post(path(), {"code": after}).status_code == 200


def test_from_one_address_codes_are_tried_so_often_and_no_oftener(
    mailed: str, link: Callable[[], Link]
) -> None:
    for _turn in range(31):
        Visitor().post("/l/guessed/", {"code": "1"})
    assert Visitor().post(mailed, {"code": code_of(link())}).status_code == 404


def test_a_mail_that_fails_is_seen_and_tried_again(
    cast: Cast, at_work: Work, as_job: Work, used: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, asta = cast.person("own"), cast["asta"]
    with at_work(asta):
        row = Report.reports.get(pk=own.rows["report"])
        actions.note_seen(row, "together", by=asta.actor)
        actions.send(row, SENT, by=asta.actor)

    def away(self: Any, **_options: Any) -> int:
        raise ConnectionRefusedError("the words of the fault name the host")

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", away)
        with pytest.raises(tasks.NotSent):
            work()
    with as_job(cast.ekdala.tenant):
        failed = Link.objects.get()
        assert (failed.mail, failed.mail_tries, failed.fault) == (
            "failed",
            1,
            "ConnectionRefusedError",
        )
    work()
    with as_job(cast.ekdala.tenant):
        assert (Link.objects.get().mail, Link.objects.get().mail_tries) == ("sent", 2)


def test_the_code_may_be_written_in_groups_and_in_the_digits_of_another_script(
    mailed: str, link: Callable[[], Link]
) -> None:
    code = code_of(link())
    eastern = "".join(chr(0x660 + int(sign)) for sign in code)
    assert Visitor().post(mailed, {"code": "\u0661\u0662\u0663"}).status_code == 404
    grouped = f"{eastern[:4]} {eastern[4:]}"
    assert Visitor().post(mailed, {"code": grouped}).status_code == 200


def test_two_presses_are_one_browser_and_lose_nothing(
    mailed: str, link: Callable[[], Link]
) -> None:
    """The second goes before the answer to the first, and with it its cookie, has come."""
    first, second, code = Visitor(), Visitor(), code_of(link())
    first.get(mailed)
    second.cookies = first.cookies.copy()
    answers = [one.post(mailed, {"code": code}) for one in (first, second)]
    assert [answer["Content-Type"] for answer in answers] == ["application/pdf"] * 2
    assert Visitor().post(mailed, {"code": code}).status_code == 404


@pytest.fixture
def waived(cast: Cast, at_work: Work, used: None) -> Waiver:
    """A report has gone by link, on a waiver too; its mail waits."""
    asta = cast["asta"]
    with at_work(asta):
        changed = {"categories": ("progress", "goals")}
        given = waivers.give(
            cast.person("own").person, new(timezone.now(), **changed), by=asta.actor
        )
        row = Report.reports.get(pk=cast.person("own").rows["report"])
        actions.note_seen(row, "together", by=asta.actor)
        actions.send(row, SENT, by=asta.actor)
    return given


def _withdrawn(cast: Cast, at_work: Work, given: Waiver) -> None:
    with at_work(cast["asta"]):
        waivers.withdraw(given, by=cast["asta"].actor)


@pytest.mark.requirement("INV-6")
def test_a_waiver_withdrawn_before_it_is_opened_shuts_the_link(
    cast: Cast, at_work: Work, waived: Waiver, sign_in: Work, as_job: Work
) -> None:
    work()
    _withdrawn(cast, at_work, waived)
    with as_job(cast.ekdala.tenant):
        row = Link.objects.select_related("dispatch").get()
        code = code_of(row)
    assert Visitor().post(path(), {"code": code}).status_code == 404
    with as_job(cast.ekdala.tenant):
        assert Link.objects.get().opened_at is None
    with at_work(cast["asta"]), pytest.raises(NotNow, match="covered_no_longer"):
        actions.renew(row, by=cast["asta"].actor, base="https://x.example/")
    where = reverse("report", args=[row.person_id, row.dispatch.report_id])
    page = sign_in(cast["asta"]).get(where).content.decode()
    assert "Stängd" in page
    assert 'value="renew"' not in page


@pytest.mark.requirement("INV-6")
def test_what_was_fetched_before_may_be_fetched_again_for_its_while(
    cast: Cast, at_work: Work, waived: Waiver, as_job: Work
) -> None:
    work()
    with as_job(cast.ekdala.tenant):
        code = code_of(Link.objects.get())
    browser = Visitor()
    assert browser.post(path(), {"code": code}).status_code == 200
    _withdrawn(cast, at_work, waived)
    assert browser.post(path(), {"code": code}).status_code == 200


@pytest.mark.requirement("INV-6")
def test_a_waiver_withdrawn_before_the_mail_goes_stops_the_mail(
    cast: Cast, at_work: Work, waived: Waiver
) -> None:
    _withdrawn(cast, at_work, waived)
    work()
    assert mail.outbox == []


def test_somebody_protected_since_is_told_of_by_no_link(
    cast: Cast, at_work: Work, mailed: str, link: Callable[[], Link]
) -> None:
    asta, row = cast["asta"], link()
    with at_work(asta):
        protect(row.person_id, Shield.Grade.MARKED, on=cast.on, source="staff", by=asta.actor)
        with pytest.raises(NotNow, match="protected"):
            actions.renew(row, by=asta.actor, base="https://x.example/")
    assert Visitor().post(mailed, {"code": code_of(row)}).status_code == 404


def test_a_link_renewed_while_its_mail_is_on_the_way_is_mailed_too(
    cast: Cast, at_work: Work, as_job: Work, used: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asta, sent = cast["asta"], tasks.EmailMessage.send
    with at_work(asta):
        row = Report.reports.get(pk=cast.person("own").rows["report"])
        actions.note_seen(row, "together", by=asta.actor)
        actions.send(row, SENT, by=asta.actor)

    def slow(self: Any, **options: Any) -> int:
        monkeypatch.setattr("django.core.mail.EmailMessage.send", sent)
        with at_work(asta):
            actions.renew(Link.objects.get(), by=asta.actor, base="https://x.example/")
        return int(sent(self, **options))

    monkeypatch.setattr("django.core.mail.EmailMessage.send", slow)
    work()
    with as_job(cast.ekdala.tenant):
        assert Link.objects.get().mail == "waiting"
    work()
    with as_job(cast.ekdala.tenant):
        found = Link.objects.get()
        assert found.mail == "sent"
    assert Visitor().post(path(), {"code": code_of(found)}).status_code == 200
