"""Which pages stand in whose rail, in what order."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stegvis.platform.access.pages import STAFF
from stegvis.platform.accounts.models import Role
from stegvis.platform.drafts.keeping import forget_sent
from stegvis.platform.journal.answers import WHEN_DONE
from stegvis.platform.ui.context import PLACES, QUICK, TABS, Place, Quick, Tab

OWN_LIST = frozenset({Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.WORK_SUPERVISOR})
WORKERS = OWN_LIST | {Role.UNIT_MANAGER}
TAKERS = frozenset({Role.CASE_WORKER, Role.UNIT_MANAGER, Role.PROTECTION_OFFICER})

TALKERS = frozenset({Role.CASE_WORKER, Role.JOB_MEDIATOR})
OFFICER = frozenset({Role.PROTECTION_OFFICER})
DECIDERS = frozenset({Role.CASE_WORKER, Role.UNIT_MANAGER})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})


def lay_out() -> None:
    WHEN_DONE[:] = [forget_sent]
    PLACES[:] = _places()
    TABS[:] = [
        Tab("person", _("The road"), WORKERS | OFFICER),
        Tab("abilities", _("What the person can do"), WORKERS),
        Tab("about", _("About"), frozenset({Role.CASE_WORKER}) | OFFICER),
        Tab("mapping", _("Mapping"), frozenset({Role.CASE_WORKER})),
        Tab("papers", _("Goal and papers"), frozenset({Role.CASE_WORKER, Role.JOB_MEDIATOR})),
        Tab("talks", _("Talks"), TALKERS),
        Tab("reviews", _("Step reviews"), WORKERS | OFFICER),
        Tab("behaviours", _("Behaviour"), frozenset({Role.CASE_WORKER, Role.WORK_SUPERVISOR})),
        Tab("assignments", _("Who works with the person"), DECIDERS | OFFICER),
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
        Place("referrals", _("Referrals"), "inbox", TAKERS, 30),
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
        Place("staff", _("Staff and roles"), "users-round", ADMINISTRATOR, 62),
        Place("schemes", _("Words and agreements"), "languages", ADMINISTRATOR, 63),
        Place("reads", _("Read log"), "shield-check", frozenset({Role.LOG_REVIEWER}), 70),
        Place("binders", _("Programmes"), "book-open", frozenset(STAFF), 90),
    ]
