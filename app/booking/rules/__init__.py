"""What may be booked, and when: one bit a quarter hour for every room, person and party. Pure.

`words` names things, `grid` counts quarter hours, `need` says what a session asks for and which plans are none,
`masks` holds who is free, `matching` fills seats, `search` finds places, `explaining` says why one cannot be had.
Query, write path and explanation read the same masks, so that a place that is offered is a place that can be had.
"""
