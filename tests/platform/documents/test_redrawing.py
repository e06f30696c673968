"""What is kept of a picture that was sent in is a drawing of ours; what cannot be made so is
refused with a reason."""

from __future__ import annotations

import base64
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stegvis.platform.documents.redrawing import (
    MOST_BYTES,
    MOST_SHAPES,
    MOST_SIDE,
    SIDE,
    Refused,
    redrawn,
)

pytestmark = pytest.mark.requirement("KN-128")
WEBP = {
    "lossy": (
        "UklGRkgAAABXRUJQVlA4IDwAAACQAwCdASpAADAAPpFIoEwlpCMiIqgAsBIJ"
        "ZwB2AAAqNMY4fBmAAP7sJl/60LQgc//+Ur+fPyD4ZAAAAAA="
    ),
    "lossless": "UklGRiIAAABXRUJQVlA4TBYAAAAvP8ALAAdQwChg/wNAQvi/Xozof+oH",
}
SECRET = b"GPS 59.33 N, Kanariefagel"


def png(wide: int, high: int, *more: bytes) -> bytes:
    """A plain picture; `more` are whole chunks."""
    lines = b"".join(b"\0" + bytes([20, 120, 140]) * wide for _line in range(high))
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    parts = [chunk(b"IHDR", head), *more, chunk(b"IDAT", zlib.compress(lines)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def svg(inside: str, head: str = "") -> bytes:
    start = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"{head}>'
    return f"{start}{inside}</svg>".encode()


def chunks(made: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(made):
        (size,) = struct.unpack(">I", made[at : at + 4])
        found.append(made[at + 4 : at + 8])
        at += 12 + size
    return found


def _is_ours(made: bytes) -> bool:
    wide, high = struct.unpack(">II", made[16:24])
    return (wide, high) == (SIDE, SIDE) and set(chunks(made)) <= {b"IHDR", b"IDAT", b"IEND"}


@pytest.mark.parametrize(
    "sent",
    [
        png(300, 200),
        base64.b64decode(WEBP["lossy"]),
        base64.b64decode(WEBP["lossless"]),
        svg('<circle cx="5" cy="5" r="4" fill="#0f5c63"/>'),
        b'<?xml version="1.0"?>\n<!-- ritad -->' + svg('<g><path d="M0 0h9v9z"/></g>'),
    ],
    ids=["png", "lossy", "lossless", "svg", "svg with a head"],
)
def test_a_picture_of_each_kind_is_drawn_anew_in_one_size(sent: bytes) -> None:
    assert _is_ours(redrawn(sent))


def test_nothing_else_in_the_file_is_kept() -> None:
    sent = png(64, 64, chunk(b"tEXt", b"Comment\0" + SECRET), chunk(b"eXIf", SECRET))
    made = redrawn(sent + b"<script>" + SECRET)
    assert SECRET not in made
    assert b"script" not in made
    assert _is_ours(made)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"\0" * (MOST_BYTES + 1), "too_heavy"),
        (b"", "unknown"),
        (b"GIF89a" + b"\0" * 40, "unknown"),
        (b"%PDF-1.7", "unknown"),
        (b"<html><script>alert(1)</script></html>", "unknown"),
        (png(10, 64), "too_small"),
        (png(MOST_SIDE + 1, 24), "too_large"),
        (png(64, 64)[:90], "broken"),
        (b"\x89PNG\r\n\x1a\n", "broken"),
        (b"RIFF\0\0\0\0WEBPVP8X", "broken"),
        (b"<svg><", "broken"),
    ],
)
def test_what_is_no_picture_for_a_board_is_refused_with_the_reason(sent: bytes, code: str) -> None:
    with pytest.raises(Refused, match=code):
        redrawn(sent)


def test_a_frame_that_says_less_than_the_picture_in_it_is_not_believed() -> None:
    inner = base64.b64decode(WEBP["lossless"])[12:]
    huge = inner[:9] + struct.pack("<I", 16000 | 16000 << 14) + inner[13:]
    frame = b"VP8X" + struct.pack("<I", 10) + bytes(4) + b"\x3f\0\0\x2f\0\0"
    body = b"WEBP" + frame + huge
    with pytest.raises(Refused, match="too_large"):
        redrawn(b"RIFF" + struct.pack("<I", len(body)) + body)


def test_a_head_that_says_a_huge_picture_is_refused_before_it_is_opened() -> None:
    head = struct.pack(">IIBBBBB", 60000, 60000, 8, 6, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99))
    with pytest.raises(Refused, match="too_large"):
        redrawn(bomb)


@pytest.mark.parametrize(
    "sent",
    [
        svg("<script>alert(1)</script>"),
        svg('<rect width="9" height="9" onclick="x()"/>'),
        svg('<image href="/etc/hostname" width="5" height="5"/>'),
        svg('<use href="#a"/>'),
        svg('<a href="https://x.example"><rect width="9" height="9"/></a>'),
        svg("<style>@import url(https://x.example)</style>"),
        svg('<rect width="9" height="9" style="fill:red"/>'),
        svg('<rect width="9" height="9" fill="url(https://x.example#a)"/>'),
        svg('<filter id="f"><feGaussianBlur stdDeviation="9999"/></filter>'),
        svg("<text>Anna</text>"),
        svg("<foreignObject/>"),
        svg('<rect width="1" height="1"/>' * (MOST_SHAPES + 1)),
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + svg("&a;"),
        b'<?xml version="1.0"?><!DOCTYPE svg SYSTEM "file:///etc/hostname">' + svg(""),
        b"<svg><circle/></svg>",
    ],
)
def test_a_drawing_with_more_than_shapes_in_it_is_refused(sent: bytes) -> None:
    with pytest.raises(Refused) as fault:
        redrawn(sent)
    assert fault.value.code in {"unsafe", "unknown"}


def _kept(sent: bytes) -> bytes:
    """What is kept; of what is refused, what was there before."""
    try:
        return redrawn(sent)
    except Refused:
        return redrawn(png(24, 24))


@given(
    base=st.sampled_from([png(40, 40), base64.b64decode(WEBP["lossless"]), svg("<g/>")]),
    at=st.integers(8, 400),
    with_=st.binary(min_size=1, max_size=24),
)
def test_a_file_with_any_byte_gone_wrong_is_drawn_by_us_or_refused(
    base: bytes, at: int, with_: bytes
) -> None:
    place = at % len(base)
    sent = base[:place] + with_ + base[place + len(with_) :]
    assert _is_ours(_kept(sent))


@pytest.mark.parametrize(
    "sent",
    [
        b"RIFF\x00\x00\x08\x00WEBP" + b"EXIF\x00\x00\x00\x00" * 20_000,
        b"<?xml version='1.0' encoding='U-TF-8'?><svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
    ids=["twenty thousand empty chunks", "letters nobody knows"],
)
def test_a_file_made_to_wear_the_reader_out_is_refused(sent: bytes) -> None:
    with pytest.raises(Refused, match="broken"):
        redrawn(sent)
