"""Many records, and what they share: derivations, origins, groups of claims, contradictions."""
