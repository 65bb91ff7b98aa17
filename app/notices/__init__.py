"""What leaves the house: outbox, delivery, access links."""
