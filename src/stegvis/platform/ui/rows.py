"""Rows of people written by hand: a list of 3,000 costs some ten microseconds a row, where the
template language takes a hundred. What they look like is decided here and nowhere else."""

from __future__ import annotations

import re
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
_INSIDE = re.compile(r"(<svg[^>]*>)(.*)</svg>", re.DOTALL)


class _Pictures:
    """Draws each picture once; its later places point at the first. A list of 50 sheds half its
    bytes by it. One such list to a page: the ids say nothing of which list they belong to."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def glyph(self, step: int, of: int) -> str:
        return self._known.get(f"g{step}-{of}") or self._first(f"g{step}-{of}", glyph(step, of))

    def sign(self, kind: str) -> str:
        return self._known.get(f"s-{kind}") or self._first(f"s-{kind}", icon(_SIGNS[kind]))

    def _first(self, key: str, svg: str) -> str:
        found = _INSIDE.fullmatch(svg)
        assert found is not None, "a picture is one svg element"  # noqa: S101
        head, shapes = found.groups()
        self._known[key] = f'{head}<use href="#{key}"/></svg>'
        # The class again: styles reach a pointed-at picture only from its own root inwards.
        return f'{head}<g id="{key}" class="draw">{shapes}</g></svg>'


def person_rows(rows: Iterable[PersonRow]) -> SafeString:
    """The rows of a people table, in the columns of ui/people.html."""
    word = escape(_("Step"))
    pictures = _Pictures()
    return SafeString("".join([_row(row, word, pictures) for row in rows]))


def _row(row: PersonRow, word: str, pictures: _Pictures) -> str:
    name = escape(row.name)
    linked = f'<a class="nm" href="{escape(row.url)}">{name}</a>' if row.url else name
    return (
        f'<tr><th scope="row">{linked}</th>'
        f'<td class="c-st">{_stand(row, word, pictures)}</td>'
        f'<td class="c-nx">{escape(row.next)}</td>'
        f'<td class="c-du">{_due(row, pictures)}</td>'
        f'<td class="c-wp">{escape(row.programme)}</td>'
        f'<td class="c-su">{escape(row.supervisor)}</td>'
        f'<td class="c-ow">{escape(row.worker)}</td></tr>'
    )


def _due(row: PersonRow, pictures: _Pictures) -> str:
    due = escape(row.due)
    if row.due_kind not in _SIGNS:
        return due
    return f'<span class="tag {row.due_kind}">{pictures.sign(row.due_kind)}{due}</span>'


def _stand(row: PersonRow, word: str, pictures: _Pictures) -> str:
    if not row.of:
        return '<span class="mut">–</span>'
    return (
        f'<span class="st" title="{escape(row.step_name)}">{pictures.glyph(row.step, row.of)}'
        f'<span><span class="vh">{word} </span>{row.step}</span></span>'
    )
