"""The vocabulary: frozen values that every floor above speaks."""

from ondit.model.annotations import (
    Act,
    Annotation,
    Attribution,
    Claim,
    Entity,
    Evidence,
    Mention,
    Place,
    Quantity,
    Quotation,
    Timex,
)
from ondit.model.capture import (
    Block,
    Candidate,
    Capture,
    Decision,
    Failure,
    Furniture,
    Meta,
    Published,
    Report,
    Segment,
)
from ondit.model.errors import AnchorError, CaptureError, CaseError, OnditError, PackError
from ondit.model.identity import digest, identify
from ondit.model.record import Preset, Producer, Record, decode, encode, schema
from ondit.model.span import Span, SpanIndex, cut, trim
from ondit.model.text import Text, Token, view

__all__ = [
    "Act", "AnchorError", "Annotation", "Attribution", "Block", "Candidate", "Capture",
    "CaptureError", "CaseError", "Claim", "Decision", "Entity", "Evidence", "Failure", "Furniture",
    "Mention", "Meta", "OnditError", "PackError", "Place", "Preset", "Producer", "Published",
    "Quantity", "Quotation", "Record", "Report", "Segment", "Span", "SpanIndex", "Text", "Timex",
    "Token", "cut", "decode", "digest", "encode", "identify", "schema", "trim", "view",
]  # fmt: skip
