"""Lucide icons (ISC, icons/LICENSE) as inline SVG. Only those in use lie in the folder."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString

FOLDER = Path(__file__).with_name("icons")
_SHAPES = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@cache
def icon(name: str) -> SafeString:
    """The icon as inline SVG, hidden from readers: a word always stands beside it.

    KeyError for a name that is not in the folder.
    """
    file = FOLDER / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not file.exists():
        raise KeyError(f"there is no icon {name!r}")
    found = _SHAPES.search(file.read_text("utf-8"))
    if found is None:
        raise KeyError(f"the icon {name!r} holds no drawing")
    shapes = " ".join(found[1].split()).replace(" />", "/>")
    return SafeString(f'<svg class="ic" viewBox="0 0 24 24" aria-hidden="true">{shapes}</svg>')
