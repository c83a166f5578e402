"""Words: values of the core as short texts a page shows."""
