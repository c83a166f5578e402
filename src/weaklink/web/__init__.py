"""Web: pages and API over the same care."""
