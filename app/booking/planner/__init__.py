"""Plans a backlog of sessions, plans it again after a disturbance, and says why a place cannot be had. Pure.

`grid` counts time, `instance` holds what is asked, `files` reads and writes it, `problem` prepares it for searching,
`board` knows who is taken, `seating` and `places` find places, `explaining` and `questions` tell why there are none,
`cost` weighs plans, `ceiling` bounds them, `construction`, `ruin` and `repair` make them. When to stop is handed in.
"""
