"""A diploma for what was completed, and for nothing else (KN-38)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from stegvis.journey.certificates import actions
from stegvis.journey.certificates.models import Certificate, TrainingModule
from stegvis.journey.intake.actions import NotNow
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.mapping.models import Credential
from stegvis.platform.access.authority import Hidden
from stegvis.platform.tenancy.keys import uuid7
from tests.cast.people import Cast
from tests.portals.caseworker.reading import text_of

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Work = Callable[..., Any]
NAME = "Klottersanering"


@pytest.fixture
def module(cast: Cast, sign_in: Signing, as_job: Work) -> TrainingModule:
    sent = {"name": NAME, "holds": "Medel, skydd och metod.", "place": "Extern service"}
    mona = sign_in(cast["mona"])
    assert mona.post(reverse("trainings"), sent).status_code == 302
    assert mona.post(reverse("trainings"), sent).status_code == 200, "named once"
    with as_job(cast.ekdala.tenant):
        return TrainingModule.objects.get(name=NAME)


@pytest.mark.requirement("KN-38", "X-07")
def test_a_completed_training_gives_a_diploma_in_the_folder_and_the_cv(
    cast: Cast, sign_in: Signing, module: TrainingModule, at_work: Work, queries: Callable[[], Any]
) -> None:
    own = cast.person("own")
    at = reverse("person_trainings", args=[own.person])
    vera, asta, olle = (sign_in(cast[key]) for key in ("vera", "asta", "olle"))
    sent = {"do": "complete", "module": str(module.pk), "on": cast.on.isoformat()}
    assert vera.post(at, sent).status_code == 302
    with queries() as made:
        assert NAME in text_of(vera.get(at))
    assert made.count <= 12
    paper = vera.get(reverse("diploma_pdf", args=[own.person, 2]))
    assert paper.content.startswith(b"%PDF")
    assert vera.get(reverse("diploma_pdf", args=[own.person, 3])).status_code == 404
    assert NAME in text_of(olle.get(reverse("my_diploma")))
    assert olle.get(reverse("my_diploma"), {"n": 2}).content.startswith(b"%PDF")
    assert olle.get(reverse("my_diploma"), {"n": 3}).status_code == 404
    assert asta.post(at, {"do": "cv:2"}).status_code == 302
    with at_work(cast["asta"]):
        row = Credential.objects.get(person=own.person, what=NAME)
        assert (row.kind, row.exists) == ("certificate", "yes")
        with pytest.raises(NotNow, match="in_cv"):
            actions.take_up(
                Certificate.objects.get(person=own.person, number=2), by=cast["asta"].actor
            )


@pytest.mark.requirement("KN-38")
def test_there_is_no_diploma_without_a_completion(
    cast: Cast, as_job: Work, module: TrainingModule
) -> None:
    with as_job(cast.ekdala.tenant):
        key = cast.person("own").enrolment
        road, late = Enrolment.enrolments.get(pk=key), cast.on + dt.timedelta(days=1)
        with pytest.raises(NotNow, match="ahead"):
            actions.complete(road, module, by=None, on=late)
        row = Certificate(
            tenant_id=cast.ekdala.tenant, person_id=cast.person("own").person, number=9,
            completion_id=uuid7(), on=cast.on,
        )  # fmt: skip
        with connection.cursor() as cursor, pytest.raises(IntegrityError):
            _at_once(row, cursor)


def _at_once(row: Certificate, cursor: Any) -> None:
    with transaction.atomic():
        row.save(force_insert=True)
        cursor.execute("set constraints all immediate")


@pytest.mark.requirement("KN-38")
def test_a_training_is_completed_once_and_by_those_who_work_with_the_person(
    cast: Cast, at_work: Work, module: TrainingModule
) -> None:
    vera, birger = cast["vera"], cast["birger"]
    with at_work(vera):
        row = Enrolment.enrolments.get(pk=cast.person("own").enrolment)
        actions.complete(row, module, by=vera.actor, on=cast.on)
        with pytest.raises(NotNow, match="done_before"):
            actions.complete(row, module, by=vera.actor, on=cast.on)
    with at_work(birger), pytest.raises(Hidden):
        actions.complete(row, module, by=birger.actor, on=cast.on)
