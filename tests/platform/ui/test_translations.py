"""Swedish and Danish say all that the English source says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from stegvis.config.translations import FOLDER, LANGUAGES, faults

ROOT = Path(__file__).resolve().parents[3]


def test_nothing_is_untranslated_guessed_or_missing_a_value() -> None:
    assert list(faults()) == []


def test_both_languages_translate_the_same_messages() -> None:
    known = [{entry.msgid for entry in catalogue(language)} for language in LANGUAGES]
    assert known[0] == known[1]


def test_a_message_keeps_the_signs_at_its_end() -> None:
    for language in LANGUAGES:
        for entry in catalogue(language):
            for text in [entry.msgstr, *entry.msgstr_plural.values()]:
                for sign in ("?", ":", "…"):
                    if text:
                        assert text.endswith(sign) == entry.msgid.endswith(sign), entry.msgid


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="GNU gettext is not installed")
def test_every_message_of_the_source_is_in_the_files(tmp_path: Path) -> None:
    """Reads templates and code as `./run manage makemessages` does, into a folder of its own."""
    shutil.copytree(FOLDER, tmp_path / "locale")
    unread = shutil.ignore_patterns("__pycache__", "static", "icons", "*.svg")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=unread)
    words = ["-m", "django", "makemessages", "--no-location", "--no-obsolete"]
    words += [part for language in LANGUAGES for part in ("-l", language)]
    # Without settings it works in the folder it stands in, not in that of the checkout.
    place = {"PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, *words], cwd=tmp_path, env=place, check=True)
    read = polib.pofile(str(tmp_path / "locale/sv/LC_MESSAGES/django.po"))
    new = {entry.msgid for entry in read} - {entry.msgid for entry in catalogue("sv")}
    assert sorted(new) == []


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(FOLDER / language / "LC_MESSAGES/django.po"))
