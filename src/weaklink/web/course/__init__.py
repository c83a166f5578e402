"""Course: a runner in training, read once: plan, diary, where both lead, what today allows."""
