"""Benchmarks: our figures beside targets and peers, from one run on one machine. Never asserted in tests."""
