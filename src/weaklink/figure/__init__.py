"""Figure: a drawn human being from the skeleton: its surface, its muscles, its stills and its scene. NumPy alone."""
