"""Nothing is open by being forgotten: every address says who it is for, or answers 403."""

from __future__ import annotations

import io
import json
import types
from collections.abc import Callable, Iterator
from functools import partial, wraps
from typing import Any

import pytest
from django.contrib.syndication.views import Feed
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import include, path, re_path
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from django.views.generic import RedirectView, TemplateView

from stegvis.platform.access.decision import FieldClass
from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Role
from tests.cast.people import Cast
from tests.matrix.walk import Address, UnknownArgument, addresses

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-03")]

SERVED = {"get", "head", "post"}
OPEN = {
    "healthz": "for a supervisor process; it says only that the product runs",
    "account_login": "signing in",
    "account_logout": "signing out",
    "account_reset_password": "a forgotten password",
    "account_reset_password_done": "a forgotten password",
    "account_reset_password_from_key": "a forgotten password",
    "account_reset_password_from_key_done": "a forgotten password",
    "mfa_authenticate": "the second factor, while signing in",
    "language": "the language of the page, kept in a cookie",
    "referrer_link": "a form for a code; it looks nothing up before one is sent",
    "company_link": "a form for a code; it looks nothing up before one is sent",
    "referrer_offer": "what a municipality delivers; it names nobody, and looks no link up",
    "theme": "light or dark, kept in a cookie",
    "wall": "a screen on the wall; it shows a board to its own device alone",
    "wall_symbol": "a picture on such a screen, for its own device alone",
    "box": "an idea without a name: nothing is asked of who",
    "week_feed": "a week's address in a calendar; it tells nothing of an address that is none",
    "my_door": "a participant who is not signed in: what to do",
    "my_link": "a participant's link, where the code is asked for",
    "my_pictures": "a participant's pictures, on a shared device",
}


def test_every_address_has_a_policy_or_is_shut() -> None:
    """allauth brings pages we do not use (sign-up, changing the address): they stay shut."""
    shut = {one.name for one in addresses() if one.policy is None}
    ours = {one.name for one in addresses() if one.view.__module__.startswith("stegvis.")}
    assert shut & ours == set()
    assert {"account_signup", "account_email"} <= shut
    assert all(name.startswith(("account_", "mfa_")) for name in shut)


def test_only_what_is_listed_opens_before_sign_in() -> None:
    assert {a.name for a in addresses() if a.policy and a.policy.open_to_all} <= OPEN.keys()


def test_what_has_no_policy_answers_403_to_everyone(
    cast: Cast, sign_in: Callable[..., Any], visitor: Any
) -> None:
    visitors = [visitor, sign_in(cast["asta"]), sign_in(cast["ada"])]
    shut = [one for one in addresses() if one.policy is None and not one.arguments]
    assert shut
    for one in shut:
        for someone in visitors:
            assert someone.get(one.at({})).status_code == 403, one.name
            assert someone.post(one.at({})).status_code == 403, one.name


def test_an_argument_the_matrix_does_not_know_is_named_in_a_sentence() -> None:
    odd = Address("odd", "odd/<uuid:moon>/", ("moon",), lambda request: None)
    with pytest.raises(UnknownArgument, match=r"'odd'.*takes <moon>.*add one"):
        odd.at({"person": 1})


def _plain(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse("open")


def _kept(view: Any) -> Any:
    @wraps(view)
    def inner(request: HttpRequest) -> Any:
        return view(request)

    return inner


class _Class(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("open")

    post = put = delete = get


class _Callable:
    def __call__(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("open")


class _Feed(Feed):  # type: ignore[type-arg]
    title, link, description = "open", "/", "open"

    def items(self) -> list[Any]:
        return []


def _file(request: HttpRequest) -> FileResponse:
    return FileResponse(io.BytesIO(b"open"), as_attachment=True, filename="all.csv")


def _stream(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter([b"open"]))


def _json(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"open": True})


async def _waiting(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


def _looks_declared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


_looks_declared.policy = "everyone"  # type: ignore[attr-defined]
# Six kinds: functions, classes, what answers machines, files, feeds, and pages of an admin.
PLANTED: dict[str, Any] = {
    "function": _plain,
    "lambda": lambda request: HttpResponse("open"),
    "partial": partial(_plain, extra=1),
    "decorated": never_cache(_plain),
    "wrapped": _kept(_plain),
    "only_get": require_GET(_plain),
    "async": _waiting,
    "looks_declared": _looks_declared,
    "class": _Class.as_view(),
    "template": TemplateView.as_view(template_name="404.html"),
    "redirect": RedirectView.as_view(url="/healthz"),
    "callable": _Callable(),
    "api": _json,
    "api_list": lambda request: HttpResponse(json.dumps([1]), content_type="application/json"),
    "file": _file,
    "stream": _stream,
    "feed": _Feed(),
    "admin": lambda request: HttpResponse("site administration"),
    "admin_add": _Class.as_view(http_method_names=["get", "post"]),
    "guessed_name": _plain,
}


@page(Role.CASE_WORKER, shows=FieldClass.PLAN)
def _declared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("declared")


@pytest.fixture
def planted(settings: Any) -> Iterator[str]:
    """An address book with twenty forgotten pages, also at depth and by pattern; one declared."""
    urls = types.ModuleType("planted_urls")
    names = list(PLANTED)
    deep = [path(f"{name}/", PLANTED[name], name=name) for name in names[10:15]]
    shallow = [path(f"{name}/", PLANTED[name], name=name) for name in names[:10]]
    matched = [re_path(rf"^{name}/$", PLANTED[name], name=name) for name in names[15:]]
    urls.urlpatterns = [  # type: ignore[attr-defined]
        *shallow,
        *matched,
        path("deep/er/", include(deep)),
        path("declared/", _declared, name="declared"),
        path("accounts/", include("allauth.urls")),
    ]
    answers = {400: "bad_request", 403: "forbidden", 404: "not_found", 500: "broken"}
    for number, name in answers.items():
        setattr(urls, f"handler{number}", f"stegvis.platform.ui.errors.{name}")
    settings.ROOT_URLCONF = urls
    return urls  # type: ignore[return-value]


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "head", "options"])
def test_twenty_forgotten_pages_of_six_kinds_are_caught(
    cast: Cast, sign_in: Callable[..., Any], visitor: Any, planted: Any, method: str
) -> None:
    found = {one.name for one in addresses(planted) if one.policy is None}
    assert found >= PLANTED.keys()
    assert len(PLANTED) == 20
    someones = [visitor, sign_in(cast["asta"]), sign_in(cast["ada"])]
    for one in addresses(planted):
        if one.name in PLANTED:
            for someone in someones:
                response = getattr(someone, method)("/" + one.route.strip("^$"))
                assert response.status_code == (403 if method in SERVED else 405), one.name
                assert b"open" not in response.content


def test_the_one_declared_page_beside_them_opens(
    cast: Cast, sign_in: Callable[..., Any], planted: Any
) -> None:
    assert sign_in(cast["asta"]).get("/declared/").content == b"declared"
    assert sign_in(cast["vera"]).get("/declared/").status_code == 404
