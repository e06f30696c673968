"""The same submission twice has one effect and one answer.

Every form carries a key made when the form was drawn. The first to arrive claims it, in the
transaction that does the work; the second waits on the unique key and is given the first's answer.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import connection, transaction
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
    with transaction.atomic():
        earlier = _claim(request, visit, key)
        if earlier:
            return HttpResponseRedirect(earlier)
        said = writing.so_far()
        response = serve()
        if isinstance(response, HttpResponseRedirect):
            _answer(visit, key, response.url)
            for clear in WHEN_DONE:
                clear(request, visit)
        else:
            transaction.set_rollback(True)
            writing.unsay(said)
    return response


_CLAIM = """
with claimed as (
  insert into journal_submission (tenant_id, member_id, key, page, answer, at)
  values (%(tenant)s, %(member)s, %(key)s, %(page)s, '', now())
  on conflict do nothing returning answer)
select exists (select from claimed)"""


_ANSWER = "update journal_submission set answer = %s where member_id = %s and key = %s"


def _answer(visit: Visit, key: uuid.UUID, answer: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ANSWER, [answer, visit.actor.member, key])


def _claim(request: HttpRequest, visit: Visit, key: uuid.UUID) -> str:
    """The first to come claims the key, and there is no answer yet. Whoever comes later waits
    here for the first and then reads its answer: in a statement of its own, which sees it."""
    match = request.resolver_match
    values = {
        "tenant": str(visit.actor.tenant),
        "member": str(visit.actor.member),
        "key": str(key),
        "page": match.view_name if match else "",
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, values)
        (first,) = cursor.fetchone()
    if first:
        return ""
    mine = Submission.objects.filter(member_id=visit.actor.member, key=key)
    return mine.values_list("answer", flat=True).first() or ""
