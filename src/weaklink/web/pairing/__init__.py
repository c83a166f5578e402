"""Pairing: a device on the home network becomes one of ours by a code that is good once."""
