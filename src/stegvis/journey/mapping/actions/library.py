"""The method library: the unit's own working material (KN-11). No person is in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import IntegrityError, transaction

from stegvis.journey.intake.actions import NotNow
from stegvis.journey.mapping.models import MethodCard
from stegvis.journey.mapping.words import starter_cards
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.scope import current

CHANGED = ("title", "text", "tags", "licence", "licence_words", "ours")


@dataclass(frozen=True, slots=True)
class CardText:
    title: str
    text: str
    tags: tuple[str, ...] = ()
    licence: str = MethodCard.Licence.OWN
    licence_words: str = ""


def _check(new: CardText) -> None:
    """Content is our own, or under a licence somebody can look up (N-02)."""
    if new.licence == MethodCard.Licence.LICENSED and not new.licence_words.strip():
        raise NotNow("licence_unnamed")


def add_card(new: CardText, *, ours: bool = False) -> MethodCard:
    _check(new)
    given = asdict(new) | {"tags": list(new.tags)}
    row = MethodCard(tenant_id=current().tenant, ours=ours, **given)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise NotNow("title_taken") from None
    wrote("method_card_added", row=str(row.pk))
    return row


def change_card(row: MethodCard, new: CardText) -> None:
    """What was ours is theirs once it is changed. Raises StaleRow."""
    _check(new)
    for name, value in (asdict(new) | {"tags": list(new.tags)}).items():
        setattr(row, name, value)
    row.ours = False
    try:
        with transaction.atomic():
            row.save_if_unchanged(*CHANGED)
    except IntegrityError:
        raise NotNow("title_taken") from None
    wrote("method_card_changed", row=str(row.pk))


def retire_card(row: MethodCard, *, on: dt.date) -> None:
    """Out of use; those who were told of it were told of it."""
    row.retired_on = on
    row.save_if_unchanged("retired_on")
    wrote("method_card_retired", row=str(row.pk))


def take_in_starters(language: str) -> int:
    """The cards we begin with, those whose titles are not there yet; how many came."""
    taken = set(
        MethodCard.objects.filter(retired_on__isnull=True)
        .order_by("id")
        .values_list("title", flat=True)
    )
    fresh = [card for card in starter_cards(language) if card["title"] not in taken]
    for card in fresh:
        add_card(CardText(card["title"], card["text"], tuple(card["tags"])), ours=True)
    return len(fresh)
