"""Result: the ranking with its reasons, the tests that sharpen it, the evidence behind it."""
