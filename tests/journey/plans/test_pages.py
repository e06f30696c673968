"""The plan in the browser: written, agreed on, read, compared, printed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from stegvis.core.progression.plans import GOAL, HEAD
from stegvis.journey.plans import actions, facts
from stegvis.journey.plans.models import ParallelMeasure, PlanVersion
from stegvis.journey.standing.models import DatedFact
from tests.cast.people import Cast
from tests.journey.plans.writing import (
    DOING,
    MAIN,
    SUB,
    agreed,
    drafted,
    enrolment_of,
    goal,
    seen,
    text,
)
from tests.portals.caseworker.reading import assert_plain, faults_of, text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Work = Callable[..., Any]


def at(cast: Cast, name: str, *more: Any) -> str:
    return reverse(name, args=[cast.person("own").person, *more])


def the_form(page: str) -> dict[str, Any]:
    """What a browser would send of the draft's form as it stands."""
    found: dict[str, Any] = {}
    form = page[page.index("<form class") : page.rindex("</form>")]
    parts = r"<input[^>]*>|<textarea.*?</textarea>|<select.*?</select>"
    for tag in re.findall(parts, form, re.DOTALL):
        name = re.search(r'name="([^"]+)"', tag)
        if name is None or "csrf" in name[1] or name[1] == "submission":
            continue
        for value in _values(tag):
            found.setdefault(name[1], []).append(value)
    return found


def _values(tag: str) -> list[str]:
    if tag.startswith("<textarea"):
        return [re.sub(r"<[^>]*>", "", tag).strip()]
    if tag.startswith("<select"):
        picked = re.search(r'<option value="([^"]*)" selected', tag)
        first = re.search(r'<option value="([^"]*)"', tag)
        return [(picked or first)[1] if (picked or first) else ""]  # type: ignore[index]
    if 'type="checkbox"' in tag or 'type="radio"' in tag:
        value = re.search(r'value="([^"]*)"', tag)
        return [value[1] if value else "on"] if "checked" in tag else []
    value = re.search(r'value="([^"]*)"', tag)
    return [value[1] if value else ""]


MOST = {
    "plan": 12, "plan_edit": 12, "plan_agree": 13, "plan_words": 12, "plan_goals": 13,
    "plan_measures": 13, "plan_choices": 8, "plan_compare": 8, "plan_support": 7,
}  # fmt: skip


@pytest.mark.parametrize("name", MOST)
def test_a_page_asks_the_database_no_more_than_so_often(
    cast: Cast, sign_in: Signing, at_work: Work, queries: Callable[[], Any], name: str
) -> None:
    with at_work(cast["asta"]):
        agreed(cast, cast["asta"])
        drafted(cast, cast["asta"], text(change_note="Ny adress", resources="Kör bil."))
    visitor = sign_in(cast["asta"])
    visitor.get(at(cast, name))
    with queries() as made:
        text_of(visitor.get(at(cast, name)))
    assert made.count <= MOST[name], "\n".join(made.statements)


@pytest.mark.parametrize("language", ["sv", "da", "en"])
@pytest.mark.parametrize("name", [*MOST, "plans"])
def test_a_page_stands_in_each_language_and_needs_no_script(
    cast: Cast, sign_in: Signing, name: str, language: str
) -> None:
    visitor = sign_in(cast["asta"])
    visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    address = reverse("plans") if name == "plans" else at(cast, name)
    assert_plain(text_of(visitor.get(address)), language)


@pytest.mark.requirement("FM-07", "FM-09")
def test_resources_stand_before_the_goal_and_the_goal_before_barriers(
    cast: Cast, sign_in: Signing, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        draft = agreed(cast, cast["asta"])
    visitor = sign_in(cast["asta"])
    for address in (at(cast, "plan"), at(cast, "plan_paper", draft.number)):
        page = text_of(visitor.get(address))
        order = [page.index(words) for words in ("Lagar mat hemma", "Ett jobb i ett kök", "tidiga")]
        assert order == sorted(order)


def test_room_for_a_new_goal_keeps_its_name_until_it_is_used(cast: Cast, sign_in: Signing) -> None:
    """A text that was kept before it was sent is put back by the names of its fields."""
    asta, where = sign_in(cast["asta"]), at(cast, "plan_edit")
    form = the_form(text_of(asta.get(where)))
    new = [one["goal"] + one["action"] for one in (form, the_form(text_of(asta.get(where))))]
    assert new[0] == new[1]
    main = form["goal"][-2]
    answer = asta.post(where, form | {f"g-{main}-text": "Köket", f"g-{main}-due": "2027-01-15"})
    assert answer.status_code == 302
    after = the_form(text_of(asta.get(where)))["goal"]
    assert after.count(main) == 1
    assert len(after) == len(set(after))


@pytest.mark.requirement("AJ-09")
def test_a_plan_is_written_in_one_form_and_agreed_on(
    cast: Cast, sign_in: Signing, at_work: Work
) -> None:
    visitor = sign_in(cast["asta"])
    form = the_form(text_of(visitor.get(at(cast, "plan_edit"))))
    main, sub = form["goal"][0], form["goal"][1]
    assert form[f"g-{sub}-under"] == [main]
    doing = next(key for key in form["action"] if form[f"a-{key}-goal"] == [sub])
    form |= {
        "p-resources": "Lagar mat.", "p-barriers": "Lång resa.", "p-aim": "work",
        f"g-{main}-text": "Jobb i kök", f"g-{main}-due": "2027-06-01",
        f"g-{sub}-text": "Hålla veckan", f"g-{sub}-due": "2027-01-01",
        f"a-{doing}-text": "Skriver av schemat", f"a-{doing}-owner": "both",
        f"a-{doing}-times": "varje fredag",
    }  # fmt: skip
    assert visitor.post(at(cast, "plan_edit"), form).status_code == 302
    page = text_of(visitor.get(at(cast, "plan")))
    assert page.index("Lagar mat.") < page.index("Jobb i kök") < page.index("Lång resa.")
    assert "Olle och Asta" in page
    agree = at(cast, "plan_agree")
    with at_work(cast["asta"]):
        revision = facts.draft(enrolment_of(cast)).revision  # type: ignore[union-attr]
    noted = {"do": "noted", "noted-how": "paper", "noted-seen": revision}
    assert visitor.post(agree, noted).status_code == 302
    decided = {"do": "decided", "decided-seen": revision}
    assert visitor.post(agree, decided).status_code == 302
    with at_work(cast["asta"]):
        row = facts.current(enrolment_of(cast))
        assert row is not None
        assert (row.number, row.goals.filter(left_out=False).count()) == (1, 2)
        assert DatedFact.objects.filter(kind="plan_agreed", source=row.pk).count() == 1


def test_the_form_as_it_stands_changes_nothing(cast: Cast, sign_in: Signing, at_work: Work) -> None:
    with at_work(cast["asta"]):
        before = drafted(cast, cast["asta"])
    visitor = sign_in(cast["asta"])
    form = the_form(text_of(visitor.get(at(cast, "plan_edit"))))
    assert visitor.post(at(cast, "plan_edit"), form).status_code == 302
    with at_work(cast["asta"]):
        after = PlanVersion.versions.get(pk=before.pk)
        assert after.revision == before.revision
        assert facts.document_of(after) == facts.document_of(before)


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"p-aim": "other"}, 1),
        ({f"g-{MAIN}-text": ""}, 1),
        ({f"g-{SUB}-due": "2027-13-01"}, 1),
        ({f"a-{DOING}-owner": "other"}, 1),
        ({f"a-{DOING}-topic": "limits"}, 1),
        ({f"g-{MAIN}-due": "0001-01-01", "p-aim": "other"}, 2),
    ],
)
def test_a_fault_is_one_sentence_and_what_was_typed_stays(
    cast: Cast, sign_in: Signing, at_work: Work, fields: dict[str, str], faults: int
) -> None:
    with at_work(cast["asta"]):
        before = drafted(cast, cast["asta"])
    visitor = sign_in(cast["asta"])
    form = the_form(text_of(visitor.get(at(cast, "plan_edit")))) | {"p-situation": "Nyss skrivet."}
    page = text_of(visitor.post(at(cast, "plan_edit"), form | fields))
    assert page.count('<li><a href="#') == faults
    assert "Nyss skrivet." in page
    with at_work(cast["asta"]):
        assert PlanVersion.versions.get(pk=before.pk).revision == before.revision


def test_taking_a_goal_away_takes_what_stands_under_it(
    cast: Cast, sign_in: Signing, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        drafted(cast, cast["asta"])
    visitor = sign_in(cast["asta"])
    form = the_form(text_of(visitor.get(at(cast, "plan_edit"))))
    assert visitor.post(at(cast, "plan_edit"), form | {f"g-{MAIN}-away": "on"}).status_code == 302
    with at_work(cast["asta"]):
        draft = facts.draft(enrolment_of(cast))
        assert draft is not None
        assert list(facts.document_of(draft)) == [HEAD]


def test_two_browsers_meet_on_a_page_with_both_texts_and_lose_nothing(
    cast: Cast, sign_in: Signing, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        drafted(cast, cast["asta"])
    visitor = sign_in(cast["asta"])
    address = at(cast, "plan_edit")
    forms = [the_form(text_of(visitor.get(address))) for _browser in range(2)]
    forms[0] |= {"p-resources": "Kör bil.", f"g-{SUB}-done_when": "Fyra veckor"}
    forms[1] |= {"p-resources": "Kan svetsa.", f"a-{DOING}-times": "varje fredag"}
    assert visitor.post(address, forms[0]).status_code == 302
    page = text_of(visitor.post(address, forms[1]))
    assert "Kör bil." in page
    assert "Kan svetsa." in page
    merged = the_form(page)
    name = f"pick:{HEAD}:resources"
    assert merged[name] == ["mine"]
    assert visitor.post(address, merged | {name: "both"}).status_code == 302
    with at_work(cast["asta"]):
        draft = facts.draft(enrolment_of(cast))
        assert draft is not None
        found = facts.document_of(draft)
    assert found[HEAD]["resources"].split() == ["Kan", "svetsa.", "Kör", "bil."]
    assert found[f"{GOAL}{SUB}"]["done_when"] == "Fyra veckor"
    assert [unit["times"] for unit in found.values() if "times" in unit] == ["varje fredag"]


@pytest.mark.requirement("AJ-29")
def test_versions_are_compared_word_by_word_and_each_can_be_read_and_printed(
    cast: Cast, sign_in: Signing, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        agreed(cast, cast["asta"])
        changed = {
            **text(change_note="Deltid räcker."),
            f"{GOAL}{MAIN}": goal("Ett jobb i ett café"),
        }
        agreed(cast, cast["asta"], changed)
    visitor = sign_in(cast["asta"])
    page = text_of(visitor.get(at(cast, "plan_compare")))
    assert "<del>kök</del>" in page
    assert "<ins>café</ins>" in page
    assert "Deltid räcker." in page
    for name in ("plan_version", "plan_paper"):
        assert "Ett jobb i ett kök" in text_of(visitor.get(at(cast, name, 1)))
        assert "Ett jobb i ett café" in text_of(visitor.get(at(cast, name, 2)))
    assert visitor.get(at(cast, "plan_version", 9)).status_code == 404


@pytest.mark.requirement("X-03")
def test_words_are_hidden_from_who_may_not_hear_them_and_health_from_who_may_not_know(
    cast: Cast, sign_in: Signing, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        actions.say_words(drafted(cast, cast["asta"]), "Bara mellan oss.", by=cast["asta"].actor)
        clinic = actions.NewMeasure(
            "psychiatry", "Samtal i psykiatrin", "Mottagningen", health=True
        )
        actions.ask_measure(enrolment_of(cast), clinic, by=cast["asta"].actor)
    shown = {
        who: text_of(sign_in(cast[who]).get(at(cast, "plan")))
        for who in ("asta", "vera", "jonna", "mona")
    }
    assert {who for who, page in shown.items() if "Bara mellan oss." in page} == {
        "asta", "vera", "jonna",
    }  # fmt: skip
    for word in ("psykiatrin", "Mottagningen"):
        assert {who for who, page in shown.items() if word in page} == {"asta"}


@pytest.mark.requirement("KN-33")
def test_the_case_worker_sees_what_waits_for_others(
    cast: Cast, sign_in: Signing, at_work: Work
) -> None:
    visitor = sign_in(cast["vera"])
    assert visitor.post(at(cast, "plan_support"), {"what": "Råd om skulder"}).status_code == 302
    assert "Råd om skulder" in text_of(sign_in(cast["asta"]).get(reverse("plans")))
    with at_work(cast["asta"]):
        need = ParallelMeasure.measures.to_ask().get()
    sent = {
        "kind": "debt", "what": "Skuldråd", "owner": "Kommunen", "legal_basis": "service",
        "requested_on": cast.on.isoformat(), "since": "", "until": "",
    }  # fmt: skip
    asked = sign_in(cast["asta"]).post(f"{at(cast, 'plan_measures')}?for={need.pk}", sent)
    assert asked.status_code == 302
    with at_work(cast["asta"]):
        assert not ParallelMeasure.measures.to_ask().exists()


@pytest.mark.requirement("KN-124")
def test_the_list_of_those_without_a_plan_says_n_of_n_and_empties(
    cast: Cast, sign_in: Signing, at_work: Work
) -> None:
    visitor = sign_in(cast["asta"])

    def said() -> tuple[int, int]:
        found = re.search(
            r'class="ct">(\d+) [a-z]+ (\d+)</span>', text_of(visitor.get(reverse("plans")))
        )
        assert found is not None
        return int(found[1]), int(found[2])

    without, of = said()
    link = f'href="{at(cast, "plan")}"'
    assert link in text_of(visitor.get(reverse("plans")))
    with at_work(cast["asta"]):
        agreed(cast, cast["asta"])
    assert said() == (without - 1, of)
    assert link not in text_of(visitor.get(reverse("plans")))


@pytest.mark.requirement("AJ-48")
def test_goals_are_looked_at_on_one_page(cast: Cast, sign_in: Signing, at_work: Work) -> None:
    with at_work(cast["asta"]):
        agreed(cast, cast["asta"])
    sent = {
        f"g-{SUB}-status": "reached",
        f"g-{SUB}-comment": "Fyra veckor",
        f"a-{DOING}-state": "done",
    }
    assert sign_in(cast["vera"]).post(at(cast, "plan_goals"), sent).status_code == 302
    with at_work(cast["asta"]):
        row = enrolment_of(cast)
        assert [one.goal.thread for one in facts.open_goals(row, on=cast.on)] == [MAIN]
        assert facts.open_activities(row) == []


def test_a_draft_that_was_changed_meanwhile_is_read_again_before_a_yes(
    cast: Cast, sign_in: Signing, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        old = seen(drafted(cast, cast["asta"]))
        drafted(cast, cast["asta"], resources="Kör bil.")
    page = text_of(
        sign_in(cast["asta"]).post(
            at(cast, "plan_agree"), {"do": "decided", "decided-seen": old.revision}
        )
    )
    assert len(faults_of(page)) == 1


@pytest.mark.requirement("FM-14")
def test_a_measure_is_a_lane_under_the_road_and_one_of_health_is_not_named(
    cast: Cast, sign_in: Signing, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        for kind, health in (("language", False), ("psychiatry", True)):
            since = cast.on - dt.timedelta(days=90)
            new = actions.NewMeasure(kind, "x", "y", health=health, since=since)
            actions.ask_measure(enrolment_of(cast), new, by=cast["asta"].actor)
    page = text_of(sign_in(cast["vera"]).get(at(cast, "person")))
    assert "Språkträning" in page
    assert "sykiatri" not in page


@pytest.mark.requirement("AJ-29")
def test_each_version_is_a_file_to_print_whose_name_says_nothing_of_the_person(
    cast: Cast, sign_in: Signing, at_work: Work
) -> None:
    with at_work(cast["asta"]):
        agreed(cast, cast["asta"])
    answer = sign_in(cast["asta"]).get(at(cast, "plan_pdf", 1))
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="plan-1.pdf"'
