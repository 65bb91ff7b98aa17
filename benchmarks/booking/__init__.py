"""The race of many writers for few rooms and people: `python -m benchmarks.booking`."""
