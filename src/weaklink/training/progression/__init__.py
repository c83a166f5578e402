"""Progression: what a session says about the next dose."""
