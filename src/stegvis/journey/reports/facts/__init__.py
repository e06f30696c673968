"""Reports as others ask for them."""

from stegvis.journey.reports.facts.covering import Grounds, grounds, grounds_of, passages
from stegvis.journey.reports.facts.drafting import Draft, drafted
from stegvis.journey.reports.facts.owed import Owed, owed
from stegvis.journey.reports.facts.reading import for_person, of_person, unfit_word

__all__ = [
    "Draft", "Grounds", "Owed", "drafted", "for_person", "grounds", "grounds_of", "of_person",
    "owed", "passages", "unfit_word",
]  # fmt: skip
