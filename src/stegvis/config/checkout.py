"""Where things lie in a checkout, and how one knows that they have changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SOURCE = ROOT / "src" / "stegvis"
STATE = Path(os.environ.get("STEGVIS_STATE", ROOT / ".stegvis"))


def fingerprint(files: Iterable[Path]) -> str:
    """Twelve hex digits that change when any of the files does. A checkout renews every file's
    time, so times are of no use."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12]
