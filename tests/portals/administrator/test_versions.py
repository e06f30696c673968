"""Programme versions changed without code: names and our own values in a form, a whole model as a
file, always a new version, never over a colleague's."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from stegvis.config.shelf import shelf
from stegvis.core.programme.amend import amend, name_slots, setting_slots
from stegvis.core.programme.faults import Fault
from stegvis.core.programme.uses import used
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.programmes.actions import publish
from stegvis.journey.programmes.facts import programme
from stegvis.journey.programmes.models import ProgrammeVersion
from stegvis.platform.journal.models import Event
from stegvis.portals.administrator.drafts import DraftForm
from tests.cast.people import Cast

pytestmark = pytest.mark.django_db
Signing = Callable[..., Any]
Job = Callable[..., Any]


def _inputs(page: str) -> dict[str, str]:
    """The form as a browser would send it: every named input and text area with its value."""
    found = {}
    main = page.split("<main", 1)[1]
    for tag in re.findall(r"<input[^>]*>", main):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or "checked" in tag):
            found[name[1]] = html.unescape(value[1]) if value else "on"
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', main, re.DOTALL
    ):
        found[name] = html.unescape(text).replace("\n", "\r\n")
    return found


def _versions(cast: Cast, as_job: Job) -> list[ProgrammeVersion]:
    with as_job(cast.ekdala.tenant):
        return list(ProgrammeVersion.versions.filter(key="jobbtrappa").order_by("number"))


def _at(version: object) -> str:
    return reverse("programme_change", kwargs={"version": version})


def _file(text: str | bytes) -> SimpleUploadedFile:
    raw = text if isinstance(text, bytes) else text.encode()
    return SimpleUploadedFile("model.yaml", raw)


@pytest.mark.requirement("X-05", "AJ-64")
def test_names_and_values_make_a_new_version_and_those_under_way_keep_theirs(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    admin = sign_in(cast["ada"])
    typed = _inputs(admin.get(_at(cast.ekdala.version)).content.decode())
    typed |= {"n-trappa-s2-ac-sv": "Starta lugnt", "s-attendance_threshold": "0,85"}
    preview = admin.post(_at(cast.ekdala.version), typed)
    assert preview.status_code == 200
    assert "Starta lugnt" in preview.content.decode()
    assert len(_versions(cast, as_job)) == 1, "a preview publishes nothing"
    sent = {**_inputs(preview.content.decode()), "note": "Lugnare start."}
    answer = admin.post(reverse("programme_publish"), sent)
    assert answer.status_code == 302, answer.content.decode()
    first, second = _versions(cast, as_job)
    assert (second.number, second.note) == (2, "Lugnare start.")
    assert second.published_by_id == cast["ada"].member
    model = programme(second)
    assert model.step("s2").names["ac"]["sv"] == "Starta lugnt"
    assert model.settings["attendance_threshold"].value == 0.85
    assert second.text.count("\n") == first.text.count("\n"), "the file keeps its lines"
    with as_job(cast.ekdala.tenant):
        stays = Enrolment.enrolments.open().values_list("programme", flat=True).distinct()
        assert list(stays.order_by("programme")) == [first.pk]
        event = Event.events.filter(what="programme_published").order_by("-seq")[0]
    assert event.details["number"] == 2
    assert event.member == cast["ada"].member


def test_the_form_needs_something_to_change(cast: Cast, sign_in: Signing, as_job: Job) -> None:
    admin = sign_in(cast["ada"])
    typed = _inputs(admin.get(_at(cast.ekdala.version)).content.decode())
    answer = admin.post(_at(cast.ekdala.version), typed)
    assert 'role="alert"' in answer.content.decode()
    assert reverse("programme_publish") not in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("n-trappa-s2-ac-sv", ""),
        ("n-trappa-s2-ac-sv", "x" * 121),
        ("n-trappa-s2-ac-sv", "Stegnamn\u0007"),
        ("n-trappa-s2-ac-sv", "Två\nrader"),
        ("s-late_at_most", "två"),
        ("s-late_at_most", "1e9"),
        ("s-late_at_most", "99999999999"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_the_rest_is_kept(
    cast: Cast, sign_in: Signing, field: str, value: str
) -> None:
    admin = sign_in(cast["ada"])
    typed = _inputs(admin.get(_at(cast.ekdala.version)).content.decode())
    typed |= {"n-trappa-s3-ame-sv": "Mitt nya namn", field: value}
    answer = admin.post(_at(cast.ekdala.version), typed).content.decode()
    assert f'id="id_{field}_error"' in answer
    assert "Mitt nya namn" in answer


def test_a_fault_the_model_finds_is_said_at_the_field_that_made_it(cast: Cast, as_job: Job) -> None:
    row = _versions(cast, as_job)[0]
    form = DraftForm(row, {})
    form.full_clean()
    form.errors.clear()
    slot = form.settings["s-late_at_most"]
    slots = {**form.names, **form.settings}
    form._place(Fault("f", 9, slot.where, "fault_amount", {"found": "x"}), slots)
    form._place(Fault("f", 3, "roles › x", "fault_amount", {"found": "x"}), slots)
    assert set(form.errors) == {"s-late_at_most", "__all__"}
    assert "3" in form.errors["__all__"][0], "what belongs to no field says its line"


def test_a_version_whose_ladder_comes_from_elsewhere_is_still_checked_as_a_whole(
    cast: Cast, as_job: Job
) -> None:
    texts = shelf()
    with as_job(cast.ekdala.tenant):
        row = publish(texts["knut3_pv"], on=cast.on, others=used(texts["knut3_pv"], texts))
    slots = name_slots(row.text)
    data = {f"n-{s.ladder}-{s.step}-{s.track}-{s.lang}": s.value for s in slots}
    data |= {f"s-{s.key}": s.value for s in setting_slots(row.text) if s.value is not None}
    data[next(iter(data))] = "Nytt namn"
    assert DraftForm(row, data).is_valid()
    broken = DraftForm(row, data)
    row.others = {}
    assert not broken.is_valid()
    assert "model.yaml" in broken.non_field_errors()[0]


def test_a_version_published_meanwhile_is_shown_and_not_written_over(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    admin = sign_in(cast["ada"])
    shown = admin.get(_at(cast.ekdala.version)).content.decode()
    drafts = []
    for name in ("Första", "Andra"):
        typed = {**_inputs(shown), "n-trappa-s2-ac-sv": name}
        drafts.append(_inputs(admin.post(_at(cast.ekdala.version), typed).content.decode()))
    assert admin.post(reverse("programme_publish"), drafts[0]).status_code == 302
    late = admin.post(reverse("programme_publish"), drafts[1])
    text = late.content.decode()
    assert late.status_code == 200
    assert 'role="alert"' in text
    assert "Första" in text
    assert "Andra" in text
    assert len(_versions(cast, as_job)) == 2
    assert admin.post(reverse("programme_publish"), _inputs(text)).status_code == 302
    assert len(_versions(cast, as_job)) == 3


def test_publishing_the_same_twice_is_one_version(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    admin = sign_in(cast["ada"])
    typed = _inputs(admin.get(_at(cast.ekdala.version)).content.decode())
    typed["n-trappa-s2-ac-sv"] = "Starta"
    sent = _inputs(admin.post(_at(cast.ekdala.version), typed).content.decode())
    answers = [admin.post(reverse("programme_publish"), sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert len(_versions(cast, as_job)) == 2


def test_an_uploaded_model_lists_every_fault_with_its_line(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    lines = shelf()["jobbtrappa"].splitlines()
    at = [n for n, line in enumerate(lines) if "kind: ability" in line or "primary: true" in line]
    lines[at[0]] = lines[at[0]].replace("ability", "mountain")
    bad = "\n".join(lines).replace("requires_referral: true", "requires_referal: true")
    admin = sign_in(cast["ada"])
    admin.cookies["django_language"] = "en"
    answer = admin.post(reverse("programme_upload"), {"file": _file(bad)})
    text = answer.content.decode()
    assert text.count("model.yaml") >= 2
    assert f"line {at[0] + 1}" in text
    assert "mountain" in text
    assert "requires_referal" in text
    assert len(_versions(cast, as_job)) == 1


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe\x00a", b"x" * 1_700_000, b"- 1", b"a: &x [1]\nb: *x", b"{" * 3000]
)
def test_a_file_that_is_no_model_is_refused_in_a_sentence(
    cast: Cast, sign_in: Signing, as_job: Job, raw: bytes
) -> None:
    answer = sign_in(cast["ada"]).post(reverse("programme_upload"), {"file": _file(raw)})
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert len(_versions(cast, as_job)) == 1


@pytest.mark.requirement("FM-01")
def test_a_programme_from_another_country_is_uploaded_and_published_with_its_ladders(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    admin = sign_in(cast["ada"])
    needed = used(shelf()["knut3_pv"], shelf())
    assert needed, "it must take a ladder from another programme for this to prove anything"
    for key in ("flere_skal_med", *(k for k in needed if k != "jobbtrappa"), "knut3_pv"):
        preview = admin.post(reverse("programme_upload"), {"file": _file(shelf()[key])})
        sent = _inputs(preview.content.decode())
        assert admin.post(reverse("programme_publish"), sent).status_code == 302, key
    with as_job(cast.ekdala.tenant):
        keys = set(ProgrammeVersion.versions.in_force().values_list("key", flat=True))
    assert keys >= {"flere_skal_med", "knut3_pv", "jobbtrappa"}


def test_the_list_says_how_many_are_enrolled_and_never_counts_out_a_few(
    cast: Cast, sign_in: Signing, as_job: Job, queries: Callable[[], Any]
) -> None:
    admin = sign_in(cast["ada"])
    hidden = [one.person for one in cast.protected]  # in no count: it would tell of them
    with as_job(cast.ekdala.tenant):
        number = Enrolment.enrolments.open().exclude(person__in=hidden).count()
    with queries() as made:
        text = admin.get(reverse("administration")).content.decode()
    assert number >= 5
    assert f"<dd>{number}</dd>" in text
    with as_job(cast.ekdala.tenant):
        slot = name_slots(shelf()["jobbtrappa"])[0]
        publish(amend(shelf()["jobbtrappa"], {slot.way: "Nytt"}), on=cast.on)
        few = Enrolment.enrolments.open().exclude(person__in=hidden).order_by("pk").first()
        new = ProgrammeVersion.versions.in_force().get(key="jobbtrappa")
        Enrolment.enrolments.filter(pk=few.pk).update(programme=new)
    assert "<dd>1–4</dd>" in admin.get(reverse("administration")).content.decode()
    assert made.count <= 8, made.statements


@pytest.mark.parametrize("who", ["asta", "mona", "loke", "evert", "nils"])
def test_only_an_administrator_changes_or_publishes(
    cast: Cast, sign_in: Signing, as_job: Job, who: str
) -> None:
    visitor = sign_in(cast[who])
    assert visitor.get(_at(cast.ekdala.version)).status_code == 404
    sent = {"text": shelf()["flere_skal_med"], "base": ""}
    assert visitor.post(reverse("programme_publish"), sent).status_code == 404
    assert visitor.get(reverse("administration")).status_code == 404
