"""Figures: the files a moving body is made from, and the runner's own step for the solver in the page."""
