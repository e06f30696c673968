"""The binder says in words what the model holds, and whose each number is."""

from __future__ import annotations

import pytest

from stegvis.core.programme.explain import Binder, Rhythm, binder
from stegvis.core.programme.faults import SENTENCES
from stegvis.core.programme.wording import tell
from stegvis.core.values.texts import LANGUAGES
from tests.core.programme.made import KEYS, model

every = pytest.mark.parametrize("key", KEYS)


def _rhythms(book: Binder) -> dict[str, Rhythm]:
    in_steps = [one for pages in book.ladders for page in pages.pages for one in page.rhythms]
    return {one.code: one for one in (*in_steps, *book.rhythms)}


@pytest.mark.requirement("AJ-61")
def test_a_step_shows_both_roles_work_and_its_documents() -> None:
    page = binder(model("jobbtrappa")).ladders[0].pages[1]
    work = {one.role.code: [task.texts["sv"] for task in one.tasks] for one in page.work}
    assert "Studierådgivning" in work["case_worker"]
    assert "Fylla i stegets planeringsdokument tillsammans med personen" in work["work_supervisor"]
    assert [one.code for one in page.documents] == ["ac_planning_2"]
    assert [tell(fact, "sv") for fact in page.facts] == ["Mycket stöd"]


@pytest.mark.requirement("N-16")
def test_a_criterion_says_how_it_is_settled_and_which_number_is_ours() -> None:
    page = binder(model("jobbtrappa")).ladders[0].pages[4]
    found = {one.code: one for one in page.entry}
    assert tell(found["good_attendance"].how, "sv") == (
        "Räknas ur närvaron: minst 90 % av schemalagd tid på 4 veckor"
    )
    assert [one.key for one in found["good_attendance"].ours] == [
        "attendance_window_weeks",
        "attendance_threshold",
    ]
    assert tell(found["works_independently"].how, "da") == (
        "Vurderes af et menneske; grundlag: iagttagelser"
    )
    assert found["works_independently"].test == "judged"
    assert found["works_independently"].ours == ()


SAID = [
    ("flere_skal_med", "first_year", "da", False,
     "mindst en gang om måneden i det første år fra starten i virksomheden"),
    ("flere_skal_med", "first_year", "sv", False,
     "minst en gång i månaden under det första året från placeringens start"),
    ("flere_skal_med", "acute", "da", False,
     "kilden siger »står til rådighed«, intet tal er fastlagt"),
    ("jobbtrappa", "mapping", "sv", False,
     "inom 6 veckor från inskrivningen, tidigast efter 4 veckor"),
    ("jobbtrappa", "s2_follow_up", "sv", True, "minst en gång i veckan (källan säger ”täta”)"),
    ("jobbtrappa", "s3_follow_up", "en", True,
     "at most 2 weeks apart (the source says “regelbundna”)"),
    ("jobbtrappa", "report", "da", False, "mindst en gang på hvert trin"),
    ("jobbinvest", "outcome_90", "sv", False, "inom 90 dagar från avslutet"),
    ("jobbinvest", "breakfast", "en", True, "at least 5 times a week"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "code", "lang", "ours", "said"), SAID)
def test_a_cadence_is_said_in_words(
    key: str, code: str, lang: str, *, ours: bool, said: str
) -> None:
    rhythm = _rhythms(binder(model(key)))[code]
    assert (tell(rhythm.how, lang), rhythm.ours) == (said, ours)


def test_what_is_done_for_the_whole_workplace_is_told_apart() -> None:
    rhythms = _rhythms(binder(model("knut3_pv")))
    assert rhythms["plan_year"].unit
    assert not rhythms["pv_follow_up"].unit


@pytest.mark.requirement("N-16")
@every
def test_every_default_of_ours_is_listed_as_ours_and_no_number_of_a_source_is(key: str) -> None:
    book = binder(model(key))
    assert all(setting.ours for setting, _ in book.ours)
    assert not any(setting.ours for setting, _ in book.source)
    assert len(book.ours) + len(book.source) == len(model(key).settings)
    assert book.unknown


def test_the_rules_of_moving_are_said() -> None:
    said = [tell(one, "sv") for one in binder(model("jobbtrappa")).moves]
    assert said[:2] == ["Man kan hoppa över steg.", "Man kan gå tillbaka."]
    drop_out = tell(binder(model("flere_skal_med")).moves[-1], "da")
    assert "»På vej mod job« igen næste dag" in drop_out
    assert "koordinerende sagsbehandler" in drop_out


@every
def test_every_phrase_of_a_binder_can_be_said_in_three_languages(key: str) -> None:
    book = binder(model(key))
    sayings = [one.how for one in _rhythms(book).values()]
    for pages in book.ladders:
        sayings.append(pages.how)
        for page in pages.pages:
            sayings += page.facts
            sayings += [one.how for one in (*page.entry, *page.exit_all, *page.exit_any)]
    for lang in LANGUAGES:
        assert all(tell(one, lang) for one in [*sayings, *book.moves] if one)
        assert all(SENTENCES.tell(value, lang) for _, value in (*book.ours, *book.source))


@every
def test_the_ladder_people_stand_on_comes_first(key: str) -> None:
    assert binder(model(key)).ladders[0].ladder.primary
