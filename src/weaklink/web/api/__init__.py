"""The API: the same care as the pages, as JSON under /api/v1."""
