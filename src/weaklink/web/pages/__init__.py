"""The pages: one file for each, server-rendered."""
