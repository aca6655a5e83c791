"""Training: from annotated corpora to the small models that are shipped.

Nothing here is needed to read a report. It needs the extra ``train`` (JAX), and the corpora in the
folder that ``ONDIT_DATA`` names.
"""
