"""Proof that checks can fail: each fault of the reference against the check that it names."""
