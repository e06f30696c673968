"""The dialogue with a site, pauses, the rule for knocking, how many work there."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import asdict, dataclass, fields
from decimal import Decimal

from stegvis.journey.employers.actions.sharing import publish_all
from stegvis.journey.employers.facts.talking import knocks, paused
from stegvis.journey.employers.models import (
    ContactPerson,
    Dialogue,
    Headcount,
    KnockRule,
    Site,
    SitePause,
)
from stegvis.journey.workplaces.actions import NotNow
from stegvis.platform.journal.writing import wrote
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import current


@dataclass(frozen=True, slots=True)
class Said:
    """`asks`: it asked for places. `over`: why, though the month's times are used up."""

    kind: str
    on: dt.date
    note: str = ""
    asks: bool = False
    contact: ContactPerson | None = None
    over: str = ""


def note(
    site: Site, said: Said, *, by: uuid.UUID | None, submission: uuid.UUID | None = None
) -> Dialogue:
    """Raises NotNow: a site is asked for places at most as often as the rule says, unless somebody
    says why, and never while it pauses. Two who ask at once ask one after the other."""
    if said.on > current().on:
        raise NotNow("ahead")
    if said.asks:
        _may_knock(Site.sites.select_for_update().get(pk=site.pk), said)
    row = Dialogue(
        tenant_id=site.tenant_id, site=site, by_id=by, submission=submission or uuid7(),
        **{one.name: getattr(said, one.name) for one in fields(said)},
    )  # fmt: skip
    row.save(force_insert=True)
    wrote("site_spoken_with", site=str(site.pk), kind=said.kind, asks=said.asks)
    return row


def _may_knock(site: Site, said: Said) -> None:
    if paused([site.pk], said.on):
        raise NotNow("site_paused")
    if not knocks(site.pk, said.on).left and not said.over.strip():
        raise NotNow("knocked_enough")


def answer(asked: Dialogue, what: str) -> None:
    """Raises NotNow, StaleRow."""
    if not asked.asks:
        raise NotNow("nothing_asked")
    asked.answer, asked.answered_on = Dialogue.Answer(what), current().on
    asked.save_if_unchanged("answer", "answered_on")
    wrote("site_answered", dialogue=str(asked.pk), answer=what)


def pause(
    site: Site,
    *,
    since: dt.date,
    until: dt.date | None,
    why: str = "",
    by: uuid.UUID | None,
    submission: uuid.UUID | None = None,
) -> SitePause:
    """Raises NotNow."""
    if until is not None and until <= since:
        raise NotNow("ends_before")
    row = SitePause(
        tenant_id=site.tenant_id, site=site, since=since, until=until, why=why.strip(), by_id=by,
        submission=submission or uuid7(),
    )  # fmt: skip
    row.save(force_insert=True)
    wrote("site_paused", site=str(site.pk))
    publish_all()
    return row


def end_pause(row: SitePause) -> None:
    """From today on it takes people again. Raises StaleRow."""
    row.until = max(row.since, current().on)
    row.save_if_unchanged("until")
    wrote("site_resumed", site=str(row.site_id))
    publish_all()


def set_rule(*, most: int, silent_after: int) -> KnockRule:
    """The municipality's own figures in the place of ours. Raises NotNow, StaleRow."""
    if most < 1 or silent_after < 1:
        raise NotNow("rule_is_nothing")
    row = KnockRule.objects.first() or KnockRule(tenant_id=current().tenant)
    added = row._state.adding
    row.most, row.silent_after, row.ours = most, silent_after, False
    if added:
        row.save(force_insert=True)
    else:
        row.save_if_unchanged("most", "silent_after", "ours")
    wrote("knock_rule_set", most=most, silent_after=silent_after)
    return row


@dataclass(frozen=True, slots=True)
class Counted:
    """`trained`: of the heads, in the parts meant for all. None: not said."""

    on: dt.date
    heads: int | None = None
    trained: int | None = None
    fte: Decimal | None = None
    source: str = "company"


def count(
    site: Site, said: Counted, *, by: uuid.UUID | None, submission: uuid.UUID | None = None
) -> Headcount:
    """How many work there, as said that day. Raises NotNow."""
    if said.on > current().on:
        raise NotNow("ahead")
    if said.heads is None and (said.fte is None or said.trained is not None):
        raise NotNow("count_empty")
    if said.heads is not None and (said.trained or 0) > said.heads:
        raise NotNow("more_trained")
    row = Headcount(
        tenant_id=site.tenant_id, site=site, by_id=by, submission=submission or uuid7(),
        **asdict(said),
    )  # fmt: skip
    row.save(force_insert=True)
    wrote("employees_counted", site=str(site.pk))
    publish_all()
    return row
