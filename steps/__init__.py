"""Gherkin sentences: each one is one call of an actor or of a check."""
