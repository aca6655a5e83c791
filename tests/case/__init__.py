"""Tests of the case floor."""
