"""Tests of the reading floor."""
