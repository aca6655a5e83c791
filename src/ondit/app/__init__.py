"""Shells over the floors below; no logic of their own."""
