"""Fetching with the question who asks, for pages of this room and for the participant's own."""

from __future__ import annotations

import datetime as dt
import uuid

from stegvis.journey.background.facts import Contacts, Years, contacts_of, years_of
from stegvis.platform.access.authority import authorise
from stegvis.platform.access.decision import Act, Actor, FieldClass


def contact_picture(person: uuid.UUID, *, by: Actor, on: dt.date) -> Contacts:
    """Who takes the person's time: the same picture for the mentor and for the person (JI-07).
    Raises Hidden."""
    authorise(by, Act.READ, person, FieldClass.SENSITIVE, on=on)
    return contacts_of(person, on=on)


def years_before(person: uuid.UUID, *, by: Actor, on: dt.date) -> Years:
    """The years before, for whoever may see them. Raises Hidden."""
    authorise(by, Act.READ, person, FieldClass.SENSITIVE, on=on)
    return years_of(person, on=on)
