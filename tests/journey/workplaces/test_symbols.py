"""Pictures of a unit's own: sent in with the words they say, shown to the unit's people alone."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from stegvis.journey.workplaces.models import Symbol, Task
from tests.cast.people import Cast
from tests.platform.documents.test_redrawing import SECRET, chunk, png, svg

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("KN-128")]
WHERE = "/symbols/"


def _sent(cast: Cast, sign_in: Any, data: bytes, **more: str) -> Any:
    said = {"do": "add", "words": "Mangeln", "unit": str(cast.ekdala.units[0]), **more}
    file = SimpleUploadedFile("../../mangel.png", data, content_type="text/html")
    return sign_in(cast["vera"]).post(WHERE, {**said, "file": file})


@pytest.fixture
def symbol(cast: Cast, sign_in: Any, as_job: Any) -> Symbol:
    sent = png(80, 60, chunk(b"tEXt", b"Comment\0" + SECRET))
    assert _sent(cast, sign_in, sent).status_code == 302
    with as_job(cast.ekdala.tenant):
        found: Symbol = Symbol.objects.get(words="Mangeln")
    return found


def test_it_is_kept_as_a_drawing_of_ours_and_served_as_a_picture_and_nothing_else(
    cast: Cast, symbol: Symbol, sign_in: Any
) -> None:
    answer = sign_in(cast["vera"]).get(f"{WHERE}{symbol.pk}/")
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"] == 'inline; filename="symbol.png"'
    assert answer.content == bytes(symbol.image)
    assert SECRET not in answer.content


def test_only_the_units_people_see_it(
    cast: Cast, symbol: Symbol, sign_in: Any, visitor: Any
) -> None:
    seen = {key: sign_in(cast[key]).get(f"{WHERE}{symbol.pk}/").status_code for key in PEOPLE}
    assert seen == PEOPLE
    assert visitor.get(f"{WHERE}{symbol.pk}/").status_code in {302, 403}


PEOPLE = {"vera": 200, "asta": 200, "birger": 404, "inge": 404}
"""Vera and Asta work in the unit; Birger in another; Inge in another municipality."""


def test_without_words_or_in_another_unit_it_is_not_taken(
    cast: Cast, sign_in: Any, as_job: Any
) -> None:
    for more in ({"words": ""}, {"words": "  "}, {"unit": str(cast.ekdala.units[1])}):
        assert _sent(cast, sign_in, png(64, 64), **more).status_code == 200
    with as_job(cast.ekdala.tenant):
        assert not Symbol.objects.filter(words="Mangeln").exists()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (svg("<script>alert(1)</script>"), "kan inte göras säker"),
        (b"GIF89a" + b"\0" * 50, "PNG, WebP eller SVG"),
        (png(12, 12), "för liten"),
        (b"\0" * 600_000, "större än en halv megabyte"),
    ],
    ids=["script", "kind", "small", "heavy"],
)
def test_what_cannot_be_made_safe_is_refused_with_a_sentence_and_the_words_stay(
    cast: Cast, sign_in: Any, as_job: Any, sent: bytes, says: str
) -> None:
    page = _sent(cast, sign_in, sent).content.decode()
    assert says in page
    assert 'value="Mangeln"' in page
    with as_job(cast.ekdala.tenant):
        assert not Symbol.objects.filter(words="Mangeln").exists()


def test_the_same_words_twice_are_refused_until_the_first_is_taken_away(
    cast: Cast, symbol: Symbol, sign_in: Any, as_job: Any
) -> None:
    assert "redan en bild" in _sent(cast, sign_in, png(64, 64)).content.decode()
    vera = sign_in(cast["vera"])
    assert vera.post(WHERE, {"do": f"remove:{symbol.pk}"}).status_code == 302
    assert "Mangeln" not in vera.get(WHERE).content.decode()
    assert vera.get(f"{WHERE}{symbol.pk}/").status_code == 200, "where it stands it goes on"
    assert _sent(cast, sign_in, png(64, 64)).status_code == 302


def test_a_task_shows_it_with_its_words(
    cast: Cast, symbol: Symbol, sign_in: Any, as_job: Any
) -> None:
    with as_job(cast.ekdala.tenant):
        task = Task.tasks.filter(workplace__unit=symbol.unit_id).order_by("name", "id").first()
        assert task
        task.symbol = symbol
        task.save_if_unchanged("symbol")
    for where in ("/tasks/", f"/tasks/{task.pk}/"):
        page = sign_in(cast["vera"]).get(where).content.decode()
        assert f'src="{WHERE}{symbol.pk}/" alt="Mangeln"' in page
    form = sign_in(cast["vera"]).get(f"/tasks/{task.pk}/change/").content.decode()
    assert f'value="{symbol.pk}" selected' in form
