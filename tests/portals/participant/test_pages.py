"""The participant's pages: their own and nobody else's, in plain words, never empty."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from stegvis.config.checkout import ROOT
from stegvis.journey.voices import actions
from stegvis.journey.voices.facts import own_placing, waiting
from stegvis.journey.voices.models import Message, Mood
from stegvis.journey.waivers.actions import NewWaiver, give
from stegvis.journey.waivers.models import Waiver
from stegvis.platform.journal.models import Event
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.scope import scope
from stegvis.portals.participant.stair import stair
from tests.cast.people import Cast
from tests.matrix.walk import addresses

pytestmark = pytest.mark.django_db
PAGES = (
    "my_today", "my_late", "my_sick", "my_call", "my_write", "my_plan", "my_folder", "my_reads",
    "my_shared", "my_agreement", "my_words", "my_otherwise", "my_development", "my_rate",
    "my_reports", "my_time", "my_situation", "my_papers", "my_instead", "my_cross",
    "my_incidents", "my_diploma", "my_hours", "my_places",
)  # fmt: skip
FOLDER = Path(get_template("participant/base.html").origin.name).parent  # type: ignore[attr-defined]
STATIC = ("ui/tokens.css", "ui/components.css", "ui/draw.css", "participant/my.css",
          "ui/js/page.js", "ui/js/drafts.js", "participant/my.js", "ui/logo.svg")  # fmt: skip


@pytest.fixture
def olle(cast: Cast, sign_in: Callable[..., Any]) -> Any:
    return sign_in(cast["olle"])


@pytest.fixture
def job(cast: Cast, as_job: Callable[..., Any]) -> Iterator[None]:
    with as_job(cast.ekdala.tenant):
        yield


def _words(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.mark.requirement("X-09", "X-03")
@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_ones_own_record_alone_in_few_queries_and_few_bytes(
    name: str, cast: Cast, olle: Any, queries: Callable[[], Any]
) -> None:
    with queries() as made:
        page = olle.get(reverse(name))
    assert page.status_code == 200
    assert made.count <= 12, "\n".join(one[:150] for one in made.statements)
    text = page.content.decode()
    for other in cast.participants.values():
        if other.key != "own":
            assert not [trace for trace in other.traces if trace in text], other.key
    static = sum(_size(file) for file in STATIC)
    assert len(page.content) + static < 120_000


def _size(name: str) -> int:
    for folder in ("platform/ui/static", "portals/participant/static"):
        file = ROOT / "src/stegvis" / folder / name
        if file.exists():
            return file.stat().st_size
    raise FileNotFoundError(name)


def test_every_page_of_the_portal_is_a_participants_alone() -> None:
    ours = [one for one in addresses() if one.route.startswith("my/")]
    assert len(ours) >= 15
    for one in ours:
        assert one.policy
        assert one.policy.open_to_all or one.policy.roles == {"participant"}, one.name
        assert not one.policy.person, "it takes nobody's key"


def test_today_is_never_empty(cast: Cast, olle: Any) -> None:
    words = _words(olle.get("/my/"))
    assert "Inget är bokat" in words
    assert "Din handläggare är Asta" in words


def test_looking_at_ones_own_page_is_written_down_as_ones_own(
    cast: Cast, olle: Any, job: None
) -> None:
    olle.get("/my/plan/")
    event = Event.events.about(cast.person("own").person).order_by("-seq")[0]
    assert (event.what, event.purpose, event.member) == ("my_plan", "own", cast["olle"].member)


# Saying


@pytest.mark.requirement("X-09")
def test_late_in_two_presses_arrives_with_those_who_work_with_the_person(
    cast: Cast, olle: Any, at_work: Callable[..., Any], job: None
) -> None:
    assert 'href="/my/late/"' in olle.get("/my/").content.decode()  # the first
    answer = olle.post("/my/late/", {"minutes": "15"})  # the second
    assert answer.headers["Location"] == "/my/told/"
    assert "Ångra" in _words(olle.get("/my/told/"))
    own = cast.person("own").person
    for who in ("asta", "vera", "jonna"):
        with at_work(cast[who]):
            (found,) = waiting(cast[who].actor, on=cast.on)
            assert (found.person, found.kind, found.minutes) == (own, "late", 15)
    for who in ("aron", "birger", "mona", "ada", "inge"):
        with at_work(cast[who]):
            assert waiting(cast[who].actor, on=cast.on) == []
    assert "Jag blir 15 minuter sen." in _words(olle.get("/my/"))


@pytest.mark.parametrize("kind", ["sick", "call"])
def test_ill_and_call_me_are_one_question_with_one_yes(kind: str, olle: Any, job: None) -> None:
    url = reverse(f"my_{kind}")
    assert olle.post(url, {}).status_code == 200, "no answer is no message"
    assert Message.messages.count() == 0
    olle.post(url, {"yes": "1"})
    assert Message.messages.get().kind == kind


@pytest.mark.parametrize("minutes", ["", "0", "-5", "7", "١٥", "15; drop", "9" * 40])
def test_only_what_stands_on_the_buttons_can_be_said(minutes: str, olle: Any, job: None) -> None:
    assert olle.post("/my/late/", {"minutes": minutes}).status_code == 200
    assert Message.messages.count() == 0


def test_it_can_be_taken_back_for_some_seconds_and_no_longer(
    cast: Cast, olle: Any, job: None
) -> None:
    olle.post("/my/late/", {"minutes": "30"})
    assert olle.post("/my/told/").headers["Location"] == "/my/"
    assert Message.messages.standing().count() == 0
    olle.post("/my/late/", {"minutes": "5"})
    Message.messages.update(created_at=timezone.now() - dt.timedelta(seconds=40))
    assert "för sent att ångra" in _words(olle.post("/my/told/"))
    assert Message.messages.standing().count() == 1


def test_what_somebody_has_heard_is_taken_back_no_more(
    cast: Cast, olle: Any, at_work: Callable[..., Any], job: None
) -> None:
    olle.post("/my/call/", {"yes": "1"})
    with at_work(cast["asta"]):
        actions.hear(Message.messages.get(), by=cast["asta"].actor, answer="Jag ringer.")
    assert "för sent" in _words(olle.post("/my/told/"))
    assert "Jag ringer." in _words(olle.get("/my/write/"))


def test_words_keep_what_was_typed_when_they_are_too_many(olle: Any, job: None) -> None:
    assert "Skriv något först" in _words(olle.post("/my/write/", {"words": "  \n "}))
    long = "Hej " * 700
    page = olle.post("/my/write/", {"words": long})
    assert "för långt" in _words(page)
    assert "Hej Hej" in page.content.decode()
    assert Message.messages.count() == 0
    olle.post("/my/write/", {"words": "Kan jag byta dag?\n<b>Tack</b>"})
    assert "&lt;b&gt;Tack" in olle.get("/my/write/").content.decode()


def test_a_face_is_one_press_and_the_latest_is_marked(olle: Any, job: None) -> None:
    for face in ("2", "4", "9", ""):
        assert olle.post("/my/mood/", {"face": face}).headers["Location"] == "/my/"
    assert [mood.face for mood in Mood.objects.order_by("created_at")] == [2, 4]
    pressed = re.findall(r'value="(\d)" aria-pressed="true"', olle.get("/my/").content.decode())
    assert pressed == ["4"]
    assert "Du väljer om du svarar. De som arbetar med dig ser det." in _words(olle.get("/my/"))


# My road


@pytest.mark.requirement("AJ-59", "KN-117", "KN-124")
def test_the_own_step_is_marked_and_the_next_one_is_told_in_the_programmes_words(
    cast: Cast, olle: Any
) -> None:
    page = olle.get("/my/plan/")
    text = page.content.decode()
    assert 'aria-label="Du är på steg 2 av 6."' in text
    assert text.count('class="here"') == 1
    words = _words(page)
    assert "Nästa: Arbetsträning" in words
    assert "Du behöver mindre hjälp. Det här är kvar." in words


@pytest.mark.requirement("AJ-60")
def test_the_person_says_where_they_stand_and_it_is_no_step(
    cast: Cast, olle: Any, job: None
) -> None:
    enrolment = cast.person("own").enrolment
    assert enrolment
    before = olle.get("/my/plan/").content.decode()
    code = re.findall(r'name="step" value="([^"]+)"', before)[2]
    olle.post("/my/place/", {"step": code})
    olle.post("/my/place/", {"step": "no such step"})
    placed = own_placing([enrolment])[enrolment]
    assert (placed.step, placed.ordinal) == (code, 3)
    assert 'aria-label="Du är på steg 2 av 6."' in olle.get("/my/plan/").content.decode()


@pytest.mark.requirement("AJ-59")
@pytest.mark.parametrize("of", [1, 2, 3, 6, 9])
def test_a_staircase_of_any_length_stands_inside_its_frame(of: int) -> None:
    for at in range(of + 1):
        for rtl in (False, True):
            drawn = stair(of, at, title='"Steg" & <mål>', rtl=rtl)
            box = re.search(r'viewBox="0 (-?\d+) (\d+) (\d+)"', drawn)
            assert box
            top, wide, high = (int(n) for n in box.groups())
            xs = [int(x) for x in re.findall(r'<rect x="(-?\d+)"', drawn)]
            ys = [int(y) for y in re.findall(r' y="(-?\d+)"', drawn)]
            assert 0 <= min(xs) <= max(xs) < wide
            assert top <= min(ys) <= max(ys) <= top + high
            assert drawn.count('class="here"') == (1 if at else 0)
            order = sorted(zip(re.findall(r'<text x="(\d+)"', drawn), range(of), strict=True),
                           key=lambda one: int(one[0]))  # fmt: skip
            assert [n for _x, n in order] == (list(range(of))[::-1] if rtl else list(range(of)))


# Who has read


@pytest.mark.requirement("X-04")
def test_who_has_read_is_told_by_task_and_unit_and_why(
    cast: Cast, olle: Any, sign_in: Callable[..., Any]
) -> None:
    own = cast.person("own").person
    sign_in(cast["asta"]).get(f"/people/{own}/")
    sign_in(cast["vera"]).get(f"/people/{own}/messages/")
    sign_in(cast["mona"]).get("/people/")
    words = _words(olle.get("/my/reads/"))
    assert "3 personer har läst" in words
    assert "Din handläggare AME-kontoret Läste om din väg. För att arbeta med dig." in words
    assert "Din arbetshandledare AME-kontoret Läste det du har skrivit." in words
    assert "En chef AME-kontoret Såg ditt namn i en lista." in words
    assert "Asta" not in words, "the name is given to whoever asks"


@pytest.mark.requirement("X-04")
def test_what_was_refused_and_what_was_ones_own_is_not_listed(
    cast: Cast, olle: Any, sign_in: Callable[..., Any], job: None
) -> None:
    own = cast.person("own").person
    sign_in(cast["aron"]).get(f"/people/{own}/")
    olle.get("/my/plan/")
    words = _words(olle.get("/my/reads/"))
    assert "En handläggare" not in words
    assert Event.events.about(own).filter(sort="denied").exists()
    assert Event.events.about(own).filter(what="my_plan").exists()
    assert words.count("Läste om din väg") == 0


@pytest.mark.requirement("X-04")
def test_the_list_goes_on_to_the_first_event(
    cast: Cast, olle: Any, sign_in: Callable[..., Any]
) -> None:
    own = cast.person("own").person
    asta = sign_in(cast["asta"])
    for _turn in range(45):
        asta.get(f"/people/{own}/about/")
    page = olle.get("/my/reads/")
    assert "Skrev in dig i registret." not in _words(page)
    while more := re.search(r'href="\?before=(\d+)"', page.content.decode()):
        page = olle.get(f"/my/reads/?before={more[1]}")
    assert "Skrev in dig i registret." in _words(page)
    for odd in ("x", "-1", "9" * 30, "١"):
        assert olle.get("/my/reads/", {"before": odd}).status_code == 200


# What is shared


@pytest.mark.requirement("X-04")
def test_what_is_shared_can_be_stopped_by_the_person(
    cast: Cast, olle: Any, at_work: Callable[..., Any], job: None
) -> None:
    own = cast.person("own").person
    now = timezone.now()
    new = NewWaiver(
        counterpart_kind="SOC", counterpart_name="Ekonomiskt bistånd",
        categories=("attendance", "steps"), purpose="report", basis="consent", form="signed",
        valid_from=now, valid_to=now + dt.timedelta(days=60),
    )  # fmt: skip
    with at_work(cast["asta"]):
        mine = give(own, new, by=cast["asta"].actor)
    with at_work(cast["aron"]):
        new = replace(new, submission=uuid7())
        theirs = give(cast.person("same_unit").person, new, by=cast["aron"].actor)
    words = _words(olle.get("/my/shared/"))
    assert "Ekonomiskt bistånd" in words
    assert "När du är här." in words
    olle.post("/my/shared/", {"withdraw": str(theirs.pk)})
    assert Waiver.waivers.get(pk=theirs.pk).withdrawn_at is None
    for _twice in range(2):
        olle.post("/my/shared/", {"withdraw": str(mine.pk)})
    found = Waiver.waivers.get(pk=mine.pk)
    assert found.withdrawn_by_id == cast["olle"].member
    assert "Det här är slut" in _words(olle.get("/my/shared/"))


# The words


def _sentences() -> Iterator[tuple[str, str]]:
    """Of everything the portal says, in each language."""
    said = set()
    for file in [*FOLDER.glob("*.html"), *(ROOT / "src/stegvis/portals/participant").glob("*.py")]:
        text = file.read_text("utf-8")
        said |= set(re.findall(r'translate "([^"]+)"', text))
        said |= set(re.findall(r"""\b_\(\s*"([^"]+)"\s*\)""", text))
    for language in ("sv", "da"):
        po = polib.pofile(str(ROOT / f"locale/{language}/LC_MESSAGES/django.po"))
        known = {entry.msgid: entry.msgstr for entry in po}
        yield from ((language, known[one]) for one in said)
    yield from (("en", one) for one in said)


@pytest.mark.requirement("X-09")
def test_no_sentence_of_the_portal_has_more_than_ten_words() -> None:
    long = [
        (language, sentence)
        for language, text in _sentences()
        for sentence in re.split(r"[.!?:]\s*", text)
        if len(sentence.split()) > 10
    ]
    assert long == []
    assert len(list(_sentences())) > 200


def test_the_frame_turns_with_a_language_from_right_to_left(
    cast: Cast, olle: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    monkeypatch.setattr("stegvis.platform.ui.language.KNOWN", {"sv", "da", "en", "ar"})
    olle.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    text = olle.get("/my/").content.decode()
    assert '<html lang="ar" dir="rtl"' in text
    css = (ROOT / "src/stegvis/portals/participant/static/participant/my.css").read_text()
    assert not re.search(r"(?<![\w-])((margin-|padding-)?(left|right)|text-align:\s*left)\s*:", css)


def test_nobody_is_offered_a_language_that_is_not_reviewed() -> None:
    assert [code for code, _name in settings.LANGUAGES] == ["sv", "da", "en"]


def test_other_peoples_tenant_is_not_there(cast: Cast, olle: Any) -> None:
    with scope(cast.birkeso.tenant, service="test"):
        assert not Message.messages.exists()
    olle.post("/my/late/", {"minutes": "5"})
    with scope(cast.birkeso.tenant, service="test"):
        assert not Message.messages.exists()
