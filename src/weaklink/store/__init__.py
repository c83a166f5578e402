"""Store: keeping records on SQLite or PostgreSQL behind the ports of care."""
