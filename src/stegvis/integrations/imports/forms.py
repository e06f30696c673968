"""What a visitor sends: a file, how its columns are read, and answers about rows that wait."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from stegvis.integrations.imports.models import ImportFile, ImportRow, Kind
from stegvis.integrations.imports.reading import limits
from stegvis.integrations.imports.reading.answers import Answer, Decision
from stegvis.integrations.imports.reading.columns import SEVERAL, HeaderWords
from stegvis.integrations.imports.words import CONFIDENCE, field_name

LONGEST_CELL = 500


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("The file"), help_text=_("An xlsx workbook or a text file (csv, txt), up to 40 MB.")
    )
    kind = forms.ChoiceField(
        label=_("What it holds"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        initial=Kind.PARTICIPANTS,
    )
    sender = forms.CharField(
        label=_("Who sends it"),
        max_length=80,
        required=False,
        help_text=_("How its columns are read is kept for the sender's next file."),
    )
    programme = forms.ChoiceField(label=_("Programme"))
    unit = forms.ChoiceField(label=_("Unit"))

    def __init__(
        self,
        *args: Any,
        programmes: list[tuple[str, str]],
        units: list[tuple[str, str]],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        for name, choices in (("programme", programmes), ("unit", units)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = choices
            if len(choices) == 1:
                field.widget = forms.HiddenInput()
                field.initial = choices[0][0]

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > limits.FILE_BYTES:
            raise forms.ValidationError(_("The file is too large. Split it into several."))
        return sent


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """One column as the page shows it. `name` is the select's; empty: it is never read."""

    header: str
    example: str
    name: str
    chosen: str
    tag: tuple[str, str, Any]


def columns_of(
    file: ImportFile, examples: Mapping[tuple[str, int], str]
) -> list[tuple[str, list[ColumnChoice]]]:
    """By sheet. A number is never an example."""
    found = []
    for place, sheet in enumerate(file.sheets):
        rows = [
            ColumnChoice(
                header,
                ""
                if field in ("id", "") or said == "never"
                else examples.get((sheet["name"] or "", at), ""),
                "" if said == "never" else f"column-{place}-{at}",
                field,
                CONFIDENCE[said],
            )
            for at, header, field, said in sheet["columns"]
        ]
        found.append((sheet["name"] or "", rows))
    return found


def fields_of(kind: str) -> list[tuple[str, str]]:
    names = sorted((field, field_name(field, kind)) for field in HeaderWords.of(kind).fields)
    return sorted(names, key=lambda pair: pair[1].casefold())


def mapping_from(file: ImportFile, sent: QueryDict) -> dict[str, Any]:
    """The file's mapping with what the columns' selects say. Only what differs from what was found
    is a decision, so that a sender's new column is looked at afresh."""
    known = HeaderWords.of(file.kind).fields | {""}
    columns = dict(file.mapping.get("columns", {}))
    for place, sheet in enumerate(file.sheets):
        for at, header, field, said in sheet["columns"]:
            chosen = sent.get(f"column-{place}-{at}")
            if said == "never" or chosen is None or chosen not in known:
                continue
            if chosen != field:
                if chosen not in SEVERAL:
                    columns = {name: f for name, f in columns.items() if not f or f != chosen}
                columns[header] = chosen
    mapping = {**file.mapping, "columns": columns}
    if sent.get("colours") == "none":
        mapping["colours_without_meaning"] = True
    return mapping


def units_from(sent: QueryDict, names: Iterable[str], units: Collection[str]) -> dict[str, str]:
    found = {}
    for at, name in enumerate(names):
        chosen = sent.get(f"unit-{at}", "")
        if chosen in units:
            found[name] = chosen
    return found


def answers_from(
    sent: QueryDict, rows: Iterable[ImportRow], numbers: Mapping[uuid.UUID, str]
) -> dict[uuid.UUID, Answer]:
    """What was said of each of the rows. `numbers`: of the persons a row may be about."""
    found = {}
    for row in rows:
        mended = {
            name.removeprefix(f"cell-{row.pk}-"): text.strip()[:LONGEST_CELL]
            for name, text in sent.items()
            if name.startswith(f"cell-{row.pk}-") and isinstance(text, str)
        }
        was = {name: sent.get(f"was-{row.pk}-{name}", "") for name in mended}
        mended = {name: text for name, text in mended.items() if text != was[name]}
        said = sent.get(f"do-{row.pk}", "")
        decision = Decision(said) if said in set(Decision) else None
        if decision in (Decision.SHIELD, Decision.OPEN):
            decision = None
        same = sent.get(f"same-{row.pk}", "")
        same_as = numbers.get(uuid.UUID(same), "") if is_key(same) else ""
        of_company = "maybe_same_company" in row.codes
        if decision is Decision.SAME and row.mark is None and not (same_as or of_company):
            decision = None
        if mended or decision:
            found[row.pk] = Answer(mended, decision, same_as)
    return found


def keys_from(sent: QueryDict) -> list[uuid.UUID]:
    """The rows a form speaks of."""
    parts = (name.split("-", 1)[1][:36] for name in sent if name.startswith(("cell-", "do-")))
    return list(dict.fromkeys(uuid.UUID(part) for part in parts if is_key(part)))


def is_key(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
