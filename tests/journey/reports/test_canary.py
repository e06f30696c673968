"""No paper that leaves the house holds what must not leave it, wherever it was written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.timezone import localdate

from stegvis.journey.followups import actions as talks
from stegvis.journey.intake import actions as intake
from stegvis.journey.intake.models import Enrolment, OrderLine
from stegvis.journey.motivation import actions as motivation
from stegvis.journey.motivation.actions import NewBehaviour
from stegvis.journey.people.actions import edit_contact
from stegvis.journey.people.models import Person
from stegvis.journey.reports import actions
from stegvis.journey.reports.actions import Sending
from stegvis.journey.reports.actions.sending import paper_of
from stegvis.journey.reports.models import Dispatch
from stegvis.journey.standing import actions as standing
from stegvis.journey.standing.actions import NewCategory, NewReading
from stegvis.journey.steps import actions as steps
from stegvis.journey.steps.actions import NewDecision
from stegvis.journey.waivers import actions as waivers
from stegvis.journey.waivers.models import Category
from tests.cast.people import Cast
from tests.journey.made import stood_on
from tests.journey.waivers.made import new
from tests.platform.documents.test_typesetting import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("INV-6", "N-07")]
CANARY = "Kanariefågel"
OF_THE_RECORD = {"standing", "steps", "intake", "motivation", "followups"}
WORDS = (
    "depression", "diagnos", "ångest", "promille", "begrundande", "återfall", "sjukpenning",
)  # fmt: skip


def _said(place: str) -> str:
    return f"{CANARY}-{place} {' '.join(WORDS)}"


@pytest.fixture
def told(cast: Cast, as_job: Callable[..., Any]) -> None:
    """Everything is written down about her that can be, with a canary in every free text."""
    own = cast.person("own")
    with as_job(cast.ekdala.tenant):
        OrderLine.objects.filter(referral=own.referral).update(uses=["rehabilitation"])
        row = Enrolment.enrolments.get(pk=own.enrolment)
        person = Person.people.get(pk=own.person)
        edit_contact(person, by=cast["asta"].actor, phone="0", email="", address=_said("adress"))
        standing.begin_pause(
            row, by=None, since=cast.on - dt.timedelta(days=40), until=cast.on, reason="illness",
            note=_said("paus"),
        )  # fmt: skip
        standing.set_category(
            row,
            NewCategory("need_category", "AM2", cast.on, _said("x")[:70], _said("kategori")),
            by=None,
        )
        reading = NewReading("utvecklingstrappan", "u2", 2, cast.on, _said("skala"))
        standing.read_scale(row, reading, by=None)
        for criterion in ("needs_less_support", "instructions"):
            standing.judge(
                row, by=None, criterion=criterion, met=True, basis=_said("grund"), on=cast.on
            )
        intake.state_income(row, by=None, moment="exit", source="sickness_benefit", on=cast.on)


def _everywhere_else(person: Any) -> int:
    """How many texts of other rooms hold the canary: the test is worth something."""
    found = 0
    for model in apps.get_models():
        texts = [f.name for f in model._meta.local_fields if isinstance(f, models.TextField)]
        if model._meta.app_label in OF_THE_RECORD and any(
            f.name == "person" for f in model._meta.local_fields
        ):
            rows = model._base_manager.filter(person=person).order_by("pk")
            found += sum(CANARY in str(v) for row in rows.values(*texts) for v in row.values())
    return found


@pytest.fixture
def talked(cast: Cast, told: None, at_work: Callable[..., Any]) -> None:
    """A behaviour with its stage, sign and relapse plan, and a note: never for a referrer."""
    asta = cast["asta"]
    with at_work(asta):
        row = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
        about = NewBehaviour(
            _said("beteende")[:120], "i verkstaden", "dagligen", "person", cast.on, problem=CANARY
        )
        behaviour = motivation.agree(row, about, by=asta.actor)
        said: dict[str, Any] = {"by": asta.actor, "on": cast.on}
        motivation.note_stage(behaviour, "contemplation", _said("tecken"), **said)
        motivation.read_rulers(behaviour, importance=9, confidence=1, **said)
        motivation.analyse(
            behaviour, situation=_said("läge"), act=_said("handling"), consequence=_said("följd"),
            **said,
        )  # fmt: skip
        motivation.cope(behaviour, situation=_said("fara"), instead=_said("i stället"), **said)
        talks.note(row.person_id, _said("anteckning"), enrolment=row, **said)


def test_a_report_drafted_from_a_full_record_holds_none_of_it(
    cast: Cast, talked: None, at_work: Callable[..., Any], tmp_path: Path
) -> None:
    own, asta = cast.person("own"), cast["asta"]
    with at_work(asta):
        decision = NewDecision(
            to_step="s3", effective_on=cast.on, grounds=_said("motiv"), own_words=_said("ord"),
            seen=stood_on(own.enrolment).pk,
        )  # fmt: skip
        steps.decide(own.enrolment, decision, by=asta.actor)
        assert _everywhere_else(own.person) >= 11
        everything = tuple(c for c in Category.values if c != "life")
        waivers.give(own.person, new(timezone.now(), categories=everything), by=asta.actor)
        row = actions.draft(
            Enrolment.enrolments.get(pk=own.enrolment), by=asta.actor,
            since=cast.on - dt.timedelta(days=300), until=cast.on + dt.timedelta(days=1),
            occasion="step", step="s2",
        )  # fmt: skip
        actions.note_seen(row, "together", by=asta.actor)
        sent = actions.send(row, Sending("paper", "Ekdala kommun", localdate()), by=asta.actor)
        words = text_of(paper_of(sent), tmp_path)
    assert len(words) > 200
    assert CANARY not in words
    assert not [word for word in WORDS if word in words.casefold()]
    hidden = [t for t in own.traces if t in words and t not in (own.name, own.family)]
    assert hidden == []
    others = [one for one in cast.participants.values() if one.key != "own"]
    assert not [t for one in others for t in one.traces if t in words]


@pytest.mark.requirement("JI-19")
def test_the_simple_form_of_a_full_record_holds_none_of_it(
    cast: Cast, talked: None, at_work: Callable[..., Any], tmp_path: Path
) -> None:
    own, asta = cast.person("own"), cast["asta"]
    with at_work(asta):
        everything = tuple(c for c in Category.values if c != "life")
        waivers.give(own.person, new(timezone.now(), categories=everything), by=asta.actor)
        row = actions.draft(
            Enrolment.enrolments.get(pk=own.enrolment), by=asta.actor, kind="form",
            since=cast.on - dt.timedelta(days=300), until=cast.on + dt.timedelta(days=1),
            occasion="period",
        )  # fmt: skip
        actions.note_seen(row, "together", by=asta.actor)
        sent = actions.send(row, Sending("paper", "Ekdala kommun", localdate()), by=asta.actor)
        words = text_of(paper_of(sent), tmp_path)
    assert CANARY not in words
    assert not [word for word in WORDS if word in words.casefold()]
    assert [t for t in own.traces if t in words and t not in (own.name, own.family)] == []


def test_for_somebody_protected_neither_unit_nor_worker_nor_address_is_on_the_paper(
    cast: Cast, as_job: Callable[..., Any], sign_in: Callable[..., Any], tmp_path: Path
) -> None:
    one = cast.person("protected_named")
    with as_job(cast.ekdala.tenant):
        OrderLine.objects.filter(referral=one.referral).update(uses=["other"])
    browser = sign_in(cast["asta"])
    address = f"/people/{one.person}/reports/{one.rows['report']}/"
    browser.post(address, {"do": "seen-together"})
    assert browser.post(address, {"do": "send", "way": "paper"}).status_code == 302
    with as_job(cast.ekdala.tenant):
        words = text_of(paper_of(Dispatch.objects.get(person=one.person)), tmp_path)
    for secret in ("AME-kontoret", "Arbetscentrum", "Asta", *one.traces[2:]):
        assert secret not in words
