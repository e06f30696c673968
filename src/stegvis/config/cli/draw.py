"""./run draw: a programme's ladder, or the road of a case, as one SVG on standard output."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from stegvis.config.cli import reading
from stegvis.config.faults import Unusable
from stegvis.core.programme.draw.ladder import ladder
from stegvis.core.programme.draw.picture import Period, RoadPicture, chosen, road_words, treads
from stegvis.core.programme.draw.road import road
from stegvis.core.programme.model import Programme
from stegvis.core.progression.road import Road, UnknownStepError, history
from stegvis.core.values.texts import pick


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("programme", metavar="PROGRAMME", help="a key, or a model file")
    parser.add_argument("--case", type=Path, metavar="CASE.json", help="draw this person's road")
    parser.add_argument("--on", type=reading.day, metavar="DATE", help="default: the last fact's")
    parser.add_argument("--ladder", metavar="CODE", help="another ladder than the primary one")
    parser.add_argument("--track", default="", help="the office whose names the steps carry")
    parser.add_argument("--lang", choices=("sv", "da", "en"))


def run(args: argparse.Namespace) -> int:
    programme = reading.programme(args.programme)
    lang = args.lang or programme.language
    known = [one.code for one in programme.ladders]
    if args.ladder and args.ladder not in known:
        raise Unusable(f"There is no ladder {args.ladder!r}. Ladders: {', '.join(known)}.")
    if args.case is None:
        print(ladder(programme, args.track, lang, code=args.ladder, standalone=True))
        return 0
    facts = reading.facts(args.case, of=programme)
    if not facts:
        raise Unusable(f"{args.case}: a case without facts has no road to draw.")
    on = args.on or max(fact.on for fact in facts)
    try:
        walked = history(programme, facts, on)
    except UnknownStepError as fault:
        raise Unusable(f"{args.case}: {fault}.") from fault
    print(road(_picture(programme, walked, args, lang=lang), standalone=True))
    return 0


def _picture(
    programme: Programme, walked: Road, args: argparse.Namespace, *, lang: str
) -> RoadPicture:
    drawn = chosen(programme, args.ladder)
    stays = walked.stays.get(drawn.code, ())
    if not stays:
        raise Unusable(f"{args.case}: no step of {drawn.code!r} was entered by {walked.on}.")
    steps = {stay.since: stay.ordinal for stay in stays}
    pauses = [
        Period(pause.since, pause.until, _level(steps, pause.since), paused=True)
        for pause in walked.pauses
    ]
    name = pick(drawn.texts, lang) or pick(programme.names, lang)
    return RoadPicture(
        key="road",
        title=name,
        desc="; ".join(f"{stay.since} {stay.step}" for stay in stays),
        treads=treads(drawn, track=args.track or walked.track, lang=lang),
        periods=(*(Period(stay.since, stay.until, stay.ordinal) for stay in stays), *pauses),
        today=walked.on,
        words=road_words(lang),
    )


def _level(steps: dict[date, int], day: date) -> int:
    """The step one stood on that day; before the first, the first."""
    earlier = [since for since in steps if since <= day]
    return steps[max(earlier) if earlier else min(steps)]
