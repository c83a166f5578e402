"""Mechanics: load packs, muscle forces, and who takes over when a muscle is weak. NumPy alone."""

from weaklink.mechanics.redistribution import redistribution

__all__ = ["redistribution"]
