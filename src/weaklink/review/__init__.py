"""Review: what needs the whole library: checks, statements, coverage, the book."""
