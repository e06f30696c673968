"""Our own pictograms, for those who read pictures before words. A word always stands beside one,
seen or read aloud, so the picture itself is silent."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString

FOLDER = Path(__file__).with_name("pictures")
_SHAPES = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@cache
def picture(name: str) -> SafeString:
    """The pictogram as inline SVG. KeyError for a name that is not in the folder."""
    file = FOLDER / f"{name}.svg"
    if not re.fullmatch(r"[a-z0-9-]+", name) or not file.exists():
        raise KeyError(f"there is no picture {name!r}")
    found = _SHAPES.search(file.read_text("utf-8"))
    if found is None:
        raise KeyError(f"the picture {name!r} holds no drawing")
    shapes = re.sub(r">\s+<", "><", found[1].strip())
    return SafeString(f'<svg class="pic" viewBox="0 0 64 64" aria-hidden="true">{shapes}</svg>')
