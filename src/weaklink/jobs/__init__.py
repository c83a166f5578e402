"""Jobs: durable background work. Empty until a page needs it."""
