"""What figures are asked for. A fault is one sentence; the figures of the year stand meanwhile."""

from __future__ import annotations

import datetime as dt
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _

from stegvis.learning.fidelity.facts.spans import DAY, LONGEST, Span, span_of, spans
from stegvis.learning.fidelity.words import FAULTS

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class FiguresForm(forms.Form):
    """`units`: (key, name) of those one manages; `programmes`: (key, name) of those there are."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    period = forms.ChoiceField(label=_("Period"), required=False)
    since = forms.DateField(label=_("Or from"), required=False, widget=DATE)
    until = forms.DateField(label=_("up to and with"), required=False, widget=DATE)

    def __init__(self, data: Any, *, on: dt.date, units: Any, programmes: Any) -> None:
        super().__init__(data)
        self.today = on
        for field in self.fields.values():
            field.asked = True  # type: ignore[attr-defined]  # what is not chosen is chosen here
        self._choose("unit", units)
        self._choose("programme", programmes)
        offered = [(one.code, one.name) for one in spans(on)]
        self._choose("period", [*offered, ("", _("Chosen days"))])

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices

    @override
    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        fault = _fault(since, until, self.today)
        if fault:
            self.add_error("since", str(FAULTS[fault]))
        return data

    def span(self) -> Span:
        """What was asked for; the year where that cannot be read."""
        data = self.cleaned_data if self.is_valid() else {}
        if data.get("since") and data.get("until"):
            return Span(data["since"], data["until"] + DAY)
        return span_of(data.get("period") or "") or this_year(self.today)


def this_year(on: dt.date) -> Span:
    found = span_of(str(on.year))
    assert found is not None  # noqa: S101  a year is a code
    return found


def _fault(since: dt.date | None, until: dt.date | None, on: dt.date) -> str:
    if since is None and until is None:
        return ""
    if since is None or until is None:
        return "both"
    if until < since:
        return "backwards"
    if until - since > LONGEST:
        return "too_long"
    return "ahead" if since > on else ""
