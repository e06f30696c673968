"""The last three weeks of those whose road goes on, room by room."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stegvis.config.demo.case import Case
from stegvis.config.demo.life.abilities import abilities
from stegvis.config.demo.life.agreements import agreements
from stegvis.config.demo.life.attendance import attendance
from stegvis.config.demo.life.background import background
from stegvis.config.demo.life.boards import boards
from stegvis.config.demo.life.cadence import cadence
from stegvis.config.demo.life.companies import companies
from stegvis.config.demo.life.days import a_days_work
from stegvis.config.demo.life.delivered import carried_over, delivered
from stegvis.config.demo.life.employers import employers
from stegvis.config.demo.life.feedback import feedback
from stegvis.config.demo.life.followups import followups
from stegvis.config.demo.life.hours import hours
from stegvis.config.demo.life.incidents import incidents
from stegvis.config.demo.life.mapping import mapping
from stegvis.config.demo.life.mediation import mediation
from stegvis.config.demo.life.motivation import motivation
from stegvis.config.demo.life.offers import offers
from stegvis.config.demo.life.orders import orders
from stegvis.config.demo.life.placements import placements
from stegvis.config.demo.life.plans import plans
from stegvis.config.demo.life.reports import reports
from stegvis.config.demo.life.voices import voices
from stegvis.config.demo.life.waivers import waivers
from stegvis.config.demo.life.week import week
from stegvis.config.demo.life.work import work
from stegvis.config.demo.life.workplaces import workplaces
from stegvis.config.demo.plan import Plan

type Life = Callable[[Plan, Sequence[Case]], None]

LIVES: tuple[Life, ...] = (
    waivers,
    cadence,
    abilities,
    background,
    mapping,
    motivation,
    plans,
    followups,
    reports,
    voices,
    work,
    workplaces,
    week,
    incidents,
    attendance,
    orders,
    a_days_work,
    boards,
    offers,
    feedback,
    employers,
    companies,
    mediation,
    placements,
    agreements,
    hours,
    delivered,
)
"""In the order of the rooms: a later one may lean on the rows of an earlier one."""


def live(made: Plan, cases: Sequence[Case]) -> None:
    going = [case for case in cases if case.enrolment.get("until") is None]
    for one in LIVES:
        one(made, going)
    carried_over(made, [case for case in cases if case.enrolment.get("until") is not None])
