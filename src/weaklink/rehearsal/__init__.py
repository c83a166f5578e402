"""Rehearsal: the weeks of a made-up runner, lived through the real rules, day by day."""
