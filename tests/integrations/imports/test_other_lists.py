"""Invented lists of hours and companies from other senders: other columns, words and habits."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from stegvis.integrations.imports.reading.refusal import Refusal
from stegvis.integrations.imports.reading.register import KnownEnrolment, KnownPerson
from stegvis.integrations.imports.reading.results import Reading
from tests.integrations.imports.books import workbook
from tests.integrations.imports.known import Remembered, read, row_of

PIA, BO = "1211069968", "1302649983"


def _read(text: str, kind: str, register: Remembered | None = None, **more: Any) -> Reading:
    return read(text.encode(), "liste.csv", kind, register=register, country="DK", **more)


def _said(reading: Reading) -> list[tuple[str, list[str]]]:
    return [(row.outcome, row.codes) for row in reading.rows if row.outcome != "skipped"]


@pytest.fixture
def known() -> Remembered:
    register = Remembered()
    person = KnownPerson(PIA, "Pia Holm", enrolments=[KnownEnrolment(dt.date(2026, 7, 14), step=3)])
    register.people[PIA] = person
    return register


@pytest.mark.requirement("FM-44")
class TestAnotherJobcentresCitizens:
    def _book(self) -> bytes:
        def fill(book: Any) -> None:
            sheet = book.add_worksheet("Forløb")
            day = book.add_format({"num_format": "mmm yy"})
            sheet.write_row(0, 0, ["Ordinære timer 2025-2026, jobcenter Nord"])
            head = ["Efternavn", "Fornavn", "Cpr.nr.", "Visitation", "Fase", "Arbejdsgiver", "Fra"]
            sheet.write_row(2, 0, head)
            for at, month in enumerate((dt.date(2025, 12, 1), dt.date(2026, 1, 1)), 7):
                sheet.write_datetime(2, at, dt.datetime.combine(month, dt.time()), day)
            sheet.write(2, 9, "Timer i februar")
            sheet.write_row(
                3, 0, ["Holm", "Pia", int(PIA), "gruppe 1", "III", "Havnens Kro", "01.12.2025"]
            )
            sheet.write_row(3, 7, [12.5, 29.95, "31:30"])
            sheet.write_row(4, 0, ["Kjær", "Lars", BO, "3", "1. trin"])
            sheet.write_row(5, 0, ["I alt", "", "", "", "", "", "", 12.5, 29.95, 31.5])

        return workbook(fill)

    def test_are_read_by_the_months_their_columns_name(self) -> None:
        reading = read(self._book(), "nord.xlsx", "citizens_dk", country="DK")
        assert _said(reading) == [
            ("created", ["mediator_missing"]), ("created", ["start_unknown"]),
        ]  # fmt: skip
        row = row_of(reading, 4, "Forløb")
        assert row.values["ordinary_hours"] == {"2025-12": 12.5, "2026-01": 29.95, "2026-02": 31.5}
        assert row.values["first_month_30"] == "2026-02"
        assert (row.values["name"], row.values["group"], row.values["step"]) == ("Pia Holm", 1, 3)

    def test_a_month_that_stands_twice_and_says_two_things_stops_the_file(self) -> None:
        text = f"CPR;Navn;Trin;Virksomhed;jan;jan\n{PIA};Pia Holm;3;Kroen;20;21\n"
        with pytest.raises(Refusal, match="header_duplicate"):
            _read(text, "citizens_dk")

    def test_two_columns_of_one_month_wait_where_they_differ(self) -> None:
        text = f"CPR;Navn;Trin;Virksomhed;jan;januar 2026\n{PIA};Pia Holm;3;Kroen;20;{{}}\n"
        assert _said(_read(text.format("20"), "citizens_dk"))[0][0] == "created"
        assert _said(_read(text.format("21"), "citizens_dk"))[0] == ("held", ["hours_unreadable"])

    def test_hours_without_an_employer_wait(self) -> None:
        text = f"CPR;Navn;Trin;Virksomhed;jan\n{PIA};Pia Holm;3;;20\n"
        assert _said(_read(text, "citizens_dk")) == [("held", ["employer_missing"])]

    @pytest.mark.requirement("INV-14")
    def test_only_group_one_has_a_mediator_or_a_later_step(self) -> None:
        head = "CPR;Navn;Målgruppe;Trin;Jobformidler\n"
        for group, step, mediator, held in (
            ("2", "1", "", False), ("2", "2", "", True), ("3", "1", "Bo Ek", True),
            ("1", "3", "Bo Ek", False), ("4", "1", "", True), ("", "2", "Bo Ek", False),
        ):  # fmt: skip
            reading = _read(f"{head}{PIA};Pia Holm;{group};{step};{mediator}\n", "citizens_dk")
            assert (_said(reading)[0][0] == "held") is held, (group, step, mediator)

    def test_a_protected_persons_row_says_nothing_in_the_open(self) -> None:
        text = f"CPR;Navn;Trin;Virksomhed;jan;Noter\n{PIA};Pia Holm;3;Kroen;20;adressebeskyttet\n"
        (row,) = (r for r in _read(text, "citizens_dk").to_json()["rows"] if "queue" in r)
        assert (row["outcome"], row["codes"], row["values"]) == ("held", ["protected_mark"], {})


@pytest.mark.requirement("FM-44")
class TestAnotherEmployersSlips:
    HEAD = "Løbenr;Cpr-nr;Periode fra;Periode til;Lønart;Antal timer;Virksomhed;Bemærkninger\n"

    def _line(self, **said: str) -> str:
        told = {"nr": "7", "fra": "01.10.26", "til": "31.10.26", "art": "ordinære timer"}
        told |= {"timer": "12,5", "firma": "Kroen", "note": ""} | said
        return "{nr};{cpr};{fra};{til};{art};{timer};{firma};{note}\n".format(cpr=PIA, **told)

    def test_are_read_by_headers_nobody_told_us(self, known: Remembered) -> None:
        reading = _read(self.HEAD + self._line(), "ordinary_hours", known)
        row = row_of(reading, 2)
        assert (row.outcome, row.codes) == ("created", [])
        assert row.values["kind"] == "ordinary"
        assert row.values["from_"] == dt.date(2026, 10, 1)

    def test_one_slip_may_hold_a_line_of_each_kind_and_no_two_of_one(
        self, known: Remembered
    ) -> None:
        text = self._line() + self._line(art="løntilskud", timer="4") + self._line(timer="3")
        assert _said(_read(self.HEAD + text, "ordinary_hours", known)) == [
            ("created", []), ("created", []), ("held", ["number_reused"]),
        ]  # fmt: skip

    def test_a_line_without_a_number_is_known_by_its_days(self, known: Remembered) -> None:
        text = self._line(nr="") + self._line(nr="", til="15.10.26") + self._line(nr="")
        reading = _read(self.HEAD + text, "ordinary_hours", known)
        assert [outcome for outcome, _ in _said(reading)] == ["created", "created", "unchanged"]

    @pytest.mark.requirement("INV-11")
    def test_a_kind_nobody_knows_is_never_taken_for_ordinary(self, known: Remembered) -> None:
        for art in ("", "timer i alt", "bonus"):
            reading = _read(self.HEAD + self._line(art=art), "ordinary_hours", known)
            assert _said(reading) == [("held", ["kind_unknown"])]

    def test_only_what_says_that_it_corrects_takes_hours_away(self, known: Remembered) -> None:
        taken = self._line(nr="8", timer="-2")
        said = self._line(nr="8", timer="-2", note="rettelse af 7")
        for line, held in ((taken, True), (said, False)):
            reading = _read(self.HEAD + self._line() + line, "ordinary_hours", known)
            assert (_said(reading)[1][0] == "held") is held

    def test_nothing_is_stored_of_other_months_or_other_people(self, known: Remembered) -> None:
        for said, code in (
            ({"fra": "01.12.26", "til": "31.12.26"}, "future_month"),
            ({"fra": "01.05.26", "til": "31.05.26"}, "hours_before_start"),
            ({"fra": "15.09.26", "til": "14.10.26"}, "period_two_months"),
            ({"til": "30.09.26"}, "date_order"),
            ({"timer": "251"}, "hours_out_of_range"),
            ({"timer": "ca. 8"}, "hours_unreadable"),
            ({"firma": ""}, "employer_missing"),
        ):
            reading = _read(self.HEAD + self._line(**said), "ordinary_hours", known)
            assert _said(reading) == [("held", [code])], said
        stranger = self._line().replace(PIA, BO)
        assert _said(_read(self.HEAD + stranger, "ordinary_hours", known)) == [
            ("held", ["person_not_found"])
        ]

    def test_of_somebody_protected_wait_apart(self, known: Remembered) -> None:
        known.people[PIA].protected = True
        reading = _read(self.HEAD + self._line(), "ordinary_hours", known)
        assert [row["values"] for row in reading.to_json()["rows"] if "queue" in row] == [{}]


class TestAnotherMunicipalitysCompanies:
    def test_are_read_with_danish_words_and_their_numbers(self) -> None:
        text = (
            "CVR-nr.;Virksomhedens navn;Branche;Antal ansatte;Antal uddannede;Pladser;Telefon\n"
            "12345678;Havnens Kro ApS;restaurant;20;19;2;12 34 56 78\n"
            "87654321;Havnens Kro A/S;hotel;4;;;\n"
            ";havnens kro;café;4;;;\n"
        )
        reading = _read(text, "workplaces")
        assert _said(reading) == [
            ("created", []), ("created", []), ("held", ["maybe_same_company"]),
        ]  # fmt: skip
        assert row_of(reading, 2).values["org_number"] == "12345678"

    @pytest.mark.requirement("JI-28", "JI-29", "INV-16")
    @pytest.mark.parametrize(
        ("trained", "left", "done", "grade"),
        [
            (20, "", "x", "example"), (19, "", "x", "ambassador"), (20, "2026-11-01", "x", "plain"),
            (20, "2026-12-01", "x", "example"), (20, "", "på gång", "plain"),
            (20, "", "2027-01-01", "plain"),
        ],
    )  # fmt: skip
    def test_the_grade_is_worked_out_and_never_typed(
        self, trained: int, left: str, done: str, grade: str
    ) -> None:
        def fill(book: Any) -> None:
            firms, staff = book.add_worksheet("Bolag"), book.add_worksheet("Utbildade")
            firms.write_row(0, 0, ["Arbetsgivare", "Antal anställda", "Utbildade", "Företagstyp"])
            firms.write_row(1, 0, ["Bruket AB", 20, trained, "Exempelföretag"])
            staff.write_row(0, 0, ["Arbetsgivare", "Ambassadör", "Modul A", "Modul B", "Slutat"])
            staff.write_row(1, 0, ["Bruket AB", "Bo Ek", "2024-05-01", done, left])

        row = row_of(read(workbook(fill), "bolag.xlsx", "workplaces"), 2, "Bolag")
        assert row.values["grade"] == grade
        assert ("grade_typed_differs" in row.codes) is (grade != "example")

    def test_tasks_keep_their_words_and_hours_are_one_number_or_none(self) -> None:
        text = "Företag;Platser;Kontaktperson\nBruket AB;2;Bo Ek\n"
        register = Remembered()
        register.store(read(text.encode(), "a.csv", "workplaces", register=register))
        tasks = (
            "Arbetsplats;Arbetsuppgifter;Timmar per vecka;Veckodagar;Kravprofil\n"
            "Bruket AB;såga;10-20;må-to;körkort B, lyft 10 kg\n"
            "bruket ab;såga;7,5 h/v;vardagar;\n"
            "Bruket AB;såga;7,5;månd, ons;skyddsglasögon\n"
        )
        reading = read(tasks.encode(), "b.csv", "workplaces", register=register)
        assert _said(reading) == [
            ("created", ["hours_not_one_number"]), ("created", []), ("created", []),
        ]  # fmt: skip
        values = [row_of(reading, number).values for number in (2, 3, 4)]
        assert [v["hours_week"] for v in values] == [None, 7.5, 7.5]
        assert [v["days"] for v in values] == ["1234", "12345", "13"]
        assert values[0]["requirements"] == ["körkort B", "lyft 10 kg"]

    def test_a_company_with_its_name_alone_is_a_company(self) -> None:
        text = "Företag;Bransch;Platser\nBruket AB;;\nVerkstan AB;trä;2\n"
        reading = read(text.encode(), "a.csv", "workplaces")
        assert [outcome for outcome, _ in _said(reading)] == ["created", "created"]


class TestHostileTwins:
    """What is refused of one kind of file is refused of these."""

    @pytest.mark.parametrize(
        ("text", "kind", "code"),
        [
            ("Företag;Platser\n=HYPERLINK(\"x\");2\n", "workplaces", "formula_text"),
            ("Företag;Bransch;Platser\n", "workplaces", "no_rows"),
            ("CPR;Navn\n", "citizens_dk", "no_rows"),
            ("a;b\n1;2\n", "ordinary_hours", "header_missing"),
            ("Virksomhed;Branche\nKroen;mad\n", "ordinary_hours", "header_missing"),
            (f"CPR;Navn;Art\n{PIA};Pia Holm;ord.\n", "ordinary_hours", "column_missing"),
            (f"CPR;Navn;jan\n{PIA};Pi\x00a;3\n", "citizens_dk", "control_characters"),
            (
                f"CPR;Timer;Art\n{PIA};-3;ord.\n{BO};-4;ord.\n", "ordinary_hours",
                "hours_negative",
            ),
        ],
    )  # fmt: skip
    def test_are_refused_as_a_whole_with_one_code(self, text: str, kind: str, code: str) -> None:
        with pytest.raises(Refusal) as refused:
            _read(text, kind)
        assert refused.value.code == code

    def test_hours_worked_over_a_day_are_no_clock_that_is_wrong(self, known: Remembered) -> None:
        head = "Bilag;CPR;Arbejdsgiver;Fra;Til;Timer;Art\n"
        line = f"{{}};{PIA};Kroen;01.10.2026;31.10.2026;36:15;{{}}\n"
        text = head + line.format(1, "ord.") + line.format(1, "praktik") + line.format(2, "vp")
        assert {outcome for outcome, _ in _said(_read(text, "ordinary_hours", known))} == {
            "created"
        }
