"""Care: the one place where chapters meet: begin, examine, train."""
