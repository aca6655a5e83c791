"""What we keep and hand over: one SQLite file is one case."""
