"""A repo at one commit as a folder: which commit, which files, and whether they are right."""
