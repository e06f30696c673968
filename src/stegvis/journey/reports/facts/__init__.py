"""Reports as others ask for them."""

from stegvis.journey.reports.facts.covering import Grounds, grounds
from stegvis.journey.reports.facts.drafting import Draft, drafted
from stegvis.journey.reports.facts.owed import Owed, owed
from stegvis.journey.reports.facts.reading import for_person, unfit_word

__all__ = ["Draft", "Grounds", "Owed", "drafted", "for_person", "grounds", "owed", "unfit_word"]
