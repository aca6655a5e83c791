"""How inputs are to be captured and read: what the person who adds them knows about them."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec.structs import replace

from ondit.model import Preset


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How inputs are to be captured and read."""

    language: str | None = None
    """Language tag; None lets each text tell."""
    published: str | None = None
    """ISO day of publication; None takes it from each page."""
    plain: bool = False
    """Inputs are already clean text: no furniture is searched for."""
    preset: Preset | None = None
    """How sure an attribution has to be; None is as before, "balanced" where nobody has said."""
    allow_private: bool = False
    """Addresses of private networks may be fetched."""

    def __post_init__(self) -> None:
        """Refuse a day that is none."""
        if self.published is not None:
            _check_day(self.published)


AS_FOUND = Options()
"""Nothing is known beforehand: language and day come from each page."""


def _check_day(day: str) -> None:
    try:
        date.fromisoformat(day[:10])
    except ValueError:
        raise ValueError(
            f"{day!r} is no day of publication; write year-month-day, such as 2031-03-04"
        ) from None


def merge(stored: Options, given: Options) -> Options:
    """Return `stored` with whatever `given` says more; what a person once said is kept."""
    return replace(
        stored,
        language=given.language or stored.language,
        published=given.published or stored.published,
        plain=given.plain or stored.plain,
        preset=given.preset or stored.preset,
    )
