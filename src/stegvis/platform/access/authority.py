"""Fetch what the decision needs, decide, and answer as if the hidden did not exist."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Mapping

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.http import Http404

from stegvis.platform.access.decision import (
    TABLE,
    Act,
    Actor,
    Allow,
    FieldClass,
    Subject,
    Tie,
    decide,
)
from stegvis.platform.access.models import BY_UNIT, Kind
from stegvis.platform.tenancy.scope import current


class Hidden(Http404):
    """Answers 404, word for word like what is not there. Carries the reason for the log alone."""

    def __init__(self, person: uuid.UUID, reason: str) -> None:
        super().__init__()
        self.person = person
        self.reason = reason


def subject(tenant: uuid.UUID, person: uuid.UUID) -> Subject:
    """The person's ties and shield; someone without any tie is nobody's to see. One query, once a
    transaction: page and verb ask the same, and the verbs of `relations` forget what was known."""
    scope = current()
    if scope.tenant != tenant:
        return _fetched(tenant, person)
    if person not in scope.known:
        scope.known[person] = _fetched(tenant, person)
    known: Subject = scope.known[person]
    return known


# Asked on every page and by every verb about a person: as text, since putting the same together
# from the models costs the web process four times what asking it does.
_TIES = """
select kind, member_id, unit_id, since, until,
       exists (select from access_shield s where s.person = r.person and s.lifted_on is null)
  from access_relation r where person = %s order by id
"""


def _fetched(tenant: uuid.UUID, person: uuid.UUID) -> Subject:
    with connection.cursor() as cursor:
        cursor.execute(_TIES, [person])
        rows = cursor.fetchall()
    return Subject(
        tenant=tenant,
        ties=tuple(Tie(Kind(kind), *whom) for kind, *whom, _ in rows),
        shielded=any(shielded for *_, shielded in rows),
    )


def authorise(
    actor: Actor, act: Act, person: uuid.UUID, field_class: FieldClass, *, on: dt.date
) -> Allow:
    """Allow, with the tie it rests on. Raises Hidden."""
    verdict = decide(actor, act, subject(actor.tenant, person), field_class, on=on)
    if isinstance(verdict, Allow):
        return verdict
    raise Hidden(person, verdict.reason)


def may(actor: Actor, act: Act, person: uuid.UUID, field_class: FieldClass, *, on: dt.date) -> bool:
    """Whether a link to it is worth showing; the page behind it asks again."""
    return isinstance(decide(actor, act, subject(actor.tenant, person), field_class, on=on), Allow)


def permit(by: Actor | None, act: Act, person: uuid.UUID, field_class: FieldClass) -> None:
    """What every verb asks first. `by` None is a job, which must have been opened as one."""
    scope = current()
    if by is not None:
        authorise(by, act, person, field_class, on=scope.on)
    elif not scope.service:
        raise Hidden(person, "no_actor")


def reached(
    actor: Actor,
    field_class: FieldClass,
    *,
    on: dt.date,
    column: str = "pk",
    act: Act = Act.READ,
) -> Q:
    """The application's wall as a filter: rows whose `column` is a person this actor may read, or
    may write about where one form is about many.

    The same TABLE as `decide`, so that a list and its pages cannot disagree. As text for the same
    reason as the ties: My day asks it of fourteen tables at once.
    """
    ties, values = _ties(actor, field_class, act)
    if not ties:
        return Q(**{f"{column}__in": []})
    asked = {"on": on, "me": actor.member, **values}
    text = _REACHED.format(ties=" or ".join(ties))
    return Q(**{f"{column}__in": RawSQL(*_in_order(text, asked))})  # noqa: S611 no visitor's words


_HELD = "since <= %(on)s and (until is null or until > %(on)s)"
_REACHED = f"""
select person from access_relation where {_HELD} and ({{ties}})
   and person not in (select person from access_relation
                       where {_HELD} and member_id = %(me)s and kind = 'barred')
   and (person in (select person from access_relation
                    where {_HELD} and member_id = %(me)s and kind in ('named', 'self'))
     or person not in (select person from access_shield where lifted_on is null))"""  # noqa: S608


def _ties(
    actor: Actor, field_class: FieldClass, act: Act
) -> tuple[list[str], dict[str, uuid.UUID | str]]:
    """Which ties open this class to the actor, and what is named in them."""
    ties: dict[str, None] = {}
    values: dict[str, uuid.UUID | str] = {}
    for n, holding in enumerate(actor.holdings):
        for kind, classes in TABLE.get(holding.role, {}).items():
            if act not in classes.get(field_class, ()):
                continue
            tie = f"kind = '{kind.value}'"  # a word of the code's own
            if kind not in BY_UNIT:
                tie += " and member_id = %(me)s"
            elif holding.unit is not None:
                tie += f" and unit_id = %(unit{n})s"
                values[f"unit{n}"] = holding.unit
            ties[f"({tie})"] = None
    return list(ties), values


def _in_order(text: str, values: Mapping[str, object]) -> tuple[str, list[object]]:
    """The ORM counts its values where they stand and gives them no names."""
    names = re.findall(r"%\((\w+)\)s", text)
    return re.sub(r"%\(\w+\)s", "%s", text), [values[name] for name in names]
