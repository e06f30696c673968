"""Companies, their staff's training and the work they offer, through the verbs of their room. What
stands there stays: a list fills gaps and adds."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection

from stegvis.integrations.imports.reading.kinds.firms import company_key
from stegvis.integrations.imports.reading.kinds.workplaces import (
    OF_COMPANY,
    REACH,
    Part,
    contact_of,
    part_of,
    task_key,
)
from stegvis.integrations.imports.reading.register import KnownCompany
from stegvis.integrations.imports.reading.results import CREATED, UPDATED, Row
from stegvis.integrations.imports.reading.values.names import name_key
from stegvis.integrations.imports.storing.arrivals import Arrival
from stegvis.integrations.imports.storing.ground import Ground
from stegvis.journey.employers.actions import (
    keep_company,
    keep_contact,
    keep_employee,
    keep_module,
    keep_opening,
    keep_site,
)
from stegvis.journey.employers.actions.talking import Counted, count
from stegvis.journey.employers.facts import crews
from stegvis.journey.employers.models import (
    AmbassadorModule,
    Company,
    ContactPerson,
    Employee,
    Opening,
    Site,
)
from stegvis.journey.workplaces.actions import NotNow
from stegvis.platform.tenancy.scope import current

_ROWS = """
select r.values from imports_importrow r join imports_importfile f
    on f.tenant_id = r.tenant_id and f.id = r.file_id
 where f.kind = 'workplaces' and r.done and f.state <> 'undone'
   and r.outcome in ('created', 'updated', 'unchanged')
 order by f.day, r.id"""
_TENTH = Decimal("0.1")
_ORDER = {part: at for at, part in enumerate(Part)}


# What is known


def known_companies() -> list[KnownCompany]:
    """Every company that is there, with what lists have said of it."""
    on = current().on
    known: dict[uuid.UUID, KnownCompany] = {}
    for row in Company.objects.exclude(until__lte=on).order_by("name", "id"):
        known[row.pk] = KnownCompany(row.name, row.number)
        known[row.pk].data = {"org_number": row.number} if row.number else {}
    sites = dict(Site.sites.filter(company__in=list(known)).values_list("id", "company"))
    _know_staff(known, sites, on)
    contacts = ContactPerson.contacts.filter(site__in=list(sites)).order_by("id")
    for site, name, phone, email in contacts.values_list("site", "name", "phone", "email"):
        of = known[sites[site]].contacts.setdefault(name_key(name), {})
        of |= {key: text for key, text in (("phone", phone), ("email", email)) if text}
    _hear({company_key(each.name): each for each in known.values()})
    return list(known.values())


def _know_staff(
    known: Mapping[uuid.UUID, KnownCompany], sites: Mapping[uuid.UUID, uuid.UUID], on: dt.date
) -> None:
    for site, crew in crews(sites).items():
        company = known[sites[site]]
        company.ambassador = company.ambassador or bool(crew.ambassadors(on))
    said = ("site", "name", "until", "completed__module__name", "completed__on")
    rows = Employee.employees.filter(site__in=list(sites)).order_by("id", "completed__id")
    for site, name, until, module, day in rows.values_list(*said):
        company, key = known[sites[site]], name_key(name)
        done = company.modules.setdefault(key, {})
        if module:
            done[module] = day.isoformat() if day else None
        if until:
            company.gone[key] = until


def _hear(known: Mapping[str, KnownCompany]) -> None:
    """What lists have said, the latest last."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS)
        said = [json.loads(raw) if isinstance(raw, str) else raw for (raw,) in cursor]
    for values in said:
        company = known.get(company_key(values.get("company") or ""))
        if company is None:
            continue
        if "task" in values:
            company.tasks.add(task_key(values))
        elif "ambassador" in values:
            done = company.modules.setdefault(name_key(values["ambassador"]), {})
            for module, day in values.get("modules", {}).items():
                done.setdefault(module, day)
        else:
            names = (*OF_COMPANY, *REACH, "contact")
            company.said |= {name: values[name] for name in names if name in values}
            for name in ("branch", "places", "employees", "trained_in_parts"):
                if values.get(name) is not None:
                    company.data[name] = values[name]


# What is written


@dataclass(slots=True)
class _Writing:
    ground: Ground
    sites: dict[str, Site] = field(default_factory=dict)  # by the key of the company
    numbers: dict[str, Site] = field(default_factory=dict)
    modules: dict[str, AmbassadorModule] = field(default_factory=dict)
    bare: dict[str, Company] = field(default_factory=dict)  # that have no site yet

    def site(self, row: Row) -> Site | None:
        number, key = row.values.get("org_number"), company_key(row.values["company"])
        if number and number in self.numbers:
            return self.numbers[number]
        if key not in self.sites and key in self.bare:
            return self.place(self.bare.pop(key))
        return self.sites.get(key)

    def add(self, site: Site) -> None:
        self.sites.setdefault(company_key(site.company.name), site)
        if site.company.number:
            self.numbers.setdefault(site.company.number, site)

    def place(self, company: Company) -> Site:
        """Where what a list says of a company belongs, when it has no site yet."""
        site = keep_site(Site(company=company), {"name": company.name})
        self.add(site)
        return site


def store_workplaces(arrivals: Sequence[Arrival], ground: Ground) -> None:
    """Companies first: the others are about one of them."""
    writing = _Writing(ground)
    _know_sites(writing)
    for module in AmbassadorModule.modules.standing(current().on).order_by("id"):
        writing.modules.setdefault(company_key(module.name), module)
    write = {Part.COMPANY: _company, Part.STAFF: _staff, Part.TASK: _task}
    for arrival in sorted(arrivals, key=lambda each: _ORDER[part_of(each.row)]):
        if arrival.row.outcome not in (CREATED, UPDATED):
            continue
        try:
            write[part_of(arrival.row)](arrival, writing)
        except NotNow:
            arrival.wait()


def _know_sites(writing: _Writing) -> None:
    """Of several sites, the one that is called as the company is, else the first."""
    there = Company.objects.exclude(until__lte=current().on).order_by("name", "id")
    sites: dict[uuid.UUID, list[Site]] = {}
    for site in Site.sites.filter(company__in=there).select_related("company").order_by("id"):
        sites.setdefault(site.company_id, []).append(site)
    for company in there:
        several = sites.get(company.pk, [])
        own = [each for each in several if each.name == company.name]
        if several:
            writing.add((own or several)[0])
        else:
            writing.bare.setdefault(company_key(company.name), company)


def _company(arrival: Arrival, writing: _Writing) -> None:
    row, values = arrival.row, arrival.row.values
    site = writing.site(row)
    if row.outcome == CREATED:
        if site is not None and site.company.name == values["company"]:
            raise NotNow("company_there")
        said = {"name": values["company"], "number": values.get("org_number") or ""}
        company = keep_company(Company(), said, country=writing.ground.country)
        site = writing.place(company)
        arrival.before = {"new": True}
    if site is None:
        raise NotNow("company_gone")
    arrival.period = site.company_id
    if "org_number" in row.takes and not site.company.number:
        keep_company(
            site.company,
            {"name": site.company.name, "number": values["org_number"]},
            country=writing.ground.country,
        )
    if "contact" in row.takes:
        _contact(site, values)
    if row.takes.keys() & {"places", "branch"}:
        _takes_in(site, values)
    if row.takes.keys() & {"employees", "trained_in_parts"} and values.get("employees") is not None:
        on = min(writing.ground.on, current().on)
        said_then = Counted(on, values["employees"], values.get("trained_in_parts"), source="list")
        count(site, said_then, by=None)


def _contact(site: Site, values: Mapping[str, Any]) -> None:
    name = contact_of(values)
    there = [one for one in site.contacts.order_by("id") if name_key(one.name) == name_key(name)]
    row = there[0] if there else ContactPerson(site=site)
    said = {each: values[each] for each in REACH if values.get(each) and not getattr(row, each)}
    if not there:
        said["name"] = name
    if said:
        keep_contact(row, said)


def _takes_in(site: Site, values: Mapping[str, Any]) -> None:
    """How many a company takes in at once, within its branch. None at all: it is paused, which is
    not the same as unknown (INV-21)."""
    branch, places = values.get("branch") or "", values.get("places")
    if places is None:
        return
    row = site.openings.filter(places__isnull=False).order_by("id").first()
    if row is None:
        state = Opening.State.OPEN if places else Opening.State.PAUSED
        said = {"name": branch or site.name, "area": branch, "places": places or None}
        _opening(site, {**said, "state": state})


def _opening(site: Site, said: Mapping[str, Any]) -> Opening:
    hours = {"hours_from": None, "hours_to": None}
    return keep_opening(Opening(site=site), {**hours, **said}, {})


def _staff(arrival: Arrival, writing: _Writing) -> None:
    values = arrival.row.values
    site = _there(arrival.row, writing)
    key = name_key(values["ambassador"])
    there = [one for one in site.employees.order_by("id") if name_key(one.name) == key]
    if arrival.row.outcome == CREATED and there:
        raise NotNow("employee_there")
    row = there[0] if there else Employee(site=site)
    done = dict(row.completed.order_by("id").values_list("module", "on")) if there else {}
    for name in sorted(values["_asked"]):
        module = writing.modules.get(company_key(name)) or _module(name, writing)
        if name in values["modules"] and not done.get(module.pk):
            day = values["modules"][name]
            done[module.pk] = dt.date.fromisoformat(day) if day else None
    said: dict[str, Any] = {"until": row.until or values["left"]}
    if not there:
        said["name"] = values["ambassador"]
        arrival.before = {"new": True}
    keep_employee(row, said, done)
    arrival.period = row.pk


def _module(name: str, writing: _Writing) -> AmbassadorModule:
    row = keep_module(AmbassadorModule(), {"name": name})
    writing.modules[company_key(name)] = row
    return row


def _task(arrival: Arrival, writing: _Writing) -> None:
    values = arrival.row.values
    site = _there(arrival.row, writing)
    area = site.openings.exclude(area="").order_by("id").values_list("area", flat=True).first()
    hours = _hours(values)
    said = {
        "name": values["task"],
        "area": area or "",
        "tasks": "\n".join(_words(arrival.row)),
        "hours_from": hours,
        "hours_to": hours,
    }
    arrival.period = _opening(site, said).pk
    arrival.before = {"new": True}


def _hours(values: Mapping[str, Any]) -> Decimal | None:
    hours = values.get("hours_week")
    exact = Decimal(str(hours)) if hours is not None else None
    return exact if exact is not None and exact == exact.quantize(_TENTH) else None


def _words(row: Row) -> Iterable[str]:
    """As the list has it, in its own words: what the work asks is not translated into abilities by
    a machine."""
    values = row.values
    week = values.get("_week")
    if values.get("hours_week") is not None and _hours(values) is None:
        week = values["hours_week"]
    for field_, text in (
        ("hours", week),
        ("days", values.get("_days")),
        ("requires", "; ".join(values.get("requirements") or ())),
    ):
        if text:
            yield f"{row.column(field_)}: {text}"


def _there(row: Row, writing: _Writing) -> Site:
    site = writing.site(row)
    if site is None:
        raise NotNow("company_gone")
    return site
