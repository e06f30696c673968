"""Staff and roles: inviting, giving, ending, leaving, and what none of it may do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from stegvis.platform.accounts.models import Grant, Member, User
from stegvis.platform.journal.models import Event
from tests.cast.people import Cast, Colleague

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Job = Callable[..., Any]


def _invited(cast: Cast, **other: object) -> dict[str, Any]:
    return {
        "name": "Nya Kollegan",
        "email": "Nya@Ekdala.example",
        "title": "Handläggare",
        "signature": "nk",
        "unit": str(cast.ekdala.units[0]),
        "role": "case_worker",
        "where": str(cast.ekdala.units[0]),
        "since": cast.on.isoformat(),
        "until": "",
        "need": "Tar över tre ärenden.",
        **other,
    }


def _page(who: Colleague, name: str = "staff_member", **more: Any) -> str:
    return reverse(name, kwargs={"member": who.member, **more})


def _events(cast: Cast, as_job: Job) -> list[str]:
    with as_job(cast.ekdala.tenant):
        return list(Event.events.order_by("-seq").values_list("what", flat=True)[:4])


def test_the_staff_list_takes_few_queries_whatever_their_number(
    cast: Cast, sign_in: Signing, queries: Callable[[], Any]
) -> None:
    visitor = sign_in(cast["ada"])
    with queries() as made:
        text = visitor.get(reverse("staff")).content.decode()
    assert "Asta Ekdaladotter" in text
    assert "Agnes" not in text, "another municipality's administrator"
    assert "Lena" not in text, "she has left"
    assert "Lena" in visitor.get(reverse("staff") + "?left=1").content.decode()
    assert made.count <= 8, made.statements


def test_an_invited_colleague_chooses_a_password_by_the_link_and_holds_the_role(
    cast: Cast, sign_in: Signing, as_job: Job, visitor: Client
) -> None:
    admin = sign_in(cast["ada"])
    answer = admin.post(reverse("staff_invite"), _invited(cast))
    assert answer.status_code == 302, answer.content.decode()
    with as_job(cast.ekdala.tenant):
        member = Member.members.get(user__email="nya@ekdala.example")
        grant = member.grants.get()
    assert (grant.role, grant.unit_id, grant.need) == (
        "case_worker",
        cast.ekdala.units[0],
        "Tar över tre ärenden.",
    )
    assert grant.given_by_id == cast["ada"].member
    assert not member.user.has_usable_password()
    assert _events(cast, as_job)[:2] == ["role_given", "staff_invited"]

    shown = admin.get(answer["Location"]).content.decode()
    link = re.search(r'value="http://testserver([^"]+)"', shown)
    assert link
    page = visitor.get(link[1], follow=True)
    password = "fyra-korta-ord-och-ett"
    visitor.post(page.request["PATH_INFO"], {"password1": password, "password2": password})
    assert User.objects.get(pk=member.user_id).check_password(password)


@pytest.mark.requirement("X-01")
def test_an_account_made_elsewhere_is_not_let_in(cast: Cast, sign_in: Signing, as_job: Job) -> None:
    """Another municipality's administrator may have made it beforehand, and hold its password."""
    typed = _invited(cast, email="Inge@birkeso.example", name="Inge")
    answer = sign_in(cast["ada"]).post(reverse("staff_invite"), typed)
    assert answer.status_code == 200
    assert "id_email_error" in answer.content.decode()
    with as_job(cast.ekdala.tenant):
        assert not Member.members.filter(user=cast["inge"].user).exists()


def test_an_address_that_is_a_members_already_is_said_at_the_field(
    cast: Cast, sign_in: Signing
) -> None:
    answer = sign_in(cast["ada"]).post(
        reverse("staff_invite"), _invited(cast, email="asta@ekdala.example")
    )
    assert answer.status_code == 200
    assert "id_email_error" in answer.content.decode()
    assert "Tar över tre ärenden." in answer.content.decode(), "what was typed is kept"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"need": ""}, "need"),
        ({"role": "participant"}, "role"),
        ({"role": "king"}, "role"),
        ({"until": "2020-01-01"}, "until"),
        ({"email": "no address"}, "email"),
        ({"unit": "01a200d5-6cef-7fc6-8785-fa162f82b41e"}, "unit"),
    ],
)
def test_a_role_without_need_dates_or_sense_is_refused_at_its_field(
    cast: Cast, sign_in: Signing, as_job: Job, wrong: dict[str, str], field: str
) -> None:
    answer = sign_in(cast["ada"]).post(reverse("staff_invite"), _invited(cast, **wrong))
    assert f"id_{field}_error" in answer.content.decode()
    assert not User.objects.filter(email="nya@ekdala.example").exists()


def _given(**other: str) -> dict[str, str]:
    said = {
        "role": "unit_manager",
        "where": "",
        "since": "2026-01-01",
        "until": "",
        "need": "Ersätter.",
    }
    return {f"give-{key}": value for key, value in {**said, **other}.items()}


def test_a_role_is_given_and_ended_at_once(cast: Cast, sign_in: Signing, as_job: Job) -> None:
    admin = sign_in(cast["ada"])
    assert admin.post(_page(cast["nils"], "staff_give_role"), _given()).status_code == 302
    with as_job(cast.ekdala.tenant):
        grant = Grant.grants.get(member=cast["nils"].member)
    colleague = sign_in(cast["nils"])
    assert colleague.get(reverse("participants")).status_code == 200
    ending = _page(cast["nils"], "staff_end_role", grant=grant.pk)
    assert admin.post(ending, {"until": cast.on.isoformat()}).status_code == 302
    assert colleague.get(reverse("participants")).status_code == 404
    assert _events(cast, as_job)[0] == "role_ended"


def test_the_same_role_twice_at_the_same_time_is_refused(cast: Cast, sign_in: Signing) -> None:
    typed = _given(role="case_worker", where=str(cast.ekdala.units[0]))
    answer = sign_in(cast["ada"]).post(_page(cast["asta"], "staff_give_role"), typed)
    assert answer.status_code == 200
    assert "id_give-role_error" in answer.content.decode()


@pytest.mark.requirement("INV-3")
def test_an_administrator_cannot_give_themselves_sight(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    typed = _given(role="case_worker")
    answer = sign_in(cast["ada"]).post(_page(cast["ada"], "staff_give_role"), typed)
    assert answer.status_code == 200
    with as_job(cast.ekdala.tenant):
        assert Grant.grants.filter(member=cast["ada"].member).count() == 1


def test_a_leaver_is_out_at_the_very_next_click_and_the_roles_end(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    admin, leaver = sign_in(cast["ada"]), sign_in(cast["asta"])
    assert leaver.get(reverse("my_day")).status_code == 200
    answer = admin.post(_page(cast["asta"], "staff_leave"), {"until": cast.on.isoformat()})
    assert answer.status_code == 302
    assert leaver.get(reverse("my_day")).status_code == 403
    with as_job(cast.ekdala.tenant):
        assert not Grant.grants.filter(member=cast["asta"].member).held(cast.on).exists()
    assert _events(cast, as_job)[0] == "staff_left"
    assert admin.post(_page(cast["asta"], "staff_return")).status_code == 302
    assert leaver.get(reverse("my_day")).status_code == 404, "back, and without any role"


def test_the_last_administrator_can_neither_leave_nor_lose_the_role(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    admin = sign_in(cast["ada"])
    with as_job(cast.ekdala.tenant):
        grant = Grant.grants.get(member=cast["ada"].member)
    today = {"until": cast.on.isoformat()}
    assert admin.post(_page(cast["ada"], "staff_leave"), today).status_code == 200
    ending = _page(cast["ada"], "staff_end_role", grant=grant.pk)
    assert admin.post(ending, today).status_code == 200
    assert admin.post(_page(cast["nils"], "staff_give_role"), _given(role="administrator"))
    assert admin.post(ending, today).status_code == 302
    assert admin.get(reverse("staff")).status_code == 404


def test_a_role_cannot_end_before_it_began(cast: Cast, sign_in: Signing, as_job: Job) -> None:
    with as_job(cast.ekdala.tenant):
        grant = Grant.grants.get(member=cast["asta"].member)
    early = (grant.since - dt.timedelta(days=1)).isoformat()
    ending = _page(cast["asta"], "staff_end_role", grant=grant.pk)
    answer = sign_in(cast["ada"]).post(ending, {"until": early})
    assert "id_until_error" in answer.content.decode()


def test_a_name_is_changed_and_a_newer_change_is_not_written_over(
    cast: Cast, sign_in: Signing
) -> None:
    admin = sign_in(cast["ada"])
    typed = {"name": "Asta Ny", "title": "Handläggare", "signature": "an", "unit": "", "version": 1}
    assert admin.post(_page(cast["asta"]), typed).status_code == 302
    late = admin.post(_page(cast["asta"]), {**typed, "name": "Asta Sen"})
    assert late.status_code == 200
    assert "<td>Asta Ny</td>" in late.content.decode()
    assert "<td>Asta Sen</td>" in late.content.decode()


@pytest.mark.parametrize("name", ["staff_member", "staff_invitation", "staff_leave"])
def test_a_colleague_of_another_municipality_is_not_there(
    cast: Cast, sign_in: Signing, name: str
) -> None:
    assert sign_in(cast["ada"]).get(_page(cast["inge"], name)).status_code == 404


def test_no_page_of_the_administration_shows_a_participant(cast: Cast, sign_in: Signing) -> None:
    admin = sign_in(cast["ada"])
    there = ["units", "staff", "schemes", "terms", "commissions", "administration"]
    pages = [admin.get(reverse(name)).content.decode() for name in there]
    pages.append(admin.get(_page(cast["asta"])).content.decode())
    traces = [trace for one in cast.participants.values() for trace in one.traces]
    found = [trace for text in pages for trace in traces if trace in text]
    # A given name may be a colleague's too; numbers, needs and family names are nobody else's.
    assert [trace for trace in found if trace not in {one.title() for one in cast.colleagues}] == []
