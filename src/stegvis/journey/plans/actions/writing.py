"""Writing a draft. What another hand has saved meanwhile is put together with what was typed; where
both changed the same field, nothing is written and both are shown."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stegvis.core.progression.plans import (
    ACTION,
    GOAL,
    HEAD,
    dates_required,
    undated,
    units,
)
from stegvis.core.values.merging import WHOLE, Clash, Document, Merged, Unit, merge
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.plans import facts
from stegvis.journey.plans.facts import YES
from stegvis.journey.plans.models import Goal, InVersion, Plan, PlanActivity, PlanVersion, Saving
from stegvis.journey.programmes.facts import programmes
from stegvis.platform.access.authority import permit
from stegvis.platform.access.decision import Act, Actor, FieldClass
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7

KEYS = ("under", "source_key", "behaviour", "goal")
TICKS = ("no_barriers", "own_wish")


@dataclass(frozen=True, slots=True)
class Seen:
    """What lay before whoever wrote: a version's number and its saving. 0: no draft yet."""

    number: int = 0
    revision: int = 0


class Clashing(Exception):
    """Another hand has changed the same field. `merged` holds both; `theirs` is what is saved
    now, as `seen`."""

    def __init__(self, merged: Merged, theirs: Document, seen: Seen) -> None:
        super().__init__(len(merged.clashes))
        self.merged = merged
        self.theirs = theirs
        self.seen = seen


def locked(enrolment: Enrolment) -> Plan:
    """The plan of the enrolment, held until this is written. Made if there is none."""
    if enrolment.until is not None:
        raise NotNow("enrolment_ended")
    rows = Plan.objects.select_for_update().filter(enrolment=enrolment)
    found = rows.first()
    if found is not None:
        return found
    made = Plan(tenant_id=enrolment.tenant_id, enrolment=enrolment, person_id=enrolment.person_id)
    # Two who begin at once: the second finds the first's row.
    Plan.objects.bulk_create([made], ignore_conflicts=True)
    return rows.get()


def save(
    enrolment: Enrolment,
    mine: Document,
    *,
    seen: Seen,
    by: Actor | None,
    submission: uuid.UUID | None = None,
) -> PlanVersion:
    """Save the draft; the first saving after an agreed version begins the next one. Raises NotNow,
    Clashing, Hidden."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    plan = locked(enrolment)
    draft = _draft(plan, enrolment, by, submission)
    theirs = facts.document_of(draft)
    if seen == Seen(draft.number, draft.revision) or (seen == Seen() and draft.revision == 1):
        return _written(draft, mine, theirs, by)
    merged = _whole(merge(_base(plan, draft, seen), mine, theirs), mine, theirs)
    if merged.clashes:
        raise Clashing(merged, theirs, Seen(draft.number, draft.revision))
    return _written(draft, merged.document, theirs, by)


def _base(plan: Plan, draft: PlanVersion, seen: Seen) -> Document:
    """The saving that whoever wrote had before them."""
    if seen.number in (0, draft.number):
        return facts.saved(draft, max(seen.revision, 1))
    earlier = PlanVersion.versions.filter(plan=plan, number=seen.number).first()
    return facts.saved(earlier, seen.revision) if earlier else facts.EMPTY


def _whole(merged: Merged, mine: Document, theirs: Document) -> Merged:
    """A sub-goal that lost the goal above it: that goal is kept until somebody has looked."""
    document, clashes = dict(merged.document), list(merged.clashes)
    for unit in list(document.values()):
        above = f"{GOAL}{unit.get('under', '')}"
        kept = theirs.get(above) or mine.get(above)
        if unit.get("under") and above not in document and kept:
            document[above] = kept
            sides = (side.get(above, {}).get("text", "") for side in (mine, theirs))
            clashes.append(Clash(above, WHOLE, *sides))
    return Merged(document, tuple(clashes))


def _draft(
    plan: Plan, enrolment: Enrolment, by: Actor | None, submission: uuid.UUID | None
) -> PlanVersion:
    """The draft there is, or a copy of the version that applies. Revision 1 is the copy."""
    last = PlanVersion.versions.filter(plan=plan).order_by("-number").first()
    if last is not None and last.state == PlanVersion.State.DRAFT:
        return last
    copied = facts.document_of(last) if last else facts.EMPTY
    copied = {**copied, HEAD: {**copied[HEAD], "change_note": ""}}
    draft = PlanVersion(
        tenant_id=plan.tenant_id,
        plan=plan,
        enrolment=enrolment,
        person_id=plan.person_id,
        number=last.number + 1 if last else 1,
        begun_by_id=by.member if by else None,
        submission=submission or uuid7(),
        **_values(copied[HEAD]),
    )
    draft.save(force_insert=True)
    _write_lines(draft, copied)
    _keep(draft, copied, by)
    wrote("plan_begun", [draft.person_id], version=str(draft.pk), number=draft.number)
    return draft


def _written(
    draft: PlanVersion, document: Document, before: Document, by: Actor | None
) -> PlanVersion:
    _check(draft, document)
    if document == before:
        return draft  # the same text again: nothing to keep twice
    for name, value in _values(document[HEAD]).items():
        setattr(draft, name, value)
    draft.revision += 1
    draft.save_if_unchanged(*facts.HEAD_FIELDS, "revision")
    _write_lines(draft, document)
    _keep(draft, document, by)
    wrote("plan_saved", [draft.person_id], version=str(draft.pk), revision=draft.revision)
    return draft


def _check(draft: PlanVersion, document: Document) -> None:
    head, above = document[HEAD], units(document, GOAL)
    if head.get("aim") == PlanVersion.Aim.OTHER and not head.get("aim_text"):
        raise NotNow("aim_text_missing")
    if any(unit.get("under") and unit["under"] not in above for unit in above.values()):
        raise NotNow("no_such_goal")
    for unit in units(document, ACTION).values():
        if unit.get("topic") and not unit.get("own_wish"):
            raise NotNow("topic_not_wished")
        if unit.get("owner") == PlanActivity.Owner.OTHER and not unit.get("owner_name"):
            raise NotNow("owner_missing")
    version = draft.enrolment.programme_id
    if dates_required(programmes({version})[version]) and undated(document):
        raise NotNow("date_missing")


def _keep(draft: PlanVersion, document: Document, by: Actor | None) -> None:
    Saving.objects.bulk_create(
        [
            Saving(
                tenant_id=draft.tenant_id,
                of=draft,
                person_id=draft.person_id,
                revision=draft.revision,
                document=document,
                by_id=by.member if by else None,
            )
        ]
    )


def _write_lines(draft: PlanVersion, document: Document) -> None:
    _write_rows(Goal, draft, units(document, GOAL))
    _write_rows(PlanActivity, draft, units(document, ACTION))


def _write_rows(model: type[InVersion], draft: PlanVersion, lines: Mapping[str, Unit]) -> None:
    """The rows of a draft as the document has them; one that is not in it is left out."""
    rows: Any = model._default_manager
    there: dict[str, Any] = {str(row.thread): row for row in rows.filter(of=draft)}
    made: list[InVersion] = []
    kept: list[InVersion] = []
    for position, (thread, unit) in enumerate(lines.items()):
        values = {**_values(unit), "position": position, "left_out": False}
        row = there.pop(thread, None)
        if row is None:
            made.append(_line(model, draft, thread, values))
            continue
        for name, value in values.items():
            setattr(row, name, value)
        kept.append(row)
    for row in there.values():
        row.left_out = True
        kept.append(row)
    names = [*(next(iter(lines.values()), {}).keys()), "position", "left_out"]
    rows.bulk_create(made)
    if kept:
        rows.bulk_update(kept, list(dict.fromkeys(names)))


def _line(
    model: type[InVersion], draft: PlanVersion, thread: str, values: dict[str, Any]
) -> InVersion:
    return model(
        tenant_id=draft.tenant_id,
        of=draft,
        enrolment_id=draft.enrolment_id,
        person_id=draft.person_id,
        thread=uuid.UUID(thread),
        **values,
    )


def _values(unit: Unit) -> dict[str, Any]:
    """A unit's text as a row's columns hold it."""
    return {name: _value(name, text) for name, text in unit.items()}


def _value(name: str, text: str) -> Any:
    if name in TICKS:
        return text == YES
    if name == "due":
        return dt.date.fromisoformat(text) if text else None
    if name in KEYS:
        return uuid.UUID(text) if text else None
    return text


@dataclass(frozen=True, slots=True)
class NewGoal:
    """A goal on its way into the draft. `under`: the thread of the goal above."""

    text: str
    due: dt.date | None = None
    kind: str = Goal.Kind.MAIN
    under: uuid.UUID | None = None
    done_when: str = ""
    behaviour: uuid.UUID | None = None


def add_goal(
    enrolment: Enrolment,
    new: NewGoal,
    *,
    by: Actor | None,
    source: str = Goal.Source.TALK,
    source_key: uuid.UUID | None = None,
) -> Goal:
    """Put a goal into the draft, which is begun if there is none (JI-18). From the same answer
    twice it is one goal. Raises NotNow, Hidden."""
    permit(by, Act.WRITE, enrolment.person_id, FieldClass.PLAN)
    draft = _draft(locked(enrolment), enrolment, by, None)
    if source_key is not None:
        same = Goal.objects.filter(of=draft, source_key=source_key, left_out=False).first()
        if same is not None:
            return same
    thread = uuid7()
    before = facts.document_of(draft)
    unit = {
        "under": facts.plain(new.under),
        "kind": Goal.Kind.SUB if new.under and new.kind == Goal.Kind.MAIN else new.kind,
        "text": new.text.strip(),
        "done_when": new.done_when,
        "due": facts.plain(new.due),
        "source": source,
        "source_key": facts.plain(source_key),
        "behaviour": facts.plain(new.behaviour),
    }
    _written(draft, {**before, f"{GOAL}{thread}": unit}, before, by)
    found: Goal = Goal.objects.get(of=draft, thread=thread)
    return found
