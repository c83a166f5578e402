"""weaklink: the likely weak link behind a runner's pain, the training for it, and when to be seen instead."""

__version__ = "0.1.0"
