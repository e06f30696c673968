"""The files the rules of the house look at."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from stegvis.config.checkout import ROOT, SOURCE

TESTS = ROOT / "tests"
FOLDERS = ("src", "tests", "docs", "programmes", "locale", "changes", ".ci")


def modules(*, migrations: bool = False) -> list[Path]:
    return [
        file
        for file in sorted(SOURCE.rglob("*.py"))
        if migrations or "migrations" not in file.relative_to(SOURCE).parts
    ]


def saying(words: Collection[str], files: Iterable[Path]) -> list[Path]:
    """Those that hold one of the words at all: the others need not be taken apart."""
    known = [word.encode() for word in words]
    return [file for file in files if any(word in file.read_bytes() for word in known)]


def short(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def texts() -> Iterator[tuple[Path, str]]:
    """Every file of the repository that is text, generated and installed ones left out."""
    files = [file for file in ROOT.iterdir() if file.is_file()]
    for folder in FOLDERS:
        files += [file for file in ROOT.joinpath(folder).rglob("*") if file.is_file()]
    for file in sorted(files):
        # A second checkout of the same clone has a file in place of the folder.
        if file.suffix in {".pyc", ".mo"} or file.name == ".git":
            continue
        try:
            yield file, file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_bytes(), filename=str(file))
