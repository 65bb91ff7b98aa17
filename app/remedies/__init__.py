"""What may follow a decision: review 复查, recheck 复核 and administrative reconsideration 行政复议."""
