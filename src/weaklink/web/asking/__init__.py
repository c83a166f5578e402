"""Asking: from the start to the last question, or to whom to see."""
