"""What goes in and comes out of the command has the published shape."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from stegvis.config.checkout import ROOT
from stegvis.integrations.imports.reading.mapping import Mapping
from stegvis.integrations.imports.reading.refusal import Refusal
from stegvis.integrations.imports.reading.results import refused
from tests.integrations.imports.known import FILES, read


def schema(name: str) -> dict[str, Any]:
    text = (ROOT / "docs" / "formats" / f"import-{name}.schema.json").read_text("utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def test_a_result_has_the_published_shape() -> None:
    said = read((FILES / "deltagare_excel.xlsx").read_bytes(), "a.xlsx", "participants").to_json()
    jsonschema.validate(json.loads(json.dumps(said)), schema("result"))
    jsonschema.validate(refused("participants", "a.xlsx", "damaged"), schema("result"))


def test_the_published_mapping_is_what_the_reading_takes() -> None:
    published = set(schema("mapping")["properties"]) - {"units"}
    whole = {
        "columns": {"Pnr": "id"}, "sheets": ["A"], "header_row": 3,
        "protected_colours": ["FF0000"], "colours_without_meaning": False,
    }  # fmt: skip
    assert set(whole) == published
    jsonschema.validate(whole, schema("mapping"))
    assert Mapping.of(whole).header_row == 3
    with pytest.raises(Refusal):
        Mapping.of({"column": {}})
