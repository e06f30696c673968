"""The same submission twice has one effect and one answer.

Every form carries a key made when the form was drawn. The first to arrive claims it, in the
transaction that does the work; the second waits on the unique key and is given the first's answer.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from stegvis.platform.journal import writing
from stegvis.platform.journal.models import Submission
from stegvis.platform.journal.visit import Visit

FIELD = "submission"
WHEN_DONE: list[Callable[[HttpRequest, Visit], None]] = []
"""What is to be cleared away when a form has done its work. Filled by config.places at start."""
ASIDE = frozenset({FIELD, "csrfmiddlewaretoken", "draft"})  # new in every form that says the same


def _key(request: HttpRequest) -> uuid.UUID:
    """Of the form's key, its address and what it says: a form that was changed after it was sent
    (the browser's way back gives the old key again) is another one, and is not lost."""
    try:
        given = uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        raise BadRequest("the form's submission key is missing") from None
    said = hashlib.sha256(request.path.encode())
    for name, values in sorted(request.POST.lists()):
        if name not in ASIDE:
            said.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            said.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                said.update(chunk)
            file.seek(0)
    return uuid.uuid5(given, said.hexdigest())


def answered_once(
    request: HttpRequest, visit: Visit, serve: Callable[[], HttpResponse]
) -> HttpResponse:
    """Serve a POST at most once per key. Only a redirect is an answer worth keeping: a page that
    comes back with a fault has done nothing, and its key stays free."""
    if request.method != "POST":
        return serve()
    key = _key(request)
    claim = Submission(
        tenant_id=visit.actor.tenant,
        member_id=visit.actor.member,
        key=key,
        page=request.resolver_match.view_name if request.resolver_match else "",
    )
    with transaction.atomic():
        Submission.objects.bulk_create([claim], ignore_conflicts=True)
        mine = Submission.objects.filter(member_id=visit.actor.member, key=key)
        earlier = mine.values_list("answer", flat=True).first()
        if earlier:
            return HttpResponseRedirect(earlier)
        said = writing.so_far()
        response = serve()
        if isinstance(response, HttpResponseRedirect):
            mine.update(answer=response.url)
            for clear in WHEN_DONE:
                clear(request, visit)
        else:
            transaction.set_rollback(True)
            writing.unsay(said)
    return response
