"""The pages of fidelity: of one person, of a unit, and as a file for whoever evaluates."""

from stegvis.learning.fidelity.pages.case import elements
from stegvis.learning.fidelity.pages.extract import fidelity_extract
from stegvis.learning.fidelity.pages.unit import fidelity, fidelity_people

__all__ = ["elements", "fidelity", "fidelity_extract", "fidelity_people"]
