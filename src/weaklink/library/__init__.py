"""The library: what the trade knows, as typed records read from the knowledge files."""
