"""Policies for the pages that allauth serves: before sign-in, and the visitor's own account."""

from __future__ import annotations

from stegvis.platform.access import foreign
from stegvis.platform.access.decision import Purpose
from stegvis.platform.access.pages import Policy

BEFORE_SIGN_IN = (
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
)
OWN_ACCOUNT = (
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
)


def admit() -> None:
    """Say who may open them. Sign-up, e-mail changes and the rest stay shut by having no row."""
    opened = Policy(roles=frozenset(), shows=None, purpose=Purpose.OWN, open_to_all=True)
    own = Policy(roles=frozenset(), shows=None, purpose=Purpose.OWN)
    foreign.PAGES.update(dict.fromkeys(BEFORE_SIGN_IN, opened))
    foreign.PAGES.update(dict.fromkeys(OWN_ACCOUNT, own))
