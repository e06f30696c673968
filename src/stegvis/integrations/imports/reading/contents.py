"""What no cell may hold: control and hidden characters, formulas typed as text, endless texts."""

from __future__ import annotations

import re

from stegvis.integrations.imports.reading import limits
from stegvis.integrations.imports.reading.grid import Cells
from stegvis.integrations.imports.reading.refusal import Refusal

_BETWEEN = "\x1f"
_WORDS = re.compile(r"\S+")
_LONGEST_GAP = 300  # no word of a list stands farther from the next; patterns look ahead over gaps
_CONTROL = r"\x00-\x08\x0b\x0c\x0e-\x1e\x7f-\x84\x86-\x9f"
# Overrides, isolates and zero-width signs make a name look like another. Joiners (200C, 200D)
# belong to Persian and Indic spelling and are let through beside such letters.
_HIDDEN = r"\u200b\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f"
_LATIN, _JOINERS = "[\u0000-\u024f]", "[\u200c\u200d]"
_BAD = re.compile(f"[{_CONTROL}{_HIDDEN}]|{_LATIN}{_JOINERS}|{_JOINERS}{_LATIN}")
_IS_CONTROL = re.compile(f"[{_CONTROL}]")
_FORMULA = re.compile(
    r"(?:^|\x1f)[\s\"']*(?:"
    r"=\s*(?:[A-Za-z.]+\(|\$?[A-Za-z]{1,3}\$?\d|[\d(\"'+\-@])"
    r"|@[A-Za-z.]+\("
    r"|[+\-](?:[^\x1f]*\b[A-Z]{2,}\(|[^\x1f|]*\|[^\x1f!]*!))"
)


def check(cells: Cells, *, sheet: str | None, row: int) -> None:
    """Refusal when a cell of this row holds what no list needs."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    text = "".join(texts)
    if len(text) > limits.CELL_LENGTH and max(map(len, texts)) > limits.CELL_LENGTH:
        raise Refusal("cell_too_long", sheet=sheet, row=row)
    if len(text) > _LONGEST_GAP and any(map(_gaping, texts)):
        raise Refusal("cell_too_long", sheet=sheet, row=row)
    if not text.isprintable():  # control and format characters are not, nor are line breaks
        bad = _BAD.search(_BETWEEN.join(texts))
        if bad is not None:
            control = _IS_CONTROL.match(bad.group())
            code = "control_characters" if control else "hidden_characters"
            raise Refusal(code, sheet=sheet, row=row)
    if ("=" in text or "(" in text or "|" in text) and _FORMULA.search(_BETWEEN.join(texts)):
        raise Refusal("formula_text", sheet=sheet, row=row)


def _gaping(text: str) -> bool:
    return len(text) > _LONGEST_GAP and max(map(len, _WORDS.split(text))) > _LONGEST_GAP
