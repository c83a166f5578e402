"""Prescribed: the moves of the physiotherapist, as they were given, and which of them wait."""
