"""Identity numbers at rest: sealed so that a stolen disk or backup does not show them, with a
keyed mark by which the same number is found again. Keys are per municipality."""

from __future__ import annotations

import hashlib
import hmac
import os
import uuid
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


class Unreadable(ValueError):
    """The sealed bytes are not ours, or the key is another."""


@lru_cache(maxsize=1024)
def _key(tenant: uuid.UUID, use: str) -> bytes:
    message = f"{use}:{tenant}".encode()
    return hmac.new(settings.SEALING_KEY.encode(), message, hashlib.sha256).digest()


@lru_cache(maxsize=1024)
def _cipher(tenant: uuid.UUID) -> AESGCM:
    return AESGCM(_key(tenant, "seal"))


def seal_bytes(tenant: uuid.UUID, raw: bytes) -> bytes:
    """AES-256-GCM: nonce, then ciphertext with its tag."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + _cipher(tenant).encrypt(nonce, raw, tenant.bytes)


def unseal_bytes(tenant: uuid.UUID, sealed: bytes) -> bytes:
    """Raises Unreadable."""
    raw = bytes(sealed)
    try:
        return _cipher(tenant).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], tenant.bytes)
    except InvalidTag:
        raise Unreadable from None


def seal(tenant: uuid.UUID, text: str) -> bytes:
    return seal_bytes(tenant, text.encode())


def unseal(tenant: uuid.UUID, sealed: bytes) -> str:
    """Raises Unreadable."""
    return unseal_bytes(tenant, sealed).decode()


def mark(tenant: uuid.UUID, text: str) -> bytes:
    """HMAC-SHA-256 of the text under the municipality's key: equal numbers, equal marks."""
    begun = _marking(tenant)
    inner, outer = begun[0].copy(), begun[1].copy()
    inner.update(text.encode())
    outer.update(inner.digest())
    digest: bytes = outer.digest()
    return digest


@lru_cache(maxsize=1024)
def _marking(tenant: uuid.UUID) -> list[Any]:
    """Both hashes of HMAC (RFC 2104) with the key already in them: a list asks for the marks of
    hundreds of thousands of numbers, and setting up the key is two thirds of each."""
    key = _key(tenant, "mark").ljust(hashlib.sha256().block_size, b"\0")
    return [hashlib.sha256(bytes(each ^ pad for each in key)) for pad in (0x36, 0x5C)]
