"""A form sent again: the same is done once, another is another; what was not done is not told."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import override_settings
from django.urls import path

from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from stegvis.platform.journal.models import Event, Sort
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.scope import scope
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db


@page(Role.CASE_WORKER)
def write(request: HttpRequest) -> HttpResponse:
    word = request.POST["word"] + "".join(file.read().decode() for file in request.FILES.values())
    wrote("word_written", word=word)
    if word == "fault":
        wrote("word_refused", sort=Sort.DENIED, word=word)
        return HttpResponse("not that one")
    return redirect(f"/written/{uuid.uuid4()}/")


urlpatterns = [path("write/", write, name="write"), path("write/other/", write, name="other")]
here = override_settings(ROOT_URLCONF=__name__)


def _words(cast: Cast, what: str = "word_written") -> list[str]:
    with scope(cast.ekdala.tenant, service="test"):
        rows = Event.events.filter(what=what).order_by("seq")
        return [details["word"] for details in rows.values_list("details", flat=True)]


@here
def test_a_form_that_was_changed_after_it_was_sent_is_not_lost(
    cast: Cast, sign_in: Callable[..., Any]
) -> None:
    """The browser's way back may give the form with its old key."""
    asta, key = sign_in(cast["asta"]), str(uuid.uuid4())
    for word in ("first", "first", "second", "first", "second"):
        asta.post("/write/", {"word": word, "submission": key})
    assert _words(cast) == ["first", "second"]


@here
def test_the_same_words_at_another_address_are_another_form(
    cast: Cast, sign_in: Callable[..., Any]
) -> None:
    asta, sent = sign_in(cast["asta"]), {"word": "here", "submission": str(uuid.uuid4())}
    for url in ("/write/", "/write/other/", "/write/other/", "/write/"):
        asta.post(url, sent)
    assert _words(cast) == ["here", "here"]


@here
def test_another_file_under_the_same_key_is_another_form(
    cast: Cast, sign_in: Callable[..., Any]
) -> None:
    asta, key = sign_in(cast["asta"]), str(uuid.uuid4())
    for content in (b"one", b"one", b"two"):
        file = SimpleUploadedFile("list.csv", content)
        asta.post("/write/", {"word": "", "file": file, "submission": key})
    assert _words(cast) == ["one", "two"]


@here
def test_what_was_rolled_back_is_not_told_and_what_was_refused_is(
    cast: Cast, sign_in: Callable[..., Any]
) -> None:
    assert sign_in(cast["asta"]).post("/write/", {"word": "fault"}).status_code == 200
    assert _words(cast) == []
    assert _words(cast, "word_refused") == ["fault"]
