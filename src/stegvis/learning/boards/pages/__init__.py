"""The staff's pages of the board, the screen on the wall, and the idea box. A board tells nothing
of a person, so every worker of the municipality may keep it."""

from stegvis.learning.boards.pages.improving import improvement, improvements
from stegvis.learning.boards.pages.keeping import board, boards, show
from stegvis.learning.boards.pages.meetings import council, meeting, meetings
from stegvis.learning.boards.pages.open import box, hang, wall, wall_symbol

__all__ = [
    "board", "boards", "box", "council", "hang", "improvement", "improvements", "meeting",
    "meetings", "show", "wall", "wall_symbol",
]  # fmt: skip
