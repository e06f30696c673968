"""The five models that come with Stegvis hold what their sources say, counted."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from stegvis.core.programme.model import Entry, LadderKind, Programme, Texts
from stegvis.core.progression.events import EVENTS
from stegvis.core.progression.kinds import KINDS
from stegvis.core.progression.measures import MEASURES
from stegvis.core.values.texts import LANGUAGES
from tests.core.programme.made import KEYS, ROOT, model, texts

every = pytest.mark.parametrize("key", KEYS)


def _terms(key: str, vocabulary: str) -> list[str]:
    return [term.code for term in model(key).vocabularies[vocabulary].terms]


def _fields(key: str, document: str) -> list[Texts]:
    return [*next(one for one in model(key).documents if one.code == document).fields]


def test_five_models_are_on_the_shelf() -> None:
    assert set(KEYS) <= set(texts())


@every
def test_every_text_is_there_in_three_languages(key: str) -> None:
    programme = model(key)
    assert set(programme.languages) == set(LANGUAGES)
    assert "translations" in programme.ours
    assert set(programme.names) == set(LANGUAGES)


@every
def test_a_model_says_where_it_is_from(key: str) -> None:
    source = (ROOT / "programmes" / key / "SOURCE.md").read_text("utf-8")
    assert "ours" in source
    assert "C-" in source


@every
def test_every_fact_a_criterion_reads_exists(key: str) -> None:
    known = {*KINDS, *EVENTS}
    for criterion in model(key).criteria.values():
        if criterion.test == "auto":
            assert criterion.measure in MEASURES
            assert {criterion.needs.get("fact", "hours")} <= known, criterion.code


@every
def test_every_value_a_criterion_asks_of_a_fact_is_one_the_fact_can_hold(key: str) -> None:
    for criterion in model(key).criteria.values():
        kind = str(criterion.needs.get("fact", ""))
        if criterion.measure in {"recorded", "answered"} and kind in KINDS:
            asked = {name for name in criterion.needs if name not in {"fact", "field"}}
            asked |= {str(criterion.needs["field"])} if "field" in criterion.needs else set()
            assert asked <= set(KINDS[kind]), criterion.code


@every
def test_every_cadence_of_a_person_waits_for_something_that_can_be_recorded(key: str) -> None:
    known = {*KINDS, *EVENTS}
    for cadence in model(key).cadences:
        if cadence.of == "person" and (cadence.every or cadence.within):
            assert cadence.event in known, cadence.code
            assert {cadence.starts or "enrolment"} <= known, cadence.code


@every
def test_every_milestone_that_waits_for_a_fact_waits_for_one_that_can_be_recorded(key: str) -> None:
    for milestone in model(key).milestones:
        for when in milestone.when:
            assert {when.get("first", "exit")} <= {*KINDS, *EVENTS}, milestone.code


# ---- Jobbtrappa ----------------------------------------------------------------------------------


@pytest.mark.requirement("AJ-38")
def test_jobbtrappa_has_six_steps_and_practice_and_work_are_two_of_them() -> None:
    ladder = model("jobbtrappa").primary
    assert [step.ordinal for step in ladder.steps] == [1, 2, 3, 4, 5, 6]
    assert ladder.kind is LadderKind.ABILITY
    five, six = ladder.steps[4:]
    assert (five.names["ame"]["sv"], six.names["ame"]["sv"]) == ("Extern praktik", "Externt arbete")
    assert five.entry == six.entry
    assert len(five.entry) == 5


@pytest.mark.requirement("AJ-64")
def test_one_step_has_its_name_in_each_office() -> None:
    steps = model("jobbtrappa").primary.steps
    assert list(model("jobbtrappa").tracks) == ["ame", "ac", "fig"]
    assert [step.names["ac"]["sv"] for step in steps[:4]] == [
        "Fördjupad kartläggning", "Kom igång", "Arbeta på", "Jobbet",
    ]  # fmt: skip
    assert steps[1].names["ame"]["sv"] == "Lättare arbetsträning"
    assert [step.names["fig"]["sv"] for step in steps] == [
        "AME besök och utredning", "Lättare arbetsträning", "Arbetsträning", "Anpassat arbete",
        "Ute i praktik", "Ute i arbete",
    ]  # fmt: skip
    assert all("ac" not in step.names for step in steps[4:])


@pytest.mark.requirement("N-19")
def test_no_one_is_forced_through_every_step() -> None:
    programme = model("jobbtrappa")
    assert programme.primary.entry is Entry.ANY
    assert programme.transitions.skip_up
    assert programme.transitions.back


def test_arbetscentrum_has_planning_documents_for_four_steps() -> None:
    programme = model("jobbtrappa")
    numbers = {n: len(_fields("jobbtrappa", f"ac_planning_{n}")) for n in (1, 2, 3, 4)}
    assert numbers == {1: 6 + 1, 2: 5, 3: 6, 4: 5}  # six questions and a description, H-08
    for n, step in enumerate(programme.primary.steps[:4], start=1):
        assert f"ac_planning_{n}" in step.documents


def test_areas_jobs_and_tasks_are_nine_ten_and_sixty_one() -> None:
    assert len(_terms("jobbtrappa", "work_areas")) == 9  # H-05
    assert len(_terms("jobbtrappa", "jobs")) == 10
    tasks = model("jobbtrappa").vocabularies["tasks"].terms
    assert list(Counter(term.group for term in tasks).values()) == [12, 5, 13, 1, 1, 15, 13, 1]


def test_three_areas_have_hours_and_the_rest_are_unknown_not_zero() -> None:
    areas = model("jobbtrappa").vocabularies["work_areas"].terms
    hours = [term.values["hours_per_week"] for term in areas]
    assert [hour for hour in hours if hour is not None] == [40, 80, 10]  # H-04
    assert hours.count(None) == 6
    assert 0 not in hours


def test_animals_are_watered_from_april_to_october() -> None:
    tasks = {term.code: term for term in model("jobbtrappa").vocabularies["tasks"].terms}
    assert tasks["vattning_djur"].values["season"] == [4, 10]


@pytest.mark.requirement("AJ-63", "INV-5")
def test_a_need_category_expects_steps_and_is_a_record_of_its_own() -> None:
    (needs,) = model("jobbtrappa").category_sets
    expected = {one.code: set(one.expected_steps) for one in needs.categories}
    assert {"s5", "s6"} <= expected["AM1"]  # H-36
    assert "s4" in expected["AM2"]
    assert all({"s1", "s2", "s3"} <= steps for steps in expected.values())
    assert "s4" not in expected["AM1"] | expected["AM3"]
    assert all("texts" in one.ours for one in needs.categories)
    steps = {step.code for ladder in model("jobbtrappa").ladders for step in ladder.steps}
    assert not steps & set(expected)


def test_the_case_worker_has_the_duties_of_each_step() -> None:
    steps = model("jobbtrappa").primary.steps
    duties = {step.code: {duty.code for duty in step.duties} for step in steps}
    for code in ("s2", "s3", "s4", "s5", "s6"):
        assert {"af_contact", "akassa", "language_need", "report_referrer"} <= duties[code]
    assert "secrecy_waivers" in duties["s2"]
    assert "study_guidance" in duties["s2"]
    assert {"revise_goals", "assess_next_step"} <= duties["s3"] & duties["s4"]
    assert "decide_extend_or_end" in duties["s4"]
    dense = next(duty for duty in steps[1].duties if duty.code == "follow_ups")
    assert dense.word == "täta"
    assert dense.optional


# ---- Flere skal med ------------------------------------------------------------------------------


@pytest.mark.requirement("FM-01")
def test_flere_skal_med_has_three_steps_and_six_elements_two_three_one() -> None:
    programme = model("flere_skal_med")
    assert [len(step.elements) for step in programme.primary.steps] == [2, 3, 1]
    order = [code for step in programme.primary.steps for code in step.elements]
    assert order == [element.code for element in programme.elements]
    assert all(element.mandatory for element in programme.elements)


def test_flere_skal_med_has_the_lists_of_its_annex() -> None:
    programme = model("flere_skal_med")
    (screening,) = programme.category_sets
    first, second, third = programme.primary.steps
    assert [one.in_programme for one in screening.categories] == [True, False, False]  # H-10, H-14
    assert len(_terms("flere_skal_med", "trust_factors")) == 4
    assert (len(first.exit_all), len(second.exit_all), len(third.exit_any)) == (4, 3, 2)
    assert programme.settings["ordinary_hours"].value == 30.0
    assert not programme.settings["ordinary_hours"].ours


def test_a_drop_out_from_step_three_opens_step_two_unless_one_of_three_exceptions() -> None:
    rule = model("flere_skal_med").transitions.drop_out
    assert rule is not None
    assert (rule.from_step, rule.restart_step) == ("t3", "t2")
    assert rule.exception_by == "coordinating_case_worker"
    assert len(rule.exceptions) == 3


# ---- KNUT3 and supported employment --------------------------------------------------------------


@pytest.mark.requirement("KN-42")
def test_supported_employment_has_five_stages_and_stands_alone() -> None:
    programme = model("supported_employment")
    assert [step.names["se"]["sv"] for step in programme.primary.steps] == [
        "Engagemang", "Yrkesprofilering", "Hitta arbete", "Arbetsgivarengagemang",
        "På/efter arbetet-support",
    ]  # fmt: skip


def test_knut3_takes_the_ladders_of_two_other_models() -> None:
    programme = model("knut3_pv")
    taken = {ladder.code: ladder for ladder in programme.ladders if ladder.uses}
    assert [(one.uses, len(one.steps), one.optional) for one in taken.values()] == [
        ("jobbtrappa", 6, True),
        ("supported_employment", 5, True),
    ]
    assert taken["trappa"].steps == model("jobbtrappa").primary.steps
    assert "good_attendance" in programme.criteria
    assert "attendance_threshold" in programme.settings
    assert not any(ladder.primary for ladder in taken.values())


def test_knut3_has_the_lists_of_its_booklet() -> None:
    lists = {
        "mi_stages": 6, "life_areas": 6, "npf_levels": 3, "npf_themes": 5, "board_topics": 4,
        "equality_steps": 4, "vehicle_checks": 6, "functional_requirements": 9, "glossary": 7,
        "plan_areas": 4, "competence_factors": 6, "five_r": 5,
    }  # fmt: skip
    assert {code: len(_terms("knut3_pv", code)) for code in lists} == lists
    assert len(_terms("knut3_pv", "incident_measures")) == 4  # H-20
    (drunk,) = (
        term for term in model("knut3_pv").vocabularies["incident_kinds"].terms if term.values
    )
    assert drunk.values["example_promille"] == 0.51
    wanted = [model("knut3_pv").settings[key].value for key in ("mi_days", "rehab_days")]
    assert [*wanted, model("knut3_pv").settings["supervision_sessions"].value] == [3, 3, 3]


def test_a_scheme_that_is_no_longer_in_force_is_not_offered() -> None:
    schemes = model("knut3_pv").vocabularies["schemes"]
    assert "fas3" in {term.code for term in schemes.in_force(date(2012, 5, 1))}
    assert "fas3" not in {term.code for term in schemes.in_force(date(2026, 5, 1))}
    assert "osa" in {term.code for term in schemes.in_force(date(2026, 5, 1))}


# ---- JOBBINVEST-ering ----------------------------------------------------------------------------


@pytest.mark.requirement("JI-32")
def test_the_development_staircase_is_a_scale_of_which_only_the_fifth_level_is_the_sources() -> (
    None
):
    scale = model("jobbinvest").ladder("utvecklingstrappan")
    assert scale.kind is LadderKind.SCALE
    assert not scale.primary
    assert [step.names["larcentrum"]["sv"] for step in scale.steps][4] == "Jobbredo"
    assert ["names" in step.ours for step in scale.steps] == [True, True, True, True, False]


@pytest.mark.requirement("JI-33")
def test_nothing_in_jobbinvest_ends_by_itself() -> None:
    steps = [step for ladder in model("jobbinvest").ladders for step in ladder.steps]
    assert not any(step.time_limited or step.duration_weeks for step in steps)


def test_eight_measures_six_of_participants_one_of_a_group_one_of_municipalities() -> None:
    outcomes = model("jobbinvest").outcomes
    assert Counter(one.of for one in outcomes) == {
        "participants": 6,
        "cooperation_group": 1,
        "municipalities": 1,
    }  # fmt: skip  -- H-44
    assert [one.after_days for one in outcomes[:3]] == [90, 90, 90]
    assert all(one.target is None for one in outcomes)


# ---- All of them ---------------------------------------------------------------------------------


@every
def test_thirteen_milestones_are_answered_even_if_by_none(key: str) -> None:
    programme = model(key)
    assert [one.code for one in programme.milestones] == [f"M{n}" for n in range(13)]


def test_only_flere_skal_med_counts_thirty_hours_and_only_it_matches_before_ready() -> None:
    have = {key: {m.code for m in model(key).milestones if m.when} for key in KEYS}
    assert {key for key in KEYS if "M9" in have[key]} == {"flere_skal_med"}
    assert "M8" not in have["flere_skal_med"]
    assert {"M8"} <= have["jobbtrappa"] & have["jobbinvest"] & have["knut3_pv"]


@pytest.mark.requirement("INV-5")
@every
def test_no_category_scale_and_step_share_a_code(key: str) -> None:
    programme = model(key)
    steps = [step.code for ladder in programme.ladders for step in ladder.steps]
    categories = [one.code for group in programme.category_sets for one in group.categories]
    assert len({*steps, *categories}) == len(steps) + len(categories)
    assert all(ladder.kind is not LadderKind.CATEGORY for ladder in programme.ladders)


def _amounts(programme: Programme) -> list[tuple[str, object]]:
    rows = [
        (f"{one.code}.{field}", value)
        for one in programme.cadences
        for field in ("every", "within", "earliest", "lasts")
        for value in getattr(one, field).values()
    ]
    return rows + [
        (f"{code}.{name}", value)
        for code, one in programme.criteria.items()
        for name, value in one.needs.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    ]


# The numbers that stand in the models as they are: each is the source's own.
SOURCES: dict[str, dict[str, float]] = {
    "jobbtrappa": {
        "mapping.within": 6, "mapping.earliest": 4, "report.every": 1, "week_schedule.every": 1,
        "ordinary_hour.hours": 0.01, "ordinary_hour.months": 1,
    },
    "flere_skal_med": {
        "first_year.every": 1, "first_year.lasts": 12, "monthly_contact.per_month": 1,
        "monthly_contact.months": 12, "ordinary_hour.hours": 0.01, "ordinary_hour.months": 1,
    },
    "knut3_pv": {
        "attendance.every": 1, "next_week_schedule.every": 1, "plan_year.every": 12,
        "pv_report.every": 1,
    },
    "jobbinvest": {
        "weekly_goals.every": 1, "breakfast.every": 5, "outcome_90.within": 90,
        "job_ready.at_least": 5,
    },
    "supported_employment": {"se_paid_hour.hours": 0.01, "se_paid_hour.months": 1},
}  # fmt: skip


@pytest.mark.requirement("N-16")
@every
def test_every_number_that_is_not_the_sources_is_a_setting_marked_as_ours(key: str) -> None:
    programme = model(key)
    for where, value in _amounts(programme):
        if isinstance(value, str):
            assert value in programme.settings, where
        elif not (key == "knut3_pv" and where.startswith(("se_", "ordinary_hour"))):
            assert where in SOURCES[key], f"{where}: {value} is a number nobody marked"


@pytest.mark.requirement("N-16")
def test_the_settings_a_source_gives_are_these_and_no_other() -> None:
    given = {key: [s.key for s in model(key).settings.values() if not s.ours] for key in KEYS}
    assert given == {
        "flere_skal_med": ["ordinary_hours"],
        "jobbinvest": [
            "lookback_years_from", "lookback_years_to", "plan_dates_required", "climb_levels",
        ],
        "jobbtrappa": ["planned_weeks_needed"],
        "knut3_pv": [
            "planned_weeks_needed", "plan_heading_minutes", "mi_days", "rehab_days",
            "supervision_sessions",
        ],
        "supported_employment": [],
    }  # fmt: skip


@pytest.mark.requirement("N-16")
@every
def test_a_word_without_a_number_in_the_source_keeps_the_word(key: str) -> None:
    for cadence in model(key).cadences:
        if cadence.word and cadence.every:
            keys = [value for value in cadence.every.values() if isinstance(value, str)]
            assert keys, cadence.code
            assert all(model(key).settings[one].ours for one in keys)


@every
def test_a_text_for_the_participant_is_short(key: str) -> None:
    programme = model(key)
    for step in programme.primary.steps:
        for lang in LANGUAGES:
            sentences = [one for one in step.easy[lang].split(".") if one.strip()]
            assert all(len(one.split()) <= 14 for one in sentences), step.code
