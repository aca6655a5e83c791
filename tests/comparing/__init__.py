"""Tests of the floor that compares reports."""
