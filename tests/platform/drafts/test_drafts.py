"""What is typed is kept for the one who typed it, until it is sent."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from stegvis.platform.drafts.keeping import LONGEST, waiting
from stegvis.platform.drafts.models import Draft
from stegvis.platform.drafts.tasks import clear_drafts
from stegvis.platform.journal.models import Event
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db
SAID = {"motivation": ["Hon vill prova köket."], "to": ["s3"]}
type Signing = Callable[..., Any]


def _leaving(cast: Cast, key: str = "own") -> str:
    return reverse("leave", args=[cast.person(key).person])


def _keep(visitor: Any, path: str, said: Any = SAID, **more: str) -> Any:
    data = {"path": path, "said": json.dumps(said), **more}
    return visitor.post("/drafts/", data)


def _kept(visitor: Any, path: str, **more: str) -> Any:
    return visitor.get("/drafts/", {"path": path, **more})


def test_what_was_kept_comes_back_with_its_time_and_a_fresh_token(
    cast: Cast, sign_in: Signing
) -> None:
    asta, path = sign_in(cast["asta"]), _leaving(cast)
    assert set(_kept(asta, path).json()) == {"token"}
    at = _keep(asta, path).json()["at"]
    assert _keep(asta, path, SAID | {"to": ["s4"]}).status_code == 200
    given = _kept(asta, path).json()
    assert given["said"] == SAID | {"to": ["s4"]}
    assert given["at"] > at


def test_two_forms_of_a_page_are_kept_apart(cast: Cast, sign_in: Signing) -> None:
    asta, path = sign_in(cast["asta"]), _leaving(cast)
    _keep(asta, path, form="one")
    assert "said" not in _kept(asta, path, form="two").json()


def test_nobody_else_gets_it_not_even_who_reads_the_person(cast: Cast, sign_in: Signing) -> None:
    person = reverse("person", args=[cast.person("ended").person])
    assert _keep(sign_in(cast["aron"]), person).status_code == 200
    assert _kept(sign_in(cast["asta"]), person).status_code == 404
    shared = reverse("person", args=[cast.person("own").person])
    _keep(sign_in(cast["asta"]), shared)
    assert "said" not in _kept(sign_in(cast["mona"]), shared).json()


def test_a_page_one_may_not_write_on_keeps_nothing_and_gives_nothing_back(
    cast: Cast, sign_in: Signing
) -> None:
    hidden, nobody = _leaving(cast, "protected_hidden"), reverse("leave", args=[uuid.uuid4()])
    asta = sign_in(cast["asta"])
    for path in (hidden, nobody, "/no/such/page/", reverse("staff")):
        assert _keep(asta, path).status_code == 404
        assert _kept(asta, path).status_code == 404
    assert not Draft.objects.exists()


@pytest.mark.parametrize("said", ["nonsense", [1], {"a": "b"}, {"a": [1]}])
def test_what_is_no_form_is_refused(cast: Cast, sign_in: Signing, said: Any) -> None:
    assert _keep(sign_in(cast["asta"]), _leaving(cast), said).status_code == 400


@pytest.mark.parametrize(
    "said", [r'{"a": ["\ud800"]}', r'{"\udfff": ["a"]}', "[" * 200_000, '{"a":' * 100_000]
)
def test_half_a_sign_and_an_endless_nesting_are_refused(
    cast: Cast, sign_in: Signing, said: str
) -> None:
    asta = sign_in(cast["asta"])
    assert asta.post("/drafts/", {"path": _leaving(cast), "said": said}).status_code == 400


def test_more_than_a_form_holds_is_refused_aloud(cast: Cast, sign_in: Signing) -> None:
    said = {"motivation": ["x" * LONGEST]}
    assert _keep(sign_in(cast["asta"]), _leaving(cast), said).status_code == 413


def test_the_words_lie_sealed(cast: Cast, sign_in: Signing, at_work: Any) -> None:
    _keep(sign_in(cast["asta"]), _leaving(cast))
    with at_work(cast["asta"]):
        (row,) = Draft.objects.all()
    assert b"prova" not in bytes(row.sealed)


def test_what_has_been_sent_is_kept_no_longer(cast: Cast, sign_in: Signing, at_work: Any) -> None:
    asta, own = sign_in(cast["asta"]), cast.person("own")
    path = reverse("judge", args=[own.person, "needs_less_support"])
    other = _leaving(cast)
    _keep(asta, path)
    _keep(asta, other)
    form = {"met": "yes", "basis": "Sett i köket.", "on": cast.on.isoformat(), "draft": ""}
    assert asta.post(path, form | {"basis": ""}).status_code == 200
    assert "said" in _kept(asta, path).json(), "a form that came back keeps its draft"
    assert asta.post(path, form).status_code == 302
    assert "said" not in _kept(asta, path).json()
    assert "said" in _kept(asta, other).json()


def test_a_page_that_answers_what_was_sent_says_so_and_is_not_written_over(
    cast: Cast, sign_in: Signing
) -> None:
    """It may show what a colleague saved meanwhile; the kept text knows nothing of that."""
    asta, path = sign_in(cast["asta"]), _leaving(cast)
    _keep(asta, path)
    assert "data-answered" not in asta.get(path).content.decode()
    answer = asta.post(path, {"draft": "", "reason": ""})
    assert answer.status_code == 200
    assert 'data-answered=""' in answer.content.decode()
    assert _kept(asta, path).json()["said"] == SAID


def test_it_can_be_thrown_away(cast: Cast, sign_in: Signing) -> None:
    asta, path = sign_in(cast["asta"]), _leaving(cast)
    _keep(asta, path)
    assert asta.post("/drafts/", {"path": path, "do": "forget"}).status_code == 204
    assert "said" not in _kept(asta, path).json()


def test_giving_back_leaves_a_trace_and_keeping_leaves_none(
    cast: Cast, sign_in: Signing, at_work: Any
) -> None:
    def told() -> int:
        with at_work(cast["asta"]):
            return int(Event.events.filter(what="drafts").count())

    asta, path = sign_in(cast["asta"]), _leaving(cast)
    _keep(asta, path)
    assert told() == 0
    _kept(asta, path)
    assert told() == 1


def test_what_nobody_came_back_to_is_forgotten_after_a_month(
    cast: Cast, sign_in: Signing, at_work: Any
) -> None:
    asta = sign_in(cast["asta"])
    _keep(asta, _leaving(cast))
    with at_work(cast["asta"]):
        assert clear_drafts(0) == 0
        Draft.objects.update(saved_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        assert clear_drafts(0) == 1


def test_ones_own_drafts_are_listed_the_latest_first(
    cast: Cast, sign_in: Signing, at_work: Any
) -> None:
    asta = sign_in(cast["asta"])
    _keep(asta, _leaving(cast))
    _keep(asta, reverse("person", args=[cast.person("own").person]))
    with at_work(cast["asta"]):
        found = waiting(SimpleNamespace(actor=cast["asta"].actor))  # type: ignore[arg-type]
    assert [row.person for row in found] == [cast.person("own").person] * 2
    assert found[0].saved_at > found[1].saved_at
