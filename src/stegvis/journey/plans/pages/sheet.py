"""One version of the plan as it is read and printed, and what stands beside it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db.models import CharField, F, Value
from django.utils.translation import gettext as _

from stegvis.core.progression.plans import (
    ACTION,
    GOAL,
    HEAD,
    forgotten,
    lacking,
    review_days,
    units,
)
from stegvis.core.values.differences import How, changes
from stegvis.core.values.merging import Document, Unit
from stegvis.core.values.periods import Period
from stegvis.journey.plans import facts
from stegvis.journey.plans.models import (
    Acknowledgement,
    ActivityMark,
    GoalReview,
    ParallelMeasure,
    PlanVersion,
    Saying,
)
from stegvis.journey.plans.pages import changed
from stegvis.journey.plans.pages.found import names
from stegvis.journey.plans.words import (
    AIMS,
    HOWS,
    KINDS,
    LACKING,
    MARKS,
    MEASURE_STATES,
    MEASURE_TAGS,
    STATUS_TAGS,
    STATUSES,
    THERE,
    TOPICS,
)
from stegvis.journey.programmes.facts import programmes
from stegvis.platform.access.authority import subject
from stegvis.platform.access.decision import Act, Allow, FieldClass, decide
from stegvis.platform.journal.visit import Visit
from stegvis.platform.ui.dates import short_day

AGREED, DRAFT = PlanVersion.State.AGREED, PlanVersion.State.DRAFT


class Sheet:
    """What is known of an enrolment's plan, and one version of it to read. Six queries."""

    def __init__(self, row: Any, visit: Visit, *, number: int | None = None) -> None:
        self.row, self.visit, self.on = row, visit, visit.scope.on
        self.names = names(row)
        rows = facts.with_documents(PlanVersion.versions.filter(enrolment=row))
        self.versions: list[Any] = list(rows.order_by("number"))
        wanted = [one for one in self.versions if number in (None, one.number)]
        self.version: Any = wanted[-1] if wanted else None
        self.reads = self._reads()
        self.followed = self._followed()

    def _reads(self) -> dict[FieldClass, bool]:
        """What the visitor may read beside the plan's own text."""
        about = subject(self.visit.actor.tenant, self.row.person_id)
        return {
            one: isinstance(decide(self.visit.actor, Act.READ, about, one, on=self.on), Allow)
            for one in (FieldClass.VOICE, FieldClass.SENSITIVE)
        }

    def _followed(self) -> dict[uuid.UUID, list[tuple[str, dt.date, str]]]:
        """How each goal and each thing to do has gone, by thread, oldest first."""
        looked = GoalReview.objects.filter(enrolment=self.row).order_by()
        marked = ActivityMark.objects.filter(enrolment=self.row).order_by()
        columns = ("thread", "how", "on", "created_at", "said")
        one = looked.annotate(how=F("status"), said=F("comment")).values_list(*columns)
        empty = Value("", output_field=CharField())
        other = marked.annotate(how=F("state"), said=empty).values_list(*columns)
        rows = one.union(other, all=True).order_by("on", "created_at")
        found: dict[uuid.UUID, list[tuple[str, dt.date, str]]] = {}
        for thread, how, on, _at, said in rows:
            found.setdefault(thread, []).append((how, on, said))
        return found

    # The version and the one before it

    @property
    def document(self) -> Document:
        return (self.version.text if self.version else None) or facts.EMPTY

    def agreed_before(self) -> Any:
        """The version that applied before this one."""
        rows = [
            one
            for one in self.versions
            if one.state == AGREED and self.version and one.number < self.version.number
        ]
        return rows[-1] if rows else None

    def applies(self) -> Any:
        rows = [one for one in self.versions if one.state == AGREED]
        return rows[-1] if rows else None

    def context(self) -> dict[str, Any]:
        head, before = self.document[HEAD], self.agreed_before()
        marks, agreed_by = self._marks(before), self.acknowledged()
        return {
            "today": self.on,
            "version": self.version,
            "head": head,
            "aim": head["aim_text"] or str(AIMS.get(head["aim"], "")),
            "lede": self._lede(),
            "goals": self._goals(marks),
            "common": self._common(marks),
            "counts": self._counts(),
            "sayings": self._sayings(),
            "measures": self._measures(),
            "changed": changed.lines(before.text, self.document, self.names) if before else [],
            "before": before,
            "versions": self._versions(),
            "checks": self._checks(),
            "agreed_by": agreed_by,
            "sides": [one["side"] for one in agreed_by],
            "hears": self.reads[FieldClass.VOICE],
            "worker": self.row.worker or "",
        }

    def _lede(self) -> str:
        applies = self.applies()
        if self.version is None:
            return _(
                "There is no plan yet. It is written together, and applies when both have said yes."
            )
        said = {"n": self.version.number}
        if self.version.state == AGREED:
            said["day"] = short_day(self.version.agreed_on, self.on)
            if applies and applies.number != self.version.number:
                return _("Version %(n)s, agreed %(day)s. A later version applies now.") % said
            return _("Version %(n)s applies. Agreed %(day)s.") % said
        if applies is None:
            return _("Version %(n)s, a draft until both have said yes.") % said
        said["old"] = applies.number
        return (
            _("Version %(n)s is a draft. Version %(old)s applies until both have said yes.") % said
        )

    # Goals, and what is done for them

    def _marks(self, before: Any) -> dict[str, str]:
        """Which lines are new or say something else than in the version before."""
        if before is None:
            return {}
        found = changes(before.text, self.document)
        return {
            one.unit: one.how.value
            for one in found
            if one.how is How.ADDED or (one.how is How.CHANGED and "text" in one.fields)
        }

    def _goals(self, marks: dict[str, str]) -> list[dict[str, Any]]:
        known = units(self.document, GOAL)
        tops = [key for key, unit in known.items() if not unit["under"]]
        numbered = iter(range(1, len(known) + 1))
        return [
            {
                **self._goal(key, known[key], marks),
                "under": [
                    {**self._goal(one, unit, marks), "number": next(numbered)}
                    for one, unit in known.items()
                    if unit["under"] == key
                ],
            }
            for key in tops
        ]

    def _goal(self, key: str, unit: Unit, marks: dict[str, str]) -> dict[str, Any]:
        how, on, said = self._last(key)
        kind, sign = STATUS_TAGS.get(how, ("", ""))
        actions = units(self.document, ACTION)
        return {
            "key": key,
            "text": unit["text"],
            "kind": "" if unit["kind"] in ("main", "sub") else KINDS[unit["kind"]],
            "done_when": unit["done_when"],
            "due": _day(unit["due"]),
            "mark": marks.get(f"{GOAL}{key}", ""),
            "status": STATUSES.get(how, ""),
            "status_kind": kind,
            "status_icon": sign,
            "reviewed_on": on,
            "comment": said,
            "forgotten": self._forgotten(key, how),
            "actions": [
                self._action(one, act, marks)
                for one, act in actions.items()
                if act["goal"] == key and act["scope"] != "general"
            ],
        }

    def _last(self, key: str) -> tuple[str, dt.date | None, str]:
        found = self.followed.get(uuid.UUID(key), [])
        return found[-1] if found else ("", None, "")

    def _forgotten(self, key: str, how: str) -> bool:
        """AJ-48, of a goal in the version that applies and of one that is neither reached nor
        dropped."""
        applies = self.applies()
        if applies is None or self.row.until or how in GoalReview.CLOSED:
            return False
        since = [
            v.agreed_on for v in self.versions if v.state == AGREED and f"{GOAL}{key}" in v.text
        ]
        if not since:
            return False
        model = programmes({self.row.programme_id})[self.row.programme_id]
        return forgotten(
            since[0],
            [on for _how, on, _said in self.followed.get(uuid.UUID(key), [])],
            every=review_days(model),
            on=self.on,
            pauses=[_period(one) for one in self.row.pauses_known],
        )

    def _action(self, key: str, unit: Unit, marks: dict[str, str]) -> dict[str, Any]:
        how, _on, _said = self._last(key)
        due = _day(unit["due"])
        return {
            "key": key,
            "text": unit["text"],
            "who": unit["owner_name"] or self.names[unit["owner"]],
            "when": unit["times"] or (short_day(due, self.on) if due else ""),
            "by": short_day(due, self.on) if due and unit["times"] else "",
            "topic": TOPICS.get(unit["topic"], ""),
            "mark": marks.get(f"{ACTION}{key}", ""),
            "became": MARKS.get(how, ""),
            "done": how == ActivityMark.State.DONE,
        }

    def _common(self, marks: dict[str, str]) -> list[dict[str, Any]]:
        return [
            self._action(key, unit, marks)
            for key, unit in units(self.document, ACTION).items()
            if unit["scope"] == "general" or not unit["goal"]
        ]

    def _counts(self) -> dict[str, int]:
        goals, actions = units(self.document, GOAL), units(self.document, ACTION)
        return {
            "under": sum(bool(unit["under"]) for unit in goals.values()),
            "goals": len(goals),
            "actions": sum(bool(unit["goal"]) for unit in actions.values()),
        }

    # Beside the text

    def _sayings(self) -> dict[str, list[dict[str, Any]]]:
        if not self.reads[FieldClass.VOICE] or self.version is None:
            return {"words": [], "otherwise": []}
        rows = Saying.objects.filter(enrolment=self.row).select_related("of", "by")
        found = facts.standing_sayings(
            rows.order_by("created_at", "id"), number=self.version.number
        )
        texts = changed.goal_texts(*(one.text for one in self.versions if one.text))
        answers = {one.answers_id: one for one in found if one.kind == Saying.Kind.ANSWER}
        said = [self._saying(one, texts, answers.get(one.pk)) for one in found]
        return {
            "words": [one for one in said if one["kind"] == Saying.Kind.WORDS],
            "otherwise": [one for one in said if one["kind"] == Saying.Kind.DISAGREEMENT],
        }

    def _saying(self, row: Saying, texts: dict[str, str], answer: Saying | None) -> dict[str, Any]:
        return {
            "key": row.pk,
            "kind": row.kind,
            "text": row.text,
            "on": row.on,
            "about": texts.get(str(row.about), ""),
            "own": row.how == Saying.How.OWN_PAGE,
            "answer": answer,
        }

    def _measures(self) -> list[dict[str, Any]]:
        rows = ParallelMeasure.measures.filter(enrolment=self.row)
        return [self._measure(one) for one in rows]

    def _measure(self, row: ParallelMeasure) -> dict[str, Any]:
        """One that tells of health is named only to those who may know that (P3)."""
        hidden = row.health and not self.reads[FieldClass.SENSITIVE]
        kind, sign = MEASURE_TAGS[row.state]
        return {
            "row": row,
            "what": _("A measure of another actor") if hidden else row.what,
            "owner": "" if hidden else row.owner,
            "when": _when(row, self.on),
            "state": MEASURE_STATES[row.state],
            "kind": kind,
            "icon": sign,
        }

    def _versions(self) -> list[dict[str, Any]]:
        """Newest first, with when each applied."""
        found, until = [], None
        for one in reversed(self.versions):
            agreed = one.state == AGREED
            applies = agreed and until is None
            found.append(
                {
                    "number": one.number,
                    "state": _("Applies") if applies else _("Replaced") if agreed else _("Draft"),
                    "css": "g" if applies else "" if agreed else "d",
                    "when": _span(one, until, self.on),
                    "shown": self.version is not None and one.number == self.version.number,
                }
            )
            until = one.agreed_on if agreed else until
        return found

    # Before it applies

    def acknowledged(self) -> list[dict[str, Any]]:
        """Who has said yes to the saving that is shown, and how."""
        if self.version is None:
            return []
        rows = Acknowledgement.objects.filter(of=self.version, revision=self.version.revision)
        return [
            {
                "side": one.side,
                "who": self.row.person.given_name if one.side == "participant" else one.by.name,
                "how": HOWS[one.how],
                "on": one.on,
            }
            for one in rows.select_related("by").order_by("created_at", "id")
        ]

    def _checks(self) -> list[dict[str, Any]]:
        if self.version is None or self.version.state != DRAFT:
            return []
        lacks = lacking(self.document)
        return [
            {"met": code not in lacks, "words": (LACKING if code in lacks else THERE)[code]}
            for code in THERE
        ]


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _period(found: dict[str, str | None]) -> Period:
    until = found["until"]
    return Period(
        dt.date.fromisoformat(str(found["since"])), dt.date.fromisoformat(until) if until else None
    )


def _when(row: ParallelMeasure, on: dt.date) -> str:
    if row.since and row.until:
        return f"{short_day(row.since, on)}–{short_day(row.until, on)}"
    if row.since:
        return _("since %(day)s") % {"day": short_day(row.since, on)}
    if row.requested_on:
        return _("asked for %(day)s") % {"day": short_day(row.requested_on, on)}
    return _("seen %(day)s") % {"day": short_day(row.flagged_on or on, on)}


def _span(version: Any, until: dt.date | None, on: dt.date) -> str:
    if version.state == DRAFT:
        return short_day(version.created_at.date(), on)
    start = short_day(version.agreed_on, on)
    return f"{start}–{short_day(until, on)}" if until else _("from %(day)s") % {"day": start}
