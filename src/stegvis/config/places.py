"""Which pages stand in whose rail, in what order."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stegvis.platform.accounts.models import Role
from stegvis.platform.ui.context import PLACES, Place

OWN_LIST = frozenset({Role.CASE_WORKER, Role.JOB_MEDIATOR, Role.WORK_SUPERVISOR})
WORKERS = OWN_LIST | {Role.UNIT_MANAGER}
TAKERS = frozenset({Role.CASE_WORKER, Role.UNIT_MANAGER, Role.PROTECTION_OFFICER})


def lay_out() -> None:
    PLACES[:] = _places()


def _places() -> list[Place]:
    return [
        Place("my_day", _("My day"), "house", OWN_LIST, 10),
        Place("participants", _("Participants"), "users", WORKERS, 20),
        Place("referrals", _("Referrals"), "inbox", TAKERS, 30),
    ]
