"""Reasoning: safety first, then the next question, the likely causes, the next test, and why."""
