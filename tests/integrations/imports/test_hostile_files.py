"""Files that harm, on purpose or by accident: refused as a whole, with one code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from stegvis.integrations.imports.reading.codes import sentences
from stegvis.integrations.imports.reading.refusal import Refusal
from tests.integrations.imports.known import FILES, read

_HOSTILE = FILES / "hostile"
_CASES = [
    (each["file"], each["kind"], {each["code"], *each.get("also_codes", [])})
    for each in json.loads((_HOSTILE / "expected.json").read_text("utf-8"))["files"]
]


@pytest.mark.parametrize(("name", "kind", "codes"), _CASES)
def test_a_hostile_file_is_refused_with_its_code(name: str, kind: str, codes: set[str]) -> None:
    with pytest.raises(Refusal) as refused:
        read((_HOSTILE / name).read_bytes(), name, kind)
    assert refused.value.code in codes
    assert refused.value.code in sentences()


_MEASURE = """
import re, sys
from pathlib import Path
from stegvis.integrations.imports.reading.opening import open_book
from stegvis.integrations.imports.reading.refusal import Refusal
for path in map(Path, sys.argv[1:]):
    try:
        open_book(path.read_bytes(), path.name)
    except Refusal:
        pass
# Not ru_maxrss: it remembers the process that started this one, however large that was.
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def test_all_hostile_files_together_stay_under_300_mb() -> None:
    paths = [str(_HOSTILE / name) for name, _, _ in _CASES]
    source = Path(__file__).parents[3] / "src"
    ran = subprocess.run(
        [sys.executable, "-c", _MEASURE, *paths],
        env={"PYTHONPATH": str(source)},
        capture_output=True,
        check=True,
        text=True,
    )
    assert int(ran.stdout) < 300
