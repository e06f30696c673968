"""A programme's ladder as a picture: the first page of its binder."""

from __future__ import annotations

from stegvis.core.programme.draw.palette import ramp, sheet
from stegvis.core.programme.draw.pen import Pen, tag, wrap
from stegvis.core.programme.draw.picture import SAYS, Tread, chosen, treads
from stegvis.core.programme.model import LadderKind, Programme
from stegvis.core.values.texts import pick

_WIDE, _LOW, _RISE, _SIZE, _LINE = 1040.0, 54.0, 34.0, 15.0, 19.0


def ladder(
    programme: Programme,
    track: str,
    lang: str,
    *,
    code: str | None = None,
    key: str = "ladder",
    rtl: bool = False,
    standalone: bool = False,
) -> str:
    """The steps in the words of one track. `code` names another ladder than the primary one.

    Categories are no progress: they stand side by side at one height.
    """
    drawn = chosen(programme, code)
    steps = treads(drawn, track=track, lang=lang)
    level = drawn.kind == LadderKind.CATEGORY
    name = pick(drawn.texts, lang) or pick(programme.names, lang)
    title = SAYS.say("classes" if level else "ladder", {"name": name, "n": len(steps)}, lang)
    desc = "; ".join(f"{tread.ordinal} {tread.name}" for tread in steps)
    pen = Pen(_WIDE, rtl)
    room = (_WIDE - 4) / len(steps)
    head = 3 * _LINE + 12
    base = head + _LOW + (0 if level else _RISE * (len(steps) - 1))
    inside = [tag("style", {}, sheet()), pen.rect(0, 0, wide=_WIDE, high=base + 6, look="d-paper")]
    drawn_steps = [
        part
        for tread in steps
        for part in _tread(pen, tread, of=len(steps), room=room, base=base, level=level)
    ]
    return pen.sheet(
        *(inside if standalone else []), *drawn_steps,
        high=base + 6, key=key, title=title, desc=desc, look="d-ladder",
    )  # fmt: skip


def _tread(pen: Pen, tread: Tread, *, of: int, room: float, base: float, level: bool) -> list[str]:
    tone = ramp(of if level else tread.ordinal, of)
    x = 2 + (tread.ordinal - 1) * room
    top = base - _LOW - (0 if level else _RISE * (tread.ordinal - 1))
    gap = 8 if level else 1.5
    lines = wrap(tread.name, room=room - 8, size=_SIZE, lines=3)
    parts = [
        pen.rect(x, top, wide=room - gap, high=base - top, look=f"d-{tone}"),
        pen.line(x, top, to=(x + room - gap, top), look="d-edge d-tread"),
        pen.text(
            x + room / 2, base - 20, say=str(tread.ordinal), size=22,
            look=f"d-bold d-on-{tone}", anchor="middle",
        ),
    ]  # fmt: skip
    if tread.ordinal > 1 and not level:
        parts.append(pen.line(x, top, to=(x, top + _RISE), look="d-edge"))
    for i, line in enumerate(reversed(lines)):
        y = top - 10 - i * _LINE
        parts.append(pen.text(x + room / 2, y, say=line, size=_SIZE, anchor="middle"))
    return parts
