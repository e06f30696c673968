"""How a command refuses: one sentence on standard error, exit code 2, nothing stored."""


class Unusable(Exception):
    """The input, the call or the machine cannot be used. The message is a whole sentence, with
    file, row and column where there are such."""


LONGEST = 600  # signs of a line; what a file holds is quoted in it, however long that is


def said(fault: Exception) -> str:
    """As a terminal may show it: no sign out of a hostile file moves its cursor or turns a line."""
    lines = ("".join(map(_shown, line)) for line in str(fault).split("\n"))
    return "\n".join(f"{line[:LONGEST]}…" if len(line) > LONGEST else line for line in lines)


def _shown(sign: str) -> str:
    plain = sign.isprintable() or sign in "\t\xa0"
    return sign if plain else ascii(sign)[1:-1]
