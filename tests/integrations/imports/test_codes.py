from __future__ import annotations

import re
from pathlib import Path

from stegvis.integrations.imports import reading
from stegvis.integrations.imports.reading.codes import LEVELS, sentences

_HERE = Path(reading.__file__).parent
_REFUSED = re.compile(r'Refusal\(\s*"(\w+)"')
_SAID = re.compile(r'FileIssue\(\s*"(\w+)"')


def test_every_code_has_a_sentence_in_every_language() -> None:
    catalogue = sentences()
    source = "\n".join(path.read_text("utf-8") for path in sorted(_HERE.rglob("*.py")))
    spoken = {*LEVELS, *_REFUSED.findall(source), *_SAID.findall(source)}
    assert len(spoken) > len(LEVELS)
    assert not spoken - set(catalogue.codes)
    assert not catalogue.faults()
