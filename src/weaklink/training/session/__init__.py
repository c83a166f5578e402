"""Session: one day as data, with everything that may happen in it decided beforehand."""
