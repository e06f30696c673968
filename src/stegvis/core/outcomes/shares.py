"""Shares and counts of many that may be told: n of N with its uncertainty, and no small group.

A share stands with how many it is of and of how many nothing is known (never as zero). Groups of
fewer than k are not told; and where only one would stay untold, the next smallest is left out too,
since a sum would give the first away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor, sqrt

from stegvis.core.outcomes.anonymity import K

Z = 1.96  # 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """`n` of `of`, of whom it is known; of `unknown` more it is not."""

    n: int
    of: int
    unknown: int = 0

    @property
    def size(self) -> int:
        return self.of + self.unknown

    @property
    def percent(self) -> float | None:
        """To one decimal; None of nobody."""
        return round(100 * self.n / self.of, 1) if self.of else None

    @property
    def between(self) -> tuple[int, int] | None:
        """The interval of Wilson (1927), 95 %, in whole per cent, outwards."""
        if not self.of:
            return None
        share, z2 = self.n / self.of, Z * Z / self.of
        middle = (share + z2 / 2) / (1 + z2)
        half = Z * sqrt(share * (1 - share) / self.of + z2 / (4 * self.of)) / (1 + z2)
        return max(0, floor(100 * (middle - half))), min(100, ceil(100 * (middle + half)))


def told(sizes: Mapping[str, int], *, k: int = K) -> frozenset[str]:
    """Which of the groups may be told when their sum is known. A group of nobody is no group; it is
    told, and hides nobody."""
    small = {key for key, size in sizes.items() if 0 < size < k}
    rest = sorted((size, key) for key, size in sizes.items() if size >= k)
    while rest and small and (len(small) == 1 or sum(sizes[one] for one in small) < k):
        small.add(rest.pop(0)[1])
    return frozenset(sizes) - small


def shares(groups: Mapping[str, Share], *, k: int = K) -> dict[str, Share | None]:
    """Each group's share, None where it may not be told."""
    open_ = told({key: one.size for key, one in groups.items()}, k=k)
    return {key: one if key in open_ else None for key, one in groups.items()}


def counts(of: Mapping[str, int], *, k: int = K) -> dict[str, int | None]:
    """Each count, None where it may not be told."""
    open_ = told(of, k=k)
    return {key: n if key in open_ else None for key, n in of.items()}
