"""A case: one runner's episode as values, from the first answer to the plan."""
