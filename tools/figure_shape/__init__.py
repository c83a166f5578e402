"""How the drawn body is shaped: sections and muscles in, a mesh and its sheets out. Build time only."""
