"""Planning many sessions at once: a backlog, or what a closed room or an absent person disturbs. Proposals only."""
