"""Visit: who is here, what they said, the form they sent, the page they get, and what guards all of it."""
