"""The pages: one file for each, server-rendered. The table of all addresses stands in `routes`."""
