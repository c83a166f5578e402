"""Settings: what a runner likes, all their data, and erasing them."""
