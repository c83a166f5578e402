"""Training: doses, plans, progression."""
