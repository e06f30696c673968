"""Which pages stand in whose rail and in which of a person's tabs, in what order."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stegvis.journey.attendance.pages.unit import lists_left
from stegvis.journey.days.pages.day import the_day_left
from stegvis.journey.placements.facts import LIMITS
from stegvis.journey.programmes.pages import CHAPTERS
from stegvis.journey.work.facts import limits_of
from stegvis.journey.workplaces.pages.tasks import chapter as jobs
from stegvis.platform.access.pages import STAFF
from stegvis.platform.accounts.models import Role
from stegvis.platform.drafts.keeping import forget_sent
from stegvis.platform.journal.answers import WHEN_DONE
from stegvis.platform.ui.context import GROUPS, PLACES, QUICK, Group, Place, Quick, Tab
from stegvis.platform.ui.day import DAY, WRITTEN
from stegvis.portals.caseworker.day import new_referrals, own_drafts
from stegvis.portals.caseworker.waiting import from_rooms, goals_left

OWN_LIST = frozenset({Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.WORK_SUPERVISOR})
WORKERS = OWN_LIST | {Role.UNIT_MANAGER}
TAKERS = frozenset({Role.CASE_WORKER, Role.UNIT_MANAGER, Role.PROTECTION_OFFICER})

WORKER = frozenset({Role.CASE_WORKER})
MEDIATORS = frozenset({Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.PROTECTION_OFFICER})
TALKERS = frozenset({Role.CASE_WORKER, Role.JOB_MEDIATOR})
OBSERVERS = frozenset({Role.CASE_WORKER, Role.WORK_SUPERVISOR})
SUPERVISOR = frozenset({Role.WORK_SUPERVISOR})
OFFICER = frozenset({Role.PROTECTION_OFFICER})
DECIDERS = frozenset({Role.CASE_WORKER, Role.UNIT_MANAGER})
MANAGER = frozenset({Role.UNIT_MANAGER})
EVALUATOR = frozenset({Role.EVALUATOR})
REVIEWER = frozenset({Role.LOG_REVIEWER})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
PLANNERS = frozenset({Role.CASE_WORKER, Role.WORK_SUPERVISOR, Role.UNIT_MANAGER})

# What somebody comes back to stands first: past the seventh it is folded away.
RAIL = (
    Place("my_day", _("My day"), "house", OWN_LIST, 10),
    Place("participants", _("Participants"), "users", WORKERS, 20),
    Place("this_week", _("The week"), "calendar-days", PLANNERS, 19),
    Place("overdue", _("Who waits"), "clock-alert", MANAGER, 22),
    Place("unit_follow_ups", _("Follow-ups"), "route", MANAGER, 24),
    Place("the_day", _("The day"), "square-check", SUPERVISOR | MANAGER, 14),
    Place("attendance", _("Attendance"), "list-checks", OWN_LIST, 15),
    Place("attendance_open", _("Lists left open"), "clock-alert", MANAGER | SUPERVISOR, 27),
    Place("attendance_unit", _("Attendance in the unit"), "table-2", MANAGER | SUPERVISOR, 28),
    Place("vehicles", _("Vehicles"), "truck", SUPERVISOR | MANAGER, 29),
    Place("observe", _("Observe"), "eye", SUPERVISOR, 17),
    Place("new_incident", _("Deviation"), "triangle-alert", SUPERVISOR, 18),
    Place("incidents", _("Deviations"), "flag", SUPERVISOR | MANAGER | OFFICER, 27),
    Place("suspicions", _("Tests that wait"), "timer", WORKER, 28),
    Place("trainings", _("Trainings"), "book-open", MANAGER, 54),
    Place("incident_kinds", _("Kinds of deviations"), "flag", ADMINISTRATOR, 66),
    Place("orders", _("Orders"), "list-checks", SUPERVISOR | MANAGER, 28),
    Place("referrals", _("Referrals"), "inbox", TAKERS, 30),
    Place("needing_place", _("Need a place"), "briefcase-business", TALKERS | MANAGER, 31),
    Place("match_rounds", _("Many to few places"), "split", TALKERS | MANAGER, 33),
    Place("early_trials", _("Early placement"), "timer", MANAGER | EVALUATOR, 53),
    Place("reports_overview", _("Reports"), "send", TAKERS, 32),
    Place("plans", _("Plans"), "list-checks", DECIDERS, 34),
    Place("mappings", _("Mappings"), "layout-dashboard", DECIDERS, 36),
    Place("language_left", _("Language to plan"), "languages", OBSERVERS, 35),
    Place(
        "after_exit",
        _("After the exit"),
        "user-check",
        frozenset({Role.CASE_WORKER, Role.PROTECTION_OFFICER}),
        37,
    ),
    Place("elsewhere", _("At a rare place"), "flag", MANAGER, 38),
    Place("first_year", _("The first year"), "calendar", MEDIATORS, 21),
    Place("protected", _("Protected identities"), "lock", OFFICER, 40),
    Place("fidelity", _("Fidelity"), "milestone", MANAGER, 23),
    Place("fidelity_extract", _("Figures for evaluation"), "table-2", EVALUATOR, 49),
    Place("documentation", _("Documentation"), "check-check", MANAGER | EVALUATOR, 50),
    Place("evaluation", _("Extract"), "table-2", EVALUATOR, 51),
    Place("mediators", _("Job mediators"), "user-check", MANAGER, 33),
    Place("own_reach", _("How I am reached"), "phone", frozenset({Role.JOB_MEDIATOR}), 74),
    Place("sparring", _("Sparring"), "users-round", DECIDERS | TALKERS, 77),
    Place("team_requests", _("Resource team"), "users-round", MANAGER, 52),
    Place("test_times", _("How long tests take"), "timer", MANAGER, 53),
    Place("administration", _("Programme versions"), "route", ADMINISTRATOR, 60),
    Place("units", _("Units"), "building-2", ADMINISTRATOR, 61),
    Place("staff", _("Staff and roles"), "users-round", ADMINISTRATOR, 62),
    Place("schemes", _("Words and agreements"), "languages", ADMINISTRATOR, 63),
    Place("closed_days", _("Closed days"), "calendar", ADMINISTRATOR, 64),
    Place("equal_offers", _("Equal offers"), "users-round", MANAGER, 53),
    Place("left_out_reasons", _("Why areas are left out"), "list-checks", ADMINISTRATOR, 64),
    Place("absence_reasons", _("Reasons for absence"), "list-checks", ADMINISTRATOR, 64),
    Place("plan_aims", _("What a proposal aims at"), "calculator", ADMINISTRATOR, 64),
    Place("retention", _("Deletion by rule"), "hourglass", ADMINISTRATOR, 65),
    Place("reads", _("Read log"), "shield-check", REVIEWER, 70),
    Place("devices", _("Shared devices"), "smartphone", OBSERVERS, 75),
    Place("boards", _("Boards"), "layout-dashboard", WORKERS, 76),
    Place("imports", _("Import"), "file-up", MANAGER, 80),
    Place("protected_rows", _("Protected rows"), "lock", OFFICER, 81),
    Place("workplaces", _("Workplaces"), "building-2", SUPERVISOR | MANAGER, 45),
    Place("companies", _("Companies"), "building-2", WORKERS, 44),
    Place("tasks", _("Tasks"), "list-checks", WORKERS, 46),
    Place("ideas", _("Ideas"), "message-circle", SUPERVISOR, 47),
    Place("symbols", _("Our own pictures"), "eye", SUPERVISOR | MANAGER, 88),
    Place("services", _("What we offer"), "file-text", frozenset(STAFF), 89),
    Place("binders", _("Programmes"), "book-open", frozenset(STAFF), 90),
    Place("methods", _("Method library"), "file-text", frozenset(STAFF), 91),
)

ROAD = Group(
    _("The road"),
    (
        Tab(
            "person",
            _("The road"),
            WORKERS | OFFICER,
            (
                "standing", "screening", "decide", "decision", "correct", "judge",
                "change_version", "leave",
            ),
        ),
        Tab("duties", _("To do on the step"), WORKER, ("exempt", "step_place")),
        Tab("mediator", _("Job mediator"), DECIDERS | TALKERS | OFFICER),
        Tab("elements", _("Core elements"), WORKERS | OFFICER),
    ),
)  # fmt: skip
PLAN = Group(
    _("Plan"),
    (
        Tab(
            "plan",
            _("The plan itself"),
            WORKERS | OFFICER,
            (
                "plan_version", "plan_paper", "plan_compare", "plan_edit", "plan_agree",
                "plan_words", "plan_answer", "plan_answers", "plan_goals", "plan_support",
            ),
        ),
        Tab("plan_measures", _("Measures of others"), WORKER | OFFICER, ("plan_measure",)),
        Tab("plan_choices", _("Offers and choices"), TALKERS),
    ),
)  # fmt: skip
MAPPING = Group(
    _("Mapping"),
    (
        Tab(
            "mapping",
            _("Life areas"),
            WORKER,
            ("close_mapping", "new_entry", "life_entry", "new_words", "change_words", "told"),
        ),
        Tab(
            "papers",
            _("Goal and papers"),
            TALKERS,
            ("job_goal", "paper", "new_credential", "credential"),
        ),
        Tab("background", _("Years before"), WORKER, ("new_note", "change_note")),
        Tab("contact_surfaces", _("Contacts and cooperation"), WORKER),
        Tab("ahead", _("Critique and forward mapping"), WORKER),
        Tab("team", _("Resource team"), DECIDERS),
    ),
)
ABLE = Group(
    _("What the person can do"),
    (
        Tab(
            "abilities",
            _("Said, tried and seen"),
            WORKERS,
            (
                "ability_series", "ability_rate", "order_trial", "trial", "adaptations",
                "new_observation_summary", "observation_summary", "observe_person",
                "planning_document", "planning_paper", "new_mapping_order", "mapping_order",
            ),
        ),
        Tab("tests", _("Tests"), WORKER),
        Tab("person_trainings", _("Trainings"), DECIDERS | SUPERVISOR | OFFICER),
    ),
)  # fmt: skip
WORKING = Group(
    _("Work"),
    (
        Tab(
            "work",
            _("Work"),
            WORKERS,
            ("work_hours", "give_work", "decide_work", "try_task", "train_language", "idea"),
        ),
        Tab("fitting", _("What fits"), WORKERS, ("limits",)),
        Tab("area_offers", _("Areas offered"), WORKERS, ("area_choice",)),
        Tab("schedule", _("Schedule"), PLANNERS, ("person_week",)),
        Tab("person_attendance", _("Attendance"), WORKERS | OFFICER),
        Tab("person_briefings", _("Safety topics"), DECIDERS | SUPERVISOR | OFFICER),
        Tab("apart", _("Not together with"), WORKER),
        Tab(
            "person_incidents",
            _("What went wrong"),
            DECIDERS | SUPERVISOR | OFFICER,
            ("incident",),
        ),
        Tab("first_aid", _("First aid"), SUPERVISOR | OFFICER),
    ),
)
COMPANY = Group(
    _("At a company"),
    (
        Tab(
            "placements",
            _("Out to a company"),
            WORKERS | OFFICER,
            (
                "match_profile",
                "openings_for",
                "opening_fit",
                "plan_visit",
                "visit_seen",
                "match",
                "first_measures",
                "place",
                "placement",
                "drop_out",
                "drop_out_exception",
            ),
        ),
        Tab(
            "agreement",
            _("Agreement"),
            TALKERS | MANAGER | OFFICER,
            ("agreement_edit", "agreement_seen"),
        ),
        Tab("agreement_forms", _("How it goes"), TALKERS | MANAGER | OFFICER),
        Tab(
            "month_hours",
            _("Hours by month"),
            MEDIATORS | MANAGER,
            ("enter_hours", "take_hours", "correct_hours", "self_support", "hand_over"),
        ),
    ),
)
TALKS = Group(
    _("Talks"),
    (
        Tab(
            "talks",
            _("Notes and contacts"),
            TALKERS,
            ("note", "correct_note", "contact", "touch", "guide", "week"),
        ),
        Tab("reviews", _("Step reviews"), WORKERS | OFFICER, ("review",)),
        Tab("job_seeking", _("Job seeking"), TALKERS),
        Tab("support", _("Support"), TALKERS),
        Tab("behaviours", _("Behaviour"), OBSERVERS, ("behaviour",)),
        Tab("voices", _("Messages"), OWN_LIST),
    ),
)
ABOUT = Group(
    _("Reports and details"),
    (
        Tab("reports", _("Reports"), DECIDERS | OFFICER, ("report",)),
        Tab("sharing", _("Sharing"), DECIDERS | OFFICER),
        Tab("about", _("Name and numbers"), WORKER | OFFICER),
        Tab("way_in", _("Own page"), WORKER | OFFICER, ("way_in_sheet",)),
        Tab("assignments", _("Who works with the person"), DECIDERS | OFFICER),
        Tab("person_reads", _("Who has read"), DECIDERS | OFFICER),
        Tab("known_to", _("Who may know"), OFFICER),
    ),
)


def lay_out() -> None:
    WHEN_DONE[:] = [forget_sent]
    PLACES[:] = RAIL
    CHAPTERS[:] = [jobs]
    LIMITS[:] = [limits_of]
    DAY[:] = [new_referrals, own_drafts, from_rooms, goals_left, lists_left, the_day_left]
    WRITTEN.update(
        {
            "follow_up": "week",
            "goal_follow_up": "week",
            "contact": "touch",
            "hours": "enter_hours",
        }
    )
    GROUPS[:] = [ROAD, PLAN, MAPPING, ABLE, WORKING, COMPANY, TALKS, ABOUT]
    QUICK[:] = [
        Quick("note", _("Note"), "pen-line", TALKERS, key="n"),
        Quick("contact", _("Contact"), "phone", TALKERS),
    ]
