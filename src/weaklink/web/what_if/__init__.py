"""What if: a muscle made weaker, and who takes over."""
