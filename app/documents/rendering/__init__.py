"""From facts to bytes: templates, fonts, marks and the worker that lays a paper out."""
