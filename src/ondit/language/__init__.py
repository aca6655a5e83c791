"""Languages as data, and the one door to a parser."""
