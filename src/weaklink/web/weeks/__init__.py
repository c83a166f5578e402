"""Weeks: today, the session, the diary, the progress, the way back to running."""
