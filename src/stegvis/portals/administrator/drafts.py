"""A form over a published model: the names its steps have, and the values that are ours to choose.

What comes out is the file itself with those values changed, checked as any file is; what is wrong
with it is said at the field that made it wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, override

from django import forms
from django.forms import BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from stegvis.core.programme.amend import (
    NameSlot,
    Scalar,
    SettingSlot,
    amend,
    name_slots,
    setting_slots,
)
from stegvis.core.programme.faults import SENTENCES, Fault, Faults
from stegvis.core.programme.load import load
from stegvis.core.programme.model import Ladder, Programme, Step
from stegvis.core.values.sentences import number
from stegvis.core.values.texts import pick
from stegvis.journey.programmes.facts import programme
from stegvis.journey.programmes.models import ProgrammeVersion

_NUMBER = re.compile(r"-?\d{1,9}(?:[.,]\d{1,9})?")


def lang() -> str:
    return get_language() or "sv"


def said(fault: Fault) -> str:
    """The fault without its place, for where the place is the field itself."""
    return SENTENCES.say(fault.sentence_code, fault.values, lang())


class NameField(forms.CharField):
    @override
    def clean(self, value: Any) -> str:
        name = str(super().clean(value))
        if not name.isprintable():
            raise forms.ValidationError(_("A name is one line of ordinary characters."))
        return name


class AmountField(forms.CharField):
    """A number as people write it, with comma or point; empty means that nothing is set."""

    @override
    def prepare_value(self, value: Any) -> Any:
        return number(value, lang()) if isinstance(value, int | float) else value

    @override
    def clean(self, value: Any) -> Any:
        typed = str(super().clean(value)).replace("\u2212", "-")
        if not typed:
            return None
        if not _NUMBER.fullmatch(typed):
            raise forms.ValidationError(_("Write a number, for example 4 or 0.9."))
        plain = typed.replace(",", ".")
        return float(plain) if "." in plain else int(plain)


@dataclass(frozen=True, slots=True)
class StepNames:
    """A step with the fields of its names: per track, in the order of the languages."""

    step: Step
    of: int
    tracks: tuple[tuple[str, tuple[BoundField, ...]], ...]


class DraftForm(forms.Form):
    """Over one version; see `draft` for what has been made of it."""

    def __init__(self, row: ProgrammeVersion, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.row, self.model = row, programme(row)
        self.names = {_name_key(slot): slot for slot in name_slots(row.text)}
        self.settings = {f"s-{slot.key}": slot for slot in setting_slots(row.text)}
        self.draft: str | None = None
        for key, name in self.names.items():
            self.fields[key] = self._name(name)
        for key, setting in self.settings.items():
            self.fields[key] = self._setting(setting)

    def _name(self, slot: NameSlot) -> forms.Field:
        track = pick(self.model.tracks[slot.track], lang())
        label = _("Step %(n)s, %(track)s, %(lang)s") % {
            "n": slot.ordinal,
            "track": track,
            "lang": slot.lang,
        }
        return NameField(label=label, max_length=120, initial=slot.value)

    def _setting(self, slot: SettingSlot) -> forms.Field:
        setting = self.model.settings[slot.key]
        label = pick(setting.texts, lang())
        if isinstance(slot.value, bool):
            return forms.BooleanField(label=label, required=False, initial=slot.value)
        if isinstance(slot.value, str):
            return NameField(label=label, max_length=200, initial=slot.value)
        required = slot.value is not None
        return AmountField(label=label, required=required, initial=slot.value, max_length=20)

    @property
    def ladders(self) -> list[tuple[Ladder, list[StepNames]]]:
        """The programme's own ladders; what it takes from another is changed there."""
        own = [ladder for ladder in self.model.ladders if not ladder.uses]
        return [(ladder, list(self._steps(ladder))) for ladder in own]

    def _steps(self, ladder: Ladder) -> Iterator[StepNames]:
        for step in ladder.steps:
            slots = [slot for slot in self.names.values() if slot.step == step.code]
            yield StepNames(step, len(ladder.steps), tuple(self._tracks(slots)))

    def _tracks(self, slots: list[NameSlot]) -> Iterator[tuple[str, tuple[BoundField, ...]]]:
        for code, texts in self.model.tracks.items():
            fields = tuple(self[_name_key(slot)] for slot in slots if slot.track == code)
            if fields:
                yield pick(texts, lang()), fields

    @property
    def values(self) -> list[BoundField]:
        return [self[key] for key in self.settings]

    @override
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        slots: dict[str, NameSlot | SettingSlot] = {**self.names, **self.settings}
        changes: dict[Any, Scalar] = {
            slot.way: cleaned[key]
            for key, slot in slots.items()
            if key in cleaned and cleaned[key] != slot.value
        }
        if self.errors:
            return cleaned
        if not changes:
            raise forms.ValidationError(_("Nothing is changed yet."))
        text = amend(self.row.text, changes)
        try:
            load(text, file="model.yaml", others=self.row.others)
        except Faults as found:
            for fault in found.faults:
                self._place(fault, slots)
        else:
            self.draft = text
        return cleaned

    def _place(self, fault: Fault, slots: dict[str, NameSlot | SettingSlot]) -> None:
        for key, slot in slots.items():
            around = slot.where.rpartition(" › ")[0]
            if fault.where in (slot.where, around):
                self.add_error(key, said(fault))
                return
        self.add_error(None, fault.sentence(lang()))


def _name_key(slot: NameSlot) -> str:
    return f"n-{slot.ladder}-{slot.step}-{slot.track}-{slot.lang}"


class UploadForm(forms.Form):
    """A whole model as a file."""

    file = forms.FileField(label="", allow_empty_file=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].label = _("The model's file")
        self.fields["file"].help_text = _("A text file in YAML, as model.yaml in the binder.")

    def clean_file(self) -> str:
        raw: bytes = self.cleaned_data["file"].read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise forms.ValidationError(_("The file is too large to be a programme model."))
        try:
            return plain(raw.decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("The file is not text in UTF-8.")) from None


LARGEST = 1_600_000  # bytes; the core reads 400,000 characters


def plain(text: str) -> str:
    """With the line ends a form's or another system's way has changed put back."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read(text: str, others: dict[str, str]) -> Programme:
    return load(text, file="model.yaml", others=others)
