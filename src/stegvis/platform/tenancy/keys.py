"""Row keys: UUID version 7, so that rows written together lie together on disk."""

from __future__ import annotations

import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """RFC 9562 version 7: 48 bits of milliseconds, then randomness. (In Python from 3.14.)"""
    value = int.from_bytes(os.urandom(10), "big")
    milliseconds = time.time_ns() // 1_000_000
    high = value >> 68 & 0xFFF
    low = value & 0x3FFFFFFFFFFFFFFF
    return uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)
