"""ondit: news reports in, a checkable claims record out."""

__version__ = "0.1.0"
