"""Message files: compiled where they are used (no GNU gettext needed), and complete."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import polib

from stegvis.config.checkout import ROOT

LANGUAGES = ("sv", "da")
FOLDER = ROOT / "locale"


def compile_messages(folder: Path = FOLDER) -> list[Path]:
    """Compile every .po file whose .mo is missing or older; returns what was written."""
    written = []
    for po in folder.glob("*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime <= po.stat().st_mtime:
            # Several processes may start at once; each moves a whole file into place.
            draft = mo.with_suffix(f".{os.getpid()}")
            polib.pofile(str(po)).save_as_mofile(str(draft))
            draft.replace(mo)
            written.append(mo)
    return written


def faults(folder: Path = FOLDER) -> Iterator[str]:
    """One sentence per message a reader of the language would not understand."""
    for language in LANGUAGES:
        files = sorted(folder.glob(f"{language}/LC_MESSAGES/*.po"))
        if not files:
            yield f"There are no messages in {language}: {folder.name}/{language} is missing."
        for file in files:
            messages = polib.pofile(str(file))
            for entry in messages.untranslated_entries():
                yield f"{file.relative_to(folder)}:{entry.linenum}: not translated: {entry.msgid!r}"
            for entry in messages.fuzzy_entries():
                yield f"{file.relative_to(folder)}:{entry.linenum}: only guessed: {entry.msgid!r}"
            yield from _placeholders(file.relative_to(folder), messages)


def _placeholders(file: Path, messages: polib.POFile) -> Iterator[str]:
    """A translation that drops or invents a %(name)s breaks the page it stands on."""
    for entry in messages.translated_entries():
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text and _names(text) - _names(entry.msgid) - _names(entry.msgid_plural):
                yield f"{file}:{entry.linenum}: names that the source lacks: {text!r}"
            if text and not entry.msgid_plural and _names(entry.msgid) - _names(text):
                yield f"{file}:{entry.linenum}: a name of the source is lost: {text!r}"


def _names(text: str) -> set[str]:
    return {part.split(")")[0] for part in text.split("%(")[1:]}
