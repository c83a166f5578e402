"""The siege: everything hostile and every bad day at once against a real weaklink, as one command."""
