"""Figure: a drawn human being: its surface, muscles, stills and moving scene. NumPy alone."""
