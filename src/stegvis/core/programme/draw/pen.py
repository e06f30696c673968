"""Writes SVG: escaped, numbers short, mirrored for scripts that run from the right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

# What XML 1.0 cannot carry, escaped or not.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LETTER = 0.54  # mean advance of the font in em, measured on Swedish text


def clean(text: str) -> str:
    """Text that may stand in an element or an attribute."""
    return escape(_FORBIDDEN.sub("", text), quote=True)


def short(value: float) -> str:
    """12.0 → "12", 12.345 → "12.3": a tenth of a pixel is finer than any screen."""
    return f"{value:.1f}".removesuffix(".0")


def tag(name: str, attributes: Mapping[str, float | str], *inside: str) -> str:
    """One element; `inside` is SVG already, attribute values are not."""
    written = "".join(
        f' {key}="{clean(value) if isinstance(value, str) else short(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def breadth(text: str, size: float) -> float:
    """About how wide the text will be, in the unit of `size`."""
    return len(text) * size * _LETTER


def wrap(text: str, *, room: float, size: float, lines: int) -> tuple[str, ...]:
    """The text in at most `lines` lines of `room`; words too long are divided, the rest is "…"."""
    letters = max(2, int(room / (size * _LETTER)))
    out = [""]
    for word in text.split():
        rest = word
        if out[-1] and len(out[-1]) + 1 + len(rest) > letters:
            out.append("")
        while len(rest) > letters:
            cut = rest.rfind("/", 0, letters) + 1 or rest.rfind("-", 0, letters) + 1
            out[-1] = rest[:cut] if cut else rest[: letters - 1] + "-"
            rest = rest[cut or letters - 1 :]
            out.append("")
        out[-1] = f"{out[-1]} {rest}".strip()
    if len(out) > lines:
        out = [*out[: lines - 1], out[lines - 1][: letters - 1].rstrip(" -") + "…"]
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws on a sheet `width` wide. All x are given for left to right; `rtl` mirrors them."""

    width: float
    rtl: bool = False

    def x(self, at: float) -> float:
        return self.width - at if self.rtl else at

    def rect(
        self, x: float, y: float, *, wide: float, high: float, look: str, rx: float = 0
    ) -> str:
        left = self.width - x - wide if self.rtl else x
        place = {"x": left, "y": y, "width": max(wide, 0), "height": max(high, 0)}
        return tag("rect", {"class": look, **place, **({"rx": rx} if rx else {})})

    def line(self, x1: float, y1: float, *, to: tuple[float, float], look: str) -> str:
        ends = {"x1": self.x(x1), "y1": y1, "x2": self.x(to[0]), "y2": to[1]}
        return tag("line", {"class": look, **ends})

    def circle(self, x: float, y: float, *, r: float, look: str) -> str:
        return tag("circle", {"class": look, "cx": self.x(x), "cy": y, "r": r})

    def path(self, points: list[tuple[float, float]], *, look: str, closed: bool = False) -> str:
        line = "L".join(f"{short(self.x(x))} {short(y)}" for x, y in points)
        return tag("path", {"class": look, "d": f"M{line}{'Z' if closed else ''}"})

    def text(
        self,
        x: float,
        y: float,
        *,
        say: str,
        size: float = 13,
        look: str = "",
        anchor: str = "start",
    ) -> str:
        """`anchor` start, middle or end; start is where the reading starts, also from the right."""
        place: dict[str, float | str] = {"class": look} if look else {}
        place |= {"x": self.x(x), "y": y, "font-size": size}
        if anchor != "start":
            place["text-anchor"] = anchor
        return tag("text", place, clean(say)) if say else ""

    def sheet(self, *inside: str, high: float, key: str, title: str, desc: str, look: str) -> str:
        """The whole picture with its name and its description for those who do not see it."""
        head = {
            "class": f"draw {look}",
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {short(self.width)} {short(high)}",
            "direction": "rtl" if self.rtl else "ltr",
            "role": "img",
            "aria-labelledby": f"{key}-t {key}-d",
        }
        named = tag("title", {"id": f"{key}-t"}, clean(title) or " ")
        told = tag("desc", {"id": f"{key}-d"}, clean(desc) or " ")
        return tag("svg", head, named, told, *inside)
