"""Staff and their roles. The page shows colleagues and never a participant."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stegvis.platform.access.pages import page
from stegvis.platform.accounts.models import Grant, Member, Role
from stegvis.platform.journal.models import Event
from stegvis.platform.journal.visit import visit_of
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.models import StaleRow
from stegvis.portals.administrator import actions, rows
from stegvis.portals.administrator.forms import EndForm, GrantForm, InviteForm, MemberForm

PER_PAGE = 100


def refusal(refused: actions.Refused) -> str:
    return {
        "is_member": _("Somebody here has this e-mail address already."),
        "elsewhere": _("This address signs in elsewhere. Use one that only your municipality has."),
        "own_role": _("You cannot give yourself a role. Ask another administrator."),
        "left": _("The person has left. Bring them back first."),
        "has_it": _("The person has this role here already at that time."),
        "last_administrator": _("Somebody must stay administrator. Give another person the role."),
    }[refused.code]


@page(Role.ADMINISTRATOR)
def staff(request: HttpRequest) -> HttpResponse:
    on, left = visit_of(request).scope.on, request.GET.get("left") == "1"
    held = Grant.grants.held(on).select_related("unit").order_by("role", "id")
    found = (
        Member.members.working(on)
        if not left
        else Member.members.colleagues().filter(left_on__lte=on)
    )
    found = found.select_related("unit", "user").prefetch_related(
        Prefetch("grants", queryset=held, to_attr="held")
    )
    paged = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": paged, "left": left, "page_query": "left=1&" if left else ""}
    return render(request, "administrator/staff.html", context)


@page(Role.ADMINISTRATOR)
def invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST or None, on=visit_of(request).scope.on)
    if form.is_valid():
        said = form.cleaned_data
        new = actions.NewMember(**{k: said[k] for k in ("name", "email", "title", "signature")})
        new = actions.NewMember(new.name, new.email, new.title, new.signature, said["unit"])
        try:
            member = actions.invite(new, _role(said), by=visit_of(request).actor.member)
        except actions.Refused as refused:
            form.add_error("email", refusal(refused))
        else:
            return redirect("staff_invitation", member=member.pk)
    return render(request, "administrator/invite.html", {"form": form})


@page(Role.ADMINISTRATOR)
def invitation(request: HttpRequest, member: uuid.UUID) -> HttpResponse:
    """The first link, for handing over. Only while nobody has signed in with the account, and only
    where the account was made: another municipality must not be able to open it."""
    row = _member(member)
    if row.user.last_login is not None or not _made_here(row):
        return redirect("staff_member", member=row.pk)
    wrote("invitation_shown", member=str(row.pk))
    context = {"member": row, "link": request.build_absolute_uri(actions.first_link(row.user))}
    return render(request, "administrator/invitation.html", context)


def _made_here(member: Member) -> bool:
    """Whether the account was made by the invitation that made the membership. The row's key says
    when that was, so one month of the journal is looked in."""
    made = dt.datetime.fromtimestamp((member.pk.int >> 80) / 1000, tz=dt.UTC)
    day = dt.timedelta(days=1)
    events = Event.events.filter(what="staff_invited", at__range=(made - day, made + day))
    return bool(events.filter(details__member=str(member.pk), details__created=True).exists())


@page(Role.ADMINISTRATOR)
def member(request: HttpRequest, member: uuid.UUID) -> HttpResponse:
    row = _member(member)
    form = MemberForm(request.POST or None, instance=row)
    if form.is_valid() and rows.change(form, "staff_changed"):
        messages.success(request, _("Saved."))
        return redirect("staff_member", member=member)
    return _member_page(request, member, form=form)


@page(Role.ADMINISTRATOR)
@require_POST
def give_role(request: HttpRequest, member: uuid.UUID) -> HttpResponse:
    row = _member(member)
    form = GrantForm(request.POST, on=visit_of(request).scope.on, prefix="give")
    if form.is_valid():
        try:
            actions.give(row, _role(form.cleaned_data), by=visit_of(request).actor.member)
        except actions.Refused as refused:
            form.add_error("role", refusal(refused))
        else:
            messages.success(request, _("The role is given."))
            return redirect("staff_member", member=member)
    return _member_page(request, member, giving=form)


@page(Role.ADMINISTRATOR)
def end_role(request: HttpRequest, member: uuid.UUID, grant: uuid.UUID) -> HttpResponse:
    row = Grant.grants.filter(pk=grant, member=member).select_related("unit", "member").first()
    if row is None:
        raise Http404
    on = visit_of(request).scope.on
    form = EndForm(request.POST or None, on=on, since=row.since)
    if form.is_valid():
        try:
            actions.end(row, until=form.cleaned_data["until"])
        except actions.Refused as refused:
            form.add_error(None, refusal(refused))
        except StaleRow:
            form.add_error(None, _("A colleague has just changed this role. Look again."))
        else:
            messages.success(request, _("The role ends."))
            return redirect("staff_member", member=member)
    return render(request, "administrator/end_role.html", {"form": form, "grant": row})


@page(Role.ADMINISTRATOR)
def leave(request: HttpRequest, member: uuid.UUID) -> HttpResponse:
    row = _member(member)
    form = EndForm(request.POST or None, on=visit_of(request).scope.on)
    if form.is_valid():
        try:
            actions.leave(row, on=form.cleaned_data["until"])
        except actions.Refused as refused:
            form.add_error(None, refusal(refused))
        except StaleRow:
            form.add_error(None, _("A colleague has just changed this page. Look again."))
        else:
            messages.success(request, _("Noted. From that day every sign-in is refused."))
            return redirect("staff")
    return render(request, "administrator/leave.html", {"form": form, "member": row})


@page(Role.ADMINISTRATOR)
@require_POST
def bring_back(request: HttpRequest, member: uuid.UUID) -> HttpResponse:
    try:
        actions.return_to_work(_member(member))
    except StaleRow:
        messages.error(request, _("A colleague has just changed this page. Look again."))
    return redirect("staff_member", member=member)


def _role(said: dict[str, Any]) -> actions.NewRole:
    return actions.NewRole(
        role=Role(said["role"]),
        unit=said["where"],
        since=said["since"],
        until=said["until"],
        need=said["need"],
    )


def _member(key: uuid.UUID) -> Member:
    row: Member | None = (
        Member.members.colleagues()
        .filter(pk=key)
        .select_related("unit", "user")
        .order_by("pk")
        .first()
    )
    if row is None:
        raise Http404
    return row


def _member_page(
    request: HttpRequest,
    key: uuid.UUID,
    *,
    form: MemberForm | None = None,
    giving: GrantForm | None = None,
) -> HttpResponse:
    on, row = visit_of(request).scope.on, _member(key)
    grants = row.grants.select_related("unit", "given_by").order_by("-since", "-id")
    context = {
        "form": form or MemberForm(instance=_member(key)),
        "giving": giving or GrantForm(on=on, prefix="give"),
        "member": row,
        "grants": [(grant, grant.until is None or grant.until > on) for grant in grants],
        "left": row.left_on is not None and row.left_on <= on,
        "waits_for_link": row.user.last_login is None and not row.user.has_usable_password(),
        "is_me": row.pk == visit_of(request).actor.member,
    }
    return render(request, "administrator/member.html", context)
