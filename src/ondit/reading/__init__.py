"""One text in, one record out."""
