"""PDF/UA-1 from a template and values: tagged, with its language and title, refused otherwise.

Values go in as JSON and come out as text: nothing a person is called or has written is ever read
as markup. Templates are ours and read nothing but this folder; the time they take is bounded by
the values, which are bounded here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import typst

HERE = Path(__file__).parent
TEMPLATES, FONTS = HERE / "templates", HERE / "fonts"
STANDARD: Literal["ua-1"] = "ua-1"
LANGUAGES = ("sv", "da", "en")
MOST_IN = 200_000  # characters of JSON: some eighty pages
MOST_OUT = 8 * 1024 * 1024
OVER_A_PAGE = "over a page"  # what a template of one page panics with
_LETTERS = re.compile(r'the text `"(.+?)"` could not be displayed')
# No sign for the eye, and a fault to a reader aloud: all controls but the end of a line.
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]|[\ud800-\udfff]")


class TooLarge(ValueError):
    """More than a paper for one person ever holds."""


class MorePages(TooLarge):
    """A paper that is one page by its kind would be more."""


class Unprintable(ValueError):
    """A letter for which no font is at hand. Nothing is left out silently: the writer is told."""

    def __init__(self, letters: str) -> None:
        super().__init__(letters)
        self.letters = letters


def names() -> list[str]:
    """The templates there are."""
    return sorted(file.stem for file in TEMPLATES.glob("*.typ") if not file.stem.startswith("_"))


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Ours, then those typst carries; never the machine's, so that every machine sets alike."""
    import typst

    return typst.Fonts(font_paths=[str(FONTS)], include_system_fonts=False)


def pdf(template: str, values: Mapping[str, Any], lang: str) -> bytes:
    """The finished document. Raises TooLarge, Unprintable."""
    import typst

    if template not in names() or lang not in LANGUAGES:
        raise ValueError(f"no template {template!r} in {lang!r}")
    said = json.dumps({**clean(values), "lang": lang}, ensure_ascii=False)
    if len(said) > MOST_IN:
        raise TooLarge
    try:
        made = typst.compile(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=_fonts(),
            format="pdf",
            pdf_standards=STANDARD,
            sys_inputs={"values": said},
        )
    except typst.TypstError as fault:
        if found := _LETTERS.search(str(fault)):
            raise Unprintable(found[1]) from None
        if OVER_A_PAGE in str(fault):
            raise MorePages from None
        raise
    if len(made) > MOST_OUT:
        raise TooLarge
    return made


def clean(value: Any) -> Any:
    """The same values with no unseen control signs in their texts."""
    if isinstance(value, str):
        lines = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
        return _CONTROLS.sub("", lines)
    if isinstance(value, Mapping):
        return {str(name): clean(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [clean(one) for one in value]
    return value
