"""Hearings: petition hearings (信访听证) and reconsideration hearings (行政复议听证), from application to opinion."""
