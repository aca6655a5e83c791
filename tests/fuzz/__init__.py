"""Fuzzing of the capture floor: properties for the suite, and a harness for long runs."""
