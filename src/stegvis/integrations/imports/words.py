"""Fields, outcomes and decisions in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from stegvis.integrations.imports.reading.answers import Decision
from stegvis.integrations.imports.reading.codes import sentences

FIELDS: dict[str, Any] = {
    "id": _("Identity number"),
    "name": _("Name"),
    "family": _("Family name"),
    "given": _("Given name"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "protected": _("Protected identity"),
    "remark": _("Remark (only looked through for marks)"),
    "unit": _("Unit"),
    "worker": _("Case worker"),
    "referrer": _("Referrer"),
    "start": _("First day"),
    "step": _("Step"),
    "scope": _("Extent"),
    "scope_hours": _("Hours a week"),
    "scope_percent": _("Percent"),
    "income": _("Income"),
    "language_support": _("Language support"),
    "mother_tongue": _("First language"),
    "end": _("Last day"),
    "end_reason": _("Why it ended"),
    "number": _("Referral number"),
    "received": _("Came in"),
    "sender": _("Sender"),
    "why": _("Purpose"),
    "verb": _("What is to be done"),
    "service": _("Service asked for"),
    "use": _("What it is used for"),
    "due": _("Answer by"),
    "last": _("Last day"),
    "by": _("Decided by"),
    "agency": _("Authority"),
    "kind": _("Measure"),
    "result": _("How it went"),
    "learnt": _("What was learnt"),
    "source": _("Source"),
    "order": _("Order number"),
    "cust": _("Customer"),
    "what": _("What is to be done"),
    "obj": _("Object or place"),
    "date": _("Day"),
    "qty": _("Quantity"),
    "measure": _("Measure"),
    "price": _("Price each"),
    "status": _("Done or not"),
    "text": _("Free text (only looked through for names)"),
    "group": _("Group"),
    "month": _("Ordinary hours of the month"),
    "slip": _("Slip of pay"),
    "from": _("First day"),
    "to": _("Last day"),
    "hours": _("Hours"),
    "company": _("Company"),
    "org_number": _("The company's number"),
    "branch": _("Line of work"),
    "contact": _("Contact person"),
    "employees": _("Employed"),
    "trained": _("Trained in the parts for all"),
    "share": _("Share trained (only compared)"),
    "places": _("Places"),
    "grade": _("What the list calls the company (only compared)"),
    "ambassador": _("Ambassador"),
    "module": _("Part of the training"),
    "left": _("Has left on"),
    "task": _("Task"),
    "days": _("Days"),
    "requires": _("What it asks"),
    "employer": _("Employer"),
}
# Where a kind calls a field otherwise.
FIELDS_OF_KIND: dict[tuple[str, str], Any] = {
    ("citizens_dk", "worker"): _("Job mediator"),
    ("ordinary_hours", "kind"): _("Kind of hours"),
    ("workplaces", "hours"): _("Hours a week"),
    ("workplaces", "name"): _("Contact person or ambassador"),
}
CONFIDENCE: dict[str, tuple[str, str, Any]] = {
    "decided": ("ok", "user-check", _("You decided")),
    "sure": ("ok", "check", _("Sure")),
    "guess": ("warn", "circle-question-mark", _("A guess, look at it")),
    "unread": ("", "minus", _("Not read")),
    "never": ("late", "ban", _("Never read here")),
}
STATES: dict[str, tuple[str, str, Any]] = {
    "trial": ("", "eye", _("Trial, nothing written")),
    "storing": ("info", "hourglass", _("Being stored")),
    "stored": ("ok", "check", _("Stored")),
    "undone": ("", "undo-2", _("Taken back")),
}
OUTCOMES: dict[str, Any] = {
    "created": _("New"),
    "updated": _("Adds to somebody known"),
    "unchanged": _("No change"),
    "held": _("Waits for a person"),
    "protected": _("Handled separately"),
    "skipped": _("Not a record"),
}
DECISIONS: dict[Decision, Any] = {
    Decision.SAME: _("Same person"),
    Decision.APART: _("Somebody else, without a number"),
    Decision.KEEP: _("Keep what stands in Stegvis"),
    Decision.TAKE: _("Take what the file says"),
    Decision.ASK: _("Ask the sender"),
    Decision.LEAVE: _("Leave the row out"),
    Decision.SHIELD: _("Store as protected"),
    Decision.OPEN: _("This is no protected identity"),
}
DECISIONS_OF_COMPANY: dict[Decision, Any] = DECISIONS | {
    Decision.SAME: _("Same company"),
    Decision.APART: _("Another company"),
}
# What a person can put right in the row itself, by the field it is said of when the file has no
# column for it; any other code asks for a decision.
MENDS: dict[str, tuple[str, ...]] = {
    "id_checksum": ("id",),
    "id_missing": ("id",),
    "id_incomplete": ("id",),
    "id_date": ("id",),
    "id_kind_unknown": ("id",),
    "id_digits": ("id",),
    "date_missing": ("start", "received"),
    "date_unreadable": ("start", "received"),
    "date_impossible": ("start", "received"),
    "date_future": ("start", "received"),
    "date_1900": ("start", "received"),
    "date_order": ("end", "due", "last"),
    "end_date_missing": ("end",),
    "step_missing": ("step",),
    "step_unknown": ("step",),
    "step_two_values": ("step",),
    "hours_out_of_range": ("scope_hours",),
    "referrer_missing": ("referrer",),
    "referrer_self": ("referrer",),
    "referrer_unknown": ("referrer",),
    "agency_unknown": ("agency",),
    "measure_missing": ("kind",),
    "name_not_found": ("name",),
    "name_not_unique": ("id",),
    "purpose_missing": ("why",),
    "name_missing": ("name",),
    "customer_missing": ("cust",),
    "order_missing": ("order",),
    "order_says_nothing": ("what",),
    "qty_negative": ("qty",),
    "qty_unreadable": ("qty",),
    "price_unreadable": ("price",),
    "status_unknown": ("status",),
    "done_in_future": ("date",),
    "too_long": ("name",),
    "hours_negative": ("hours",),
    "hours_unreadable": ("hours",),
    "hours_before_start": ("start",),
    "future_month": (),
    "group_conflict": ("group",),
    "group_unknown": ("group",),
    "employer_missing": ("employer",),
    "kind_unknown": ("kind",),
    "period_two_months": ("to",),
    "number_reused": ("slip", "number"),
    "person_not_found": ("id",),
    "company_missing": ("company",),
    "company_not_found": ("company",),
    "share_conflict": ("trained",),
    "more_trained_than_employed": ("employees",),
}
CONFLICTS = frozenset(("conflicts_with_register",))
OF_REGISTER = frozenset(("maybe_same_person", "maybe_same_company", "dup_name_differs"))


def said(code: str) -> str:
    """The sentence of a code in the reader's language."""
    return sentences().say(code, {}, get_language() or "sv")


def field_name(field: str, kind: str = "") -> str:
    """`field` may name its column too, where several are of one sort: "month@nov"."""
    sort, _at, header = field.partition("@")
    name = str(FIELDS_OF_KIND.get((kind, sort)) or FIELDS.get(sort, sort))
    return f"{name}, {header}" if header else name
