"""Writing down the years before, and letting go of what has been kept long enough."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from stegvis.journey.background.facts import expired, inventory_state, rule_of, waivers_for
from stegvis.journey.background.models import (
    AgencyHandler,
    AgencyPeriod,
    Asset,
    ContactSurface,
    CooperationInvite,
    CoordinationMeeting,
    Critique,
    EarlierIntervention,
    Inventory,
    Note,
    OutsideAnalysis,
    RetentionRule,
    TeamRequest,
    TestOrder,
    TestOutcome,
)
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.standing.actions import tell, untell
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.models import Sort
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current

# What the journal calls a row of each kind: whose it is and that it was written is enough there.
TOLD: Mapping[type[Note], str] = {
    AgencyPeriod: "agency_period",
    EarlierIntervention: "earlier_intervention",
    AgencyHandler: "agency_handler",
    ContactSurface: "contact_surface",
    CoordinationMeeting: "coordination_meeting",
    Critique: "critique",
    Asset: "asset",
    OutsideAnalysis: "outside_analysis",
}
# What the core hears of it, as the programme's model calls it: codes only.
EVENTS: Mapping[type[Note], str] = {
    CoordinationMeeting: "coordination_meeting",
    Critique: "background_analysis",
    Asset: "forward_mapping",
    OutsideAnalysis: "outside_analysis",
}


def write_down[N: Note](
    kind: type[N],
    person: uuid.UUID,
    values: Mapping[str, Any],
    *,
    by: Actor | None,
    enrolment: Enrolment | None = None,
    submission: uuid.UUID | None = None,
) -> N:
    """A new note of a kind in TOLD. Those of EVENTS belong to an enrolment."""
    permit(by, Act.WRITE, person, FieldClass.SENSITIVE)
    road = {"enrolment": enrolment} if kind in EVENTS else {}
    row = kind(
        tenant_id=current().tenant,
        person_id=person,
        by_id=by.member if by else None,
        submission=submission or uuid7(),
        **road,
        **values,
    )
    row.save(force_insert=True)
    _tell(row, enrolment)
    wrote(f"{TOLD[kind]}_written", [person], row=str(row.pk))
    return row


def change(row: Note, values: Mapping[str, Any], *, by: Actor | None) -> None:
    """Correct a note; what it said before is kept. Raises StaleRow."""
    permit(by, Act.WRITE, row.person_id, FieldClass.SENSITIVE)
    for name, value in values.items():
        setattr(row, name, value)
    row.save_if_unchanged(*values)
    _tell(row, getattr(row, "enrolment", None))
    wrote(f"{TOLD[type(row)]}_changed", [row.person_id], row=str(row.pk))


def strike(row: Note, *, by: Actor | None) -> None:
    """It was a mistake: it stays to be read in the log of changes and counts no more."""
    permit(by, Act.WRITE, row.person_id, FieldClass.SENSITIVE)
    row.struck = True
    row.save_if_unchanged("struck")
    untell(row.pk)
    wrote(f"{TOLD[type(row)]}_struck", [row.person_id], row=str(row.pk))


def _tell(row: Note, enrolment: Enrolment | None) -> None:
    what = EVENTS.get(type(row))
    if what and enrolment:
        tell(enrolment, "event", source=row.pk, on=row.on, what=what)  # type: ignore[attr-defined]


def invite(
    contact: ContactSurface,
    enrolment: Enrolment,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> CooperationInvite:
    """Ask a contact to work together with us, on a waiver that is in force now (JI-08)."""
    permit(by, Act.WRITE, contact.person_id, FieldClass.SENSITIVE)
    waiver = waivers_for([contact], at=timezone.now()).get(contact.pk)
    if waiver is None:
        raise NotNow("waiver_missing")
    if contact.cooperates == "asked":
        raise NotNow("already_answered")
    row = CooperationInvite(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=contact.person_id,
        contact=contact,
        waiver=waiver,
        invited_on=current().on,
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    _cooperates(contact, "asked")
    tell(enrolment, "event", source=row.pk, on=row.invited_on, what="cooperation_invited")
    wrote("cooperation_invited", [contact.person_id], row=str(row.pk), waiver=str(waiver.pk))
    return row


def invited_answered(invited: CooperationInvite, result: str, *, by: Actor | None) -> None:
    """They come, or they do not."""
    permit(by, Act.WRITE, invited.person_id, FieldClass.SENSITIVE)
    if invited.result:
        raise NotNow("already_answered")
    invited.result, invited.answered_on = result, current().on
    invited.save_if_unchanged("result", "answered_on")
    _cooperates(invited.contact, result)
    wrote("cooperation_answered", [invited.person_id], row=str(invited.pk), result=result)


def _cooperates(contact: ContactSurface, state: str) -> None:
    contact.cooperates = state
    contact.save_if_unchanged("cooperates")


def turned_into(item: Critique, goal: uuid.UUID, *, by: Actor | None) -> None:
    """A goal of the plan has taken an item of the critique up (JI-11)."""
    permit(by, Act.WRITE, item.person_id, FieldClass.PLAN)
    item.goal = goal
    item.save_if_unchanged("goal")
    wrote("critique_turned", [item.person_id], row=str(item.pk), goal=str(goal))


def close_part(
    enrolment: Enrolment, part: str, *, by: Actor | None, submission: uuid.UUID | None = None
) -> Inventory:
    """A part of the inventory is done, as far as the two of them know. The programme's criteria
    hear of it as of a document."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.SENSITIVE)
    state = inventory_state(enrolment)
    if part not in state.parts:
        raise NotNow("not_part_of_it")
    if part in state.done:
        raise NotNow("already_answered")
    row = _inventory(enrolment, by, part=part, done=True, submission=submission or uuid7())
    tell(enrolment, "document", source=row.pk, on=row.on, document=part, state="done")
    wrote("inventory_done", [enrolment.person_id], part=part)
    return row


def go_on_without(enrolment: Enrolment, why: str, *, by: Actor | None) -> Inventory:
    """A plan is made before the inventory is done; the reason is kept beside it (JI-05)."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    if not why.strip():
        raise NotNow("reason_missing")
    row = _inventory(enrolment, by, part="", done=False, why=why.strip())
    wrote("inventory_set_aside", [enrolment.person_id], row=str(row.pk))
    return row


def _inventory(enrolment: Enrolment, by: Actor | None, **said: Any) -> Inventory:
    row = Inventory(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        on=current().on,
        by_id=by.member if by else None,
        **said,
    )
    row.save(force_insert=True)
    return row


# Tests


@dataclass(frozen=True, slots=True)
class NewTest:
    """`own_consent`: the person has agreed to this very drug test, apart from everything else."""

    kind: str
    why: str
    provider: str
    consent: str
    consent_on: dt.date
    ordered_on: dt.date
    cost: Decimal | None = None
    own_consent: bool = False


def order_test(
    enrolment: Enrolment,
    new: NewTest,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> TestOrder:
    """A drug test asks for an agreement of its own in writing, and goes by itself (JI-22)."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.SENSITIVE)
    if new.consent_on > new.ordered_on:
        raise NotNow("consent_missing")
    drug = new.kind == "drug"
    if drug and not (new.own_consent and new.consent == "written"):
        raise NotNow("drug_consent_missing")
    row = TestOrder(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        by_id=by.member if by else None,
        kind=new.kind,
        why=new.why,
        provider=new.provider,
        consent=new.consent,
        consent_on=new.consent_on,
        ordered_on=new.ordered_on,
        cost=new.cost,
        delete_on=rule_of("drug_test").goes_on(new.ordered_on) if drug else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    wrote("test_ordered", [row.person_id], row=str(row.pk))
    return row


def result_came(
    order: TestOrder,
    summary: str,
    *,
    by: Actor | None,
    on: dt.date,
    submission: uuid.UUID | None = None,
) -> TestOutcome:
    """The provider's summary has come. A drug test's days are counted anew from it."""
    permit(by, Act.WRITE, order.person_id, FieldClass.SENSITIVE)
    if on < order.ordered_on:
        raise NotNow("before_the_order")
    if TestOutcome.objects.filter(order=order).exists():
        raise NotNow("already_answered")
    if order.delete_on:
        order.delete_on = rule_of("drug_test").goes_on(on)
        order.save_if_unchanged("delete_on")
    row = TestOutcome(
        tenant_id=order.tenant_id,
        order=order,
        person_id=order.person_id,
        came_on=on,
        summary=summary,
        by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    wrote("test_came", [row.person_id], row=str(order.pk))
    return row


def strike_test(order: TestOrder, *, by: Actor | None) -> None:
    """The order was a mistake."""
    permit(by, Act.WRITE, order.person_id, FieldClass.SENSITIVE)
    order.struck = True
    order.save_if_unchanged("struck")
    wrote("test_struck", [order.person_id], row=str(order.pk))


def keep_for(data_class: str, days: int) -> None:
    """How long the municipality keeps a class of data. What is there already keeps the day it was
    given: a longer rule prolongs nothing. Raises NotNow."""
    try:
        rule_of(data_class).chosen(days)
    except ValueError as fault:
        raise NotNow("too_long_kept") from fault
    RetentionRule.objects.update_or_create(
        tenant_id=current().tenant, data_class=data_class, defaults={"days": days}
    )
    wrote("retention_set", data_class=data_class, days=days)


def forget_expired() -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Delete the tests whose day has come, with every earlier state of theirs; test and person.
    For a job alone. The journal keeps that it was done, and of what kind says nothing."""
    permit(None, Act.WRITE, current().tenant, FieldClass.SENSITIVE)
    due = [row.pk for row in expired(current().on)]
    with connection.cursor() as cursor:
        cursor.execute("select test, about from background_forget(%s)", [due])
        gone = list(cursor.fetchall())
    if gone:
        persons: Iterable[uuid.UUID] = dict.fromkeys(person for _, person in gone)
        keys = [str(test) for test, _ in gone]
        wrote("deleted_by_rule", persons, sort=Sort.BATCH, rule="short_kept", rows=keys)
    return gone


# The resource team


def ask_team(
    enrolment: Enrolment,
    role: str,
    what: str,
    *,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> TeamRequest:
    """Somebody of the resource team is asked for (KN-123)."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    row = TeamRequest(
        tenant_id=enrolment.tenant_id,
        enrolment=enrolment,
        person_id=enrolment.person_id,
        role=role,
        what=what,
        asked_on=current().on,
        asked_by_id=by.member if by else None,
        submission=submission or uuid7(),
    )
    row.save(force_insert=True)
    tell(enrolment, "event", source=row.pk, on=row.asked_on, what="resource_team", about=role)
    wrote("team_asked", [row.person_id], role=role)
    return row


def answer_team(request: TeamRequest, state: str, answer: str, *, by: Actor | None) -> None:
    """Granted, or declined with a reason."""
    permit(by, Act.WRITE, request.person_id, FieldClass.PLAN)
    if request.state != "asked":
        raise NotNow("already_answered")
    request.state, request.answer = state, answer.strip()
    request.answered_on = current().on
    request.answered_by_id = by.member if by else None
    request.save_if_unchanged("state", "answer", "answered_on", "answered_by")
    wrote("team_answered", [request.person_id], state=state)
