"""Reading rosters, model settlements and what came of them, one topic a file."""
