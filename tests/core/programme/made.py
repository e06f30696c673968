"""The models of the repository, read for tests."""

from functools import cache
from pathlib import Path

from stegvis.core.programme.load import load
from stegvis.core.programme.model import Programme

ROOT = Path(__file__).parents[3]
KEYS = ("flere_skal_med", "jobbinvest", "jobbtrappa", "knut3_pv", "supported_employment")


@cache
def texts() -> dict[str, str]:
    folders = sorted((ROOT / "programmes").glob("*/model.yaml"))
    return {file.parent.name: file.read_text("utf-8") for file in folders}


@cache
def model(key: str) -> Programme:
    return load(texts()[key], file=f"programmes/{key}/model.yaml", others=texts())
