"""The colours of the stair, as classes, and the same rules for a picture that stands alone.

Values are those of platform/ui/static/ui/tokens.css; tests/platform/ui holds the two together.
"""

from __future__ import annotations

import math

MOST_STEPS = 9
_SIX = 6

LIGHT = {
    "ink": "#15222b", "ink-2": "#42525d", "paper": "#ffffff", "line": "#d3dcda",
    "line-2": "#7e8d92", "brand": "#0b4457", "now": "#ffc933", "on-now": "#15222b",
    "mute-bg": "#e9eeec", "sup": "#5b3f87", "sup-bg": "#eee8f6", "c2": "#e08a00", "c3": "#5b3f87",
    "c5": "#9b2c16",
    "warn": "#7a4a00", "warn-bg": "#fff0cf",
    "st-1": "#dcebe8", "st-2": "#b3d6d1", "st-3": "#7fb9b7", "st-4": "#2f8089", "st-5": "#1a6273",
    "st-6": "#0b4457",
    "on-st-1": "#15222b", "on-st-2": "#15222b", "on-st-3": "#15222b", "on-st-4": "#ffffff",
    "on-st-5": "#ffffff", "on-st-6": "#ffffff",
    "sr-1": "#dcebe8", "sr-2": "#c2deda", "sr-3": "#a6cfca", "sr-4": "#86bdba", "sr-5": "#599ca0",
    "sr-6": "#2c7c86", "sr-7": "#1f6978", "sr-8": "#145768", "sr-9": "#0b4457",
    "on-sr-1": "#15222b", "on-sr-2": "#15222b", "on-sr-3": "#15222b", "on-sr-4": "#15222b",
    "on-sr-5": "#15222b", "on-sr-6": "#ffffff", "on-sr-7": "#ffffff", "on-sr-8": "#ffffff",
    "on-sr-9": "#ffffff",
}  # fmt: skip
DARK = {
    "ink": "#e9efee", "ink-2": "#b9c7ca", "paper": "#18242b", "line": "#2c3c44",
    "line-2": "#64777e", "brand": "#8fd0d6", "now": "#ffc933", "on-now": "#15222b",
    "mute-bg": "#24333b", "sup": "#c9b4ee", "sup-bg": "#30264a", "c2": "#f4b544", "c3": "#9d7fd6",
    "c5": "#e8603c",
    "warn": "#f4c35a", "warn-bg": "#3d2f10",
    "st-1": "#22363d", "st-2": "#2a4d55", "st-3": "#2f6670", "st-4": "#5aa3ab", "st-5": "#8fd0d6",
    "st-6": "#c9eef0",
    "on-st-1": "#e9efee", "on-st-2": "#e9efee", "on-st-3": "#ffffff", "on-st-4": "#0c1a20",
    "on-st-5": "#0c1a20", "on-st-6": "#0c1a20",
    "sr-1": "#22363d", "sr-2": "#27444c", "sr-3": "#2b535c", "sr-4": "#2e636d", "sr-5": "#3d7b85",
    "sr-6": "#61a9b0", "sr-7": "#82c5cb", "sr-8": "#a5dbe0", "sr-9": "#c9eef0",
    "on-sr-1": "#e9efee", "on-sr-2": "#e9efee", "on-sr-3": "#ffffff", "on-sr-4": "#ffffff",
    "on-sr-5": "#ffffff", "on-sr-6": "#0c1a20", "on-sr-7": "#0c1a20", "on-sr-8": "#0c1a20",
    "on-sr-9": "#0c1a20",
}  # fmt: skip

_TONES = [*(f"st-{i}" for i in range(1, 7)), *(f"sr-{i}" for i in range(1, 10))]
RULES = "\n".join([
    ".draw{display:block}",
    ".draw text{fill:var(--ink);font-family:var(--font)}",
    ".draw .d-soft{fill:var(--ink-2)}",
    ".draw .d-bold{font-weight:700}",
    *(f".draw .d-{t}{{fill:var(--{t})}}.draw .d-on-{t}{{fill:var(--on-{t})}}" for t in _TONES),
    ".draw .d-grid{stroke:var(--line)}",
    ".draw .d-level{stroke:var(--line);stroke-dasharray:1 5}",
    ".draw .d-riser{stroke:var(--paper);stroke-opacity:.28}",
    ".draw .d-line{fill:none;stroke:var(--ink);stroke-width:3.2;stroke-linejoin:round}",
    ".draw .d-mark{fill:var(--paper);stroke:var(--ink);stroke-width:2.1}",
    ".draw .d-break{stroke:var(--line-2);stroke-dasharray:3 3}",
    ".draw .d-paper{fill:var(--paper)}",
    ".draw .d-hatch{stroke:var(--line-2);stroke-width:2}",
    ".draw .d-plan{fill:none;stroke:var(--line-2);stroke-width:1.6;stroke-dasharray:5 4}",
    ".draw .d-today{stroke:var(--ink);stroke-width:2}",
    ".draw .d-now{fill:var(--now)}.draw .d-on-now{fill:var(--on-now)}",
    ".draw .d-here{fill:var(--now);stroke:var(--ink);stroke-width:3}",
    ".draw .d-note{stroke:var(--paper);stroke-width:4;paint-order:stroke;stroke-linejoin:round}",
    ".draw .d-week{fill:var(--mute-bg)}.draw .d-share{fill:var(--st-5)}",
    ".draw .d-none{fill:none;stroke:var(--line)}",
    ".draw .d-lane{fill:var(--sup-bg);stroke:var(--sup)}",
    ".draw .d-onward{fill:var(--sup)}.draw .d-laneword{fill:var(--sup);font-weight:600}",
    ".draw .d-passed{fill:var(--st-4)}.draw .d-at{fill:var(--brand)}",
    ".draw .d-ahead{fill:none;stroke:var(--line-2)}",
    ".draw .d-edge{stroke:var(--ink);stroke-width:3.2;stroke-linecap:square}",
    ".draw .d-curve{fill:none;stroke-width:3;stroke-linejoin:round}",
    ".draw .d-curve-1{stroke:var(--brand)}.draw .d-dot-1{fill:var(--brand)}",
    ".draw .d-curve-2{stroke:var(--c2);stroke-dasharray:7 4}.draw .d-dot-2{fill:var(--c2)}",
    ".draw .d-curve-3{stroke:var(--c3);stroke-dasharray:2 4}.draw .d-dot-3{fill:var(--c3)}",
    ".draw .d-curve-4{stroke:var(--c5);stroke-dasharray:12 4 2 4}.draw .d-dot-4{fill:var(--c5)}",
    ".draw .d-seen{fill:var(--paper);stroke:var(--ink);stroke-width:3}",
    ".draw .d-dot{stroke:var(--paper);stroke-width:2}",
    ".draw .d-rim{stroke:var(--paper)}.draw .d-money{fill:var(--mute-bg);stroke:var(--line-2)}",
    ".draw .d-both{fill:var(--warn-bg);stroke:var(--warn);stroke-dasharray:4 3}",
    ".draw .d-bothword{fill:var(--warn);font-weight:700}.draw .d-faint{stroke-opacity:.45}",
    ".draw .d-own{fill:var(--now);stroke:var(--ink)}",
    ".draw .d-ring{fill:var(--paper);stroke:var(--ink)}",
    ".draw .d-bar-1{fill:var(--brand)}",
    ".draw .d-bar-2,.draw .d-bar-3{stroke:var(--line-2)}",
    ".draw .d-bar-3{stroke-dasharray:2 3}",
    ".draw .d-hatch-0{fill:var(--paper)}",
    ".draw .d-hatch-1{stroke:var(--line-2);stroke-width:2.4}",
    ".draw .d-in{fill:var(--on-brand)}",
    ".draw .d-limit{stroke:var(--ink);stroke-width:3}",
    ".draw .d-flag{fill:var(--now)}",
    ".draw .d-on-flag{fill:var(--on-now)}",
    "",
])  # fmt: skip
_FONT = '"Atkinson Hyperlegible Next",system-ui,sans-serif'


def ramp(step: int, of: int) -> str:
    """The colour token of step `step` of `of` (1 to 9): the last step always ends the ramp.

    Up to six steps share six tones; seven to nine share nine tones of the same ramp, which colour
    alone cannot tell apart, so that the number always stands with it.
    """
    if not 1 <= step <= of <= MOST_STEPS:
        raise ValueError(f"step {step} of {of}: a ladder has 1 to {MOST_STEPS} steps")
    if of <= _SIX:
        return f"st-{math.ceil(_SIX * step / of)}"
    return f"sr-{math.ceil(MOST_STEPS * step / of)}"


def sheet() -> str:
    """The style of a picture alone in a file, light or dark as the reader's system is."""

    def values(theme: dict[str, str]) -> str:
        return "".join(f"--{name}:{value};" for name, value in theme.items())

    return (
        f".draw{{--font:{_FONT};{values(LIGHT)}}}\n"
        f"@media (prefers-color-scheme:dark){{.draw{{{values(DARK)}}}}}\n"
        f"{RULES}"
    )
