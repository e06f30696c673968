"""What the browser gets: sheets that agree with the drawings, and nothing vendored changed."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from stegvis.core.programme.draw.palette import DARK, LIGHT, RULES

ROOT = Path(__file__).resolve().parents[3]
UI = ROOT / "src/stegvis/platform/ui"
STATIC = UI / "static/ui"
VENDORED = tomllib.loads((UI / "vendor.toml").read_text("utf-8"))["vendored"]


def sheet(name: str) -> str:
    return (STATIC / name).read_text("utf-8")


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6});", block))


def test_the_page_draws_with_the_rules_of_the_file() -> None:
    assert sheet("draw.css").partition("*/\n")[2] == RULES


@pytest.mark.parametrize(
    ("theme", "begins"), [(LIGHT, ":root{"), (DARK, ":root[data-theme=dark]{")]
)
def test_a_picture_alone_has_the_colours_of_the_page(theme: dict[str, str], begins: str) -> None:
    block = sheet("tokens.css").partition(begins)[2].partition("\n}")[0]
    known = {**tokens(sheet("tokens.css").partition(":root{")[2].partition("\n}")[0])}
    known |= tokens(block)
    assert {name: known[name] for name in theme} == theme


def test_the_dark_theme_says_the_same_by_choice_and_by_system() -> None:
    css = sheet("tokens.css")
    chosen = css.partition(":root[data-theme=dark]{")[2].partition("\n}")[0]
    followed = css.partition(":root:not([data-theme=light]){")[2].partition("\n}")[0]
    assert tokens(chosen) == tokens(followed)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_number_can_be_read_on_its_step(theme: dict[str, str]) -> None:
    for tone, colour in theme.items():
        if tone[:3] in {"st-", "sr-"}:
            assert contrast(colour, theme[f"on-{tone}"]) >= 4.5, tone


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_in_the_drawing_can_be_read(theme: dict[str, str]) -> None:
    assert contrast(theme["ink"], theme["paper"]) >= 7
    assert contrast(theme["ink-2"], theme["paper"]) >= 4.5
    assert contrast(theme["sup"], theme["sup-bg"]) >= 4.5
    assert contrast(theme["now"], theme["on-now"]) >= 4.5


@pytest.mark.parametrize("name", ["components.css", "pages.css", "draw.css"])
def test_no_sheet_knows_left_from_right(name: str) -> None:
    """Right-to-left pages are the same sheets mirrored."""
    sides = "(?:left|right)"
    boxes = "(?:margin|padding|border)"
    physical = rf"[;{{]{boxes}-{sides}|[;{{]{sides}:|text-align:{sides}"
    assert re.findall(physical, sheet(name)) == []


@pytest.mark.parametrize("name", ["components.css", "pages.css"])
def test_a_colour_is_named_by_its_token(name: str) -> None:
    screen = sheet(name).partition("@media print")[0]
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", screen)) <= {"#fff"}


@pytest.mark.parametrize("entry", VENDORED, ids=lambda entry: str(entry["package"]))
def test_what_others_made_is_as_they_made_it(entry: dict[str, str]) -> None:
    path = ROOT / entry["path"]
    found = hashlib.sha256()
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        found.update(file.read_bytes())
    assert found.hexdigest() == entry["sha256"]
    assert (ROOT / entry["licence_file"]).stat().st_size > 0
    assert entry["version"]
    assert entry["licence"]


def test_every_icon_a_page_names_is_there() -> None:
    text = "\n".join(file.read_text("utf-8") for file in (ROOT / "src").rglob("*.html"))
    named = set(re.findall(r"{% icon \"([a-z0-9-]+)\" %}", text))
    named |= set(re.findall(r"{% tag \"\w*\" \"([a-z0-9-]+)\"", text))
    assert named
    assert sorted(named - {file.stem for file in (UI / "icons").glob("*.svg")}) == []
