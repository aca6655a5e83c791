"""Errors: one base, few children; a message says what was met, what was expected, and where."""


class OnditError(Exception):
    """Base of every error that ondit raises on purpose."""


class AnchorError(OnditError, ValueError):
    """A span does not stand where it says it stands."""


class CaptureError(OnditError):
    """An input could not be turned into a capture; the message is fit for a reader."""


class PackError(OnditError):
    """A language pack is malformed; the message names file and entry."""


class CaseError(OnditError):
    """A case file cannot be used as asked."""
