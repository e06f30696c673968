"""Sentences as notes have them, each worth a question or not: how well the guard hits."""

from __future__ import annotations

import pytest

from stegvis.core.values.traits import traits

# Sentences of our own, as notes are written. True: worth a question.
LABELLED: dict[str, list[tuple[str, bool]]] = {
    "sv": [
        ("Hon är omotiverad.", True),
        ("Samira verkar omotiverad och trött.", True),
        ("Deltagaren är lat.", True),
        ("Han är ganska slö på morgnarna.", True),
        ("En lat person som inte vill något.", True),
        ("Tomas framstår som ovillig.", True),
        ("Personen är arbetsskygg.", True),
        ("Hon är motiverad.", True),
        ("Deltagaren saknar motivation.", True),
        ("Han har ingen motivation.", True),
        ("Idag är hon lat.", True),
        ("Det märks att han är oansvarig.", True),
        ("Hon är inte särskilt motiverad.", True),
        ("En omotiverad deltagare.", True),
        ("Rosa är hopplös.", True),
        ("Han är dum mot sig själv.", True),
        ("Hon upplevs som besvärlig i gruppen.", True),
        ("Jag tycker att han är opålitlig.", True),
        ("Brist på motivation är huvudproblemet.", True),
        ("Mannen är bortskämd.", True),
        ("Han vill inte jobba.", True),
        ("Kvinnan var gnällig hela dagen.", True),
        ("Personen är initiativlös.", True),
        ("De är ointresserade.", True),
        ("Yusuf är passiv.", True),
        ("Hon är motiverad att söka jobbet i köket just nu.", False),
        ("Just nu är han inte motiverad att åka buss ensam.", False),
        ("Hon är motiverad att söka.", False),
        ("Omotiverad frånvaro i tisdags, ringde inte.", False),
        ("Uppsägningen var omotiverad frånvaro enligt arbetsgivaren.", False),
        ("Beslutet är motiverat av läkarintyget.", False),
        ("Avslaget var inte motiverat.", False),
        ("Samira säger: ”Jag är lat på morgnarna.”", False),
        ("”Hon är omotiverad”, skrev den förra handläggaren.", False),
        ("Kom 20 minuter sent, ringde inte.", False),
        ("Vi hade några lata dagar i verkstaden.", False),
        ("Det är svårt att komma upp på morgonen.", False),
        ("Bussresan är jobbig.", False),
        ("Maskinen var trög och måste smörjas.", False),
        ("Arbetet är besvärligt för ryggen.", False),
        ("Det var en dum fråga av mig.", False),
        ("Vi har ett motiverande samtal på torsdag.", False),
        ("Motivationssamtal bokat.", False),
        ("Hon latar sig aldrig.", False),
        ("Handläggaren är ansvarig för kontakten med FK.", False),
        ("Planeringen är svår att följa.", False),
        ("Schemat var jobbigt i veckan.", False),
        ("Åker hem när det blir för mycket ljud.", False),
        ("Vill prova köket i stället för tvätten.", False),
        ("Tyckte att uppgiften var svår.", False),
        ("Lat och långitud stämde inte på kartan.", False),
        ("Dörren är trög.", False),
        ("Vi gick igenom vad som är svårt just nu.", False),
        ("Han pratade inte med någon i lunchrummet.", False),
        ("Hon säger att hon inte orkar fler än fyra timmar.", False),
        ("Resan till jobbet känns hopplös.", False),
        ("Det känns hopplöst när bussen inte kommer.", False),
        ("Envisa rykten om nedläggning, vi pratade om det.", False),
        ("Vi övar på att säga till när något är oklart.", False),
    ],
    "da": [
        ("Hun er umotiveret.", True),
        ("Borgeren er doven.", True),
        ("Han virker sløv og uinteresseret.", True),
        ("Mette er meget umotiveret.", True),
        ("En doven borger.", True),
        ("Han er arbejdssky.", True),
        ("Borgeren mangler motivation.", True),
        ("Hun er motiveret.", True),
        ("Han har ingen motivation.", True),
        ("I dag er hun doven.", True),
        ("Deltageren fremstår som uvillig.", True),
        ("Hun er upålidelig.", True),
        ("Han gider ikke.", True),
        ("Borgeren opleves som besværlig.", True),
        ("Åse er håbløs.", True),
        ("Hun er ikke motiveret.", True),
        ("Personen er initiativløs.", True),
        ("Han er forkælet.", True),
        ("Lav motivation hos borgeren.", True),
        ("De er uinteresserede.", True),
        ("Hun er motiveret for at prøve køkkenet lige nu.", False),
        ("Lige nu er han ikke motiveret til at tage bussen alene.", False),
        ("Umotiveret fravær i tirsdags.", False),
        ("Afgørelsen er motiveret i brevet.", False),
        ("Hun siger: ”Jeg er doven om morgenen.”", False),
        ("»Han er umotiveret,« skrev den forrige sagsbehandler.", False),
        ("Kom 20 minutter for sent.", False),
        ("Lad os tage den på torsdag.", False),
        ("Det er svært at komme op om morgenen.", False),
        ("Opgaven var svær.", False),
        ("Kassen var tung.", False),
        ("Vi har en motiverende samtale i næste uge.", False),
        ("Turen var lang og besværlig.", False),
        ("Det var et dumt spørgsmål af mig.", False),
        ("Hun vil gerne prøve butikken.", False),
        ("Han lader telefonen ligge i skabet.", False),
        ("Kniven er sløv.", False),
        ("Mødet blev aflyst.", False),
        ("Borgeren er ansvarlig for nøglen.", False),
        ("Vi talte om, hvad der er svært lige nu.", False),
    ],
}


def _counted(lang: str) -> tuple[int, int, int]:
    """Asked rightly, asked wrongly, silent wrongly."""
    said = [(bool(traits(text)), worth) for text, worth in LABELLED[lang]]
    return (
        sum(asked and worth for asked, worth in said),
        sum(asked and not worth for asked, worth in said),
        sum(worth and not asked for asked, worth in said),
    )


@pytest.mark.requirement("KN-79", "N-05")
@pytest.mark.parametrize("lang", ["sv", "da"])
def test_at_least_95_of_100_questions_are_worth_asking(lang: str) -> None:
    right, wrong, missed = _counted(lang)
    assert right / (right + wrong) >= 0.95
    assert right / (right + missed) >= 0.9


def test_whoever_the_text_is_about_is_known_by_name() -> None:
    assert not traits("Torsten är lat."), "as Bilen är trög: a thing, for all one can tell"
    assert traits("Torsten är lat.", names=["Torsten af Ekdala"])
