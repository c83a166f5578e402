"""Movement: one format for exercises, tests and strides. Empty until the body model is built."""
