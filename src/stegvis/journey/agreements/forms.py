"""The forms of the agreement and of how it goes. A fault is one sentence; what was typed stays."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, override

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stegvis.core.progression.agreements import months_after
from stegvis.core.values.hours import hours
from stegvis.journey.agreements.actions import Answers, Written
from stegvis.journey.agreements.facts.shares import Share
from stegvis.journey.agreements.models import AgreementVersion
from stegvis.journey.agreements.words import QUESTIONS, REASONS, RHYTHMS, TOPICS, WRITTEN
from stegvis.journey.employers.models import ContactPerson
from stegvis.journey.intake.forms import Day, Near, Past
from stegvis.journey.placements.models import Placement
from stegvis.platform.tenancy.keys import uuid7

GOALS = 4  # ours: rows for sub-goals
GOAL_MONTHS = 3  # ours: the day a sub-goal is first thought for
WEEK_HOURS, MONTH_HOURS = 40, 180
YES_NO = (("yes", _("Yes")), ("no", _("No")))
LONGEST = 2000


class HoursField(forms.CharField):
    """Hours as people write them (6, 7,5, 7:30), as whole minutes."""

    def __init__(self, *, most: int, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(
            max_length=8,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            **options,
        )
        self.most = most

    @override
    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return 0
        try:
            minutes = round(hours(text) * 60)
        except ValueError:
            raise forms.ValidationError(_("Write hours as 6 or 7,5.")) from None
        if not 0 <= minutes <= self.most * 60:
            raise forms.ValidationError(gettext("At most %(n)s hours.") % {"n": self.most})
        return minutes


def as_hours(minutes: int) -> str:
    """6, 7.5 or 0.33: as it is typed."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".") if minutes else ""


# Asked of everybody before it can be signed, though a draft may wait for it.
ASKED = (
    "contact", "none_needed", "ordinary", "ordinary_function", "practice", "practice_function",
    "discussed_on", "ordinary_on", "ordinary_if",
)  # fmt: skip


class AgreementForm(forms.Form):
    """The six parts. Fields of the person's answers are named after what they are about."""

    since = Near(label=_("Holds from"))
    change_note = forms.CharField(
        label=_("What is changed, and why"), max_length=300, required=False
    )
    tasks = forms.MultipleChoiceField(
        label=_("Tasks"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more_tasks = forms.CharField(
        label=_("Other tasks"), help_text=_("With commas between."), max_length=300, required=False
    )
    grows_into = forms.CharField(label=_("Can grow into"), max_length=300, required=False)
    times = forms.CharField(
        label=_("Days and times"),
        help_text=_("Such as Monday to Wednesday, 9 to 12."),
        max_length=300,
        required=False,
    )
    from_start = forms.ChoiceField(
        label=_("Paid hours from the start?"), choices=YES_NO, widget=forms.RadioSelect
    )
    ordinary = HoursField(label=_("Hours"), most=MONTH_HOURS)
    ordinary_per = forms.ChoiceField(
        label=_("for each"), choices=(("week", _("week")), ("month", _("month")))
    )
    ordinary_function = forms.CharField(
        label=_("What the paid work is"), max_length=120, required=False
    )
    practice = HoursField(label=_("Hours a week"), most=WEEK_HOURS)
    practice_function = forms.CharField(
        label=_("What the practice is"), max_length=120, required=False
    )
    practice_ends = Day(label=_("Last day of practice"), required=False)
    ordinary_on = Day(label=_("Paid hours begin"), required=False)
    ordinary_if = forms.CharField(label=_("or when this is so"), max_length=300, required=False)
    discussed_on = Past(label=_("Talked about with the company on"), required=False)
    none_needed = forms.BooleanField(
        label=_("We have gone through it: there is nothing to consider"), required=False
    )
    rhythm = forms.ChoiceField(
        label=_("How often"), choices=list(RHYTHMS.items()), widget=forms.RadioSelect
    )
    topics = forms.MultipleChoiceField(
        label=_("What is talked about"),
        choices=list(TOPICS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    contact = forms.ChoiceField(label=_("Contact person at the company"), required=False)
    guide = forms.CharField(label=_("Who guides day by day"), max_length=120, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any,
        *,
        placement: Placement,
        version: AgreementVersion | None,
        shares: Sequence[Share],
        contacts: Iterable[ContactPerson],
        amends: bool,
        on: dt.date,
    ) -> None:
        self.shares, self.amends = shares, amends
        self.offered = _offered(placement, version)
        super().__init__(data, initial=_first(placement, version, self.offered, on))
        for field in self.fields.values():
            if isinstance(field, Near | Past):
                field.today = on
        self._choose("tasks", [(one, one) for one in self.offered])
        people = [(str(one.pk), _named(one)) for one in contacts]
        self._choose("contact", [("", _("– choose –")), *people])
        self.fields["change_note"].required = amends
        for name in ASKED:
            self.fields[name].asked = True  # type: ignore[attr-defined]
        later = months_after(on, GOAL_MONTHS).isoformat()
        before = version.sub_goals if version else []
        for n in range(max(GOALS, len(before))):
            known = before[n] if n < len(before) else {"text": "", "by": later if not n else ""}
            self.fields[f"goal_{n}"] = forms.CharField(
                label=gettext("Sub-goal %(n)s") % {"n": n + 1},
                max_length=200, required=False, initial=known["text"],
            )  # fmt: skip
            self.fields[f"by_{n}"] = Day(
                label=gettext("By, sub-goal %(n)s") % {"n": n + 1}, required=False,
                initial=known["by"] or None,
            )  # fmt: skip
        for one in shares:
            self.fields[f"share_{one.key}"] = forms.ChoiceField(
                label=one.what, choices=YES_NO, widget=forms.RadioSelect, required=False,
                initial={True: "yes", False: "no", None: None}[one.shared],
            )  # fmt: skip

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts = data.get("from_start") == "yes"
        if starts and "ordinary" in data and not data["ordinary"]:
            self.add_error("ordinary", _("Say how many paid hours, or that there are none yet."))
        if data.get("from_start") == "no":
            data["ordinary"] = 0
        week = data.get("ordinary_per") == "week"
        if week and (data.get("ordinary") or 0) > WEEK_HOURS * 60:
            self.add_error("ordinary", gettext("At most %(n)s hours.") % {"n": WEEK_HOURS})
        ends, since = data.get("practice_ends"), data.get("since")
        if ends and since and ends < since:
            self.add_error("practice_ends", _("The last day lies before the first."))
        return data

    @property
    def answers(self) -> dict[uuid.UUID, bool]:
        """What the person said of each consideration, of those that were answered."""
        found = {one.key: self.cleaned_data.get(f"share_{one.key}") for one in self.shares}
        return {key: said == "yes" for key, said in found.items() if said}

    def written(self, submission: uuid.UUID | None) -> Written:
        data = self.cleaned_data
        starts = data["from_start"] == "yes"
        more = [one.strip() for one in data["more_tasks"].split(",")]
        goals = [
            {"text": data[f"goal_{n}"].strip(), "by": day.isoformat() if day else ""}
            for n, day in self._goals()
        ]
        return Written(
            since=data["since"],
            change_note=data["change_note"].strip(),
            tasks=tuple(one for one in (*data["tasks"], *more) if one),
            grows_into=data["grows_into"].strip(),
            times=data["times"].strip(),
            ordinary_minutes=data["ordinary"],
            ordinary_per=data["ordinary_per"],
            ordinary_function=data["ordinary_function"],
            practice_minutes=data["practice"],
            practice_function=data["practice_function"],
            practice_ends=data["practice_ends"] if data["practice"] else None,
            ordinary_on=None if starts else data["ordinary_on"],
            ordinary_if="" if starts else data["ordinary_if"].strip(),
            discussed_on=None if starts else data["discussed_on"],
            sub_goals=tuple(goals),
            considered=data["none_needed"],
            rhythm=data["rhythm"],
            topics=tuple(data["topics"]),
            contact_id=uuid.UUID(data["contact"]) if data["contact"] else None,
            guide=data["guide"],
            submission=submission or uuid7(),
        )

    def _goals(self) -> list[tuple[int, dt.date | None]]:
        rows = [n for n in range(len(self.fields)) if f"goal_{n}" in self.fields]
        return [(n, self.cleaned_data[f"by_{n}"]) for n in rows if self.cleaned_data[f"goal_{n}"]]

    # For the page

    @property
    def goal_rows(self) -> list[tuple[Any, Any]]:
        """The first, and whatever is written or wrong."""
        first, *rest = self._rows
        return [first, *(row for row in rest if _told(row))]

    @property
    def more_goals(self) -> list[tuple[Any, Any]]:
        return [row for row in self._rows[1:] if not _told(row)]

    @property
    def _rows(self) -> list[tuple[Any, Any]]:
        rows = [n for n in range(len(self.fields)) if f"goal_{n}" in self.fields]
        return [(self[f"goal_{n}"], self[f"by_{n}"]) for n in rows]

    @property
    def share_rows(self) -> list[tuple[Share, Any]]:
        return [(one, self[f"share_{one.key}"]) for one in self.shares]


def _told(row: tuple[Any, Any]) -> bool:
    return any(field.errors or field.value() for field in row)


def _named(contact: ContactPerson) -> str:
    return f"{contact.name}, {contact.title}" if contact.title else contact.name


def _offered(placement: Placement, version: AgreementVersion | None) -> list[str]:
    """The tasks to choose among: of the placement, of what the company offers, and those chosen."""
    texts = [placement.tasks, placement.opening.tasks if placement.opening else ""]
    lines = [part.strip(" .-•") for text in texts for part in text.replace("\n", ",").split(",")]
    known = [*(version.tasks if version else []), *(one[:120] for one in lines if one)]
    return list(dict.fromkeys(one[:1].upper() + one[1:] for one in known))


def _first(
    placement: Placement, version: AgreementVersion | None, offered: list[str], on: dt.date
) -> dict[str, Any]:
    """Filled in from the placement, or from the version it goes on from."""
    if version is None:
        own = _offered_by_placement(placement)
        return {
            "since": max(placement.since, on) if placement.since > on else placement.since,
            "tasks": own or offered,
            "grows_into": placement.opening.can_grow_into if placement.opening else "",
            "from_start": "yes", "ordinary_per": "week", "rhythm": "taper",
            "practice_ends": placement.ends, "topics": list(TOPICS),
            "contact": str(placement.contact_id or ""), "guide": placement.guide, "seen": 0,
            **_hours_of(placement, own or offered),
        }  # fmt: skip
    names = (
        "since", "change_note", "tasks", "grows_into", "times", "ordinary_per",
        "ordinary_function", "practice_function", "practice_ends", "ordinary_on", "ordinary_if",
        "discussed_on", "rhythm", "topics", "guide",
    )  # fmt: skip
    return {name: getattr(version, name) for name in names} | {
        "from_start": "no" if version.discussed_on and not version.ordinary_minutes else "yes",
        "ordinary": as_hours(version.ordinary_minutes),
        "practice": as_hours(version.practice_minutes),
        "none_needed": version.considered, "contact": str(version.contact_id or ""),
        "seen": version.revision if version.state in {"draft", "ready"} else 0,
    }  # fmt: skip


def _hours_of(placement: Placement, tasks: list[str]) -> dict[str, str]:
    """The hours the placement was registered with; where it has none, what practice would be."""
    lines = {one.pay: one for one in placement.lines.all()}
    if not lines:
        return {"practice_function": ", ".join(tasks)[:120]}
    found: dict[str, str] = {}
    for pay in ("ordinary", "practice"):
        if (line := lines.get(pay)) is not None:
            found |= {pay: as_hours(int(line.hours_week * 60)), f"{pay}_function": line.function}
    return found if "ordinary" in lines else found | {"from_start": "no"}


def _offered_by_placement(placement: Placement) -> list[str]:
    lines = [part.strip(" .-•") for part in placement.tasks.replace("\n", ",").split(",")]
    return [one[:1].upper() + one[1:120] for one in lines if one]


class AnswersForm(forms.Form):
    """The questions of a month, the same for company and person, each in its own words."""

    month = forms.ChoiceField(label=_("Month"))
    days_agreed = forms.IntegerField(
        label=_("Days agreed"), min_value=0, max_value=31, required=False
    )
    days_came = forms.IntegerField(label=_("Days there"), min_value=0, max_value=31, required=False)

    def __init__(
        self, data: Any, *, months: Sequence[tuple[str, str]], name: str, own: bool
    ) -> None:
        super().__init__(data)
        field = self.fields["month"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices, field.initial = months, months[0][0] if months else ""
        for code, (company, person, choices) in QUESTIONS.items():
            label = person if own else company % {"name": name}
            self.fields[code] = forms.ChoiceField(
                label=label, choices=list(choices.items()), widget=forms.RadioSelect
            )
        for code, label in REASONS.items():
            self.fields[f"reason_{code}"] = forms.IntegerField(
                label=label, min_value=0, max_value=31, required=False
            )
        for code, (company, person) in WRITTEN.items():
            self.fields[code] = forms.CharField(
                label=person if own else company, max_length=LONGEST, required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
        for field in self.fields.values():
            if isinstance(field, forms.IntegerField):
                field.widget.attrs["inputmode"] = "numeric"

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        agreed, came = data.get("days_agreed"), data.get("days_came")
        if agreed is not None and came is not None and came > agreed:
            self.add_error("days_came", _("More days than were agreed. Is the number right?"))
        return data

    @property
    def said(self) -> Answers:
        data = self.cleaned_data
        reasons = {code: data[f"reason_{code}"] for code in REASONS if data[f"reason_{code}"]}
        return Answers(
            month=data["month"], days_agreed=data["days_agreed"], days_came=data["days_came"],
            reasons=reasons,
            **{code: data[code] for code in QUESTIONS},
            **{code: data[code].strip() for code in WRITTEN},
        )  # fmt: skip

    # For the page

    @property
    def questions(self) -> list[Any]:
        return [self[code] for code in QUESTIONS]

    @property
    def reasons(self) -> list[Any]:
        return [self[f"reason_{code}"] for code in REASONS]

    @property
    def texts(self) -> list[Any]:
        return [self[code] for code in WRITTEN]


class OfferForm(forms.Form):
    name = forms.CharField(label=_("What work is it?"), max_length=120)
    tasks = forms.CharField(
        label=_("Tasks"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    hours_from = forms.IntegerField(
        label=_("Hours a week, about"), min_value=1, max_value=40, required=False
    )
    places = forms.IntegerField(label=_("How many"), min_value=1, max_value=20, required=False)
