"""The journal's codes of agreements with companies, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

AGREED: dict[str, Any] = {
    "agreement": _("The agreement with a company"),
    "agreement_edit": _("The form of an agreement"),
    "agreement_seen": _("What a company sees"),
    "agreement_pdf": _("An agreement on paper"),
    "agreement_forms": _("How it goes at the company"),
    "agreement_form_pdf": _("A follow-up form on paper"),
    "my_job": _("The own agreement with a company"),
    "employer_link": _("A company's page, by link"),
    "employer_mail": _("A mail with a company's link"),
    "agreement_begun": _("An agreement was begun"),
    "agreement_saved": _("An agreement was written"),
    "agreement_laid_out": _("An agreement was laid out to be signed"),
    "agreement_taken_back": _("An agreement was taken back"),
    "agreement_dropped": _("An agreement was thrown away"),
    "agreement_signed": _("An agreement was signed"),
    "agreement_holds": _("An agreement was signed by all"),
    "share_answered": _("What a company may know was answered"),
    "employer_link_given": _("A company was given a link"),
    "employer_link_mailed": _("A company's link was mailed"),
    "employer_mail_failed": _("A company's link could not be mailed"),
    "employer_link_ended": _("A company's link was closed"),
    "employer_link_opened": _("A company opened its link"),
    "employer_link_refused": _("A company's link was refused"),
    "employer_hours_said": _("A company confirmed hours"),
    "workplace_form_answered": _("A follow-up form was answered"),
    "call_asked": _("A company asked to be called"),
    "call_handled": _("A company was called"),
    "opening_proposed": _("A company offered a place"),
    "follow_up_held": _("A planned follow-up was held"),
}
