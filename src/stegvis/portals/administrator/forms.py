"""Forms over one row each, with what was typed kept and the row's version carried along."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, override

from django import forms
from django.http import QueryDict
from django.utils.formats import localize
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stegvis.core.values.texts import pick
from stegvis.journey.abilities.models import Ability
from stegvis.journey.intake.models import Commission
from stegvis.journey.programmes.facts import programme
from stegvis.journey.programmes.models import ProgrammeVersion, Scheme, Term
from stegvis.platform.accounts.models import Member, Role
from stegvis.platform.tenancy.models import Row, Unit

GIVABLE = [(role.value, role.label) for role in Role if role is not Role.PARTICIPANT]


@dataclass(frozen=True, slots=True)
class Differs:
    """A field that a colleague has changed meanwhile: what stands now, and what was typed."""

    label: str
    now: str
    typed: str


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def open_units() -> Any:
    return Unit.objects.filter(closed_on__isnull=True).order_by("name", "id")


class RowForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row as it stands. `version` is the one the reader saw; see rows.change."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["version"].initial = self.instance.version
        self.differs: list[Differs] = []

    @property
    def own(self) -> list[str]:
        return [name for name in self.fields if name != "version"]

    def compare(self, now: Row) -> None:
        """Keep what was typed, show what stands, and let the next save be of what stands now."""
        for name in self.own:
            standing, typed = getattr(now, name), getattr(self.instance, name)
            if standing != typed:
                label = str(self.fields[name].label or name)
                self.differs.append(Differs(label, shown(standing), shown(typed)))
        kept = QueryDict(mutable=True)
        kept.update(self.data)
        kept[self.add_prefix("version")] = str(now.version)
        self.data = kept


def shown(value: object) -> str:
    if value in (None, ""):
        return "–"
    return str(value) if isinstance(value, Row) else str(localize(value))


class UnitForm(RowForm):
    class Meta:
        model = Unit
        fields = ["name", "kind", "track"]
        labels = {"name": _("Name"), "kind": _("Kind of unit"), "track": _("Step names used here")}
        help_texts = {
            "track": _("Which of a programme's sets of step names the unit's staff see."),
        }

    KINDS = (("office", _("Office")), ("workshop", _("Workshop")), ("jobcentre", _("Jobcentre")))

    def __init__(self, *args: Any, tracks: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"] = _choice(self, "kind", list(self.KINDS))
        default = ("", _("The programme's own"))
        self.fields["track"] = _choice(self, "track", [default, *tracks], required=False)


def _choice(
    form: forms.ModelForm[Any], name: str, choices: list[tuple[Any, Any]], *, required: bool = True
) -> forms.ChoiceField:
    """A choice that keeps a value from before these choices."""
    old = form.fields[name]
    has = getattr(form.instance, name)
    if has and has not in dict(choices):
        choices = [*choices, (has, has)]
    return forms.ChoiceField(
        label=old.label, help_text=old.help_text, choices=choices, required=required
    )


class CloseUnitForm(RowForm):
    class Meta:
        model = Unit
        fields = ["closed_on"]

    closed_on = day_field(_("Closed from"), required=False, help_text=_("Empty: the unit is open."))


class MemberForm(RowForm):
    class Meta:
        model = Member
        fields = ["name", "title", "signature", "unit"]
        labels = {
            "name": _("Name"),
            "title": _("Title"),
            "signature": _("Signature"),
            "unit": _("Unit"),
        }
        help_texts = {"signature": _("The short sign used in lists, for example kl.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        units = open_units()
        if self.instance.unit_id:
            units = units | Unit.objects.filter(pk=self.instance.unit_id).order_by("name", "id")
        self.fields["unit"] = forms.ModelChoiceField(
            units, label=_("Unit"), required=False, empty_label=_("No unit")
        )


class GrantForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=GIVABLE)
    where = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("Where"),
        required=False,
        empty_label=_("The whole municipality"),
    )
    since = day_field(_("From"))
    until = day_field(
        _("Until"), required=False, help_text=_("The first day without the role. Empty: no end.")
    )
    need = forms.CharField(
        label=_("Why the role is needed"),
        max_length=200,
        help_text=_("Which work cannot be done without it. The log reviewer reads this."),
    )

    def __init__(self, *args: Any, on: dt.date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["where"].queryset = open_units()  # type: ignore[attr-defined]
        self.fields["since"].initial = on

    @override
    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if since and until and until <= since:
            self.add_error("until", _("The role must end after it begins."))
        return found


class InviteForm(GrantForm):
    """A new member of staff, with the first role."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), help_text=_("What the person signs in with."))
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    signature = forms.CharField(label=_("Signature"), max_length=12, required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("No unit")
    )

    field_order = ("name", "email", "title", "signature", "unit", "role", "where", "since")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"].queryset = open_units()  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """From which day something no longer holds; today means at once."""

    until = day_field(_("From which day"))

    def __init__(self, *args: Any, on: dt.date, since: dt.date | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["until"].initial = on
        self.earliest = since

    def clean_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["until"]
        if self.earliest and day < self.earliest:
            raise forms.ValidationError(_("That is before it began."))
        return day


class SchemeForm(RowForm):
    class Meta:
        model = Scheme
        fields = ["code", "name", "valid_from", "valid_to"]
        labels = {"code": _("Code"), "name": _("Name")}
        help_texts = {
            "code": _("What files and exports call it: a–z, 0–9 and _. It does not change later."),
        }

    code = forms.RegexField(r"^[a-z0-9_]{1,40}$", label=_("Code"))
    valid_from = day_field(_("Valid from"), required=False)
    valid_to = day_field(
        _("Valid until"), required=False, help_text=_("The first day it no longer holds.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].help_text = self.Meta.help_texts["code"]
        if not self.instance._state.adding:
            del self.fields["code"]

    @override
    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        since, until = found.get("valid_from"), found.get("valid_to")
        if since and until and until <= since:
            self.add_error("valid_to", _("It must end after it begins."))
        return found


class TermForm(RowForm):
    class Meta:
        model = Term
        fields = ["term", "definition", "source", "local_practice"]
        labels = {
            "term": _("Word"),
            "definition": _("Meaning"),
            "source": _("Where the meaning comes from"),
            "local_practice": _("How the word is used here"),
        }
        widgets = {
            "definition": forms.Textarea(attrs={"rows": 4}),
            "local_practice": forms.Textarea(attrs={"rows": 3}),
        }


class AbilityForm(RowForm):
    """An ability of the municipality's own. Its code is made of its name and never changes."""

    class Meta:
        model = Ability
        fields = ["name", "criteria", "until"]
        labels = {"name": _("Ability")}

    criteria = forms.MultipleChoiceField(
        label=_("What does it say something about?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It then stands beside these criteria when a step is decided."),
    )
    until = day_field(
        _("In use until"), required=False, help_text=_("The first day it is no longer asked for.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].help_text = _("Something one can see: asks for help, say.")
        field = self.fields["criteria"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = _observed_criteria()

    @override
    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if self.instance._state.adding and found.get("name"):
            made = slugify(found["name"]).replace("-", "_") or uuid.uuid4().hex
            self.instance.code = f"own_{made}"[:40]
        return found


def _observed_criteria() -> list[tuple[str, str]]:
    """What the programmes in force let somebody judge from what is seen in work."""
    lang = get_language() or "sv"
    found: dict[str, str] = {}
    for row in ProgrammeVersion.versions.in_force():
        for code, criterion in programme(row).criteria.items():
            if "observation" in criterion.evidence:
                found.setdefault(code, pick(criterion.texts, lang))
    return sorted(found.items(), key=lambda one: one[1])


AGENCIES = (
    ("AF", _("Public employment service")),
    ("FK", _("Social insurance")),
    ("SOC", _("Social services")),
    ("REGION", _("Health care region")),
    ("JOBCENTER", _("Jobcentre")),
    ("OTHER", _("Another agency")),
)


class CommissionForm(RowForm):
    class Meta:
        model = Commission
        fields = ["agency", "unit", "places", "since", "until"]
        labels = {"places": _("Places")}

    agency = forms.ChoiceField(label=_("Agency"), choices=AGENCIES)
    since = day_field(_("From"))
    until = day_field(_("Until"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["unit"] = forms.ModelChoiceField(open_units(), label=_("Unit"))

    @override
    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if since and until and until <= since:
            self.add_error("until", _("It must end after it begins."))
        return found


def submission(data: Any) -> uuid.UUID:
    """The form's key; the gate has already refused a form without one."""
    return uuid.UUID(data["submission"])
