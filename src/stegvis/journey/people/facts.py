"""What pages say of whom they are about."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from stegvis.journey.people.models import Person


def way_back(person: Person) -> dict[str, Any]:
    """What the crumbs of a person's page need: who it is, and where the list is."""
    return {
        "person": {
            "key": person.pk,
            "name": person.name,
            "first_name": person.given_name,
            "url": reverse("person", args=[person.pk]),
        },
        "people_url": reverse("participants"),
    }
