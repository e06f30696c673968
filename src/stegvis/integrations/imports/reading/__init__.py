"""Reading other people's lists: from the bytes of a file to judged rows. No Django, no database.

    opening   bytes -> a Book of sheets, or a Refusal
    tables    a sheet -> its header, its records and what is no record
    columns   header cells -> fields, with confidence; a mapping is kept per sender
    values    one cell -> a value and what is to be said about it
    kinds     what a row of each kind is, and how it stands to what is known
    judging   the whole: read, compare, decide per row

Everything here is a function of its arguments: the day, the country, the step names and what is
already known are handed in, so the same file gives the same answer.
"""
