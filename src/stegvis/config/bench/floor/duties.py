"""What staff are asked to do on each step: the list a bare program would keep as a constant."""

from __future__ import annotations

from stegvis.config.bench.ground import PROGRAMME
from stegvis.config.shelf import shelf
from stegvis.core.programme.load import load

DUTIES = {
    step.code: [(duty.code, duty.optional) for duty in step.duties]
    for step in load(shelf()[PROGRAMME], file="model.yaml", others={}).primary.steps
}
