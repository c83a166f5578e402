"""Running: load, activities, return to running."""
