"""Settings, library and store joined to a ready house."""
