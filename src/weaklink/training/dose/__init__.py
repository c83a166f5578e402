"""Dose: what may be given to this runner, at which level, how much of it, and how much pain is all right."""
