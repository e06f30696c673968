"""Many who look for a place beside few openings: a proposal, changed by people, taken over as
matches that are asked about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from stegvis.journey.employers.models import Opening
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.people.models import Person
from stegvis.journey.placements import actions
from stegvis.journey.placements.actions import rounds
from stegvis.journey.placements.actions.law import LawRefuses
from stegvis.journey.placements.actions.rounds import NewRound, begin_round
from stegvis.journey.placements.facts.rounds import blocks, ground, seekers, worked_out
from stegvis.journey.placements.models import Match, MatchRound, Placement, RoundPerson
from stegvis.journey.placements.pages.finding import whole
from stegvis.journey.standing.models import StepPeriod
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import StaleRow
from tests.cast.people import Cast
from tests.journey.placements.conftest import a_function, an_opening
from tests.journey.placements.test_going_out import goal, saw

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def on_step(enrolment: Enrolment, step: str = "s5") -> None:
    """Where a place is looked for, and outside nowhere."""
    StepPeriod.periods.filter(enrolment=enrolment, until__isnull=True).update(step=step)
    Placement.placements.filter(enrolment=enrolment).update(site_kind="arbetscentrum")


@pytest.fixture
def crowd(cast: Cast, asta: Any) -> list[Enrolment]:
    """Everybody Asta works with looks for a place."""
    rows = Enrolment.enrolments.visible_to(asta, cast.on).open().order_by("person__sort_key", "id")
    for one in rows:
        on_step(one)
    found = [one.enrolment for one in seekers(asta, on=cast.on)]
    assert len(found) >= 2
    return found


@pytest.fixture
def begun(asta: Any, crowd: list[Enrolment]) -> Callable[..., MatchRound]:
    def begin(room: dict[Opening, int], people: list[Enrolment] | None = None) -> MatchRound:
        chosen = frozenset(one.pk for one in people or crowd)
        new = NewRound(chosen, {one.pk: n for one, n in room.items()})
        return begin_round(new, by=asta)

    return begin


def where(row: MatchRound) -> dict[Any, Any]:
    return dict(RoundPerson.lines.filter(round=row).values_list("enrolment", "opening"))


def line(row: MatchRound, enrolment: Enrolment) -> RoundPerson:
    found: RoundPerson = RoundPerson.lines.get(round=row, enrolment=enrolment)
    return found


def lit(cast: Cast, asta: Any, crowd: list[Enrolment], *openings: Opening) -> Any:
    keys = [one.pk for one in crowd]
    return ground(asta, keys, [one.pk for one in openings], on=cast.on)


@pytest.mark.requirement("AJ-39", "KN-74")
def test_most_get_a_place_and_the_own_goal_goes_before_the_rest(
    cast: Cast, asta: Any, crowd: list[Enrolment], begun: Any
) -> None:
    tenant, (first, second, *_rest) = crowd[0].tenant_id, crowd
    archive, garden = an_opening(tenant, "Arkiv"), an_opening(tenant, "Trädgård")
    goal(second, cast, "Trädgård")
    row = begun({archive: 1, garden: 1}, [first, second])
    assert row.proven
    assert where(row) == {first.pk: archive.pk, second.pk: garden.pk}
    assert not Match.matches.filter(opening__in=[archive, garden]).exists()


@pytest.mark.requirement("KN-74")
def test_what_must_be_there_what_nobody_wants_and_a_no_are_no_proposals(
    cast: Cast, asta: Any, crowd: list[Enrolment], begun: Any
) -> None:
    one = crowd[0]
    tenant = one.tenant_id
    a_function(tenant, "p_hard", "a_p_hard")
    saw(one, cast, "a_p_hard", "not_now")
    hard = an_opening(tenant, "Svets", ("p_hard", 3, True))
    said_no = an_opening(tenant, "Kontor")
    unwanted = an_opening(tenant, "Kök", ("p_hard", 1, False))
    actions.set_aside(one, said_no, "För långt", by=asta)
    actions.adjust(one, unwanted, "p_hard", by=asta, kind="unwanted", words="Vill inte")
    long = an_opening(tenant, "Lager", hours_from=30)
    actions.plan_first(
        one, actions.NewMeasures("Lite i taget", cast.on, hours_week=Decimal(10)), by=asta
    )
    row = begun({hard: 1, said_no: 1, unwanted: 1, long: 1}, [one])
    assert where(row) == {one.pk: None}
    found = lit(cast, asta, [one], hard, said_no, unwanted, long)
    codes = {each.opening.name: (each.code, each.names) for each in blocks(found, one.pk)}
    assert codes == {
        "Svets": ("not_met", ("p_hard",)), "Kontor": ("said_no", ()),
        "Kök": ("unwanted", ("p_hard",)), "Lager": ("hours", ()),
    }  # fmt: skip


@pytest.mark.requirement("N-09", "INV-28")
def test_sex_name_origin_and_health_change_nothing(
    cast: Cast, asta: Any, crowd: list[Enrolment], begun: Any
) -> None:
    """Through the page's own way: the rows of the people are changed, all else is read anew."""
    tenant = crowd[0].tenant_id
    places = {an_opening(tenant, name): 1 for name in ("Arkiv", "Snickeri", "Textil")}
    goal(crowd[1], cast, "Textil")
    row = begun(places)
    before, marks = where(row), marked(row)
    for n, one in enumerate(crowd):
        person = Person.people.get(pk=one.person_id)
        person.sex = "m" if person.sex != "m" else "f"
        person.given_name, person.family_name = f"Abdi{9 - n}", f"Bytt{9 - n}"
        person.born_on = dt.date(1950 + n, 1, 1)
        person.language, person.needs_interpreter = "somaliska", True
        person.save()
        early = actions.NewMeasures("Lite i taget", cast.on, condition="Värk i ryggen")
        actions.plan_first(one, early, by=asta)
    rounds.work_again(row, by=asta, seen=row.version)
    assert where(row) == before
    assert marked(row) == marks


def marked(row: MatchRound) -> dict[Any, str]:
    return dict(RoundPerson.lines.filter(round=row).values_list("enrolment", "mark"))


@pytest.mark.requirement("N-10")
def test_people_stand_by_name_whatever_fits_and_nothing_is_counted_up(
    cast: Cast, crowd: list[Enrolment], begun: Any, sign_in: Any
) -> None:
    opening = an_opening(crowd[0].tenant_id, "Arkiv")
    begun({opening: len(crowd)})
    page = sign_in(cast["asta"]).get(reverse("match_round")).text.split("<main")[1]
    column = page.split('class="pcx"')[1].split("</main")[0]
    at = [column.index(f">{one.person.name}</a>") for one in crowd]
    assert at == sorted(at)
    assert "%" not in page.split("</main")[0]


@pytest.mark.requirement("N-10")
def test_between_those_alike_a_lot_decides_and_the_same_round_draws_the_same(
    cast: Cast, asta: Any, crowd: list[Enrolment]
) -> None:
    opening = an_opening(crowd[0].tenant_id, "Arkiv")
    found = lit(cast, asta, crowd, opening)
    lots = [uuid7() for _n in range(30)]
    drawn = [frozenset(worked_out(found, {opening.pk: 1}, {}, lot=one).where) for one in lots]
    assert drawn[0] == frozenset(worked_out(found, {opening.pk: 1}, {}, lot=lots[0]).where)
    assert len(set(drawn)) > 1


@pytest.mark.requirement("AJ-39")
def test_somebody_is_put_somewhere_or_kept_out_with_why_and_the_others_go_around_it(
    cast: Cast, asta: Any, crowd: list[Enrolment], begun: Any
) -> None:
    tenant, (first, second, *_rest) = crowd[0].tenant_id, crowd
    archive, garden = an_opening(tenant, "Arkiv"), an_opening(tenant, "Trädgård")
    goal(second, cast, "Trädgård")
    row = begun({archive: 1, garden: 1}, [first, second])
    with pytest.raises(NotNow, match="why_missing"):
        rounds.set_by_hand(row, line(row, first), garden, " ", by=asta, seen=row.version)
    rounds.set_by_hand(row, line(row, first), garden, "Bor nära", by=asta, seen=row.version)
    assert where(row) == {first.pk: garden.pk, second.pk: archive.pk}
    with pytest.raises(NotNow, match="no_room"):
        rounds.set_by_hand(row, line(row, second), garden, "Också", by=asta, seen=row.version)
    rounds.set_by_hand(row, line(row, second), None, "Vill vänta", by=asta, seen=row.version)
    assert where(row)[second.pk] is None
    with pytest.raises(StaleRow):
        rounds.let_go(row, line(row, second), by=asta, seen=1)
    row.refresh_from_db()
    rounds.let_go(row, line(row, second), by=asta, seen=row.version)
    assert where(row)[second.pk] == archive.pk


@pytest.mark.requirement("AJ-39", "KN-74")
def test_taken_over_a_line_is_a_proposed_match_and_no_placement(
    cast: Cast, asta: Any, crowd: list[Enrolment], begun: Any
) -> None:
    one = crowd[0]
    a_function(one.tenant_id, "p_hard", "a_p_hard")
    saw(one, cast, "a_p_hard", "not_now")
    hard = an_opening(one.tenant_id, "Svets", ("p_hard", 3, True))
    row = begun({hard: 1}, [one])
    rounds.set_by_hand(
        row, line(row, one), hard, "Får prova med handledare", by=asta, seen=row.version
    )
    held = Placement.placements.count()
    assert rounds.take_over(row, by=asta, seen=row.version) == (1, 0)
    match = Match.matches.get(enrolment=one, opening=hard)
    assert (match.state, match.person_said, match.employer_said) == ("proposed", "", "")
    assert (match.despite, match.despite_why) == (["p_hard"], "Får prova med handledare")
    assert Placement.placements.count() == held
    assert rounds.take_over(row, by=asta, seen=row.version) == (0, 0)
    with pytest.raises(NotNow, match="line_taken"):
        rounds.let_go(row, line(row, one), by=asta, seen=row.version)


@pytest.mark.requirement("AJ-39")
def test_an_old_proposal_says_so_and_its_old_lines_are_left(
    cast: Cast, asta: Any, crowd: list[Enrolment], begun: Any, sign_in: Any
) -> None:
    one, other = crowd[:2]
    opening = an_opening(one.tenant_id, "Arkiv")
    row = begun({opening: 2}, [one, other])
    assert "gammalt" not in sign_in(cast["asta"]).get(reverse("match_round")).text
    goal(one, cast, "Arkiv")
    page = sign_in(cast["asta"]).get(reverse("match_round")).text
    assert "Förslaget är gammalt" in page
    assert "En rad bygger på" in page
    assert rounds.take_over(row, by=asta, seen=row.version) == (1, 1)
    rounds.work_again(row, by=asta, seen=row.version)
    assert rounds.take_over(row, by=asta, seen=row.version) == (1, 0)


@pytest.mark.requirement("AJ-39")
def test_what_if_tells_who_would_stand_elsewhere_and_keeps_nothing(
    cast: Cast, crowd: list[Enrolment], begun: Any, sign_in: Any
) -> None:
    one, other = crowd[:2]
    opening = an_opening(one.tenant_id, "Arkiv")
    row = begun({opening: 1}, [one, other])
    before = where(row)
    (waits,) = [key for key, at in before.items() if at is None]
    asked = {f"room-{opening.pk}": "2"}
    page = sign_in(cast["asta"]).get(reverse("match_round"), asked).text
    assert "Då händer det här" in page
    assert page.split('class="chg"')[1].split("</table")[0].count("<tr") == 2
    assert where(row) == before
    sent = {"do": "room", "seen": str(row.version), **asked}
    assert sign_in(cast["asta"]).post(reverse("match_round"), sent).status_code == 302
    assert where(row)[waits] == opening.pk


def test_a_proposal_is_its_askers_alone_and_a_new_one_takes_its_place(
    cast: Cast, crowd: list[Enrolment], begun: Any, sign_in: Any, at_work: Any
) -> None:
    opening = an_opening(crowd[0].tenant_id, "Arkiv")
    row = begun({opening: 1})
    for who in ("mona", "jonna"):
        assert sign_in(cast[who]).get(reverse("match_round")).status_code == 302
    with at_work(cast["mona"]), pytest.raises(NotNow, match="round_over"):
        rounds.take_over(row, by=cast["mona"].actor, seen=row.version)
    later = begun({opening: 1})
    row.refresh_from_db()
    assert (row.state, later.state) == ("thrown", "open")


def test_nobody_protected_is_in_it_but_for_those_who_may_know_where(
    cast: Cast, crowd: list[Enrolment], sign_in: Any
) -> None:
    for who in ("asta", "jonna", "mona"):
        page = sign_in(cast[who]).get(reverse("match_rounds")).text
        for one in cast.participants.values():
            hers = {"barred"} if who == "asta" else set()
            if one.key in {"protected_hidden", "abroad"} | hers:
                assert one.family not in page


def test_the_pages_ask_little_of_the_database(
    cast: Cast, crowd: list[Enrolment], begun: Any, sign_in: Any, queries: Any
) -> None:
    tenant = crowd[0].tenant_id
    begun({an_opening(tenant, name): 1 for name in ("Arkiv", "Kontor", "Lager")})
    visitor = sign_in(cast["asta"])
    for name, most in (("match_rounds", 12), ("match_round", 12)):
        visitor.get(reverse(name))
        with queries() as made:
            assert visitor.get(reverse(name)).status_code == 200
        assert made.count <= most, "\n".join(made.statements)


# Danish law


def test_the_law_leaves_no_room_for_more_than_it_says(
    cast: Cast, danish: Enrolment, inge: Any
) -> None:
    on_step(danish, "t2")
    opening = an_opening(danish.tenant_id, "Vaskeri")
    with pytest.raises(LawRefuses) as refused:
        begin_round(NewRound(frozenset({danish.pk}), {opening.pk: 2}), by=inge)
    assert [one.code for one in refused.value.faults] == ["more_than_the_law"]
    assert "§ 65" in refused.value.faults[0].paragraph
    row = begin_round(NewRound(frozenset({danish.pk}), {opening.pk: 1}), by=inge)
    assert where(row) == {danish.pk: opening.pk}
    other = Opening(tenant_id=danish.tenant_id, site=opening.site, name="Pakning")
    other.save(force_insert=True)
    with pytest.raises(LawRefuses):
        rounds.begin_round(NewRound(frozenset({danish.pk}), {opening.pk: 1, other.pk: 1}), by=inge)


@pytest.mark.parametrize("said", ["9" * 5000, "-1", "²", " ", "1e3"])
def test_what_is_no_small_whole_number_is_no_number(said: str) -> None:
    assert whole(said) is None
    assert whole(" 12 ") == 12
