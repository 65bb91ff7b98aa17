"""Settlement with many claimants: the roster, the model settlement, the batch of agreements and the day of signing."""
