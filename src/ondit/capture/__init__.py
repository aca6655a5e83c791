"""The capture floor: bytes in, one text with a map back to the bytes."""
