"""The parse itself: a spaCy pipeline's own components and weights, with less work a token."""
