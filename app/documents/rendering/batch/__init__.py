"""Many papers of one structure: laid out once, each paper's values drawn into the places of the first one's values.

`frame` says what two papers of one structure have in common, `structures` draws one, `layouts` and `lines` know
WeasyPrint's inside, `outlines`, `fonts` and `files` write the PDF, `dealing` hands the papers to the processes.
"""
