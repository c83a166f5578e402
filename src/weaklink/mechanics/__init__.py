"""Mechanics: moments, muscle forces, who takes over. Empty until the body model is built."""
