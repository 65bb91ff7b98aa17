"""What is typed and uploaded on the pages of a settlement with many claimants, one topic a file."""
