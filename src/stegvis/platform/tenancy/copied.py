"""Values as COPY's text format has them, a column at a time.

The driver asks every value for its kind and dumps it by itself; of a batch of some thousand rows
that is a third of what an import costs. A column of a batch nearly always holds one kind, and its
texts nearly never a sign that has to be escaped, which one look at all of them tells.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from json.encoder import encode_basestring as json_string
from typing import Any

_NULL = "\\N"
_ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_SIGNS = "\\\n\r\t"
_dumped: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False).encode
_JSON: Mapping[type, Callable[[Any], str]] = {
    str: json_string,
    int: int.__repr__,
    bool: lambda value: "true" if value else "false",
    type(None): lambda _: "null",
}


def copied(rows: Sequence[Sequence[Any]], *, json: Collection[int] = ()) -> str:
    """All rows, ready to be sent. `json`: at which places values are JSON, whatever their kind.
    TypeError for a kind no column of ours is made of."""
    if not rows:
        return ""
    columns = [
        _json_column(column) if at in json else _column(column)
        for at, column in enumerate(zip(*rows, strict=True))
    ]
    lines = "\n".join(map("\t".join, zip(*columns, strict=True)))
    return f"{lines}\n"


def json_text(value: Any) -> str:
    """As `json.dumps` writes it, letters as they are; a table of texts many times as fast."""
    if type(value) is not dict:
        return _JSON.get(type(value), _dumped)(value)
    pairs = [
        f"{json_string(name)}: {_JSON.get(type(each), _dumped)(each)}"
        for name, each in value.items()
    ]
    return f"{{{', '.join(pairs)}}}"


def _column(values: Sequence[Any]) -> Sequence[str]:
    if len(set(map(id, values))) == 1:  # the same thing in every row: the file, the unit
        return [_writer(type(values[0]))(values[0])] * len(values)
    kinds = set(map(type, values))
    if len(kinds) > 1:
        writers = {kind: _writer(kind) for kind in kinds}
        return [writers[type(value)](value) for value in values]
    kind = kinds.pop()
    if issubclass(kind, str):
        return _escaped(values)
    if kind is uuid.UUID:
        return [f"{key.int:032x}" for key in values]
    if kind is bytes:
        return [f"\\\\x{raw.hex()}" for raw in values]
    return list(map(_writer(kind), values))


def _json_column(values: Sequence[Any]) -> Sequence[str]:
    texts = ["" if value is None else json_text(value) for value in values]
    return [text or _NULL for text in _escaped(texts)]  # no JSON is an empty text


def _escaped(texts: Sequence[str]) -> Sequence[str]:
    together = "".join(texts)
    if any(sign in together for sign in _SIGNS):
        return [text.translate(_ESCAPED) for text in texts]
    return texts


def _writer(kind: type) -> Callable[[Any], str]:
    for base in kind.__mro__:  # an enumeration of texts is a text
        if base in _WRITERS:
            return _WRITERS[base]
    raise TypeError(f"a {kind.__name__} is no value of a column")


def _array(texts: Sequence[str]) -> str:
    if not texts:
        return "{}"
    quoted = [f'"{_quoted(text)}"' for text in texts]
    return f"{{{','.join(quoted)}}}".translate(_ESCAPED)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


_WRITERS: Mapping[type, Callable[[Any], str]] = {
    type(None): lambda _: _NULL,
    str: lambda text: text.translate(_ESCAPED),
    bool: lambda value: "t" if value else "f",
    int: int.__repr__,
    float: float.__repr__,
    Decimal: Decimal.__str__,
    uuid.UUID: lambda key: f"{key.int:032x}",
    bytes: lambda raw: f"\\\\x{raw.hex()}",
    dt.datetime: dt.datetime.isoformat,
    dt.date: dt.date.isoformat,
    dt.time: dt.time.isoformat,
    list: _array,
}
