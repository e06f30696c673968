"""How far it is from somebody's home to a site: from the middle of the postal area, never from the
address, and never of somebody protected, whose address is known to those named alone (JI-30)."""

from __future__ import annotations

from django.db.models import Subquery

from stegvis.core.values.distances import Place
from stegvis.journey.employers.facts.near import Chart, charted, postal_areas
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.people.models import Contact
from stegvis.platform.access.authority import may, subject
from stegvis.platform.access.decision import Act, FieldClass
from stegvis.platform.journal.visit import Visit


def home(enrolment: Enrolment, visit: Visit) -> tuple[Chart, Place] | None:
    """With the chart it was found on. None: not known, or not for this visitor to know. One
    query."""
    person, actor, on = enrolment.person_id, visit.actor, visit.scope.on
    if subject(actor.tenant, person).shielded:
        return None
    if not may(actor, Act.READ, person, FieldClass.IDENTITY, on=on):
        return None
    address = Contact.objects.filter(person=person).order_by("id").values("address")[:1]
    rows = list(postal_areas().annotate(home=Subquery(address)))
    chart = charted(visit.country, rows)
    place = chart.at(vars(rows[0])["home"] or "") if rows else None
    return (chart, place) if place else None
