"""Benchmarks: what ondit is measured on, and the floors that no change may go below.

Each folder here is one task: ``data.toml`` says what it is measured on (origin, licence, digest of
every file) and which scores it yields; ``floors.json`` holds the scores once reached. The corpora
and the scorers are not part of the project: they are read from the folder that the environment
variable ``ONDIT_DATA`` names. ``python -m benchmarks`` says how to run them.
"""
