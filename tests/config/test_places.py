"""The frame: what stands in whose rail and which of a person's tabs is open where."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override

from stegvis.platform.access.pages import STAFF
from stegvis.platform.accounts.models import Role
from stegvis.platform.ui.context import GROUPS, MOST, PLACES, Group, person_tabs, rail
from tests.matrix.walk import addresses

PERSON = uuid4()
ADDRESSES = addresses()  # the url resolver has laid out the frame
TABS = {tab.url_name: tab for group in GROUPS for tab in group.tabs}
PLACED = [name for tab in TABS.values() for name in (tab.url_name, *tab.within)]
POLICIES = {one.name: one.policy for one in ADDRESSES if one.policy}

# Pages about a person on which no tabs stand, with the reason.
BARE = {
    "referral": "read before one may open the record",
    "plan_pdf": "a file", "report_paper": "a file", "planning_pdf": "a file",
    "notice_pdf": "a file", "warning_pdf": "a file", "diploma_pdf": "a file",
    "agreement_pdf": "a file", "agreement_form_pdf": "a file",
    "hours_statement": "a file", "after_care": "after the exit no tab opens any longer",
    "match_profile_pdf": "a file",
    "summary_pdf": "a file", "outcome": "after the exit no tab opens any longer",
}  # fmt: skip


def asked(name: str, *roles: Role) -> Any:
    request: Any = RequestFactory().get("/")
    request.visit = SimpleNamespace(actor=SimpleNamespace(holds=lambda *of: bool({*of} & {*roles})))
    request.resolver_match = SimpleNamespace(kwargs={"person": PERSON}, view_name=name)
    return request


def test_every_page_about_a_person_stands_under_one_tab() -> None:
    about = {one.name for one in ADDRESSES if one.about_person}
    assert sorted(about - set(PLACED)) == sorted(BARE)
    assert len(PLACED) == len(set(PLACED))
    assert set(PLACED) <= about


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.tabs[0].url_name)
def test_a_tab_stands_before_those_who_may_open_it_and_nobody_else(group: Group) -> None:
    for tab in group.tabs:
        policy = POLICIES[tab.url_name]
        assert policy is not None
        assert tab.roles == set(policy.roles) - {Role.PARTICIPANT}, tab.url_name


@pytest.mark.parametrize("role", STAFF)
def test_nobody_has_more_than_eight_tabs_on_a_person(role: Role) -> None:
    found = person_tabs(asked("person", role))
    assert len(found["groups"]) <= MOST + 1


@pytest.mark.parametrize("role", STAFF)
def test_every_page_has_one_tab_that_is_open(role: Role) -> None:
    for tab in TABS.values():
        if role in tab.roles:
            for name in (tab.url_name, *tab.within):
                found = person_tabs(asked(name, role))
                heads = [one["current"] for one in found["groups"] if one["current"]]
                pages = [one["current"] for one in found["pages"] if one["current"]]
                said = "page" if name == tab.url_name else "true"
                assert len(heads) == 1
                assert (pages or heads) == [said]


def test_a_group_of_one_page_bears_its_name_and_shows_no_second_row() -> None:
    found = person_tabs(asked("reviews", Role.UNIT_MANAGER))
    assert found["pages"] == []
    talks = next(one for one in found["groups"] if one["current"])
    assert talks["label"] == TABS["reviews"].label
    assert talks["url"] == reverse("reviews", args=[PERSON])


def test_a_second_row_is_named_after_its_tab_and_marks_where_one_is() -> None:
    with override("sv"):
        html = render_to_string(
            "ui/_person_tabs.html", {"person_tabs": person_tabs(asked("week", Role.CASE_WORKER))}
        )
    assert 'aria-label="Sidor under Samtal"' in html
    assert html.count('aria-current="true"') == 2  # the tab, and the page the week belongs to
    assert 'aria-current="page"' not in html


def test_a_participant_has_no_tabs() -> None:
    found = person_tabs(asked("mapping", Role.PARTICIPANT))
    assert found["groups"] == []
    assert found["pages"] == []
    assert person_tabs(asked("referral", Role.CASE_WORKER)) == {}


@pytest.mark.parametrize("role", STAFF)
def test_nobody_has_more_than_seven_places_in_the_rail(role: Role) -> None:
    found = rail(asked("", role))
    assert 1 <= len(found.shown) + bool(found.more) <= MOST
    mine = {place.url_name for place in PLACES if role in place.roles}
    hrefs = re.findall(r'href="([^"]+)"', "".join(found.shown + found.more))
    assert sorted(hrefs) == sorted(reverse(name) for name in mine)
    assert len(found.more) != 1  # one alone would stand in the open as well


def test_what_is_folded_away_opens_without_a_script_and_says_where_one_is() -> None:
    html = render_to_string("ui/_rail.html", {"rail": rail(asked("imports", Role.UNIT_MANAGER))})
    folded = html[html.index("<details") : html.index("</details>")]
    assert '<summary class="on">' in folded
    assert f'href="{reverse("imports")}" aria-current="page"' in folded
    assert reverse("participants") not in folded


def test_on_a_persons_page_the_list_of_people_is_where_one_is() -> None:
    request = asked("plan", Role.CASE_WORKER)
    html = render_to_string("ui/_rail.html", {"rail": rail(request)})
    assert html.count("aria-current") == 1
    assert f'href="{reverse("participants")}" aria-current="true"' in html


def test_who_is_at_a_company_has_pages_of_their_own_beside_the_workshops() -> None:
    found = person_tabs(asked("agreement", Role.CASE_WORKER))
    names = [reverse(name, args=[PERSON]) for name in ("placements", "agreement")]
    assert [one["url"] for one in found["pages"]][:2] == names
    assert len(found["pages"]) <= 5  # one row, also on a narrow screen
