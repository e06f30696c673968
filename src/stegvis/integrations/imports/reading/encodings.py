"""Which letters the bytes of a text file are: one encoding for the whole file, or a refusal."""

from __future__ import annotations

import codecs
import re

from stegvis.integrations.imports.reading.refusal import Refusal

_NORDIC = frozenset("åäöÅÄÖæøÆØéÉüÜ")
_TYPOGRAPHY = frozenset(
    "\u2013\u2014\u2018\u2019\u201c\u201d\u201e\u2026\u2022\u20ac\u00a0§°´¨·½²\u00ab\u00bb"
)
# One byte a letter. DOS code page 865 and 850 agree on every Nordic letter, so one stands for both.
_SINGLE_BYTE = ("cp1252", "cp865", "mac_roman")
_ASIDE = 3  # a sign inside a word weighs more than a letter that fits
_NOT_UTF8 = re.compile(
    rb"[\xc0\xc1][\x80-\xbf]|\xe0[\x80-\x9f][\x80-\xbf]|\xed[\xa0-\xbf][\x80-\xbf]"
    rb"|\xf0[\x80-\x8f][\x80-\xbf]{2}|\xf4[\x90-\xbf][\x80-\xbf]{2}|[\xf5-\xff][\x80-\xbf]{3}"
)
_TWICE = re.compile("Ã[\u00a4\u00a5\u00b6\u00a6\u00b8\u00a9\u00bc\u2026\u201e\u2013\u2020\u02dc]")


def decode(data: bytes) -> tuple[str, str]:
    """Text and the name of its encoding. Refusal: encoding_invalid, encoding_mixed,
    encoding_twice, control_characters."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strictly(data, name), name
    if b"\x00" in data:
        name = _wide(data)
        return _strictly(data, name), name
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _single_byte(data)
    if len(_TWICE.findall(text)) > 1:
        raise Refusal("encoding_twice")
    return text, "utf-8"


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise Refusal("encoding_invalid", row=line) from fault


def _wide(data: bytes) -> str:
    """Zero bytes are either two-byte letters without a mark or rubbish."""
    pairs = max(1, len(data) // 2)
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = data[offset::2].count(0)
        others = data[1 - offset :: 2].count(0)
        if zeros > pairs * 0.6 and not others:
            return name
    raise Refusal("control_characters", row=data.count(b"\n", 0, data.index(b"\x00")) + 1)


def _single_byte(data: bytes) -> tuple[str, str]:
    lines = data.split(b"\n")
    fit, unfit = _sort_lines(lines)
    if fit and unfit:
        attempts = all(_NOT_UTF8.search(lines[n]) for n in unfit)
        raise Refusal("encoding_invalid" if attempts else "encoding_mixed", row=unfit[0] + 1)
    best = max(_SINGLE_BYTE, key=lambda name: (_score(data, name), -_SINGLE_BYTE.index(name)))
    if _score(data, best) == _UNREADABLE:
        raise Refusal("encoding_invalid", row=unfit[0] + 1)
    for n in unfit:
        if _belongs_elsewhere(lines[n], best):
            raise Refusal("encoding_mixed", row=n + 1)
    return data.decode(best), best


def _sort_lines(lines: list[bytes]) -> tuple[list[int], list[int]]:
    """Lines whose letters outside ASCII are UTF-8, and lines where they are not."""
    fit, unfit = [], []
    for n, line in enumerate(lines):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            unfit.append(n)
        else:
            fit.append(n)
    return fit, unfit


_UNREADABLE = -1_000_000


def _score(data: bytes, name: str) -> int:
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return _UNREADABLE
    score = 0
    for found in re.finditer(r"[^\x00-\x7f]", text):
        sign = found.group()
        if sign in _NORDIC:
            score += 2
        elif sign in _TYPOGRAPHY:
            score += 0
        elif sign.isalpha():
            score += 1 if sign < "\u0180" else -1
        else:
            score -= _ASIDE if _inside_word(text, found.start()) else 1
    return score


def _inside_word(text: str, at: int) -> bool:
    return text[at - 1 : at].isalpha() and text[at + 1 : at + 2].isalpha()


def _belongs_elsewhere(line: bytes, chosen: str) -> bool:
    """A line with signs inside words that another encoding reads as Nordic letters only."""
    text = line.decode(chosen)
    if not any(
        not sign.isascii() and not sign.isalpha() and sign != "\u2019" and _inside_word(text, at)
        for at, sign in enumerate(text)
    ):
        return False
    for name in _SINGLE_BYTE:
        try:
            other = line.decode(name)
        except UnicodeDecodeError:
            continue
        foreign = [sign for sign in other if not sign.isascii()]
        if name != chosen and all(sign in _NORDIC for sign in foreign):
            return True
    return False
