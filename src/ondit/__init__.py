"""ondit: news reports in, a checkable claims record out: who said what, and how surely.

    >>> import ondit
    >>> record = ondit.read("report.html")                              # doctest: +SKIP
    >>> [(claim.status, claim.spans[0].exact) for claim in record.claims]  # doctest: +SKIP

Nothing heavy is imported before it is used: a parser loads with the first report that is read.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from ondit.case.intake import read, read_many
    from ondit.case.store import Case
    from ondit.case.summary import Filter
    from ondit.comparing.corroboration import corroborate
    from ondit.model import Record

__version__ = "0.1.0"

__all__ = [
    "Case",
    "Filter",
    "Record",
    "__version__",
    "corroborate",
    "open_case",
    "read",
    "read_many",
]

_HOMES = {
    "read": "ondit.case.intake",
    "read_many": "ondit.case.intake",
    "Case": "ondit.case.store",
    "Filter": "ondit.case.summary",
    "Record": "ondit.model",
    "corroborate": "ondit.comparing.corroboration",
}


def open_case(path: str | Path, *, create: bool = False, read_only: bool = False) -> Case:
    """Return the case in the file at `path`; see `Case.open`.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, open_case(f"{folder}/a.ondit", create=True) as case:
    ...     len(case)
    0
    """
    from ondit.case.store import Case  # noqa: PLC0415  importing ondit stays cheap

    return Case.open(path, create=create, read_only=read_only)


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'ondit' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
