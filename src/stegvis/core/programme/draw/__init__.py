"""The staircase: one drawing over any ladder, from the glyph in a list to a person's whole road.

Pure functions from plain values to SVG text. Colours are class names: a page styles them with
platform/ui/static/ui/draw.css, a file carries the same rules inside itself (`standalone`).
"""

from stegvis.core.programme.draw.bars import Bar, BarPicture, bars
from stegvis.core.programme.draw.curves import CurvePicture, SeenRow, Series, curves
from stegvis.core.programme.draw.glyph import glyph
from stegvis.core.programme.draw.ladder import ladder
from stegvis.core.programme.draw.palette import ramp
from stegvis.core.programme.draw.picture import (
    Lane,
    Move,
    Period,
    Plan,
    RoadPicture,
    RoadWords,
    Tread,
    Week,
    road_words,
    treads,
)
from stegvis.core.programme.draw.road import road
from stegvis.core.programme.draw.years import Shade, YearBar, YearLane, YearsPicture, years

__all__ = [
    "Bar",
    "BarPicture",
    "CurvePicture",
    "Lane",
    "Move",
    "Period",
    "Plan",
    "RoadPicture",
    "RoadWords",
    "SeenRow",
    "Series",
    "Shade",
    "Tread",
    "Week",
    "YearBar",
    "YearLane",
    "YearsPicture",
    "bars",
    "curves",
    "glyph",
    "ladder",
    "ramp",
    "road",
    "road_words",
    "treads",
    "years",
]
