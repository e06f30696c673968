"""Rows of people written by hand: a list of 3,000 costs some ten microseconds a row, where the
template language takes a hundred. What they look like is decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stegvis.core.programme.draw import glyph
from stegvis.platform.ui.icons import icon


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in a list. `due_kind` is late, warn or "" (no mark); words are plain text.

    `step` 0 and `of` 0 mean: enrolled in nothing, no glyph. A name withheld has an empty url.
    """

    url: str
    name: str
    step: int
    of: int
    step_name: str
    next: str
    due: str
    due_kind: str
    programme: str
    supervisor: str
    worker: str


_SIGNS = {"late": "clock-alert", "warn": "calendar-clock"}


def person_rows(rows: Iterable[PersonRow]) -> SafeString:
    """The rows of a people table, in the columns of ui/people.html."""
    word = escape(_("Step"))
    marks = {kind: f'<span class="tag {kind}">{icon(sign)}' for kind, sign in _SIGNS.items()}
    return SafeString("".join([_row(row, word, marks) for row in rows]))


def _row(row: PersonRow, word: str, marks: dict[str, str]) -> str:
    name = escape(row.name)
    linked = f'<a class="nm" href="{escape(row.url)}">{name}</a>' if row.url else name
    mark = marks.get(row.due_kind)
    due = escape(row.due)
    return (
        f'<tr><th scope="row">{linked}</th>'
        f'<td class="c-st">{_stand(row, word)}</td>'
        f'<td class="c-nx">{escape(row.next)}</td>'
        f'<td class="c-du">{f"{mark}{due}</span>" if mark else due}</td>'
        f'<td class="c-wp">{escape(row.programme)}</td>'
        f'<td class="c-su">{escape(row.supervisor)}</td>'
        f'<td class="c-ow">{escape(row.worker)}</td></tr>'
    )


def _stand(row: PersonRow, word: str) -> str:
    if not row.of:
        return '<span class="mut">–</span>'
    return (
        f'<span class="st" title="{escape(row.step_name)}">{glyph(row.step, row.of)}'
        f'<span><span class="vh">{word} </span>{row.step}</span></span>'
    )
