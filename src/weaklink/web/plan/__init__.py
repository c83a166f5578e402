"""Plan: the week, the moves, the exercises, on the page, on paper and handed on."""
