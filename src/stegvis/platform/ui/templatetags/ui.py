"""What templates say: {% load ui %}. Each tag returns finished, escaped HTML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BoundField
from django.forms.widgets import (
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
)
from django.template.defaultfilters import stringfilter
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from stegvis.core.programme import draw
from stegvis.core.programme.model import Programme
from stegvis.core.values.texts import pick
from stegvis.platform.tenancy.keys import uuid7
from stegvis.platform.ui import dates
from stegvis.platform.ui.icons import icon as the_icon
from stegvis.platform.ui.pictures import picture as the_picture
from stegvis.platform.ui.rows import PersonRow
from stegvis.platform.ui.rows import person_rows as the_rows

register = template.Library()

register.filter("day_and_week", dates.day_and_week)
register.filter("long_day", dates.long_day)
register.filter("day_time", dates.day_time)
register.filter("weekday", dates.weekday)
register.simple_tag(the_icon, name="icon")
register.simple_tag(the_picture, name="picture")
register.simple_tag(the_rows, name="person_rows")


@register.filter
def short_day(day: dt.date, on: dt.date | None = None) -> str:
    return dates.short_day(day, on)


@register.simple_tag
def glyph(step: int, of: int) -> SafeString:
    return SafeString(draw.glyph(step, of))


@register.simple_tag
def stand(step: int, of: int, word: str = "") -> SafeString:
    """The glyph with its word; without one, "Step 4"."""
    said = word or _("Step %(step)s") % {"step": step}
    return format_html('<span class="st">{}<span>{}</span></span>', glyph(step, of), said)


@register.simple_tag
def swatch(step: int, of: int) -> SafeString:
    """The numbered square of a step."""
    return format_html('<span class="sw sw-{}">{}</span>', draw.ramp(step, of), step)


@register.simple_tag
def tag(kind: str, sign: str, words: str) -> SafeString:
    """A status: sign, word, colour. `kind`: ok, warn, late, info, sup or ""."""
    return format_html('<span class="tag {}">{}{}</span>', kind, the_icon(sign), words)


@register.simple_tag
def road(picture: draw.RoadPicture) -> SafeString:
    """A person's road; it scrolls by itself where it is wider than the page."""
    return format_html(
        '<div class="scroll road" tabindex="0" role="region" aria-label="{}">{}</div>',
        picture.title,
        SafeString(draw.road(picture)),
    )


@register.simple_tag
def years(picture: draw.YearsPicture) -> SafeString:
    """The years before a road; they scroll by themselves where they are wider than the page."""
    return format_html(
        '<div class="scroll years" tabindex="0" role="region" aria-label="{}">{}</div>',
        picture.title,
        SafeString(draw.years(picture)),
    )


@register.simple_tag
def bars(picture: draw.BarPicture) -> SafeString:
    """Amounts by month; they scroll by themselves where they are wider than the page."""
    return format_html(
        '<div class="scroll bars" tabindex="0" role="region" aria-label="{}">{}</div>',
        picture.title,
        SafeString(draw.bars(picture)),
    )


@register.simple_tag
def curves(picture: draw.CurvePicture) -> SafeString:
    """Answers over time, each series a line of its own."""
    return SafeString(draw.curves(picture))


@register.simple_tag
def ladder(programme: Programme, track: str, key: str = "ladder", code: str = "") -> SafeString:
    """A programme's ladder in the reader's language."""
    drawn = draw.ladder(
        programme,
        track,
        get_language() or "sv",
        code=code or None,
        key=key,
        rtl=get_language_bidi(),
    )
    return format_html(
        '<div class="scroll ladder" tabindex="0" role="region" aria-label="{}">{}</div>',
        # With the name: a page may show several, and each is a landmark of its own.
        f"{_('The ladder as a picture')}: {pick(programme.names, get_language() or 'sv')}",
        SafeString(drawn),
    )


@register.simple_tag
def share(part: int, of: int) -> SafeString:
    """A bar of `part` of `of`, with the numbers as its words; nothing of nothing is empty."""
    wide = 100 * part / of if of else 0
    return format_html(
        '<svg class="share" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" '
        'aria-label="{}"><rect class="rest" width="100" height="6"/>'
        '<rect class="part" width="{}" height="6"/></svg>',
        _("%(part)s of %(of)s") % {"part": part, "of": of},
        f"{wide:.1f}",
    )


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, label: str = "") -> dict[str, Any]:
    """A form field with its label, help and error. Choices become large, whole-row targets."""
    widget = bound.field.widget
    plain = not isinstance(widget, CheckboxInput | CheckboxSelectMultiple | RadioSelect | FileInput)
    kind = "text"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        kind = "choices"
    elif isinstance(widget, CheckboxInput):
        kind = "tick"
    return {
        "bound": bound,
        "kind": kind,
        "label": label or bound.label,
        "errors_id": f"{bound.auto_id}_error",
        "help_id": f"{bound.auto_id}_helptext",
        "control": bound.as_widget(attrs={"class": "in"} if plain else {}),
        # A field that is required only sometimes says so itself and is not called optional.
        "optional": not bound.field.required and not getattr(bound.field, "asked", False),
    }


@register.simple_tag
def unfolded(*fields: BoundField) -> bool:
    """Whether the folded part of a form has to stand open: something in it is wrong or written."""
    return any(field.errors or field.value() for field in fields)


@register.inclusion_tag("ui/errors.html")
def error_summary(form: Any) -> dict[str, Any]:
    """What to mend, at the top of the page, each line leading to its field."""
    lines = [(form[name], errors) for name, errors in form.errors.items() if name in form.fields]
    return {"lines": lines, "whole": form.non_field_errors()}


@register.simple_tag
def asked(bound: Any) -> str:
    """A field's label before what is wrong with it: a question ends as it stands."""
    label = str(bound.label)
    return label if label.endswith("?") else f"{label}:"


@register.simple_tag
def once() -> SafeString:
    """The form's own key, new for every form drawn: the same form sent twice is one submission."""
    return format_html('<input type="hidden" name="submission" value="{}">', uuid7())


@register.filter
@stringfilter
def paragraphs(text: str) -> list[str]:
    """A person's own words, paragraph by paragraph."""
    return [part.strip() for part in text.splitlines() if part.strip()]


@register.simple_tag
def joined(parts: Iterable[str], by: str = " · ") -> SafeString:
    """What there is of `parts`, with a sign between."""
    return SafeString(conditional_escape(by).join(conditional_escape(p) for p in parts if p))


__all__ = ["PersonRow", "register"]
