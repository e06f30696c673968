"""Pages of agreements."""

from __future__ import annotations

from stegvis.journey.agreements.pages.answers import agreement_forms
from stegvis.journey.agreements.pages.paper import agreement_form_pdf, agreement_pdf
from stegvis.journey.agreements.pages.seen import agreement_seen
from stegvis.journey.agreements.pages.tab import agreement
from stegvis.journey.agreements.pages.writing import agreement_edit

__all__ = [
    "agreement",
    "agreement_edit",
    "agreement_form_pdf",
    "agreement_forms",
    "agreement_pdf",
    "agreement_seen",
]
