"""Tests of ondit; they mirror its modules."""
