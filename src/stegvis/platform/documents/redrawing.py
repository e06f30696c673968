"""A picture somebody sends in, drawn anew. What is kept is a PNG of ours, of the same size each: no
byte of what was sent, no metadata, nothing that could run. The drawing is done by typst, whose
decoders hold no memory by hand, in a folder where nothing but the picture lies.

Bounded before anything is decoded: by bytes, by the sides the file says it has, and of an SVG by a
short list of shapes; text, styles, links, effects and other files have no place in a symbol.
"""

from __future__ import annotations

import struct
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

MOST_BYTES = 512 * 1024
MOST_SHAPES = 400
LEAST_SIDE, MOST_SIDE = 24, 2048  # pixels of what is sent in
SIDE = 192  # of what is kept: as large as a wall shows it
_PNG, _RIFF, _WEBP = b"\x89PNG\r\n\x1a\n", b"RIFF", b"WEBP"
_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = frozenset(
    _SVG + name
    for name in (
        "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "title",
        "desc",
    )
)  # fmt: skip
_SHAPED = frozenset((
    "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "points",
    "viewBox", "fill", "fill-rule", "fill-opacity", "stroke", "stroke-width", "stroke-linecap",
    "stroke-linejoin", "stroke-opacity", "stroke-dasharray", "stroke-miterlimit", "opacity",
    "transform", "version", "id", "class", "role", "aria-hidden", "preserveAspectRatio",
    "clip-rule",
    "{http://www.w3.org/XML/1998/namespace}space",
))  # fmt: skip
_SHEET = """#set page(width: {side}pt, height: {side}pt, margin: 0pt, fill: none)
#set document(date: none)
#align(center + horizon, image("sent", format: "{kind}", width: 100%, height: 100%, fit: "contain"))
"""


class Refused(ValueError):
    """It is no picture we can draw anew; the code says why: too_heavy, unknown, too_small,
    too_large, unsafe, broken."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def redrawn(sent: bytes) -> bytes:
    """The PNG that is kept. Raises Refused."""
    if len(sent) > MOST_BYTES:
        raise Refused("too_heavy")
    kind = _kind(sent)
    if kind == "svg":
        _shaped(sent)
    else:
        wide, high = _size(sent, kind)
        if max(wide, high) > MOST_SIDE:
            raise Refused("too_large")
        if min(wide, high) < LEAST_SIDE:
            raise Refused("too_small")
    return _drawn(sent, kind)


def _kind(sent: bytes) -> str:
    """By its own first bytes, never by its name or by what the browser says it is."""
    if sent.startswith(_PNG):
        return "png"
    if sent.startswith(_RIFF) and sent[8:12] == _WEBP:
        return "webp"
    if sent.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<svg", b"<?xml", b"<!--")):
        return "svg"
    raise Refused("unknown")


def _size(sent: bytes, kind: str) -> tuple[int, int]:
    """The sides as the file's head says, in pixels."""
    try:
        if kind == "png":
            wide, high = struct.unpack(">II", sent[16:24])
            return wide, high
        return _webp(sent, 12)
    except struct.error:
        raise Refused("broken") from None


def _webp(sent: bytes, at: int) -> tuple[int, int]:
    """Of the picture itself: what the frame around it says of its sides could be a lie. One that
    moves is refused."""
    while (form := sent[at : at + 4]) in {b"VP8X", b"ICCP", b"ALPH", b"EXIF", b"XMP "}:
        (size,) = struct.unpack("<I", sent[at + 4 : at + 8])
        at += 8 + size + size % 2
    if form == b"VP8L":
        (bits,) = struct.unpack("<I", sent[at + 9 : at + 13])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 ":
        wide, high = struct.unpack("<HH", sent[at + 14 : at + 18])
        return wide & 0x3FFF, high & 0x3FFF
    raise Refused("unknown" if form in {b"ANIM", b"ANMF"} else "broken")


def _shaped(sent: bytes) -> None:
    """Shapes and their looks alone. A document type is refused before anything is parsed: it is
    where entities come from."""
    if b"<!" in sent.replace(b"<!--", b"") or b"\x00" in sent:
        raise Refused("unsafe")
    try:
        root = ET.fromstring(sent)  # noqa: S314 no document type, no entities, bounded bytes
    except (ET.ParseError, LookupError, ValueError):  # the second: letters of an unknown name
        raise Refused("broken") from None
    shapes = list(root.iter())
    if root.tag != f"{_SVG}svg" or len(shapes) > MOST_SHAPES:
        raise Refused("unsafe")
    for one in shapes:
        if one.tag not in _SHAPES or not _SHAPED.issuperset(one.attrib):
            raise Refused("unsafe")
        if any("url(" in value or "&" in value for value in one.attrib.values()):
            raise Refused("unsafe")


def _drawn(sent: bytes, kind: str) -> bytes:
    import typst

    with tempfile.TemporaryDirectory(prefix="symbol-") as folder:
        sheet = Path(folder, "sheet.typ")
        Path(folder, "sent").write_bytes(sent)
        sheet.write_text(_SHEET.format(side=SIDE, kind=kind), "utf-8")
        try:
            made = typst.compile(str(sheet), root=folder, format="png", ppi=72.0)
        except typst.TypstError:
            raise Refused("broken") from None
        except BaseException as fault:  # a decoder that gave up says so with a kind of its own
            if type(fault).__name__ != "PanicException":
                raise
            raise Refused("broken") from None
    return bytes(made)
