"""The shelf: the programme models that come with Stegvis, one folder each under programmes/."""

from __future__ import annotations

from stegvis.config.checkout import ROOT

FOLDER = ROOT / "programmes"


def shelf() -> dict[str, str]:
    """The models' texts by programme key, in the order of their keys."""
    files = sorted(FOLDER.glob("*/model.yaml"))
    return {file.parent.name: file.read_text("utf-8") for file in files}
