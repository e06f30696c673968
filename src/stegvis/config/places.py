"""Which pages stand in whose rail, in what order."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stegvis.platform.access.pages import STAFF
from stegvis.platform.accounts.models import Role
from stegvis.platform.drafts.keeping import forget_sent
from stegvis.platform.journal.answers import WHEN_DONE
from stegvis.platform.ui.context import PLACES, QUICK, TABS, Place, Quick, Tab
from stegvis.platform.ui.day import DAY, WRITTEN
from stegvis.portals.caseworker.day import new_referrals, own_drafts
from stegvis.portals.caseworker.waiting import from_rooms, goals_left

OWN_LIST = frozenset({Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.WORK_SUPERVISOR})
WORKERS = OWN_LIST | {Role.UNIT_MANAGER}
TAKERS = frozenset({Role.CASE_WORKER, Role.UNIT_MANAGER, Role.PROTECTION_OFFICER})

TALKERS = frozenset({Role.CASE_WORKER, Role.JOB_MEDIATOR})
OFFICER = frozenset({Role.PROTECTION_OFFICER})
DECIDERS = frozenset({Role.CASE_WORKER, Role.UNIT_MANAGER})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
MANAGER = frozenset({Role.UNIT_MANAGER})


def lay_out() -> None:
    WHEN_DONE[:] = [forget_sent]
    PLACES[:] = _places()
    DAY[:] = [new_referrals, own_drafts, from_rooms, goals_left]
    WRITTEN.update({"follow_up": "week", "goal_follow_up": "week", "contact": "contact"})
    TABS[:] = [
        Tab("person", _("The road"), WORKERS | OFFICER),
        Tab("plan", _("Plan"), WORKERS | OFFICER),
        Tab("voices", _("Messages"), OWN_LIST),
        Tab("way_in", _("Own page"), frozenset({Role.CASE_WORKER}) | OFFICER),
        Tab("duties", _("To do on the step"), frozenset({Role.CASE_WORKER})),
        Tab("background", _("Years before"), frozenset({Role.CASE_WORKER})),
        Tab("abilities", _("What the person can do"), WORKERS),
        Tab("about", _("About"), frozenset({Role.CASE_WORKER}) | OFFICER),
        Tab("mapping", _("Mapping"), frozenset({Role.CASE_WORKER})),
        Tab("papers", _("Goal and papers"), frozenset({Role.CASE_WORKER, Role.JOB_MEDIATOR})),
        Tab("talks", _("Talks"), TALKERS),
        Tab("reviews", _("Step reviews"), WORKERS | OFFICER),
        Tab("behaviours", _("Behaviour"), frozenset({Role.CASE_WORKER, Role.WORK_SUPERVISOR})),
        Tab("assignments", _("Who works with the person"), DECIDERS | OFFICER),
        Tab("reports", _("Reports"), DECIDERS | OFFICER),
        Tab("sharing", _("Sharing"), DECIDERS | OFFICER),
        Tab("person_reads", _("Who has read"), DECIDERS | OFFICER),
        Tab("known_to", _("Who may know"), OFFICER),
    ]
    QUICK[:] = [
        Quick("note", _("Note"), "pen-line", TALKERS, key="n"),
        Quick("contact", _("Contact"), "phone", TALKERS),
    ]


def _places() -> list[Place]:
    return [
        Place("my_day", _("My day"), "house", OWN_LIST, 10),
        Place("participants", _("Participants"), "users", WORKERS, 20),
        Place("plans", _("Plans"), "list-checks", DECIDERS, 25),
        Place("overdue", _("Who waits"), "clock-alert", frozenset({Role.UNIT_MANAGER}), 25),
        Place("referrals", _("Referrals"), "inbox", TAKERS, 30),
        Place("reports_overview", _("Reports"), "send", TAKERS, 35),
        Place(
            "documentation",
            _("Documentation"),
            "list-checks",
            frozenset({Role.UNIT_MANAGER, Role.EVALUATOR}),
            50,
        ),
        Place("evaluation", _("Extract"), "table-2", frozenset({Role.EVALUATOR}), 51),
        Place("observe", _("Observe"), "eye", frozenset({Role.WORK_SUPERVISOR}), 25),
        Place("elsewhere", _("At a rare place"), "flag", frozenset({Role.UNIT_MANAGER}), 35),
        Place(
            "mappings",
            _("Mappings"),
            "list-checks",
            frozenset({Role.CASE_WORKER, Role.UNIT_MANAGER}),
            35,
        ),
        Place("methods", _("Method library"), "file-text", frozenset(STAFF), 91),
        Place(
            "unit_follow_ups",
            _("Follow-ups"),
            "route",
            frozenset({Role.UNIT_MANAGER}),
            36,
        ),
        Place("team_requests", _("Resource team"), "users-round", MANAGER, 52),
        Place("test_times", _("How long tests take"), "timer", MANAGER, 53),
        Place("imports", _("Import"), "file-up", frozenset({Role.UNIT_MANAGER}), 80),
        Place(
            "protected_rows",
            _("Protected rows"),
            "lock",
            frozenset({Role.PROTECTION_OFFICER}),
            81,
        ),
        Place("protected", _("Protected identities"), "lock", OFFICER, 40),
        Place("administration", _("Programme versions"), "route", ADMINISTRATOR, 60),
        Place("units", _("Units"), "building-2", ADMINISTRATOR, 61),
        Place("closed_days", _("Closed days"), "calendar", ADMINISTRATOR, 64),
        Place("staff", _("Staff and roles"), "users-round", ADMINISTRATOR, 62),
        Place("retention", _("Deletion by rule"), "hourglass", ADMINISTRATOR, 64),
        Place("schemes", _("Words and agreements"), "languages", ADMINISTRATOR, 63),
        Place("reads", _("Read log"), "shield-check", frozenset({Role.LOG_REVIEWER}), 70),
        Place(
            "devices",
            _("Shared devices"),
            "smartphone",
            frozenset({Role.WORK_SUPERVISOR, Role.CASE_WORKER}),
            75,
        ),
        Place("binders", _("Programmes"), "book-open", frozenset(STAFF), 90),
    ]
