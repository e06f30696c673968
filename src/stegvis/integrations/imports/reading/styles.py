"""Fill colours of a workbook's cell styles, as "RRGGBB"."""

from __future__ import annotations

import colorsys
import zipfile
from collections.abc import Sequence

from stegvis.integrations.imports.reading.archive import Attributes, elements, part

_STYLES = "xl/styles.xml"
_THEME = "xl/theme/theme1.xml"
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)))
# The first sixteen of the fixed palette, which nobody has changed since 1997.
_PALETTE = [
    "000000",
    "FFFFFF",
    "FF0000",
    "00FF00",
    "0000FF",
    "FFFF00",
    "FF00FF",
    "00FFFF",
    "000000",
    "FFFFFF",
    "FF0000",
    "00FF00",
    "0000FF",
    "FFFF00",
    "FF00FF",
    "00FFFF",
    "800000",
    "008000",
    "000080",
    "808000",
    "800080",
    "008080",
    "C0C0C0",
    "808080",
    "9999FF",
    "993366",
    "FFFFCC",
    "CCFFFF",
    "660066",
    "FF8080",
    "0066CC",
    "CCCCFF",
    "000080",
    "FF00FF",
    "FFFF00",
    "00FFFF",
    "800080",
    "800000",
    "008080",
    "0000FF",
    "00CCFF",
    "CCFFFF",
    "CCFFCC",
    "FFFF99",
    "99CCFF",
    "FF99CC",
    "CC99FF",
    "FFCC99",
    "3366FF",
    "33CCCC",
    "99CC00",
    "FFCC00",
    "FF9900",
    "FF6600",
    "666699",
    "969696",
    "003366",
    "339966",
    "003300",
    "333300",
    "993300",
    "993366",
    "333399",
    "333333",
]
_GREYISH = 0.12
_DARK = 0.2
# Upper bounds of hue in degrees, in order.
_HUES = (
    (15, "red"),
    (42, "orange"),
    (68, "yellow"),
    (170, "green"),
    (255, "blue"),
    (290, "purple"),
)


def fills_by_style(archive: zipfile.ZipFile) -> Sequence[str]:
    """Colour by style number; "" where a style has no fill of its own."""
    if _STYLES not in archive.namelist():
        return ()
    theme = _theme(archive)
    fills: list[str] = []
    styles: list[str] = []
    foreground = ""
    in_cell_formats = _numbers_of_cell_formats(part(archive, _STYLES))
    for name, attributes, _ in elements(part(archive, _STYLES)):
        if name == "fgColor":
            foreground = _colour(attributes, theme)
        elif name == "patternFill" and attributes.get("patternType", "none") == "none":
            foreground = ""
        elif name == "fill":
            fills.append(foreground)
            foreground = ""
        elif name == "xf":
            styles.append(attributes.get("fillId", "0"))
    cell_formats = styles[in_cell_formats[0] : in_cell_formats[1]]
    return [_at(fills, number) for number in cell_formats]


def hue(colour: str) -> str:
    """The plain word for "RRGGBB": red, orange, yellow, green, blue, purple, pink, grey, black."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    angle, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    if lightness < _DARK:
        return "black"
    if max(red, green, blue) - min(red, green, blue) < _GREYISH:
        return "grey"
    degrees = angle * 360
    if saturation and degrees > 290:  # noqa: PLR2004 the rest of the circle is pink, then red
        return "pink" if degrees < 345 or lightness > 0.8 else "red"  # noqa: PLR2004
    return next((word for bound, word in _HUES if degrees <= bound), "purple")


def _numbers_of_cell_formats(data: bytes) -> tuple[int, int]:
    """Formats stand in two lists; cells number those of the second (cellXfs)."""
    before = count = 0
    for name, _, _ in elements(data):
        if name == "xf":
            count += 1
        elif name == "cellStyleXfs":
            before = count
        elif name == "cellXfs":
            return before, count
    return before, count


def _colour(attributes: Attributes, theme: Sequence[str]) -> str:
    if "rgb" in attributes:
        return attributes["rgb"][-6:].upper()
    if "indexed" in attributes:
        return _at(_PALETTE, attributes["indexed"])
    if "theme" in attributes:
        return _tinted(_at(theme, attributes["theme"]), attributes.get("tint", "0"))
    return ""


def _tinted(colour: str, tint: str) -> str:
    try:
        share = float(tint)
        parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    except ValueError:
        return colour
    toward = 255 if share > 0 else 0
    return "".join(f"{round(p + (toward - p) * min(1, abs(share))):02X}" for p in parts)


def _theme(archive: zipfile.ZipFile) -> Sequence[str]:
    if _THEME not in archive.namelist():
        return ()
    found: dict[str, str] = {}
    colour = ""
    for name, attributes, _ in elements(part(archive, _THEME)):
        if name == "srgbClr":
            colour = attributes.get("val", "")
        elif name == "sysClr":
            colour = attributes.get("lastClr", "")
        elif name in _THEME_ORDER:
            found.setdefault(name, colour.upper())
    return [found.get(name, "") for name in _THEME_ORDER]


def _at(colours: Sequence[str], number: str) -> str:
    return colours[int(number)] if number.isdigit() and int(number) < len(colours) else ""
