"""Reports as others ask for them."""

from stegvis.journey.reports.facts.covering import Grounds, grounds, grounds_of, passages
from stegvis.journey.reports.facts.drafting import Draft, drafted
from stegvis.journey.reports.facts.owed import LOOK_BACK, Owed, commented, owed, owed_to
from stegvis.journey.reports.facts.reading import for_person, of_person, unfit_word

__all__ = [
    "LOOK_BACK", "Draft", "Grounds", "Owed", "commented", "drafted", "for_person", "grounds",
    "grounds_of", "of_person", "owed", "owed_to", "passages", "unfit_word",
]  # fmt: skip
