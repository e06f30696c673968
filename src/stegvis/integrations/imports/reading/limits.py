"""How much of a file is read. Ours: far above any list a municipality keeps, and small enough that
a hostile file costs less than 300 MB and 5 seconds."""

FILE_BYTES = 40 * 1024 * 1024
UNPACKED_BYTES = 128 * 1024 * 1024
PARTS = 2_000  # entries in a workbook's archive
ROWS = 150_000  # per file
COLUMNS = 400
CELLS = 6_000_000  # rows x columns of one sheet: the reader lays the whole rectangle out in memory
CELL_LENGTH = 32_767  # a spreadsheet's own limit
HEADER_WITHIN = 60  # a header stands among the first so many rows that hold anything
TEXTS = {  # characters, as the register keeps them
    "name": 150, "phone": 40, "email": 120, "mother_tongue": 40, "language": 40, "unit": 120,
    "number": 30, "sender": 120, "why": 500,
    "kind": 120, "learnt": 2000, "source": 120, "result_words": 120,
}  # fmt: skip
SAMPLE_ROWS = 200  # rows looked at when a column's content is judged
