"""The calendar: the day by room and everybody's own list, with what the viewer may not read left out."""
