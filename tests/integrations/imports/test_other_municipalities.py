"""Invented lists of other municipalities: other columns, words, sheets, encodings and habits."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from stegvis.integrations.imports.reading.columns import Confidence
from stegvis.integrations.imports.reading.refusal import Refusal
from stegvis.integrations.imports.reading.register import (
    KnownEnrolment,
    KnownPeriod,
    KnownPerson,
)
from stegvis.integrations.imports.reading.results import Reading
from tests.integrations.imports.books import workbook
from tests.integrations.imports.known import Remembered, read, row_of, swedish

ANNA = swedish("19850312", 981)
OMAR = swedish("20010704", 990)
LISE = swedish("19621130", 985)
TORE = swedish("19790522", 984)


def _outcomes(reading: Reading, sheet: str | None = None) -> dict[int, str]:
    return {row.number: row.outcome for row in reading.rows if row.sheet == sheet}


class TestATabSeparatedListFromAnOldSystem:
    """DOS letters, abbreviated headers, surname first, Fas for step, no time of year in dates."""

    @pytest.fixture
    def reading(self) -> Reading:
        short = f"{ANNA[2:8]}-{ANNA[8:]}"
        text = "\r\n".join(
            [
                "sep=\t",
                "Fas\tEfternamn, Förnamn\tPnr\tHandl.\tAnvisad av\tStartdatum\tOmf.",
                f"Fas 2\tÅström, Anna-Lisa\t{short}\tBengt Sköld\tarb.förm\t260112\theltid",
                f"iv\tSjö, Omar\t{OMAR}\tBengt\tFörsäkr.kassan\t3/8-26\t20 tim/v",
                f"2 el 3\tNilsson, Lise\t{LISE}\tBengt Sköld\tSoc.\t2026-02-01\t50%",
                "Fas\tEfternamn, Förnamn\tPnr\tHandl.\tAnvisad av\tStartdatum\tOmf.",
                "\t\t\t\t\t\t",
                "Totalt\t3\t\t\t\t\t",
            ]
        )
        return read(text.encode("cp865"), "lista.txt", "participants")

    def test_is_read_by_headers_nobody_told_us(self, reading: Reading) -> None:
        fields = {column.field: column.confidence for column in reading.sheets[0].columns}
        assert set(fields) == {"step", "name", "id", "worker", "referrer", "start", "scope"}
        assert fields["worker"] is Confidence.GUESS
        assert fields["id"] is Confidence.SURE

    def test_keeps_its_letters_and_turns_names_round(self, reading: Reading) -> None:
        row = row_of(reading, 3)
        assert reading.encoding == "cp865"
        assert row.outcome == "created"
        assert row.values["name"] == "Anna-Lisa Åström"
        assert row.values["national_id"] == ANNA
        assert row.values["enrolled_on"] == date(2026, 1, 12)
        assert row.values["scope"] == {"kind": "percent", "value": 100}

    def test_reads_roman_steps_and_first_names_of_case_workers(self, reading: Reading) -> None:
        values = row_of(reading, 4).values
        assert values["step"] == 4
        assert values["case_worker"] == "Bengt Sköld"
        assert values["referrer"] == "FK"
        assert values["enrolled_on"] == date(2026, 8, 3)

    def test_holds_two_steps_and_skips_what_is_no_record(self, reading: Reading) -> None:
        assert row_of(reading, 5).codes[-1] == "step_two_values"
        skipped = {row.number: row.skipped for row in reading.rows if row.skipped}
        assert skipped == {1: "sep_line", 2: "header", 6: "repeated_header", 7: "blank", 8: "total"}


def _two_units(book: Any) -> None:
    red = book.add_format({"bg_color": "#E06666"})
    pale = book.add_format({"bg_color": "#FFF2CC"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for unit, people in (
        ("Norra", [(ANNA, "Anna Å"), (OMAR, "Omar Sjö")]),
        ("Södra", [(LISE, "Lise Ö")]),
    ):
        sheet = book.add_worksheet(unit)
        sheet.write("A1", f"Team {unit}, uppdaterad i går")
        sheet.write("A2", "Röd = skyddade personuppgifter", red)
        sheet.write("C2", "Ljusgul: ring före besök", pale)
        sheet.merge_range("F3:G3", "Avslut")
        sheet.write_row(
            "A4", ["Namn", "Personnummer", "Diagnos", "Trappsteg", "Datum in", "Datum", "Orsak"]
        )
        sheet.write_row("H4", ["Remitterad från", "Övrigt"])
        for at, (number, name) in enumerate(people, 4):
            sheet.write_row(at, 0, [name, int(number), "F32.1", "kom igång"])
            sheet.write_datetime(at, 4, date(2026, 3, 2), day)
            sheet.write_row(at, 7, ["Arbetsförmedlingen", "OK"])
        sheet.write("A9", "Antal")
        sheet.write_formula("B9", "=COUNTA(B5:B8)", None, 2)
    first = book.worksheets()[0]
    first.set_row(5, None, red)
    first.write(5, 0, "Omar Sjö", red)
    first.set_column("I:I", None, None, {"hidden": True})
    first.write_datetime(4, 5, date(2026, 6, 30), day)
    first.write(4, 6, "Fick jobb")
    book.worksheets()[1].write_comment("A5", "Obs! Sekretessmarkerad sedan i våras")
    book.add_worksheet("2021 gammal").write_row("A1", ["Namn", "Personnummer", "Trappsteg"])


class TestAWorkbookWithASheetPerUnit:
    @pytest.fixture
    def reading(self) -> Reading:
        return read(workbook(_two_units), "enheter.xlsx", "participants")

    def test_takes_the_unit_from_the_sheet_and_the_end_from_two_headers(
        self, reading: Reading
    ) -> None:
        row = row_of(reading, 5, "Norra")
        assert row.outcome == "created"
        assert row.values["unit"] == "Norra"
        assert row.values["ended_on"] == date(2026, 6, 30)
        assert row.values["end_reason"] == "work"
        assert row.values["national_id"] == ANNA

    def test_honours_a_colour_that_means_protection(self, reading: Reading) -> None:
        row = row_of(reading, 6, "Norra")
        assert (row.outcome, row.protected) == ("held", True)

    def test_honours_a_comment_that_means_protection(self, reading: Reading) -> None:
        row = row_of(reading, 5, "Södra")
        assert (row.outcome, row.protected) == ("held", True)

    def test_never_reads_nor_keeps_a_diagnosis(self, reading: Reading) -> None:
        column = next(c for c in reading.sheets[0].columns if c.header == "Diagnos")
        assert column.confidence is Confidence.NEVER
        assert not any(
            "F32" in cell for row in reading.rows if not row.skipped for cell in row.raw()
        )

    def test_says_what_it_left_out_and_what_was_hidden(self, reading: Reading) -> None:
        codes = {each.code for each in reading.issues}
        assert codes == {"legend_colours", "hidden_columns", "column_refused", "old_sheet"}
        assert reading.left_out == ("2021 gammal",)

    def test_reads_days_that_are_counted_from_1904(self) -> None:
        reading = read(workbook(_two_units, date_1904=True), "mac.xlsx", "participants")
        assert row_of(reading, 5, "Norra").values["enrolled_on"] == date(2026, 3, 2)


class TestADanishList:
    """Two-digit years with dots, a lost leading zero, a replacement number, no modulus 11."""

    TEXT = (
        "CPR-nr.;Navn;Sagsbehandler;Henvist af;Startdato;Nuværende trin;Afsluttet;Årsag;Tlf.\n"
        "110585-9901;Sørensen, Åse;Bente Skou;Jobcenter Birkesø;01.09.25;2. trin;;;\n"
        "610390-9915;Jens Ærø;Bente;Jobcentret;5. maj 2026;På vej mod job;;;20 11 22 33\n"
        "210999913;Niels Øst;BS;sygehuset;uge 20 2026;trin III;30.06.2026;arbejde;\n"
        "310290-9917;Ingen Dag;Bente Skou;Jobcenter;01.09.25;1;;;\n"
    )

    @pytest.fixture
    def reading(self) -> Reading:
        return read(self.TEXT.encode("cp1252"), "borgere.csv", "participants", country="DK")

    def test_knows_danish_headers_numbers_and_dates(self, reading: Reading) -> None:
        row = row_of(reading, 2)
        assert row.outcome == "created"
        assert row.values["name"] == "Åse Sørensen"
        assert row.values["national_id"] == "1105859901"
        assert row.values["enrolled_on"] == date(2025, 9, 1)
        assert row.values["referrer"] == "JOBCENTER"

    def test_takes_day_plus_sixty_for_a_replacement_number(self, reading: Reading) -> None:
        values = row_of(reading, 3).values
        assert values["id_kind"] == "replacement"
        assert (values["step"], values["case_worker"]) == (2, "Bente Skou")

    def test_restores_a_zero_and_keeps_how_roughly_a_day_was_said(self, reading: Reading) -> None:
        row = row_of(reading, 4)
        assert row.values["national_id"] == "0210999913"
        assert "leading_zero_restored" in row.codes
        assert (row.values["enrolled_on"], row.values["enrolled_precision"]) == (
            date(2026, 5, 11),
            "week",
        )
        assert "worker_unknown" in row.codes

    def test_holds_a_birth_day_that_never_was(self, reading: Reading) -> None:
        assert row_of(reading, 5).codes == ["id_date"]


class TestAnEnglishExport:
    TEXT = (
        '"Surname","First name","Personal number","Current step","Start date",'
        '"Referred by","E-mail"\n'
        f'"Berg","Anna","{ANNA}","step 3","March 3, 2026","FK","anna@exempel.example"\n'
        f'"Sjö","Omar","{OMAR}","Jobbet","2026-W10","AF","no address"\n'
        f'"Berg","Anna","{ANNA}","step 3","2026-03","FK",""\n'
        f'"Berg","Bo","{ANNA}","step 3","2026-03-03","FK",""\n'
    )

    def test_is_read_with_commas_and_quotes(self) -> None:
        reading = read(self.TEXT.encode(), "export.csv", "participants")
        assert _outcomes(reading) == {
            1: "skipped",
            2: "created",
            3: "created",
            4: "held",
            5: "held",
        }
        assert row_of(reading, 2).values["name"] == "Anna Berg"
        assert row_of(reading, 3).codes == ["contact_unreadable"]
        assert row_of(reading, 4).codes == ["date_unreadable"]
        assert row_of(reading, 5).codes == ["dup_name_differs"]


def _referrals(book: Any) -> None:
    sheet = book.add_worksheet("Inkomna")
    sheet.write_row("A2", ["Förnamn", "Efternamn", "Pnr", "Dnr", "Inkom", "Myndighet"])
    sheet.write_row("G2", ["Frågeställning", "Insats", "Skyddad id", "Svar inom"])
    lines = [
        ["Anna", "Berg", ANNA, "AME 2026/12", "2026-05-04", "Försäkringskassan Väst",
         "Prova stående arbete", "arbetsträning", "nej", "2026-06-01"],
        ["Omar", "Sjö", OMAR, "AME 2026/13", "2026-05-04", "Vuxenpsykiatrin",
         "Utred arbetsförmågan. Ingen brådska", "praktik", "", ""],
        ["Lise", "Ö", LISE, "AME 2026/14", "2026-05-04", "AF", "Ingen AFB önskas", "", "x", ""],
        ["Anna", "Berg", ANNA, "AME 2026/12", "2026-05-04", "FK", "Prova stående arbete",
         "arbetsträning", "", "2026-06-01"],
        ["Tore", "Ek", TORE, "AME 2026/12", "2026-05-05", "FK", "Prova", "OSA", "", ""],
        ["Lise", "Ö", LISE, "AME 2026/15", "2026-05-06", "AF", "Språk", "språkpraktik", "", ""],
    ]  # fmt: skip
    for at, cells in enumerate(lines, 2):
        sheet.write_row(at, 0, cells)


class TestReferralsInAWorkbook:
    @pytest.fixture
    def reading(self) -> Reading:
        return read(workbook(_referrals), "remisser.xlsx", "referrals")

    def test_are_judged_one_by_one(self, reading: Reading) -> None:
        outcomes = list(_outcomes(reading, "Inkomna").values())
        assert outcomes[2:] == ["created", "created", "held", "unchanged", "held", "held"]
        assert "number_reused" in row_of(reading, 7, "Inkomna").codes

    def test_answer_the_referrer_who_asks_for_what_we_do_not_do(self, reading: Reading) -> None:
        assert row_of(reading, 4, "Inkomna").values["answer_to_referrer"] == "needed"
        assert "answer_to_referrer" not in row_of(reading, 3, "Inkomna").values

    def test_shield_a_person_in_every_row_once_one_row_says_so(self, reading: Reading) -> None:
        assert row_of(reading, 5, "Inkomna").codes[-1] == "protected_mark"
        assert row_of(reading, 8, "Inkomna").codes[-1] == "protected_person"


def _history(book: Any) -> None:
    sheet = book.add_worksheet("Historik")
    sheet.write_row("A1", ["Person-\nnummer", "Nytt steg", "Fr.o.m.", "T.o.m.", "Motivering"])
    sheet.merge_range("A2:A4", ANNA)
    sheet.write_row("B2", ["Jobbet", "2026-05-01", "pågår", "klar"])
    sheet.write_row("B3", ["1", "2025-09-01", "2025-12-31", "start"])
    sheet.write_row("B4", ["2", "2026-01-01", "2026-04-30", ""])
    sheet.write_row("A5", [OMAR, "2", "2026-01-01", "2026-04-30", ""])
    sheet.write_row("A6", [OMAR, "3", "2026-02-01", "2026-03-01", ""])
    sheet.write_row("A7", [OMAR, "3", "2026-04-01", "", ""])


def _enrolled(number: str, name: str) -> KnownPerson:
    return KnownPerson(number, name, enrolments=[KnownEnrolment(date(2025, 1, 1))])


class TestStepHistoryInAnyOrder:
    @pytest.fixture
    def reading(self) -> Reading:
        register = Remembered()
        register.people[ANNA] = _enrolled(ANNA, "Anna Berg")
        return read(workbook(_history), "historik.xlsx", "step_history", register=register)

    def test_is_put_in_order_of_time(self, reading: Reading) -> None:
        sheet = "Historik"
        assert [row_of(reading, n, sheet).outcome for n in (2, 3, 4)] == ["created"] * 3
        assert row_of(reading, 2, sheet).codes == ["skip"]
        assert row_of(reading, 3, sheet).codes == []

    def test_of_somebody_unknown_waits_and_never_overlaps(self, reading: Reading) -> None:
        codes = [set(row_of(reading, n, "Historik").codes) for n in (5, 6, 7)]
        assert all("person_not_found" in each for each in codes)
        assert "overlap" in codes[1]

    def test_never_changes_a_decision_taken_here(self) -> None:
        register = Remembered()
        person = register.people[ANNA] = _enrolled(ANNA, "Anna Berg")
        person.periods.append(KnownPeriod(3, date(2025, 11, 1), date(2026, 2, 1)))
        reading = read(workbook(_history), "historik.xlsx", "step_history", register=register)
        outcomes = [row_of(reading, n, "Historik").outcome for n in (2, 3, 4)]
        assert outcomes == ["created", "held", "held"]

    def test_never_lets_a_short_row_hide_a_long_one(self) -> None:
        """The second row lies within the first, the third too: both wait."""
        register = Remembered()
        register.people[OMAR] = _enrolled(OMAR, "Omar Sjö")
        reading = read(workbook(_history), "historik.xlsx", "step_history", register=register)
        assert [row_of(reading, n, "Historik").outcome for n in (5, 6, 7)] == [
            "created",
            "held",
            "held",
        ]


class TestAMapping:
    TEXT = (
        "Kod;Vem;Nivå A;När;Varifrån\n"
        f"{ANNA};Anna Berg;3;2026-03-02;AF\n"
        f"{OMAR};Omar Sjö;2;2026-03-02;FK\n"
    ).encode()
    CHOSEN = {"Kod": "id", "Vem": "name", "Nivå A": "step", "När": "start", "Varifrån": "referrer"}

    def test_reads_headers_nobody_could_guess(self) -> None:
        reading = read(self.TEXT, "x.csv", "participants", decided={"columns": self.CHOSEN})
        assert _outcomes(reading) == {1: "skipped", 2: "created", 3: "created"}
        assert {c.confidence for c in reading.sheets[0].columns} == {Confidence.DECIDED}

    def test_is_asked_for_where_no_header_is_known(self) -> None:
        with pytest.raises(Refusal, match="header_missing"):
            read(self.TEXT, "x.csv", "participants")

    @pytest.mark.parametrize(
        "decided",
        [{"columns": {"Kod": "shoe_size"}}, {"columns": {"Kod": "id", "Vem": "id"}}, {"x": 1}, [],
         {"columns": []}, {"header_row": 0}, {"sheets": [1]}],
    )  # fmt: skip
    def test_that_makes_no_sense_is_refused(self, decided: Any) -> None:
        with pytest.raises(Refusal, match="mapping_invalid"):
            read(self.TEXT, "x.csv", "participants", decided=decided)

    def test_cannot_open_a_column_that_is_never_read(self) -> None:
        text = self.TEXT.replace("Varifrån".encode(), b"Diagnos")
        with pytest.raises(Refusal, match="mapping_refused"):
            read(text, "x.csv", "participants", decided={"columns": {"Diagnos": "remark"}})


class TestALegendThatNamesProtection:
    ROWS = f"Personnr;Namn;Steg;Start;Remittent\n{ANNA};Anna Berg;3;2026-03-02;AF\n"

    @pytest.mark.parametrize(
        "legend", ["Röd = skyddad identitet", "* = skyddade uppgifter", "Kursiv: skyddad"]
    )
    def test_stops_the_file_where_the_sign_cannot_be_seen(self, legend: str) -> None:
        with pytest.raises(Refusal, match="legend_protection"):
            read(f"{legend};;;;\n{self.ROWS}".encode(), "lista.csv", "participants")

    def test_lets_it_through_once_a_person_has_said_that_no_colour_means_it(self) -> None:
        text = f"Röd = skyddad identitet;;;;\n{self.ROWS}".encode()
        decided = {"colours_without_meaning": True}
        reading = read(text, "lista.csv", "participants", decided=decided)
        assert row_of(reading, 3).outcome == "created"

    def test_is_not_a_remark_about_protection(self) -> None:
        text = f"Skriv aldrig in skyddad identitet här;;;;\n{self.ROWS}".encode()
        reading = read(text, "lista.csv", "participants")
        assert row_of(reading, 3).outcome == "created"


class TestColumnsByContent:
    def test_finds_numbers_and_addresses_without_a_header_that_says_so(self) -> None:
        text = (
            "Ref;Namn;Steg;Kontaktväg\n"
            f"{ANNA};Anna Berg;3;anna@exempel.example\n{OMAR};Omar Sjö;2;omar@exempel.example\n"
        )
        register = Remembered()
        register.people[ANNA] = _enrolled(ANNA, "Anna Berg")
        reading = read(text.encode(), "x.csv", "participants", register=register)
        found = {c.header: (c.field, c.confidence) for c in reading.sheets[0].columns}
        assert found["Ref"] == ("id", Confidence.GUESS)
        assert found["Kontaktväg"] == ("email", Confidence.GUESS)
        assert row_of(reading, 2).outcome == "updated"
        assert set(row_of(reading, 3).codes) == {"date_missing", "referrer_missing"}

    def test_refuses_a_list_of_nobody(self) -> None:
        with pytest.raises(Refusal, match="column_missing"):
            read(b"Namn;Steg\nAnna Berg;3\nOmar Dahl;2\n", "x.csv", "participants")


class TestEarlierMeasuresOfOthers:
    """Other headers, half-years, numbers for years, doubts, and enrolments without a measure."""

    @pytest.fixture
    def register(self) -> Remembered:
        register = Remembered()
        register.people[ANNA] = KnownPerson(ANNA, "Anna Berg")
        register.people[OMAR] = KnownPerson(OMAR, "Omar Sjö")
        return register

    def test_in_a_workbook_are_read_by_headers_nobody_told_us(self, register: Remembered) -> None:
        def fill(book: Any) -> None:
            sheet = book.add_worksheet("Bakgrund")
            sheet.write_row(
                "A1",
                ["Period från", "Period till", "Aktör", "Åtgärd", "Pnr", "Lärdomar", "Utfall"],
            )
            rows = [
                [2019, 2020, "arb.förmedlingen", "Coachning", ANNA, "Rutiner hjälper", "fullföljd"],
                ["VT-18", "ht 18", "Öppenpsykiatrin", "Samtal", ANNA, "", "Avbröts i maj"],
                [43525, "", "Försäkr.kassan", "Sjukpenning", ANNA, "", ""],
                ["mars 2017", "v 20 2017", "Kommunen", "Praktik", OMAR, "-", "gick åt skogen"],
            ]
            for at, row in enumerate(rows, start=1):
                sheet.write_row(at, 0, row)

        kind = "earlier_interventions"
        reading = read(workbook(fill), "bakgrund.xlsx", kind, register=register)
        rows = [row_of(reading, n, "Bakgrund") for n in (2, 3, 4, 5)]
        assert [row.outcome for row in rows] == ["created"] * 4
        said = [
            (r.values["agency"], r.values["from_"], r.values["to"], r.values["precision"])
            for r in rows
        ]
        assert said == [
            ("AF", date(2019, 1, 1), date(2020, 12, 31), "year"),
            ("REGION", date(2018, 1, 1), date(2018, 12, 31), "half"),
            ("FK", date(2019, 3, 1), None, "day"),
            ("MUNICIPAL", date(2017, 3, 1), date(2017, 5, 21), "month"),
        ]
        assert [r.values.get("result") for r in rows] == ["completed", "broken_off", None, "other"]
        assert rows[3].codes == ["result_unknown"]
        assert rows[3].values["result_words"] == "gick åt skogen"
        assert "learnt" not in rows[3].values
        assert [r.values["helps"] for r in rows] == [True, True, False, True]

    def test_in_danish_letters_of_an_old_system(self, register: Remembered) -> None:
        register.people["1103859996"] = KnownPerson("1103859996", "Åse Bæk")
        text = (
            "CPR;Myndighed;Indsats;Fra;Til;Udfald;Læring\r\n"
            "110385-9996;Jobcentret;Løntilskud;forår 2020;efterår 2021;gennemført;Går godt\r\n"
            "110385-9996;Rehab.teamet?;Mentor;2022;;;\r\n"
        )
        reading = read(
            text.encode("cp850"),
            "før.csv",
            "earlier_interventions",
            register=register,
            country="DK",
        )
        first, second = row_of(reading, 2), row_of(reading, 3)
        assert first.outcome == "created"
        assert first.values["agency"] == "JOBCENTER"
        assert (first.values["from_"], first.values["to"]) == (date(2020, 1, 1), date(2021, 12, 31))
        assert second.outcome == "held"
        assert "agency_unknown" in second.codes

    @pytest.mark.parametrize("agency", ["AF?", "AF/FK", "ev. Försäkringskassan", "Finsam", "", "?"])
    def test_an_authority_in_doubt_waits_and_is_never_guessed(
        self, register: Remembered, agency: str
    ) -> None:
        text = f"Personnr;Myndighet;Insats;Från;Till\n{ANNA};{agency};Praktik;2019;2020\n"
        reading = read(text.encode(), "x.csv", "earlier_interventions", register=register)
        assert row_of(reading, 2).outcome == "held"
        assert "agency_unknown" in row_of(reading, 2).codes

    @pytest.mark.parametrize(
        ("since", "until", "code"),
        [
            ("", "2020", "date_missing"),
            ("sommaren 2019", "2020", "date_unreadable"),
            ("2019-13", "2020", "date_impossible"),
            ("2030", "", "date_future"),
            ("2020", "hösten 2019", "date_order"),
            ("2019", "snart", "date_unreadable"),
        ],
    )
    def test_days_that_cannot_be_wait(
        self, register: Remembered, since: str, until: str, code: str
    ) -> None:
        text = f"Personnr;Myndighet;Insats;Från;Till\n{ANNA};AF;Praktik;{since};{until}\n"
        reading = read(text.encode(), "x.csv", "earlier_interventions", register=register)
        assert row_of(reading, 2).outcome == "held"
        assert code in row_of(reading, 2).codes

    def test_without_a_measure_it_is_time_enrolled_unless_something_was_learnt(
        self, register: Remembered
    ) -> None:
        text = (
            "Personnr;Myndighet;Insats;Från;Till;Resultat\n"
            f"{ANNA};AF;;2019;2020;\n{ANNA};FK;;2019;2020;avbruten\n"
        )
        reading = read(text.encode(), "x.csv", "earlier_interventions", register=register)
        assert row_of(reading, 2).outcome == "created"
        assert row_of(reading, 3).codes == ["measure_missing"]

    def test_a_later_list_closes_what_was_open_and_fills_gaps(self, register: Remembered) -> None:
        head = "Personnr;Myndighet;Insats;Från;Till;Lärdom\n"
        first = f"{head}{ANNA};AF;Praktik;2025-02;pågår;\n{ANNA};FK;Rehab;2024;2024;Lugnt\n"
        register.store(read(first.encode(), "a.csv", "earlier_interventions", register=register))
        again = f"{head}{ANNA};af;praktik;2025-02;2026-03;Gick bra\n{ANNA};FK;Rehab;2024;2024;Bra\n"
        reading = read(again.encode(), "b.csv", "earlier_interventions", register=register)
        assert row_of(reading, 2).outcome == "updated"
        assert row_of(reading, 2).codes == ["closes"]
        assert row_of(reading, 3).outcome == "held"
        assert row_of(reading, 3).codes == ["conflicts_with_register"]
