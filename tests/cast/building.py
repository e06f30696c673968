"""Making the cast: through the product's own verbs, once per process."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password

from stegvis.config.checkout import ROOT
from stegvis.core.progression.plans import HEAD
from stegvis.integrations.imports.answering import take_in
from stegvis.integrations.imports.judged import Sending
from stegvis.integrations.imports.models import ShieldedRow
from stegvis.journey.abilities import actions as abilities
from stegvis.journey.abilities.models import Ability, WorkshopOrder
from stegvis.journey.background.actions import write_down
from stegvis.journey.background.models import EarlierIntervention
from stegvis.journey.certificates import actions as certificates
from stegvis.journey.certificates.models import TrainingModule
from stegvis.journey.days.actions import cars
from stegvis.journey.days.models import Vehicle
from stegvis.journey.followups.actions import note
from stegvis.journey.incidents import actions as incidents
from stegvis.journey.intake import actions as intake
from stegvis.journey.intake.models import Assignment, Commission, Enrolment
from stegvis.journey.mapping import actions as mapping
from stegvis.journey.motivation.actions import NewBehaviour, agree
from stegvis.journey.orders import actions as orders
from stegvis.journey.people.actions import NewPerson, Number, protect, register
from stegvis.journey.people.models import Identity
from stegvis.journey.plans import actions as plans
from stegvis.journey.plans.facts import EMPTY
from stegvis.journey.programmes.actions import publish
from stegvis.journey.programmes.models import ProgrammeVersion, Scheme, Term
from stegvis.journey.reports import actions as reports
from stegvis.journey.steps import actions as steps
from stegvis.journey.steps.models import StepDecision
from stegvis.journey.work.models import WorkAssignment
from stegvis.journey.workplaces import actions as work
from stegvis.journey.workplaces.models import Idea, Service, Symbol, Task, WorkArea, Workplace
from stegvis.learning.boards import actions as boards
from stegvis.platform.access.decision import Actor, Purpose
from stegvis.platform.access.models import Kind, Shield
from stegvis.platform.access.relations import tie
from stegvis.platform.accounts.models import Grant, Member, Role, User
from stegvis.platform.journal.writing import Page, keeping
from stegvis.platform.tenancy.models import ClosedDays, Tenant, Unit
from stegvis.platform.tenancy.scope import scope, today
from tests.cast.companies import a_month, out, placed
from tests.cast.firms import a_firm, a_pact
from tests.cast.people import COLLEAGUES, NAMES, PARTICIPANTS, Cast, Colleague, Participant, Town

PASSWORD = "the cast's own password"
UNITS = {
    "ekdala": (("AME-kontoret", "office", "ame"), ("Arbetscentrum", "workshop", "ac")),
    "birkeso": (("Jobcentret", "office", ""), ("Værkstedet", "workshop", "")),
}
PROGRAMMES = {"ekdala": ("jobbtrappa", "s2"), "birkeso": ("flere_skal_med", "t1")}
"""What each town works by, and the step its people have entered."""
TOWNS = {"ekdala": ("Ekdala kommun", "SE"), "birkeso": ("Birkesø Kommune", "DK")}


@contextmanager
def as_service(
    tenant: uuid.UUID, *, name: str = "cast", on: dt.date | None = None
) -> Iterator[None]:
    """At work in a municipality as a job without a person behind it."""
    with scope(tenant, service=name, on=on), keeping(Page(what=name, purpose=Purpose.JOB)):
        yield


@contextmanager
def as_member(colleague: Colleague, *, on: dt.date | None = None) -> Iterator[None]:
    """At work as this colleague, outside any page."""
    tenant = colleague.town.tenant
    page = Page(what="cast", purpose=Purpose.CASE_WORK)
    with scope(tenant, member=colleague.member, on=on), keeping(page):
        yield


@dataclass(slots=True)
class _Making:
    on: dt.date
    hashed: str
    towns: dict[str, Town] = field(default_factory=dict)
    colleagues: dict[str, Colleague] = field(default_factory=dict)
    participants: dict[str, Participant] = field(default_factory=dict)


def build() -> Cast:
    """Commits. Must be called outside any transaction."""
    making = _Making(on=today(), hashed=make_password(PASSWORD))
    for slug in TOWNS:
        making.towns[slug] = _town(slug, making)
    a_pact(list(making.towns.values()), as_service)
    for key in COLLEAGUES:
        _colleague(key, making)
    for turn, key in enumerate(PARTICIPANTS):
        _participant(key, turn, making)
    return Cast(
        on=making.on,
        ekdala=making.towns["ekdala"],
        birkeso=making.towns["birkeso"],
        colleagues=making.colleagues,
        participants=making.participants,
    )


def _town(slug: str, making: _Making) -> Town:
    name, country = TOWNS[slug]
    # Not the slug alone: the demo and the founding tests use theirs in the same database.
    tenant = Tenant(slug=f"cast-{slug}", name=name, country=country)
    tenant.save(force_insert=True)
    with as_service(tenant.pk):
        units = [
            Unit(tenant=tenant, name=unit, kind=kind, track=track)
            for unit, kind, track in UNITS[slug]
        ]
        Unit.objects.bulk_create(units)
        text = (ROOT / "programmes" / PROGRAMMES[slug][0] / "model.yaml").read_text(
            encoding="utf-8"
        )
        version = publish(text, on=making.on - dt.timedelta(days=400))
        words = _words(tenant, units[0], on=making.on)
        key = PROGRAMMES[slug][0]
        files = (_file(units[0], key, making.on), _file(units[1], key, making.on))
        shielded = ShieldedRow.shielded.filter(row__file=files[0]).get().pk
        card = mapping.add_card(mapping.CardText("Ambivalenskorset", "Fyra rutor.", ("samtal",))).pk
        closed = _closed(units[1], making.on)
        places = _work(units[0], "Verkstaden", "Snickeriet", "Vattning av djur")
        too = _work(units[1], "Bortre verkstaden", "Sömnaden", "Slipning")
        firm = a_firm(tenant, making.on)
    keys = (units[0].pk, units[1].pk)
    ability = _ability(tenant)
    return Town(
        tenant.pk, slug, country, keys, version.pk, *words, files, shielded, card, closed, ability,
        places, too, *_orders(units, making.on), firm=firm,
    )  # fmt: skip


def _orders(units: list[Unit], on: dt.date) -> tuple[tuple[uuid.UUID, ...], tuple[uuid.UUID, ...]]:
    """An order of each unit with one object done and made into an invoice basis."""
    found = []
    page = Page(what="cast", purpose=Purpose.JOB)
    with as_service(units[0].tenant_id), keeping(page):
        for unit in units[:2]:
            said = {"customer": "Kundbolaget", "sort": "external", "what": "Röja"}
            new = orders.NewOrder(f"U-{unit.name}"[:30], **said, price=Decimal(100), days=(on,))
            row = orders.take_order(new, unit=unit.pk)
            thing = orders.add_object(row, "NS-01", east=0, north=0)
            orders.tick(row, [thing.pk], on=on)
            basis = orders.make_basis(row, since=on, until=on + dt.timedelta(days=1))
            found.append((row.pk, basis.pk))
    keys, bases = zip(*found, strict=True)
    return keys, bases


def _ability(tenant: Tenant) -> uuid.UUID:
    with as_service(tenant.pk):
        row = Ability(tenant=tenant, code="own_extra", name="extra förmåga")
        row.save(force_insert=True)
    return row.pk


def _closed(unit: Unit, on: dt.date) -> uuid.UUID:
    since = on + dt.timedelta(days=60)
    row = ClosedDays(
        tenant=unit.tenant, unit=unit, since=since, until=since + dt.timedelta(days=7), why="Flytt"
    )
    row.save(force_insert=True)
    return row.pk


def _file(unit: Unit, programme: str, on: dt.date) -> uuid.UUID:
    """A list of two: one row lacks its number, one is about somebody protected."""
    rows = ("Personnr;Namn;Anm", ";Listan Filsson;", ";Dolda Filsson;Skyddad identitet")
    data = "\n".join(rows).encode()
    sending = Sending(data, "lista.csv", "participants", on, programme=programme, unit=unit.pk)
    return take_in(sending).pk


def _words(tenant: Tenant, unit: Unit, *, on: dt.date) -> Iterator[uuid.UUID]:
    """A scheme, a term and a commission."""
    rows = (
        Scheme(tenant=tenant, code="extra", name="Extratjänst"),
        Term(tenant=tenant, term="trappa", language="sv", definition="Steg", source="oss"),
        Commission(tenant=tenant, agency="AF", unit=unit, places=12, since=on),
    )
    for row in rows:
        row.save(force_insert=True)
    return (row.pk for row in rows)


def _colleague(key: str, making: _Making) -> None:
    slug, role, index = COLLEAGUES[key]
    town = making.towns[slug]
    unit = None if index is None else town.units[index]
    user = User(email=f"{key}@{slug}.example", name=key.title(), password=making.hashed)
    user.save(force_insert=True)
    long_ago = making.on - dt.timedelta(days=500)
    with as_service(town.tenant):
        member = Member(
            tenant_id=town.tenant,
            user=user,
            name=f"{key.title()} {slug.title()}dotter",
            unit_id=unit,
            left_on=making.on if key == "lena" else None,
            portal=role is Role.PARTICIPANT,
        )
        member.save(force_insert=True)
        grant = Grant(
            tenant_id=town.tenant,
            member=member,
            role=role,
            unit_id=unit,
            since=long_ago,
            until=making.on if key == "edvin" else None,
            need="the cast",
        )
        if role:
            grant.save(force_insert=True)
    if key in {"vera", "mads"}:
        _board(member.pk, town, making)
    making.colleagues[key] = Colleague(
        key, member.pk, town, user, role, unit, grant.pk if role else None, ended=key == "edvin"
    )


def _board(member: uuid.UUID, town: Town, making: _Making) -> None:
    """The board of the second unit, with an idea and a meeting, by the one who keeps it."""
    by = Actor(tenant=town.tenant, member=member, holdings=())
    with as_service(town.tenant):
        board = boards.new_board("Tavlan", town.units[1])
        idea = boards.propose_as_staff(board, boards.Idea("Hyllor med foto"), by=by)
        held = boards.hold(board, "apt", on=making.on, by=by)
    town.board[:] = [board.pk, idea.pk, held.pk]


def _number(turn: int, country: str) -> Number:
    """A made-up number that no one can have: the day of birth lies in the future century."""
    day, end = f"{turn + 1:02}", 9000 + turn
    digits = f"209901{day}{end}" if country == "SE" else f"{day}0199{end}"
    return Number(country=country, kind=Identity.Kind.PERSONAL, digits=digits)


def _participant(key: str, turn: int, making: _Making) -> None:
    slug, index, ties = PARTICIPANTS[key]
    town, (given, family) = making.towns[slug], NAMES[key]
    number = _number(turn, town.country)
    traces = (
        family, f"{given} {family}", f"070-55500{turn:02}", f"post-{key}@hemma.example",
        f"Spårgatan {7000 + turn}", f"Behov-{key}-{turn}", f"Anledning-{key}-{turn}",
        f"Egna-ord-{key}-{turn}", number.digits, number.hint,
        f"Livet-{key}-{turn}", f"Sagt-{key}-{turn}", f"Intyg-{key}-{turn}",
        f"Samtal-{key}-{turn}", f"Lärdom-{key}-{turn}",
    )  # fmt: skip
    enrolment, mapped = None, {}
    with as_service(town.tenant):
        new = NewPerson(
            given=given, family=family, number=number, born_on=dt.date(1990, 1, 1 + turn),
            sex="f" if turn % 2 else "m", language="somaliska",
            phone=traces[2], email=traces[3], address=traces[4],
        )  # fmt: skip
        person = register(new, country=town.country, on=making.on).pk
        received = making.on - dt.timedelta(days=5 if "intake" in key else 300)
        order = intake.Order(verb="train", what="hålla tider", why=traces[6])
        asked = intake.NewReferral(
            person=person, unit=town.units[index], referrer_kind="AF", received_on=received,
            need=traces[5], orders=(order,),
        )  # fmt: skip
        referral = intake.receive_referral(asked)
        if "intake" not in key:
            intake.accept(referral, by=None, on=received + dt.timedelta(days=3))
            opened = intake.NewEnrolment(
                programme=ProgrammeVersion.versions.get(pk=town.version),
                since=received + dt.timedelta(days=5),
                agency="AF",
            )
            enrolment = intake.enrol(referral, opened, by=None)
            mapped = _mapped(enrolment, making.on, traces[10:13])
        _tie(person, enrolment, ties, making)
    decision, rows = _road(enrolment, making, ties, words=traces[7], said=traces[13])
    if key == "left" and enrolment:
        _leave(enrolment, making)
    if key.startswith("protected"):
        with as_service(town.tenant):
            protect(person, Shield.Grade.MARKED, on=making.on, source="staff")
    if "barred" in ties.get("asta", ""):
        with as_service(town.tenant):
            member = making.colleagues["asta"].member
            tie(person, Kind.BARRED, since=making.on, member=member, because="kin")
    making.participants[key] = Participant(
        key, person, town, given, family, number.digits, traces, referral.pk,
        enrolment=enrolment.pk if enrolment else None,
        decision=decision.pk if decision else None,
        period=decision.opens_id if decision else None,
        rows=rows | mapped | _past(enrolment, traces[14]) | _out(enrolment, making),
    )  # fmt: skip


def _road(
    enrolment: Enrolment | None, making: _Making, ties: dict[str, str], *, words: str, said: str
) -> tuple[StepDecision | None, dict[str, uuid.UUID]]:
    """The step somebody stands on, and what else is kept of them."""
    if enrolment is None:
        return None, {}
    decision = _enter(enrolment, making, ties, words=words)
    seen = _see(enrolment, making, ties)
    return decision, seen | dict(_kept(enrolment, making, ties, said=said))


def _kept(
    enrolment: Enrolment, making: _Making, ties: dict[str, str], *, said: str
) -> Iterator[tuple[str, uuid.UUID]]:
    """A row of each kind that has an address of its own."""
    worker, day = _worker(ties, making), making.on - dt.timedelta(days=30)
    with as_member(worker, on=making.on - dt.timedelta(days=1)):
        new = NewBehaviour("vara på plats", "i verkstaden klockan 7", "varje dag", "person", day)
        yield "behaviour", agree(enrolment, new, by=worker.once).pk
        text = {HEAD: {**EMPTY[HEAD], "situation": "Tränar i verkstaden.", "aim": "work"}}
        draft = plans.save(enrolment, text, seen=plans.Seen(), by=worker.once)
        yield "saying", plans.disagree(draft, "Jag vill ha fler timmar.", by=worker.once).pk
        asked = plans.NewMeasure(kind="debt", what="Budgetråd", owner="Kommunen")
        yield "measure", plans.ask_measure(enrolment, asked, by=worker.once).pk
        person = enrolment.person_id
        yield "note", note(person, said, by=worker.once, on=day, enrolment=enrolment).pk
        given = WorkAssignment(
            tenant_id=enrolment.tenant_id, enrolment=enrolment, person_id=person,
            scope="tasks", since=day,
        )  # fmt: skip
        given.save(force_insert=True)
        yield "given", given.pk
        idea = Idea(tenant_id=enrolment.tenant_id, person=person, text=f"Idé-{said}", on=day)
        idea.save(force_insert=True)
        yield "idea", idea.pk
    with as_service(enrolment.tenant_id):
        yield "placement", placed(enrolment, making.on)
        yield "entry", a_month(enrolment, making.on, said)
    yield "report", _report(enrolment, making)
    yield "incident", _incident(enrolment, making, said)


def _mapped(enrolment: Enrolment, on: dt.date, traces: tuple[str, ...]) -> dict[str, uuid.UUID]:
    """A barrier, what was said of it, and a certificate to get."""
    day = on - dt.timedelta(days=150)
    text = mapping.EntryText(area="physical", text=traces[0], on=day)
    life = mapping.note_entry(enrolment, "barrier", text, by=None)
    said = mapping.note_words(enrolment, traces[1], by=None, on=day, entry=life)
    paper = mapping.CredentialText("certificate", traces[2], "no", owner="both", due=on)
    credential = mapping.note_credential(enrolment, paper, by=None)
    return {"life": life.pk, "said": said.pk, "credential": credential.pk}


def _tie(
    person: uuid.UUID, enrolment: Enrolment | None, ties: dict[str, str], making: _Making
) -> None:
    """A tie said to be ended is assigned first, so that the next one takes over from it."""
    for who, said in ties.items():
        member = making.colleagues[who].member
        since = making.on - dt.timedelta(days=250 if "ended" in said else 200)
        part = said.split(",")[0]
        if part in Assignment.Part.values and enrolment:
            intake.assign(
                enrolment, by=None, member=member, part=Assignment.Part(part), since=since
            )
        if "named" in said:
            tie(person, Kind.NAMED, since=since, member=member)
        if said == "self":
            tie(person, Kind.SELF, since=since, member=member)


def _worker(ties: dict[str, str], making: _Making) -> Colleague:
    """Whoever took over last; the leaver and he whose role has ended held it while they could."""
    for who, said in reversed(ties.items()):
        if said.startswith("case_worker") and "ended" not in said:
            return making.colleagues[who]
    raise LookupError(f"nobody holds the case among {ties}")


def _enter(
    enrolment: Enrolment, making: _Making, ties: dict[str, str], *, words: str
) -> StepDecision:
    worker = _worker(ties, making)
    day = making.on - dt.timedelta(days=199)
    new = steps.NewDecision(
        to_step=PROGRAMMES[worker.town.slug][1],
        effective_on=day,
        grounds="Kartlagd och redo.",
        own_words=words,
    )
    with as_member(worker, on=making.on - dt.timedelta(days=1)):
        return steps.decide(enrolment.pk, new, by=worker.once)


def _report(enrolment: Enrolment, making: _Making) -> uuid.UUID:
    since = making.on - dt.timedelta(days=100)
    with as_service(enrolment.tenant_id):
        row = Enrolment.enrolments.get(pk=enrolment.pk)
        return reports.draft(
            row, by=None, since=since, until=making.on, occasion="period", step=""
        ).pk


def _leave(enrolment: Enrolment, making: _Making) -> None:
    asta = making.colleagues["asta"]
    day = making.on - dt.timedelta(days=10)
    new = steps.NewDecision(to_step="", effective_on=day, grounds="Arbete från måndag.")
    with as_member(asta):
        steps.leave(enrolment.pk, new, by=asta.actor, reason="work", income="wage")


def _past(enrolment: Enrolment | None, learnt: str) -> dict[str, uuid.UUID]:
    """Something an authority did before."""
    if enrolment is None:
        return {}
    since, until = dt.date(2019, 3, 1), dt.date(2019, 10, 1)
    said: dict[str, Any] = {"agency": "SOC", "kind": "Arbetsträning", "since": since}
    with as_service(enrolment.tenant_id):
        said |= {"until": until, "learnt": learnt}
        return {"past": write_down(EarlierIntervention, enrolment.person_id, said, by=None).pk}


FORMS = {"ekdala": ("ac_planning_2", 5), "birkeso": ("match_profile", 5)}
"""A planning document of each town's programme, and how many questions it has."""


def _see(enrolment: Enrolment, making: _Making, ties: dict[str, str]) -> dict[str, uuid.UUID]:
    """Everything of the room of abilities, once; nothing that counts any more as evidence."""
    worker, day = _worker(ties, making), making.on - dt.timedelta(days=190)
    by, until = worker.once, making.on + dt.timedelta(days=14)
    with as_member(worker, on=making.on - dt.timedelta(days=1)):
        rows = [
            abilities.rate(enrolment, abilities.NewRating(item, day, value=6), by=by)
            for item in ("keep_hours", "back_pain")
        ]
        what = abilities.NewTrial("Bära lådor", worker.member, until)
        trial = abilities.order_trial(enrolment, rows[1], what, by=by)
        gathered = abilities.summarise(
            enrolment, abilities.NewSummary("Mycket", "Lite", day, "Ja"), by=by
        )
        # Not ordered by the verb: it would tie the worker to the person as a supervisor too.
        order = WorkshopOrder(
            tenant_id=enrolment.tenant_id, enrolment=enrolment, person_id=enrolment.person_id,
            site="dataverkstad", questions=["Hur går det?"], supervisor_id=worker.member,
            since=day, due_on=until,
        )  # fmt: skip
        order.save(force_insert=True)
        form, fields = FORMS[worker.town.slug]
        answers = (abilities.Planned(not_relevant=True),) * fields
        abilities.write_planning(enrolment, abilities.NewPlanning(form, answers, day), by=by)
    return {
        "rating": rows[0].pk, "trial": trial.pk, "gathered": gathered.pk, "mapping_order": order.pk,
    }  # fmt: skip


def _work(unit: Unit, name: str, part: str, what: str) -> dict[str, uuid.UUID]:
    """A workplace with an area, a task of April to October and its analysis, and a service."""
    said = {"name": name, "unit_id": unit.pk}
    place = work.keep_workplace(Workplace(unit=unit), said, by=None)
    area = work.keep_area(WorkArea(workplace=place), {"name": part}, by=None)
    season = {"name": what, "area_id": area.pk, "from_month": 4, "to_month": 10}
    task = work.keep_task(Task(workplace=place), season, by=None)
    asked = (work.NewRequirement("safety_glasses", 4, hard=True, why="Sågen"),)
    analysis = work.analyse(task, work.NewAnalysis((work.NewStep("Hämta vatten"),), asked), by=None)
    needs = {"name": "Arbetsträning", "needs": "nobody", "assesses_work_ability": False}
    service = work.keep_service(Service(unit=unit), needs, by=None)
    car = cars.keep_vehicle(Vehicle(unit=unit), {"name": "Bilen", "licence": "B"})
    rows = {"workplace": place, "area": area, "task": task, "analysis": analysis, "vehicle": car}
    symbol = Symbol(tenant_id=unit.tenant_id, unit=unit, words=name, image=b"")
    symbol.save(force_insert=True)
    more = {"service": service.pk, "symbol": symbol.pk}
    return {name: row.pk for name, row in rows.items()} | more


def _incident(enrolment: Enrolment, making: _Making, said: str) -> uuid.UUID:
    """A suspicion that was tested, with a warning, a note of first aid, a diploma."""
    on = making.on - dt.timedelta(days=40)  # long enough ago to be in nobody's share of attendance
    with as_service(enrolment.tenant_id, on=on):
        new = incidents.NewIncident("intoxication", on, text=said)
        (part,) = incidents.note([enrolment], new, by=None)
        incidents.note_test(part, "positive", by=None)
        incidents.send_home(part, by=None)
        aid = incidents.NewSafetyNote(said, "written", on)
        incidents.note_first_aid(enrolment.person_id, aid, by=None)
        module = TrainingModule.objects.first() or certificates.add_module("Truck", "Köra", "")
        certificates.complete(enrolment, module, by=None, on=on)
    return part.pk


def _out(row: Enrolment | None, making: _Making) -> dict[str, uuid.UUID]:
    if row is None:
        return {}
    with as_service(row.tenant_id):
        return out(row, making.on)
