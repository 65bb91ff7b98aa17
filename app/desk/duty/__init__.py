"""The month planner, everybody's own duty, swaps and covers: booking changes the roster, notices tell of it."""
