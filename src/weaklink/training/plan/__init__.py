"""Plan: from what may be given to weeks of sessions, by two planners; the document everybody reads."""
