"""On the demo's sign-in page: the invented people, each a press away."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from stegvis.config.demo import doors
from stegvis.config.demo.users import DEMO_USERS, PASSWORD


def sign_in_as(request: HttpRequest) -> dict[str, Any]:
    """Only installed when the product runs as a demo, and only said on the sign-in page."""
    match = request.resolver_match
    if match is None or match.view_name != "account_login":
        return {}
    shown = [user for user in DEMO_USERS if user.task]
    return {
        "demo_people": shown,
        "demo_password": PASSWORD,
        "demo_doors": doors.shown(),
        "demo_code": doors.CODE,
    }
