"""What every page says of itself before it is served: who it is for and what it shows.

A view without such a policy answers 403 and fails the tests: nothing is open by being forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from stegvis.platform.access.decision import Act, FieldClass, Purpose
from stegvis.platform.accounts.models import Role

type View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Policy:
    """`roles` may open the page; `person` names the url part that holds whose record it is, which
    is then authorised before the view runs. A page about no person names none."""

    roles: frozenset[Role]
    shows: FieldClass | None
    purpose: Purpose
    person: str = ""
    writes: bool = False
    repeats: bool = False
    """A POST that may come again and again and keeps no answer; it says nothing in the journal."""
    open_to_all: bool = False
    """Before sign-in: the sign-in pages themselves, health, static files. Listed by a test."""


def page(
    *roles: Role,
    shows: FieldClass | None = None,
    purpose: Purpose = Purpose.CASE_WORK,
    person: str = "",
    writes: bool = False,
    repeats: bool = False,
) -> Callable[[View], View]:
    """Declare a view. `writes`: a POST changes the person's record, so writing must be allowed."""
    if person and shows is None:
        raise ValueError("a page about a person says which field class it shows")

    def declare(view: View) -> View:
        view.policy = Policy(  # type: ignore[attr-defined]
            roles=frozenset(roles),
            shows=shows,
            purpose=purpose,
            person=person,
            writes=writes,
            repeats=repeats,
        )
        return view

    return declare


def everyone(view: View) -> View:
    """A page before sign-in."""
    view.policy = Policy(  # type: ignore[attr-defined]
        roles=frozenset(), shows=None, purpose=Purpose.OWN, open_to_all=True
    )
    return view


STAFF = (
    Role.CASE_WORKER,
    Role.WORK_SUPERVISOR,
    Role.JOB_MEDIATOR,
    Role.UNIT_MANAGER,
    Role.ADMINISTRATOR,
    Role.LOG_REVIEWER,
    Role.PROTECTION_OFFICER,
    Role.EVALUATOR,
)

__all__ = ["STAFF", "Act", "Policy", "View", "everyone", "page"]
