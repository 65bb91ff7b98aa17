"""What every request shares: transaction, refusals, headers, forms, paging, filters."""
