"""The verbs of this room; each is about a company and none about a participant."""

from stegvis.journey.employers.actions.register import (
    keep_company,
    keep_contact,
    keep_employee,
    keep_module,
    keep_opening,
    keep_postal_area,
    keep_site,
    review,
    say_free,
)

__all__ = [
    "keep_company", "keep_contact", "keep_employee", "keep_module", "keep_opening",
    "keep_postal_area", "keep_site", "review", "say_free",
]  # fmt: skip
