"""Small programs for maintainers; nothing here runs for a runner."""
