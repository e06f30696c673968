"""A workbook's archive, looked through before anything in it is parsed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from stegvis.integrations.imports.reading import limits
from stegvis.integrations.imports.reading.refusal import Refusal

_SMALL_PART = 16 * 1024 * 1024
_ENCRYPTED = 0x1
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\\")
_SHEETS = "xl/worksheets/"  # large, so looked through when they are read, and only those
_CONTENT_TYPES = "[Content_Types].xml"
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)")

type Attributes = dict[str, str]


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Refusal: damaged, archive_path, password_protected, too_large_unpacked, type_mismatch,
    macro_enabled, xml_entity."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as fault:
        raise Refusal("damaged") from fault
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if any(_OUTSIDE.search(entry.orig_filename) for entry in entries):
        raise Refusal("archive_path")
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Refusal("password_protected")
    if len(entries) > limits.PARTS or sum(e.file_size for e in entries) > limits.UNPACKED_BYTES:
        raise Refusal("too_large_unpacked")
    if len({name.casefold() for name in names}) != len(names):
        raise Refusal("damaged")
    if _CONTENT_TYPES not in names or not any(name.endswith(".xml") for name in names):
        raise Refusal("type_mismatch")
    types = part(archive, _CONTENT_TYPES)
    if b"macroEnabled" in types or any(_is_macro(name) for name in names):
        raise Refusal("macro_enabled")
    for name in names:
        if name.endswith((".xml", ".rels", ".vml")) and not name.startswith(_SHEETS):
            refuse_declarations(part(archive, name))
    return archive


def part(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part, unpacked whole; its size was declared within the limit and is checked here."""
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError) as fault:
        raise Refusal("damaged") from fault
    except (NotImplementedError, RuntimeError, ValueError) as fault:
        raise Refusal("damaged") from fault


def elements(data: bytes) -> Iterator[tuple[str, Attributes, str]]:
    """Every element of a small part at its end: local name, attributes, its own and its
    descendants' text."""
    if len(data) > _SMALL_PART:
        raise Refusal("too_large_unpacked")
    open_: list[tuple[str, Attributes, list[str]]] = []
    done: list[tuple[str, Attributes, str]] = []

    def start(name: str, attributes: Attributes) -> None:
        open_.append((name.rpartition(":")[2], attributes, []))

    def text(piece: str) -> None:
        for _, _, pieces in open_:
            pieces.append(piece)

    def end(_: str) -> None:
        name, attributes, pieces = open_.pop()
        done.append((name, attributes, "".join(pieces)))

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.EntityDeclHandler = _refuse_declaration
    try:
        parser.Parse(data, True)  # noqa: FBT003 expat takes nothing by keyword
    except (expat.ExpatError, LookupError) as fault:  # the second: letters of a name nobody knows
        raise Refusal("damaged") from fault
    return iter(done)


def _refuse_declaration(*_: object) -> None:
    raise Refusal("xml_entity")


def refuse_declarations(data: bytes) -> None:
    """Refusal: xml_entity; damaged where the letters are of two bytes."""
    if b"\x00" in data:  # two-byte letters would hide a declaration from the search below
        raise Refusal("damaged")
    if _DECLARES.search(data):
        raise Refusal("xml_entity")


def _is_macro(name: str) -> bool:
    lower = name.casefold()
    return lower.endswith("vbaproject.bin") or "/macrosheets/" in lower
