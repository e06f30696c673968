"""The import contracts, tried on a house of cards: every planted fault must be named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from stegvis.config.checkout import ROOT, SOURCE
from stegvis.config.cli.check import CONTRACTS

ROOMS = (
    "config",
    "core.values",
    "core.matching",
    "core.scheduling",
    "core.progression",
    "platform.tenancy",
    "platform.access",
    "platform.journal",
    "platform.ui",
    "journey.people.models",
    "journey.people.actions",
    "journey.steps.models",
    "journey.steps.actions",
    "learning.boards.models",
    "portals.caseworker",
    "portals.manager",
    "integrations.imports",
    "integrations.calendar",
)
PLANTED = {
    "core.progression": "django",
    "core.values": "stegvis.platform.tenancy",
    "core.matching": "stegvis.core.scheduling",
    "platform.journal": "stegvis.platform.ui",
    "platform.access": "stegvis.journey.people.models",
    "journey.people.models": "stegvis.journey.people.actions",
    "journey.people.actions": "stegvis.journey.steps.models",
    "journey.steps.actions": "stegvis.portals.caseworker",
    "portals.caseworker": "stegvis.portals.manager",
    "integrations.imports": "stegvis.integrations.calendar",
    "platform.ui": "stegvis.config",
}
STRAYS = ("extras", "core.attic", "journey.attic", "platform.attic", "journey.people.helpers")


def _file(root: Path, module: str) -> Path:
    path = root.joinpath("stegvis", *module.split("."))
    is_room_part = path.name in {"models", "actions", "helpers"}
    file = path.with_suffix(".py") if is_room_part else path / "__init__.py"
    file.parent.mkdir(parents=True, exist_ok=True)
    for folder in file.relative_to(root).parents:
        if folder != Path():
            root.joinpath(folder, "__init__.py").touch()
    file.touch()
    return file


@pytest.fixture
def house(tmp_path: Path) -> Path:
    for room in ROOMS:
        _file(tmp_path, room)
    tmp_path.joinpath(".importlinter").write_bytes(ROOT.joinpath(".importlinter").read_bytes())
    return tmp_path


def _contracts(house: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", CONTRACTS],
        cwd=house,
        env={"PYTHONPATH": str(house), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_a_house_in_order_keeps_every_contract(house: Path) -> None:
    code, told = _contracts(house)
    assert code == 0, told
    assert "0 broken" in told


def test_every_planted_import_is_named(house: Path) -> None:
    for module, target in PLANTED.items():
        # Late, inside a function: hiding an import does not make it allowed.
        text = f"def late() -> None:\n    import {target}\n"
        _file(house, module).write_text(text)
    code, told = _contracts(house)
    assert code == 1
    missed = [
        f"{module} -> {target}"
        for module, target in PLANTED.items()
        if f"stegvis.{module} -> {target}" not in told
    ]
    assert missed == [], told


@pytest.mark.parametrize("stray", STRAYS)
def test_a_room_or_file_nobody_placed_is_named(house: Path, stray: str) -> None:
    _file(house, stray)
    code, told = _contracts(house)
    assert code == 1
    assert stray.rpartition(".")[2] in told


def test_a_ring_between_rooms_is_named(house: Path) -> None:
    for one, other in (("caseworker", "manager"), ("manager", "caseworker")):
        _file(house, f"portals.{one}").write_text(f"import stegvis.portals.{other}\n")
    code, told = _contracts(house)
    assert code == 1
    assert "No ring of imports at any depth BROKEN" in told


def test_the_contracts_ignore_nothing() -> None:
    assert "ignore_imports" not in ROOT.joinpath(".importlinter").read_text()


def test_every_floor_with_rooms_has_an_order_of_its_rooms() -> None:
    contracts = ROOT.joinpath(".importlinter").read_text()
    floors = [path.parent.name for path in SOURCE.glob("*/__init__.py")]
    ordered = [f for f in floors if f"containers = stegvis.{f}\n" in contracts]
    independent = [f for f in floors if f"modules = stegvis.{f}.*\n" in contracts]
    assert {*floors} - {*ordered, *independent} == {"config"}  # which is one room
