"""Jobs: heavy work off the event loop: the exact planner in a process of its own."""
