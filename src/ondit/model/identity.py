"""Stable ids: the same bytes, layer and place give the same id on every run and machine."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b, sha256

from ondit.model.span import Span


def digest(content: bytes) -> str:
    """Return the SHA-256 of `content` as hex."""
    return sha256(content).hexdigest()


def identify(prefix: str, key: str, spans: Iterable[Span], *more: str) -> str:
    """Return an id such as ``c-5f1e09ab37c2`` from a length-prefixed hash of its parts.

    Args:
        prefix: the layer's letter (``q m e a c t p n``).
        key: digest of the captured bytes.
        spans: where the annotation stands.
        more: whatever else tells two annotations of one layer and place apart.
    """
    state = blake2b(digest_size=6)
    for part in (prefix, key, *(f"{s.start}:{s.end}" for s in spans), *more):
        encoded = part.encode("utf-8", "surrogatepass")
        state.update(len(encoded).to_bytes(4, "big"))
        state.update(encoded)
    return f"{prefix}-{state.hexdigest()}"
