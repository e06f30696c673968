"""How a command refuses: one sentence on standard error, exit code 2, nothing stored."""


class Unusable(Exception):
    """The input, the call or the machine cannot be used. The message is a whole sentence, with
    file, row and column where there are such."""
