"""The one exception of this package: a file that cannot be used, with a code and a place."""

from __future__ import annotations


class Refusal(Exception):
    """The file is refused as a whole; nothing of it may be stored.

    `code` has its sentence in sentences.toml. `row` and `column` are what a person sees in the
    file: a sheet row or physical line counted from 1, and the text of the header.
    """

    def __init__(
        self, code: str, *, sheet: str | None = None, row: int | None = None, column: str = ""
    ) -> None:
        super().__init__(code)
        self.code = code
        self.sheet = sheet
        self.row = row
        self.column = column
