"""The room in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from stegvis.core.values.grades import Grade
from stegvis.journey.employers.models import Access, Company, Opening

FAULTS = {
    "cvr": _("A CVR number has eight digits."),
    "organisation_number": _("An organisation number has ten digits."),
    "check_digit": _("That is no organisation number: its last digit does not fit the others."),
    "personal_number": _("That is a person's number. Leave the field empty for a sole trader."),
    "p_number": _("A P-number has ten digits."),
    "number_taken": _("There is a company with that number already."),
    "site_taken": _("There is a site with that name or P-number already."),
    "module_taken": _("There is one with that name already."),
    "leaves_before": _("The last day cannot be before the first."),
    "hours_order": _("The most hours cannot be fewer than the least."),
    "module_future": _("A module cannot have been gone through on a day that has not been."),
}
SECTORS = {
    Company.Sector.UNKNOWN: _("Not known"),
    Company.Sector.PRIVATE: _("Private"),
    Company.Sector.PUBLIC: _("Public"),
    Company.Sector.ASSOCIATION: _("Association"),
}
STATES = {
    Opening.State.OPEN: _("Offered now"),
    Opening.State.PROPOSED: _("Proposed by the company"),
    Opening.State.PAUSED: _("Paused"),
}
ACCESS = {
    Access.UNKNOWN: _("Not known"),
    Access.YES: _("Yes"),
    Access.PARTLY: _("Partly"),
    Access.NO: _("No"),
}
ASPECTS = {
    "physical": _("The place itself"),
    "communicative": _("How one talks and is understood"),
    "informative": _("How one is informed"),
    "reception": _("How one is met"),
}
GRADES = {
    Grade.NONE: _("No grade"),
    Grade.AMBASSADOR: _("Ambassador company"),
    Grade.EXAMPLE: _("Example company"),
}
TAGS = {
    Grade.NONE: ("", "minus"),
    Grade.AMBASSADOR: ("info", "user-check"),
    Grade.EXAMPLE: ("ok", "check-check"),
}
