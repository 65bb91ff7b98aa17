"""From the HTML of a paper to a Word file that people may go on working with."""
