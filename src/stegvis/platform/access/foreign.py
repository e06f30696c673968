"""Policies of pages that libraries serve (sign-in, second factor). config.urls fills the table."""

from __future__ import annotations

from stegvis.platform.access.pages import Policy

PAGES: dict[str, Policy] = {}
