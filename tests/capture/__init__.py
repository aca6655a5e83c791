"""Tests of the capture floor."""
