"""Whether a file has the shape docs/formats/programme.schema.json describes; the words are ours."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from stegvis.core.programme.faults import Fault
from stegvis.core.programme.parts import Part

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

_KINDS = {  # JSON's words for kinds of values, in ours
    "object": {"sv": "en grupp med nycklar", "da": "en gruppe med nøgler", "en": "a group of keys"},
    "array": {"sv": "en lista", "da": "en liste", "en": "a list"},
    "string": {"sv": "text", "da": "tekst", "en": "text"},
    "integer": {"sv": "ett heltal", "da": "et helt tal", "en": "a whole number"},
    "number": {"sv": "ett tal", "da": "et tal", "en": "a number"},
    "boolean": {"sv": "true eller false", "da": "true eller false", "en": "true or false"},
    "null": {"sv": "null", "da": "null", "en": "null"},
}
_CODES = {
    "type": "fault_kind",
    "enum": "fault_none_of",
    "minItems": "fault_empty",
    "minProperties": "fault_empty",
    "minLength": "fault_empty",
    "uniqueItems": "fault_item_twice",
    "minimum": "fault_too_low",
    "pattern": "fault_form",
}
_FEW = 8


def schema() -> dict[str, Any]:
    text = files("stegvis.core.programme").joinpath("programme.schema.json").read_text("utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def faults(root: Part) -> Iterator[Fault]:
    for error in _validator().iter_errors(root.value):
        part = root
        for key in error.absolute_path:
            part = _inside(part, key)
        yield from _said(error, part)


def known(wanted: object, codes: Mapping[str, object] | list[str]) -> list[str]:
    """What there is: the nearest in spelling, else all when they are few."""
    names = [str(code) for code in codes]
    near = get_close_matches(str(wanted), names, n=3, cutoff=0.5)
    return near or names[:_FEW] or ["–"]


def _inside(part: Part, key: str | int) -> Part:
    if isinstance(key, str):
        return part[key]
    return Part(part.value[key], (*part.way, key), part.tree)


def _said(error: ValidationError, part: Part) -> Iterator[Fault]:
    if error.validator == "additionalProperties":
        allowed: Any = error.schema
        names = list(allowed["properties"])
        for key in part.value:
            if key not in names:
                yield part[key].fault("fault_unknown_key", key=key, known=known(key, names))
    elif error.validator == "required":
        required: Any = error.validator_value
        missing = next(key for key in required if f"'{key}' is" in error.message)
        code = "fault_no_ours" if missing == "ours" else "fault_missing_key"
        yield part.fault(code, key=missing)
    else:
        yield part.fault(
            _CODES.get(str(error.validator), "fault_other"),
            rule=str(error.validator),
            kinds=_kinds(error),
            found=_short(error.instance),
            known=error.validator_value,
            least=error.validator_value,
        )


def _kinds(error: ValidationError) -> list[Mapping[str, str]]:
    if error.validator != "type":
        return []
    rule: Any = error.validator_value
    return [_KINDS[kind] for kind in ([rule] if isinstance(rule, str) else rule)]


def _short(value: object) -> str:
    text = "null" if value is None else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004 -- enough to find it by


@cache
def _validator() -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(schema())
