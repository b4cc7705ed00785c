"""Manuals: Markdown, reStructuredText and HTML, with the code that they show."""
