"""Agreements between municipalities to show each other openings, and asking for a place.

What goes over goes through functions of the database that know which columns may (0040)."""

from __future__ import annotations

import datetime as dt
import json
import uuid

from django.db import IntegrityError, connection, transaction

from stegvis.journey.employers.facts.register import crews
from stegvis.journey.employers.models import Opening, PlaceRequest, SharedOpening, SharingPact
from stegvis.journey.workplaces.actions import NotNow
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import Tenant
from stegvis.platform.tenancy.scope import current


def _over(function: str, *values: uuid.UUID | str) -> int:
    """How many rows the other side has now, 0 when it may not be."""
    places = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"select {function}({places})", values)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def offer_pact(peer: uuid.UUID, *, since: dt.date, until: dt.date | None = None) -> SharingPact:
    """Places of ours for theirs to see, and theirs for ours, once they have accepted. Raises
    NotNow."""
    other = Tenant.objects.filter(pk=peer).first()
    if other is None or peer == current().tenant:
        raise NotNow("no_such_peer")
    if until is not None and until <= since:
        raise NotNow("ends_before")
    row = SharingPact(
        tenant_id=current().tenant, pair=uuid7(), peer=peer, peer_name=other.name,
        offered_by_us=True, since=since, until=until,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise NotNow("pact_there") from None
    if not _over("employers_offer_pact", row.pair):
        raise NotNow("pact_there")
    wrote("sharing_offered", pact=str(row.pk), peer=str(peer))
    return row


def accept_pact(pact: SharingPact) -> None:
    """What they offered is agreed as it stands; both begin to show. Raises NotNow."""
    if not _over("employers_accept_pact", pact.pair):
        raise NotNow("nothing_to_accept")
    wrote("sharing_accepted", pact=str(pact.pk), peer=str(pact.peer))
    publish_all()


def end_pact(pact: SharingPact) -> None:
    """From today neither sees the other's places. Raises NotNow."""
    if not _over("employers_end_pact", pact.pair):
        raise NotNow("pact_ended")
    wrote("sharing_ended", pact=str(pact.pk), peer=str(pact.peer))


def publish_all() -> int:
    """Everybody with whom there is an agreement sees our shared openings as they are now, with the
    grade worked out today. One query where there is no agreement."""
    pacts = SharingPact.pacts.standing(current().on).filter(state=SharingPact.State.ACCEPTED)
    pairs = list(pacts.order_by("id").values_list("pair", flat=True))
    if not pairs:
        return 0
    shown = Opening.openings.filter(shared=True).order_by("id")
    worth = crews(set(shown.values_list("site", flat=True)))
    on = current().on
    said = json.dumps({str(site): crew.grade(on).value for site, crew in worth.items()})
    trained = json.dumps({str(site): len(crew.ambassadors(on)) for site, crew in worth.items()})
    return sum(_over("employers_publish", pair, said, trained) for pair in pairs)


def ask_place(
    shared: SharedOpening, *, wanted_from: dt.date, asker: str, by: uuid.UUID | None
) -> PlaceRequest:
    """Ask the other municipality for one of its places: from which day, and who of us asks. There
    is no field for whom it is. Raises NotNow."""
    pact = SharingPact.pacts.filter(pair=shared.pair).first()
    if pact is None or shared.withdrawn_on is not None:
        raise NotNow("not_shared_now")
    open_ones = PlaceRequest.objects.filter(pair=shared.pair, origin=shared.origin, ours=True)
    if open_ones.filter(answer="").exists():
        raise NotNow("asked_already")
    row = PlaceRequest(
        tenant_id=shared.tenant_id, pair=shared.pair, token=uuid7(), origin=shared.origin,
        ours=True, opening=shared.name, site=shared.site, peer_name=pact.peer_name, asker=asker,
        asked_on=current().on, wanted_from=wanted_from, by_id=by,
    )  # fmt: skip
    row.save(force_insert=True)
    if not _over("employers_ask", row.pair, row.token):
        raise NotNow("not_shared_now")
    wrote("place_requested", request=str(row.pk))
    return row


def answer_request(request: PlaceRequest, answer: str, *, by: uuid.UUID | None) -> None:
    """Raises NotNow, StaleRow."""
    if request.ours or request.answer:
        raise NotNow("answered_before")
    request.answer, request.answered_on = PlaceRequest.Answer(answer), current().on
    request.by_id = by
    request.save_if_unchanged("answer", "answered_on", "by_id")
    _over("employers_answer", request.pair, request.token)
    wrote("request_answered", request=str(request.pk), answer=answer)
