"""Programmes: where a runner stands in the phases for their pain, what opens the next one, what it holds."""
