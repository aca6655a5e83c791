"""Worlds: small cases of invented events whose derivations are known, and what scores answers."""
