"""ondit beside the tools that others publish: same texts, same scorer, same machine, one run.

``python -m benchmarks.comparison --data FOLDER`` runs everything. Each tool runs in a process and
an environment of its own, behind an adapter of a few lines (``adapters``); what it found is scored
by the corpora's own scorer (``scoring``) and written as a table into the documentation (``table``).
``adapters`` and ``worker`` are run by the tools' environments and import nothing of ondit.
"""
