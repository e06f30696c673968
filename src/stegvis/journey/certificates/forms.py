"""What is typed about a training."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class ModuleForm(forms.Form):
    name = forms.CharField(label=_("What it is called"), max_length=120)
    holds = forms.CharField(
        label=_("What one learns"),
        help_text=_("It stands on the diploma."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1500,
    )
    place = forms.CharField(label=_("Where it is held"), max_length=120, required=False)


class CompletionForm(forms.Form):
    module = forms.ChoiceField(label=_("Training"))
    on = forms.DateField(
        label=_("Completed on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any, *, modules: Any, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["module"].choices = modules  # type: ignore[attr-defined]
