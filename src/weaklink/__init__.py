"""weaklink: from a runner's pain to the likely weak link, the training for it, and when to see a professional."""

__version__ = "0.1.0"
