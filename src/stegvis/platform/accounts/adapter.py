"""How sign-in behaves: staff accounts are made by an administrator, never by sign-up."""

from __future__ import annotations

from typing import Any, override

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

log = structlog.get_logger()


class StaffOnly(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @override
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is away is the operator's to hear of; the answer stays the same,
        else it would tell which addresses are sent to."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as fault:  # smtplib's faults are of this kind too
            log.warning("mail_not_sent", mail=template_prefix, fault=type(fault).__name__)
