"""Bytes of a file that somebody sent → a Book, or a Refusal. Its content decides what it is, and
the ending of its name has to agree."""

from __future__ import annotations

from stegvis.integrations.imports.reading import limits
from stegvis.integrations.imports.reading.grid import Book
from stegvis.integrations.imports.reading.refusal import Refusal
from stegvis.integrations.imports.reading.text_file import open_text
from stegvis.integrations.imports.reading.workbook import open_workbook

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_WORKBOOK_ENDINGS = frozenset(("xlsx", "xlsm", "xltx", "xltm"))
_TEXT_ENDINGS = frozenset(("csv", "txt", "tsv", "tab", ""))
_OLD_ENDINGS = frozenset(("xls", "xlsb", "ods", "xlt"))
# Beginnings of what is neither a table of text nor a workbook: pictures, documents, web pages.
_OTHERS = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF-", b"II*\x00", b"MM\x00*", b"RIFF", b"\x1f\x8b",
    b"7z\xbc\xaf", b"Rar!", b"{\\rtf", b"\x7fELF", b"PK\x05\x06", b"SQLite format 3",
)  # fmt: skip
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<body", b"<svg", b"<meta")


def open_book(data: bytes, filename: str) -> Book:
    """Refusal: empty_file, too_large, type_mismatch, format_unsupported, password_protected,
    macro_enabled, and what workbook.py and text_file.py refuse."""
    if not data:
        raise Refusal("empty_file")
    if len(data) > limits.FILE_BYTES:
        raise Refusal("too_large")
    ending = filename.rpartition(".")[2].casefold() if "." in filename else ""
    form = _form(data)
    if form == "ole":
        _refuse_ole(data)
    if form == "workbook":
        if ending in _TEXT_ENDINGS:
            raise Refusal("type_mismatch")
        if ending in _OLD_ENDINGS:
            raise Refusal("format_unsupported" if ending != "xls" else "type_mismatch")
        return open_workbook(data)
    if form == "other" or ending not in _TEXT_ENDINGS:
        raise Refusal("type_mismatch")
    return open_text(data)


def _form(data: bytes) -> str:
    if data.startswith(_ZIP):
        return "workbook"
    if data.startswith(_OLE):
        return "ole"
    beginning = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(_OTHERS) or beginning.startswith(_MARKUP):
        return "other"
    return "text"


def _refuse_ole(data: bytes) -> None:
    """Old workbooks do not show us colours and comments, where protection may stand; encrypted new
    ones come in the same wrapping."""
    if _ENCRYPTED in data:
        raise Refusal("password_protected")
    if _MACROS in data:
        raise Refusal("macro_enabled")
    raise Refusal("format_unsupported")
