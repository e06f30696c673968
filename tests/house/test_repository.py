"""What a stranger clones: nothing of the machine it was written on, and papers that are true."""

from __future__ import annotations

import re

from stegvis.config.checkout import ROOT, SOURCE
from tests.house.sources import modules, short, texts

MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:work|root|farm|home/\w+|Users/\w+)/")
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-boot.lock")
# All that may stand in a lock file: a pin, a hash, who wanted it. No option, and no host to name.
LOCKED = re.compile(
    r"[A-Za-z0-9._-]+(\[[a-z0-9,_-]+\])?==[^\s:/]+( ; [^:/]+)? \\"
    r"|    --hash=sha256:[0-9a-f]{64}( \\)?"
    r"|    #[^:]*|"
)
PIN = re.compile(r"^[A-Za-z0-9._-]+(\[[a-z0-9,_-]+\])?==\S+", re.MULTILINE)


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    found = [
        f"{short(file)}:{number}"
        for file, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE_PATH.search(line) and file.name != "LICENSE"
    ]
    assert found == []


def test_lock_files_pin_every_package_by_hash_and_name_no_index() -> None:
    for name in LOCKS:
        text = ROOT.joinpath(name).read_text()
        assert [line for line in text.splitlines() if not LOCKED.fullmatch(line)] == [], name
        blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
        assert blocks, name
        assert [b.splitlines()[0] for b in blocks if not PIN.match(b) or "sha256:" not in b] == []


def test_the_tests_have_every_package_the_product_has_at_the_same_version() -> None:
    product, tests = ({*_pins(name)} for name in ("requirements.lock", "requirements-dev.lock"))
    assert product - tests == set()


def _pins(name: str) -> list[str]:
    text = ROOT.joinpath(name).read_text()
    return [found.group().split(" ")[0] for found in PIN.finditer(text)]


def test_the_architecture_page_shows_the_house_as_it_stands() -> None:
    page = ROOT.joinpath("ARCHITECTURE.md").read_text()
    block = page.split("```")[1]
    shown, floor = set(), ""
    for line in block.splitlines():
        if found := re.match(r"(  )?([a-z_]+)(/?)\s", line):
            floor = floor if found[1] else found[2]
            shown.add(f"{floor}/{found[2]}" if found[1] else found[2])
    folders = {file.parent.relative_to(SOURCE) for file in modules()}
    folders = {folder for folder in folders if "management" not in folder.parts}
    standing = {folder.as_posix() for folder in folders if 1 <= len(folder.parts) <= 2}
    assert shown == standing


def test_every_change_fragment_has_a_kind() -> None:
    kinds = {"feature", "fix", "method", "data", "security", "operator"}
    fragments = [file for file in ROOT.joinpath("changes").iterdir() if file.name != "README.md"]
    assert fragments
    assert [f.name for f in fragments if f.stem.rpartition(".")[2] not in kinds] == []
