"""Tests of the learned half of attribution."""
