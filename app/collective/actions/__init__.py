"""The acts of a settlement with many claimants, one topic a file."""
