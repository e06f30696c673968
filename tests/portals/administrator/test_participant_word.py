"""The municipality's word for the participant: chosen once, said everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils.translation import gettext

from stegvis.journey.agreements import tasks
from stegvis.platform.accounts.models import Member
from stegvis.platform.journal.models import Event
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.tenancy.models import Tenant
from tests.cast.people import Cast, Town
from tests.journey.agreements.conftest import place
from tests.platform.documents.test_typesetting import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-02")]
Signing = Callable[..., Any]
Job = Callable[..., Any]

OURS = {"sv": "participant", "da": "citizen", "en": "participant"}
TOWNS = {"sv": ("ekdala", "ada", "asta", "own"), "da": ("birkeso", "agnes", "mads", "abroad")}
CHOSEN = {"sv": "employee", "da": "participant"}


def sent(was: str = "{}", **words: str) -> dict[str, str]:
    return {**OURS, **words, "was": was}


def choose(visitor: Any, **words: str) -> None:
    assert visitor.post(reverse("participant_word"), sent(**words)).status_code == 302


def words_of(town: Town) -> dict[str, str]:
    found: dict[str, str] = Tenant.objects.get(pk=town.tenant).words
    return found


def page_of(visitor: Any, name: str, **of: Any) -> str:
    answer = visitor.get(reverse(name, kwargs=of or None))
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def test_a_word_is_chosen_journaled_and_taken_back(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    ada = sign_in(cast["ada"])
    choose(ada, sv="employee", en="client")
    assert words_of(cast.ekdala) == {"sv": "employee", "en": "client"}
    assert words_of(cast.birkeso) == {}
    page = page_of(ada, "participant_word")
    assert "Vad arbetstagaren kallas" in page
    there = '{"sv": "employee", "en": "client"}'
    assert ada.post(reverse("participant_word"), sent(there)).status_code == 302
    assert words_of(cast.ekdala) == {}
    with as_job(cast.ekdala.tenant):
        told = Event.events.filter(what="participant_word_chosen").order_by("-seq")
        said = [(event.member, event.details["was"], event.details["words"]) for event in told]
    who = cast["ada"].member
    assert said[:2] == [
        (who, {"sv": "employee", "en": "client"}, {}),
        (who, {}, {"sv": "employee", "en": "client"}),
    ]


def test_a_form_sent_twice_is_one_choice(cast: Cast, sign_in: Signing, as_job: Job) -> None:
    ada, form = sign_in(cast["ada"]), sent(sv="client") | {"submission": str(uuid7())}
    for _press in range(2):
        assert ada.post(reverse("participant_word"), form).status_code == 302
    with as_job(cast.ekdala.tenant):
        assert Event.events.filter(what="participant_word_chosen").count() == 1


def test_a_choice_made_on_an_old_form_shows_both_and_stores_nothing(
    cast: Cast, sign_in: Signing
) -> None:
    ada = sign_in(cast["ada"])
    choose(ada, sv="employee")
    late = ada.post(reverse("participant_word"), sent(sv="client")).content.decode()
    assert words_of(cast.ekdala) == {"sv": "employee"}
    assert "<td>arbetstagare</td>" in late
    assert "<td>klient</td>" in late
    again = {**sent(sv="client"), "was": '{"sv": "employee"}'}
    assert ada.post(reverse("participant_word"), again).status_code == 302
    assert words_of(cast.ekdala) == {"sv": "client"}


def test_the_same_choice_on_an_old_form_is_no_quarrel(cast: Cast, sign_in: Signing) -> None:
    ada = sign_in(cast["ada"])
    choose(ada, sv="employee")
    choose(ada, sv="employee")
    assert words_of(cast.ekdala) == {"sv": "employee"}


@pytest.mark.parametrize("wrong", ["", "unheard_of", "deltagare", "citizen"])
def test_a_word_that_is_not_offered_is_refused_at_its_field(
    cast: Cast, sign_in: Signing, wrong: str
) -> None:
    answer = sign_in(cast["ada"]).post(reverse("participant_word"), sent(sv=wrong))
    assert "id_sv_error" in answer.content.decode()
    assert words_of(cast.ekdala) == {}


@pytest.mark.parametrize(
    "was",
    [
        "",
        "no",
        "[1]",
        '"sv"',
        "null",
        "{",
        r'{"sv": "\u0000"}',
        r'{"\u0000": "sv"}',
        '{"sv": ["client"]}',
        "[" * 9999,
    ],
    ids=range(10),
)
def test_a_form_that_says_nonsense_of_what_stood_stores_nothing_over_it(
    cast: Cast, sign_in: Signing, was: str
) -> None:
    ada = sign_in(cast["ada"])
    choose(ada, sv="employee")
    assert ada.post(reverse("participant_word"), sent(was, sv="client")).status_code == 200
    assert words_of(cast.ekdala) == {"sv": "employee"}


@pytest.mark.parametrize("who", ["asta", "mona", "loke", "petra", "evert", "olle", "nils"])
def test_only_an_administrator_chooses(cast: Cast, sign_in: Signing, who: str) -> None:
    visitor = sign_in(cast[who])
    assert visitor.get(reverse("participant_word")).status_code == 404
    assert visitor.post(reverse("participant_word"), sent(sv="client")).status_code == 404
    assert words_of(cast.ekdala) == {}


def test_the_database_lets_an_administrator_change_their_own_municipality_alone(
    cast: Cast, as_job: Job
) -> None:
    with as_job(cast.ekdala.tenant), connection.cursor() as cursor:
        cursor.execute("update tenancy_tenant set words = '{}'")
        assert cursor.rowcount == 1  # of the two there are


@pytest.mark.parametrize(
    "change",
    [
        "update tenancy_tenant set name = 'Annan'",
        "update tenancy_tenant set country = 'DK'",
        "delete from tenancy_tenant",
    ],
)
def test_the_database_lets_nobody_change_more_of_it_than_its_words(
    cast: Cast, as_job: Job, change: str
) -> None:
    with (
        as_job(cast.ekdala.tenant),
        connection.cursor() as cursor,
        pytest.raises(ProgrammingError),
        transaction.atomic(),
    ):
        cursor.execute(change)


@pytest.mark.parametrize(
    ("lang", "ours", "theirs"),
    [
        ("sv", ("Deltagare", "Runt deltagaren"), ("Arbetstagare", "Runt arbetstagaren")),
        ("da", ("Borgere", "Omkring borgeren"), ("Deltagere", "Omkring deltageren")),
    ],
)
def test_every_page_says_the_word_and_asks_the_database_no_more(
    cast: Cast,
    sign_in: Signing,
    queries: Callable[[], Any],
    *,
    lang: str,
    ours: tuple[str, str],
    theirs: tuple[str, str],
) -> None:
    _town, administrator, worker, key = TOWNS[lang]
    one, visitor = cast.person(key).person, sign_in(cast[worker])

    def read() -> tuple[str, str, int]:
        page_of(visitor, "participants")
        with queries() as made:
            found = page_of(visitor, "participants"), page_of(visitor, "person", person=one)
        return (*found, made.count)

    a_list, a_road, cost = read()
    assert (ours[0] in a_list, ours[1] in a_road) == (True, True)
    choose(sign_in(cast[administrator]), **{lang: CHOSEN[lang]})
    a_list, a_road, after = read()
    assert (theirs[0] in a_list, theirs[1] in a_road) == (True, True)
    assert ours[0] not in a_list
    assert after == cost
    assert f'<html lang="{lang}"' in a_road


def test_switching_the_language_changes_labels_and_keeps_codes(
    cast: Cast, sign_in: Signing
) -> None:
    choose(sign_in(cast["ada"]), sv="client")
    asta, own = sign_in(cast["asta"]), cast.person("own").person
    said = {"sv": "Runt klienten", "da": "Omkring borgeren", "en": "Around the person"}
    addresses = set()
    for language, words in said.items():
        asta.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answer = asta.get(reverse("person", kwargs={"person": own}))
        assert words in answer.content.decode()
        assert answer["Content-Language"] == language
        addresses.add(answer.wsgi_request.path)
    assert len(addresses) == 1


def test_the_next_visitor_from_another_municipality_reads_their_own_word(
    cast: Cast, sign_in: Signing, visitor: Any
) -> None:
    """The worker that answered in one municipality's words answers in the other's next."""
    choose(sign_in(cast["ada"]), sv="client", da="client")
    assert "Klienter" in page_of(sign_in(cast["asta"]), "participants")
    assert "Borgere" in page_of(sign_in(cast["inge"]), "participants")
    visitor.get(reverse("account_login"))
    assert gettext("Participants") in {"Deltagare", "Borgere", "Participants"}


def test_what_is_stored_and_what_people_typed_stay_as_they_are(
    cast: Cast, sign_in: Signing, as_job: Job
) -> None:
    ada = sign_in(cast["ada"])
    term = {"term": "deltagare", "definition": "Deltagare hos oss.", "source": "", "version": 1}
    typed = {**term, "source": "Vår", "local_practice": "deltagaren"}
    assert ada.post(reverse("term_new"), typed).status_code == 302
    with as_job(cast.ekdala.tenant):
        before = sorted(Member.members.values_list("pk", "name"))
    choose(ada, sv="client")
    page = page_of(ada, "terms")
    assert "Deltagare hos oss." in page
    assert "Vad klienten kallas" in page
    with as_job(cast.ekdala.tenant):
        assert sorted(Member.members.values_list("pk", "name")) == before


@pytest.mark.parametrize(
    ("lang", "ours", "theirs"),
    [
        ("sv", "Besvarat av deltagaren", "Besvarat av arbetstagaren"),
        ("da", "Besvaret af borgeren", "Besvaret af deltageren"),
    ],
)
def test_a_paper_says_the_word_of_the_municipality_whose_it_is(
    cast: Cast,
    sign_in: Signing,
    at_work: Callable[..., Any],
    tmp_path: Path,
    *,
    lang: str,
    ours: str,
    theirs: str,
) -> None:
    """In the municipality's language, also for whoever reads the pages in another."""
    _town, administrator, worker, key = TOWNS[lang]
    with at_work(cast[worker]):
        row = place(cast.person(key))
    visitor = sign_in(cast[worker])
    visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    at = f"/people/{cast.person(key).person}/agreement/{row.pk}/form.pdf"
    assert ours in text_of(visitor.get(at).content, tmp_path)
    choose(sign_in(cast[administrator]), **{lang: CHOSEN[lang]})
    words = text_of(visitor.get(at).content, tmp_path)
    assert theirs in words
    assert ours not in words


@pytest.mark.parametrize(("lang", "said"), [("sv", "Arbetstagare"), ("da", "Deltagere")])
def test_a_mail_is_worded_as_its_municipality_speaks(
    cast: Cast, sign_in: Signing, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    """No mail names the participant today; the next to be written will find the word there."""
    town, administrator, *_more = TOWNS[lang]
    choose(sign_in(cast[administrator]), **{lang: CHOSEN[lang]})
    monkeypatch.setattr(tasks, "_", lambda text: f"{gettext('Participants')}: {gettext(text)}")
    there = Tenant.objects.get(pk=getattr(cast, town).tenant)
    assert tasks._mailed("a@company.example", "https://x.example/w/1/", there) == ""
    assert mail.outbox[0].subject.startswith(f"{said}: ")
    assert mail.outbox[0].body.startswith(f"{said}: ")


def test_in_the_log_the_participant_has_the_municipalitys_word_and_no_name(
    cast: Cast, sign_in: Signing
) -> None:
    page_of(sign_in(cast["olle"]), "my_today")
    choose(sign_in(cast["ada"]), sv="employee")
    log = page_of(sign_in(cast["asta"]), "person_reads", person=cast.person("own").person)
    assert ">Arbetstagare<" in log
    assert ">Deltagare<" not in log


def test_the_participant_reads_it_on_their_own_page(cast: Cast, sign_in: Signing) -> None:
    council = f"/boards/{cast.ekdala.board[0]}/council/"
    seat = {"do": "seat", "member": str(cast["vera"].member)}
    assert sign_in(cast["vera"]).post(council, seat).status_code == 302
    choose(sign_in(cast["ada"]), sv="client")
    page = page_of(sign_in(cast["olle"]), "my_council")
    assert "Klienter och personal träffas." in page
