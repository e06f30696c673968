"""./run tenant create SLUG --name NAME --country SE|DK: an empty municipality."""

from __future__ import annotations

import json
from typing import Any, override

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from stegvis.config.founding import COUNTRIES, AlreadyFounded, Unfoundable, found
from stegvis.journey.programmes.models import LicensedService, ProgrammeVersion, Scheme, Term
from stegvis.platform.access.decision import Purpose
from stegvis.platform.accounts.models import Role, User
from stegvis.platform.journal.writing import Page, keeping
from stegvis.platform.tenancy.models import Tenant, Unit
from stegvis.platform.tenancy.scope import scope, today
from stegvis.portals.administrator.actions import NewMember, NewRole, first_link, invite


class Command(BaseCommand):
    help = "Make a municipality with the standard roles, words and programme versions."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        create = parser.add_subparsers(dest="act", required=True).add_parser("create")
        create.add_argument("slug", help="what commands call the municipality: a–z, 0–9, hyphens")
        create.add_argument("--name", required=True)
        create.add_argument("--country", required=True, choices=COUNTRIES)
        create.add_argument(
            "--administrator",
            metavar="EMAIL",
            help="the first administrator; a link for choosing a password is printed",
        )
        create.add_argument("--json", action="store_true", help="print one JSON object")

    @override
    def handle(self, *args: object, **options: Any) -> None:
        if not Tenant.objects.filter(slug=options["slug"]).exists():
            _check_address(options["administrator"])
        try:
            tenant = found(options["slug"], options["name"], options["country"])
        except Unfoundable as fault:
            raise CommandError(str(fault)) from fault
        except AlreadyFounded as there:
            self.stderr.write(str(there))
            self._tell({"created": False, **described(there.tenant)}, as_json=options["json"])
            raise SystemExit(1) from None
        told = {"created": True, **described(tenant)}
        if options["administrator"]:
            told["first_link"] = first_administrator(tenant, options["administrator"])
        self._tell(told, as_json=options["json"])

    def _tell(self, told: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        programmes = ", ".join(f"{one['key']} {one['version']}" for one in told["programmes"])
        self.stdout.write(f"{told['tenant']['name']} ({told['tenant']['slug']})")
        self.stdout.write(f"  units       {', '.join(told['units'])}")
        self.stdout.write(f"  programmes  {programmes}")
        self.stdout.write(f"  schemes {told['schemes']}, terms {told['terms']}")
        if told.get("first_link"):
            self.stdout.write(f"  the administrator's first link: {told['first_link']}")


def _check_address(email: str | None) -> None:
    try:
        if email:
            validate_email(email)
    except ValidationError as fault:
        raise CommandError(f"{email!r} is not an e-mail address.") from fault
    if email and User.objects.filter(email=email.strip().lower()).exists():
        raise CommandError(f"{email} signs in to another municipality; name an address of its own.")


def first_administrator(tenant: Tenant, email: str) -> str:
    """The path by which the first administrator chooses a password."""
    on = today(tenant.timezone)
    role = NewRole(Role.ADMINISTRATOR, None, on, None, "The first administrator.")
    page = Page(what="tenant_founded", purpose=Purpose.JOB)
    with scope(tenant.pk, service="founding", on=on), keeping(page):
        member = invite(NewMember(email.partition("@")[0], email), role, by=None)
    return first_link(member.user)


def described(tenant: Tenant) -> dict[str, Any]:
    """What the municipality has, for a reader outside the product."""
    with scope(tenant.pk, service="founding"):
        versions = ProgrammeVersion.versions.in_force()
        return {
            "tenant": {
                "id": str(tenant.pk),
                "slug": tenant.slug,
                "name": tenant.name,
                "country": tenant.country,
            },
            "units": list(Unit.objects.values_list("name", flat=True).order_by("name", "id")),
            "programmes": [{"key": one.key, "version": one.number} for one in versions],
            "schemes": Scheme.objects.count(),
            "terms": Term.objects.count(),
            "services": LicensedService.objects.count(),
        }
