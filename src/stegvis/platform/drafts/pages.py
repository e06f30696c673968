"""Where the script of a form keeps what is typed and asks for it again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token

from stegvis.platform.access.pages import STAFF, page
from stegvis.platform.accounts.models import Role
from stegvis.platform.drafts import keeping
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import seen


@page(*STAFF, Role.PARTICIPANT, repeats=True)
def drafts(request: HttpRequest) -> HttpResponse:
    """GET gives back what is kept of a form, and a fresh token: signing in again changes it. POST
    keeps, or forgets. A page that may not be opened has no drafts: 404."""
    visit = visit_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    form = keeping.form_of(asked.get("path", ""), asked.get("form", ""), visit)
    if request.method != "POST":
        return _given_back(request, form)
    if request.POST.get("do") == "forget":
        keeping.forget(form.path, form.name, visit)
        return HttpResponse(status=204)
    try:
        at = keeping.keep(form, keeping.read_said(request.POST.get("said", "")), visit)
    except keeping.TooLong:
        return HttpResponse(status=413)
    return JsonResponse({"at": at.isoformat()})


def _given_back(request: HttpRequest, form: keeping.Form) -> HttpResponse:
    found = keeping.kept(form, visit_of(request))
    answer = {"token": get_token(request)}
    if found is None:
        return JsonResponse(answer)
    said, at = found
    if form.person is not None:
        seen([form.person], shows=form.shows)
    return JsonResponse(answer | {"said": said, "at": at.isoformat()})
