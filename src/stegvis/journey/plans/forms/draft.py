"""The draft is one form with a part per goal and per thing to do: a part that was left empty is
none, a part that is ticked away is left out."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.core.progression.plans import ACTION, GOAL, HEAD, units
from stegvis.core.values.merging import Document, Unit
from stegvis.journey.intake.forms import Near
from stegvis.journey.plans.facts import YES
from stegvis.journey.plans.forms.day import AHEAD, NONE, SHORT, WRITE, OnDay
from stegvis.journey.plans.models import Goal, PlanActivity
from stegvis.journey.plans.words import AIMS, TOPICS

MOST = 60  # ours: goals, and as many things to do; more than that is no plan
PARTS = uuid.UUID("8b1f6d8e-6c0a-4f0e-9a54-0d8a4c1b7e52")  # within it each new part is named


class HeadForm(OnDay):
    """Resources stand before barriers wherever the plan is written or read (FM-09)."""

    situation = forms.CharField(
        label=_("Present situation"),
        required=False,
        max_length=4000,
        widget=WRITE,
        help_text=_("In short, as you see it together. No diagnoses."),
    )
    resources = forms.CharField(
        label=_("Resources"),
        required=False,
        max_length=4000,
        widget=WRITE,
        help_text=_("What the person can, knows, likes and has around them."),
    )
    aim = forms.ChoiceField(
        label=_("Main aim"),
        required=False,
        choices=[NONE, *AIMS.items()],
        help_text=_("Own support as soon as possible, through one of these."),
    )
    aim_text = forms.CharField(label=_("Which other aim?"), required=False, max_length=200)
    barriers = forms.CharField(
        label=_("Barriers, as the person defines them"),
        required=False,
        max_length=4000,
        widget=WRITE,
        help_text=_("In the person’s own terms. No diagnoses."),
    )
    no_barriers = forms.BooleanField(label=_("Asked: none stated"), required=False)
    change_note = forms.CharField(
        label=_("What has changed, and why?"), required=False, max_length=2000, widget=SHORT
    )

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["change_note"]

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("aim") == "other" and not data.get("aim_text"):
            self.add_error("aim_text", _("Write which other aim it is."))
        return data


class LineForm(OnDay):
    """A goal or a thing to do. `dates`: the programme refuses one without a date."""

    text = forms.CharField(label=_("What"), required=False, max_length=500)
    due = Near(label=_("By when"), required=False, days=AHEAD)
    away = forms.BooleanField(label=_("Take away"), required=False)

    def __init__(self, *args: Any, dates: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dates = dates
        for name in ("text", "due", "owner_name"):
            if name in self.fields:
                self.fields[name].asked = True  # type: ignore[attr-defined]

    @property
    def is_written(self) -> bool:
        """Something has been typed, or is there since before."""
        data = getattr(self, "cleaned_data", {})
        typed = ("text", "due", "done_when", "owner_name", "times", "topic")
        return not data.get("away") and any(data.get(name) for name in typed)

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.cleaned_data = data
        if self.is_written and not data.get("text"):
            self.add_error("text", _("Write what it is."))
        lacks_date = self.dates and self.needs_date(data) and not data.get("due")
        if self.is_written and lacks_date and "due" not in self.errors:
            self.add_error("due", _("In this programme it has a date."))
        return data

    def needs_date(self, data: Mapping[str, Any]) -> bool:
        return True


class GoalForm(LineForm):
    kind = forms.ChoiceField(
        label=_("Kind of goal"),
        required=False,
        choices=[
            (Goal.Kind.MAIN, _("Main goal")),
            (Goal.Kind.JOB, _("Job goal")),
            (Goal.Kind.BEHAVIOUR, _("Change of a habit")),
        ],
    )
    done_when = forms.CharField(label=_("Done when"), required=False, max_length=300)
    under = forms.UUIDField(required=False, widget=forms.HiddenInput)
    behaviour = forms.ChoiceField(label=_("Which behaviour?"), required=False)

    def __init__(self, *args: Any, behaviours: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if behaviours:
            self.choose("behaviour", [("", _("– none –")), *behaviours])
        else:
            del self.fields["behaviour"]

    def unit(self, before: Unit) -> Unit:
        data = self.cleaned_data
        under = data["under"]
        kind = data["kind"] or Goal.Kind.MAIN
        if under:
            kind = kind if kind == Goal.Kind.BEHAVIOUR else Goal.Kind.SUB
        return {
            "under": str(under or ""),
            "kind": str(kind),
            "text": data["text"],
            "done_when": data["done_when"],
            "due": _iso(data["due"]),
            "source": before.get("source") or Goal.Source.TALK.value,
            "source_key": before.get("source_key", ""),
            "behaviour": self._behaviour(str(kind), before),
        }

    def _behaviour(self, kind: str, before: Unit) -> str:
        """Who may not know of behaviours leaves the one that is named as it was."""
        if kind != Goal.Kind.BEHAVIOUR:
            return ""
        chosen: str = self.cleaned_data.get("behaviour", before.get("behaviour", ""))
        return chosen


class ActionForm(LineForm):
    owner = forms.ChoiceField(label=_("Who"))
    owner_name = forms.CharField(label=_("Name of the other"), required=False, max_length=120)
    times = forms.CharField(
        label=_("When, in words"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": _("every Friday")}),
    )
    topic = forms.ChoiceField(
        label=_("Social competence, if the person wishes it"),
        required=False,
        choices=[("", _("– none –")), *TOPICS.items()],
    )
    own_wish = forms.BooleanField(label=_("It is the person’s own wish"), required=False)
    goal = forms.UUIDField(required=False, widget=forms.HiddenInput)
    scope = forms.ChoiceField(
        required=False,
        widget=forms.HiddenInput,
        choices=[(one, one) for one in PlanActivity.Scope.values],
    )

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("owner", owners)

    @override
    def needs_date(self, data: Mapping[str, Any]) -> bool:
        return data.get("scope") != PlanActivity.Scope.GENERAL

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.is_written:
            return data
        if data.get("owner") == PlanActivity.Owner.OTHER and not data.get("owner_name"):
            self.add_error("owner_name", _("Write who does it."))
        if data.get("topic") and not data.get("own_wish"):
            self.add_error("own_wish", _("A social topic is only the person’s own wish."))
        return data

    def unit(self, before: Unit) -> Unit:
        data = self.cleaned_data
        return {
            "goal": str(data["goal"] or ""),
            "scope": data["scope"] or PlanActivity.Scope.INDIVIDUAL.value,
            "text": data["text"],
            "owner": data["owner"],
            "owner_name": data["owner_name"] if data["owner"] == "other" else "",
            "due": _iso(data["due"]),
            "times": data["times"],
            "topic": data["topic"],
            "own_wish": YES if data["own_wish"] and data["topic"] else "",
        }


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


class DraftForm:
    """The whole draft as one form. `before` is the text it was filled from; `whose` names the
    draft and whoever writes it."""

    def __init__(
        self,
        before: Document,
        *,
        whose: str,
        data: Any = None,
        on: dt.date,
        first: bool,
        dates: bool,
        owners: Any,
        behaviours: list[tuple[str, str]],
    ) -> None:
        self.before, self.data, self.behaviours = before, data, behaviours
        self.whose = whose
        self.on, self.dates, self.owners = on, dates, owners
        self.head = HeadForm(data, initial=before[HEAD], prefix="p", on=on, first=first)
        self.goals = {key: self._goal(key, unit) for key, unit in self._lines("goal", GOAL)}
        self.actions = {key: self._action(key, unit) for key, unit in self._lines("action", ACTION)}

    def _lines(self, name: str, sort: str) -> Iterator[tuple[str, Unit]]:
        known = units(self.before, sort)
        if self.data is None:
            yield from known.items()
            return
        for key in list(dict.fromkeys(self.data.getlist(name)))[:MOST]:
            if _is_key(key):
                yield key, known.get(key, {})

    def _goal(self, key: str, unit: Unit) -> GoalForm:
        return GoalForm(self.data, initial=unit, prefix=f"g-{key}", **self._knows())

    def _knows(self) -> dict[str, Any]:
        return {"on": self.on, "dates": self.dates, "behaviours": self.behaviours}

    def _action(self, key: str, unit: Unit) -> ActionForm:
        return ActionForm(
            self.data,
            initial=unit,
            prefix=f"a-{key}",
            on=self.on,
            dates=self.dates,
            owners=self.owners,
        )

    @property
    def parts(self) -> list[forms.Form]:
        return [self.head, *self.goals.values(), *self.actions.values()]

    def is_valid(self) -> bool:
        """Every part, so that each fault is said at once. What was written for a goal needs it."""
        valid = [part.is_valid() for part in self.parts]
        for form, above in self._above():
            if form.is_written and not above.is_written and not above.cleaned_data.get("away"):
                above.add_error("text", _("Write what it is."))
        self.goals = {key: one for key, one in self.goals.items() if self._is_shown(GOAL, key, one)}
        self.actions = {
            key: one for key, one in self.actions.items() if self._is_shown(ACTION, key, one)
        }
        return all(valid) and not self.faults()

    def _above(self) -> Iterator[tuple[LineForm, LineForm]]:
        for form in self.goals.values():
            if above := self.goals.get(self._value(form, "under")):
                yield form, above
        for part in self.actions.values():
            if above := self.goals.get(self._value(part, "goal")):
                yield part, above

    def _is_shown(self, sort: str, key: str, form: LineForm) -> bool:
        """A part that was left empty is not drawn again: there is new room beside it."""
        return form.is_written or bool(form.errors) or f"{sort}{key}" in self.before

    def faults(self) -> list[forms.Form]:
        return [part for part in self.parts if part.errors]

    def document(self) -> Document:
        """What was typed, in the order it stood. A sub-goal of one that was taken away goes with
        it, and what was to be done for it as well."""
        head = self.head.cleaned_data
        said = {name: head.get(name, "") for name in self.before[HEAD]}
        said["no_barriers"] = YES if head["no_barriers"] else ""
        said["aim_text"] = head["aim_text"] if head["aim"] == "other" else ""
        found: dict[str, Unit] = {HEAD: said}
        for key, form in self.goals.items():
            unit = form.unit(self.before.get(f"{GOAL}{key}", {})) if form.is_written else None
            if unit and (not unit["under"] or self._stays(unit["under"])):
                found[f"{GOAL}{key}"] = unit
        for key, part in self.actions.items():
            unit = part.unit({}) if part.is_written else None
            if unit and (not unit["goal"] or f"{GOAL}{unit['goal']}" in found):
                found[f"{ACTION}{key}"] = unit
        return found

    def _stays(self, goal: str) -> bool:
        form = self.goals.get(goal)
        return bool(form and form.is_written)

    # As it is laid out: each goal with its things to do and the goals under it, and room for more

    def tree(self) -> list[dict[str, Any]]:
        tops = [key for key in self.goals if not self._value(self.goals[key], "under")]
        return [self._branch(key) for key in tops] + [self._blank("")]

    def _branch(self, key: str) -> dict[str, Any]:
        under = [one for one in self.goals if self._value(self.goals[one], "under") == key]
        return {
            "key": key,
            "form": self.goals[key],
            "actions": [*self._actions(key), self._blank_action(goal=key)],
            "under": [*(self._branch(one) for one in under), self._blank(key)],
            "new": False,
        }

    def _unused(self, sort: str, above: str) -> str:
        """The key of a part that is still to be written. It is the same each time the page is
        opened, so that text that was kept before it was sent finds its fields again."""
        taken = self.goals if sort == GOAL else self.actions
        keys = (str(uuid.uuid5(PARTS, f"{self.whose} {sort} {above} {n}")) for n in count())
        return next(key for key in keys if key not in taken and f"{sort}{key}" not in self.before)

    def _blank(self, under: str) -> dict[str, Any]:
        key = self._unused(GOAL, under)
        form = GoalForm(initial={"under": under}, prefix=f"g-{key}", **self._knows())
        return {
            "key": key,
            "form": form,
            "actions": [self._blank_action(goal=key)] if under else [],
            "under": [] if under else [self._blank(key)],
            "new": True,
        }

    def _actions(self, goal: str) -> list[dict[str, Any]]:
        return [
            {"key": key, "form": form, "new": False}
            for key, form in self.actions.items()
            if self._value(form, "goal") == goal and self._value(form, "scope") != "general"
        ]

    def common(self) -> list[dict[str, Any]]:
        """What is common to all, and what belongs to no goal."""
        held = {key for goal in self.goals for key in (one["key"] for one in self._actions(goal))}
        rest = [
            {"key": key, "form": form, "new": False}
            for key, form in self.actions.items()
            if key not in held
        ]
        return [*rest, self._blank_action(scope="general")]

    def _blank_action(self, **initial: str) -> dict[str, Any]:
        key = self._unused(ACTION, initial.get("goal", ""))
        scope = {"scope": "individual", **initial}
        form = ActionForm(
            initial=scope, prefix=f"a-{key}", on=self.on, dates=self.dates, owners=self.owners
        )
        return {"key": key, "form": form, "new": True}

    def _value(self, form: forms.Form, name: str) -> str:
        return str(form[name].value() or "")


def _is_key(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
