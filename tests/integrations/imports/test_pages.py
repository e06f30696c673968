"""The workbench, as a unit manager and the one responsible for protected people meet it."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from stegvis.integrations.imports import tasks
from stegvis.integrations.imports.models import ImportFile, ImportRow, SavedMapping, ShieldedRow
from stegvis.integrations.imports.storing.kept import opened
from stegvis.journey.intake.models import Enrolment
from stegvis.journey.people.models import Contact, Identity, Person
from stegvis.journey.standing.models import StepPeriod
from stegvis.platform.access.models import Kind, Relation, Shield
from stegvis.platform.access.sealing import mark
from stegvis.platform.journal.models import Event
from tests.cast.people import Cast
from tests.integrations.imports.known import FILES, swedish

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("X-10")]
HEAD = "Personnr;Namn;Remittent;Inskriven;Steg;Telefon;Diagnos;Anm\n"
ANNA, OMAR, LISE = (swedish("19900101", n) for n in (981, 982, 983))
GOOD = f"{ANNA};Anna Nyman;AF;2026-02-01;2;070-174 06 05;F32.1;\n"
NO_STEP = f"{OMAR};Omar Sjöbrink;AF;2026-02-01;åtta;;;\n"
SHIELDED = f"{LISE};Lise Hemligsson;AF;2026-02-01;2;;;Skyddad identitet\n"

type Send = Callable[..., Any]


@pytest.fixture
def send(cast: Cast, sign_in: Callable[..., Any]) -> Send:
    """Hand in a list as a colleague; the answer, and the file if there is one."""

    def made(text: str, who: str = "mona", name: str = "lista.csv", **fields: Any) -> Any:
        sent = {
            "file": SimpleUploadedFile(name, text.encode()),
            "kind": "participants",
            "programme": "jobbtrappa",
            "unit": str(cast.ekdala.units[0 if who == "mona" else 1]),
            "sender": "",
        }
        return sign_in(cast[who]).post("/imports/", sent | fields)

    return made


def the_file(cast: Cast, as_job: Any) -> ImportFile:
    with as_job(cast.ekdala.tenant):
        file: ImportFile = ImportFile.files.order_by("-created_at", "-id")[0]
    return file


@pytest.fixture
def act(cast: Cast, sign_in: Callable[..., Any], as_job: Any) -> Callable[..., Any]:
    """Press a button of the latest file's page."""

    def pressed(do: str, who: str = "mona", **fields: Any) -> Any:
        file = the_file(cast, as_job)
        sent = {"do": do, "version": file.version} | fields
        return sign_in(cast[who]).post(f"/imports/{file.pk}/", sent)

    return pressed


@pytest.fixture
def look(cast: Cast, sign_in: Callable[..., Any], as_job: Any) -> Callable[..., str]:
    def looked(who: str = "mona") -> str:
        answer = sign_in(cast[who]).get(f"/imports/{the_file(cast, as_job).pk}/")
        return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)

    return looked


@pytest.fixture
def found(cast: Cast, as_job: Any) -> Callable[[str], Person | None]:
    def of(number: str) -> Person | None:
        with as_job(cast.ekdala.tenant):
            marked = mark(cast.ekdala.tenant, number)
            row = Identity.objects.select_related("person").filter(mark=marked).first()
            return row.person if row else None

    return of


def row_of(cast: Cast, as_job: Any, number: int) -> ImportRow:
    with as_job(cast.ekdala.tenant):
        row: ImportRow = ImportRow.rows.get(number=number, file=the_file(cast, as_job))
    return row


class TestAFileHandedIn:
    def test_is_shown_and_nothing_is_in_the_register(
        self, cast: Cast, send: Send, look: Any, found: Any
    ) -> None:
        assert send(HEAD + GOOD + NO_STEP).status_code == 302
        html = look()
        assert found(ANNA) is None
        assert "Anna Nyman" in html
        assert "Omar Sjöbrink" in html
        assert "<s>åtta</s>" in html

    def test_never_shows_a_number_nor_a_column_that_is_never_read(
        self, send: Send, look: Any
    ) -> None:
        send(HEAD + GOOD)
        html = look()
        assert ANNA not in html
        assert ANNA[2:8] not in html
        assert "F32" not in html
        assert "Diagnos" in html

    def test_is_stored_when_somebody_says_so(
        self, cast: Cast, send: Send, act: Any, found: Any, as_job: Any
    ) -> None:
        send(HEAD + GOOD + NO_STEP)
        assert act("store").status_code == 302
        anna = found(ANNA)
        assert anna is not None
        assert anna.name == "Anna Nyman"
        assert found(OMAR) is None
        with as_job(cast.ekdala.tenant):
            stay = Enrolment.enrolments.get(person=anna)
            assert stay.unit_id == cast.ekdala.units[0]
            events = list(Event.events.order_by("seq").values_list("what", "member"))
        assert ("rows_imported", cast["mona"].member) in events

    def test_is_one_file_when_it_is_sent_twice(
        self, cast: Cast, send: Send, act: Any, as_job: Any
    ) -> None:
        send(HEAD + GOOD)
        act("store")
        send(HEAD + GOOD, name="samma igen.csv")
        with as_job(cast.ekdala.tenant):
            assert ImportFile.files.exclude(pk__in=cast.ekdala.files).count() == 1
            assert Person.people.filter(family_name="Nyman").count() == 1

    def test_keeps_what_it_is_called_as_text_alone(
        self, cast: Cast, send: Send, look: Any, as_job: Any
    ) -> None:
        send(HEAD + GOOD, name="..\\..\\<b>lista\u202e</b>.csv")
        html = look()
        assert "<b>lista" not in html
        assert "/" not in the_file(cast, as_job).name
        assert "\\" not in the_file(cast, as_job).name

    def test_of_the_wrong_version_changes_nothing(
        self, cast: Cast, send: Send, act: Any, found: Any
    ) -> None:
        send(HEAD + GOOD)
        act("store", version="999")
        assert found(ANNA) is None


@pytest.mark.parametrize(
    "name", ["formel.csv", "zipbomb.xlsx", "losenord.xlsx", "tom.csv", "rtl.csv", "bild.xlsx"]
)
def test_a_hostile_file_gives_one_sentence_and_nothing_is_kept(
    cast: Cast, sign_in: Callable[..., Any], as_job: Any, name: str
) -> None:
    data = (FILES / "hostile" / name).read_bytes()
    sent = {
        "file": SimpleUploadedFile(name, data),
        "kind": "participants",
        "programme": "jobbtrappa",
        "unit": str(cast.ekdala.units[0]),
    }
    answer = sign_in(cast["mona"]).post("/imports/", sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert len(re.findall(r'<li><a href="#id_file">', html)) == 1
    assert "Traceback" not in html
    with as_job(cast.ekdala.tenant):
        own = set(cast.ekdala.files)
        assert set(ImportFile.files.order_by("id").values_list("id", flat=True)) == own
        assert not ImportRow.rows.exclude(file__in=own).exists()


class TestARowThatWaits:
    def test_is_mended_in_place_and_the_file_is_kept_as_it_was(
        self, cast: Cast, send: Send, act: Any, found: Any, as_job: Any
    ) -> None:
        send(HEAD + NO_STEP)
        row = row_of(cast, as_job, 2)
        act("answer", **{f"cell-{row.pk}-step": "3", f"was-{row.pk}-step": "åtta"})
        assert row_of(cast, as_job, 2).outcome == "created"
        act("store")
        omar = found(OMAR)
        with as_job(cast.ekdala.tenant):
            assert StepPeriod.periods.get(person=omar).ordinal == 3
            kept = row_of(cast, as_job, 2)
            assert "åtta" in opened(bytes(kept.sealed))["cells"]
            assert kept.answered_by_id == cast["mona"].member

    def test_is_left_out_when_somebody_says_so(
        self, cast: Cast, send: Send, act: Any, as_job: Any
    ) -> None:
        send(HEAD + NO_STEP)
        act("answer", **{f"do-{row_of(cast, as_job, 2).pk}": "leave"})
        assert row_of(cast, as_job, 2).outcome == "skipped"

    def test_about_a_name_without_a_number_is_somebody_or_somebody_else(
        self, cast: Cast, send: Send, act: Any, as_job: Any, look: Any
    ) -> None:
        send(HEAD + GOOD)
        act("store")
        send(HEAD + ";Nyman, Anna;AF;2026-02-01;2;070-174 06 05;;\n")
        assert "••••" in look()
        row = row_of(cast, as_job, 2)
        with as_job(cast.ekdala.tenant):
            anna = Person.people.get(family_name="Nyman")
        act("answer", **{f"do-{row.pk}": "same", f"same-{row.pk}": str(anna.pk)})
        assert row_of(cast, as_job, 2).outcome == "unchanged"
        send(HEAD + ";Nyman, Anna;AF;2026-03-01;2;;;\n")
        row = row_of(cast, as_job, 2)
        act("answer", **{f"do-{row.pk}": "apart"})
        act("store")
        with as_job(cast.ekdala.tenant):
            two = Person.people.filter(family_name="Nyman").order_by("id")
            assert two.count() == 2
            assert not Identity.objects.filter(person=two[1]).exists()

    def test_about_somebody_in_another_unit_does_not_say_who(
        self, cast: Cast, send: Send, act: Any, look: Any
    ) -> None:
        send(HEAD + GOOD, who="marta")
        act("store", who="marta")
        send(HEAD + f"{ANNA};Annan Annansson;AF;2026-02-01;2;;;\n", name="b.csv")
        html = look("mona")
        assert "Annan Annansson" in html
        assert "Nyman" not in html

    def test_in_conflict_shows_both_sides_and_a_person_chooses(
        self, cast: Cast, send: Send, act: Any, look: Any, as_job: Any
    ) -> None:
        send(HEAD + GOOD)
        act("store")
        with as_job(cast.ekdala.tenant):
            contact = Contact.objects.filter(person__family_name="Nyman")
            contact.update(phone="070-174 06 11")
        send(HEAD + GOOD.replace("06 05", "06 22"), name="b.csv")
        html = look()
        assert "070-174 06 11" in html
        assert "070-174 06 22" in html
        row = row_of(cast, as_job, 2)
        act("answer", **{f"do-{row.pk}": "keep"})
        assert row_of(cast, as_job, 2).outcome == "unchanged"
        send(HEAD + GOOD.replace("06 05", "06 33"), name="c.csv")
        row = row_of(cast, as_job, 2)
        act("answer", **{f"do-{row.pk}": "take"})
        act("store")
        with as_job(cast.ekdala.tenant):
            assert Contact.objects.get(person__family_name="Nyman").phone == "070-174 06 33"


class TestColumns:
    def test_are_read_as_a_person_says_and_so_the_next_time(
        self, cast: Cast, send: Send, act: Any, as_job: Any
    ) -> None:
        head = HEAD.replace("Telefon", "Kontaktväg A")
        send(head + GOOD, sender="Vuxenenheten")
        assert "phone" not in row_of(cast, as_job, 2).values
        act("columns", **{"column-0-5": "phone"})
        assert row_of(cast, as_job, 2).values["phone"] == "070-174 06 05"
        send(head + NO_STEP + GOOD, sender="Vuxenenheten", name="nästa.csv")
        assert row_of(cast, as_job, 3).values["phone"] == "070-174 06 05"
        with as_job(cast.ekdala.tenant):
            assert SavedMapping.objects.get().mapping["columns"] == {"Kontaktväg A": "phone"}

    def test_that_are_never_read_cannot_be_chosen(
        self, cast: Cast, send: Send, act: Any, as_job: Any
    ) -> None:
        send(HEAD + GOOD)
        act("columns", **{"column-0-6": "phone"})
        assert row_of(cast, as_job, 2).values["phone"] == "070-174 06 05"


@pytest.mark.requirement("X-03", "INV-20")
class TestAProtectedRow:
    def test_says_nothing_to_the_one_who_sent_it(
        self, cast: Cast, send: Send, look: Any, sign_in: Any
    ) -> None:
        send(HEAD + GOOD + SHIELDED)
        html = look()
        assert "Hemligsson" not in html
        assert "Lise" not in html
        assert sign_in(cast["mona"]).get("/imports/protected/").status_code == 404

    def test_lies_behind_a_wall_of_the_database(
        self, cast: Cast, send: Send, at_work: Any, as_job: Any
    ) -> None:
        send(HEAD + SHIELDED)
        here = ShieldedRow.shielded.exclude(row__file__in=cast.ekdala.files)
        for who, seen in (("mona", 0), ("asta", 0), ("ada", 0), ("petra", 1)):
            with at_work(cast[who]):
                assert here.all().count() == seen, who
        with at_work(cast["asta"]):
            assert not ImportRow.rows.exists()
            assert not ImportFile.files.exists()

    def decide(self, cast: Cast, sign_in: Any, as_job: Any, decision: str) -> Any:
        petra = sign_in(cast["petra"])
        with as_job(cast.ekdala.tenant):
            row = ShieldedRow.shielded.get(row__file=the_file(cast, as_job))
        assert f"/imports/protected/{row.pk}/" in petra.get("/imports/protected/").content.decode()
        html = petra.get(f"/imports/protected/{row.pk}/").content.decode()
        assert "Lise Hemligsson" in html
        sent = {"decision": decision, "version": row.version}
        return petra.post(f"/imports/protected/{row.pk}/", sent)

    def test_is_stored_as_protected_by_the_one_who_is_responsible(
        self, cast: Cast, send: Send, sign_in: Any, as_job: Any, found: Any
    ) -> None:
        send(HEAD + GOOD + SHIELDED)
        assert self.decide(cast, sign_in, as_job, "shield").status_code == 302
        lise = found(LISE)
        assert lise is not None
        assert found(ANNA) is None  # what the manager has not asked for is not stored
        with as_job(cast.ekdala.tenant):
            assert Shield.objects.get(person=lise.pk).source == "file"
            named = Relation.relations.filter(person=lise.pk, kind=Kind.NAMED)
            assert list(named.values_list("member", flat=True)) == [cast["petra"].member]
        mona = sign_in(cast["mona"])
        assert mona.get(f"/people/{lise.pk}/").status_code == 404
        page = mona.get(f"/imports/{the_file(cast, as_job).pk}/")
        assert "Hemligsson" not in page.content.decode()

    def test_whose_mark_was_none_goes_back_among_the_others(
        self, cast: Cast, send: Send, sign_in: Any, as_job: Any, look: Any
    ) -> None:
        send(HEAD + SHIELDED)
        self.decide(cast, sign_in, as_job, "open")
        assert row_of(cast, as_job, 2).outcome == "created"
        assert "Hemligsson" in look()

    def test_that_is_left_out_leaves_nothing_in_the_open(
        self, cast: Cast, send: Send, sign_in: Any, as_job: Any, look: Any
    ) -> None:
        send(HEAD + SHIELDED)
        self.decide(cast, sign_in, as_job, "leave")
        row = row_of(cast, as_job, 2)
        assert (row.values, row.sealed, row.queue) == ({}, None, "protected")
        assert "Hemligsson" not in look()

    def test_of_somebody_shielded_since_is_no_longer_shown(
        self, cast: Cast, send: Send, act: Any, look: Any, as_job: Any
    ) -> None:
        send(HEAD + GOOD)
        act("store")
        send(HEAD + GOOD.replace("Nyman", "Annatnamn"), name="b.csv")
        assert "Annatnamn" in look()
        with as_job(cast.ekdala.tenant):
            anna = Person.people.get(family_name="Nyman")
            more = {"grade": "marked", "since": cast.on, "source": "staff"}
            Shield(tenant_id=cast.ekdala.tenant, person=anna.pk, **more).save()
        assert "Annatnamn" not in look()


class TestTakingBack:
    def test_leaves_nothing_of_the_file_behind(
        self, cast: Cast, send: Send, act: Any, found: Any, as_job: Any
    ) -> None:
        send(HEAD + GOOD + NO_STEP)
        act("store")
        assert found(ANNA) is not None
        act("undo")
        assert found(ANNA) is None
        with as_job(cast.ekdala.tenant):
            assert the_file(cast, as_job).state == "undone"
            rows = ImportRow.rows.of(the_file(cast, as_job))
            assert not rows.filter(sealed__isnull=False).exists()
        send(HEAD + GOOD + NO_STEP)
        act("store")
        assert found(ANNA) is not None

    def test_is_refused_when_somebody_has_worked_with_it(
        self, cast: Cast, send: Send, act: Any, found: Any, as_job: Any
    ) -> None:
        send(HEAD + GOOD)
        act("store")
        with as_job(cast.ekdala.tenant):
            contact = Contact.objects.get(person=found(ANNA))
            contact.phone = "070-174 06 11"
            contact.save_if_unchanged("phone")
        act("undo")
        assert found(ANNA) is not None
        assert the_file(cast, as_job).state == "stored"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stegvis.integrations.imports.pages.ALONE", 1)


@pytest.mark.usefixtures("small")
def test_a_large_file_is_stored_by_the_worker(
    cast: Cast, send: Send, act: Any, as_job: Any, found: Any
) -> None:
    send(HEAD + GOOD + f"{OMAR};Omar Sjöbrink;AF;2026-02-01;3;;;\n")
    act("store")
    assert found(ANNA) is None
    assert the_file(cast, as_job).state == "storing"
    with connection.cursor() as cursor:
        cursor.execute("select task_name, args from procrastinate_jobs order by id desc limit 1")
        name, args = cursor.fetchone()
    args = json.loads(args) if isinstance(args, str) else args
    assert name == "imports.store"
    tasks.store_file(**args)
    assert found(ANNA) is not None
    assert the_file(cast, as_job).state == "stored"


@pytest.mark.requirement("X-01")
def test_a_file_is_its_units_managers_alone(
    cast: Cast, send: Send, sign_in: Any, as_job: Any
) -> None:
    send(HEAD + GOOD)
    address = f"/imports/{the_file(cast, as_job).pk}/"
    nothing = f"/imports/{uuid.uuid4()}/"
    assert sign_in(cast["mona"]).get(address).status_code == 200
    for who in ("marta", "asta", "ada", "petra", "mette"):
        visitor = sign_in(cast[who])
        assert visitor.get(address).status_code == 404
        assert visitor.get(nothing).status_code == 404
    assert address not in sign_in(cast["marta"]).get("/imports/").content.decode()


def test_a_manager_cannot_fill_another_managers_unit(cast: Cast, send: Send, as_job: Any) -> None:
    head = HEAD.replace("Anm", "Enhet")
    answer = send(head + GOOD.replace(";\n", ";Arbetscentrum\n"))
    assert answer.status_code == 302
    row = row_of(cast, as_job, 2)
    assert (row.outcome, row.codes[-1]) == ("held", "unit_elsewhere")
    assert send(HEAD + GOOD, unit=str(cast.ekdala.units[1]), name="b.csv").status_code == 422


@pytest.mark.requirement("X-04")
def test_whoever_is_shown_beside_a_row_has_been_read_about(
    cast: Cast, send: Send, act: Any, look: Any, as_job: Any
) -> None:
    send(HEAD + GOOD)
    act("store")
    send(HEAD + ";Nyman, Anna;AF;2026-02-01;2;;;\n")
    look()
    with as_job(cast.ekdala.tenant):
        anna = Person.people.get(family_name="Nyman")
        reads = Event.events.about(anna.pk).filter(sort="read", what="import")
        assert reads.order_by("seq").values_list("member", flat=True)[0] == cast["mona"].member


def test_the_page_asks_no_more_of_the_database_for_more_rows(
    cast: Cast, send: Send, sign_in: Any, as_job: Any, queries: Any
) -> None:
    asked = []
    for many in (3, 20):
        rows = [
            f"{swedish('19900101', n)};N{n} Nyman{n};AF;2026-02-01;åtta;;;" for n in range(many)
        ]
        send(HEAD + "\n".join(rows) + "\n", name=f"{many}.csv")
        visitor = sign_in(cast["mona"])
        with queries() as made:
            assert visitor.get(f"/imports/{the_file(cast, as_job).pk}/").status_code == 200
        asked.append(made.count)
    assert asked[0] == asked[1] <= 24
