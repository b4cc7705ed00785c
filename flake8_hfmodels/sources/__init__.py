"""From the text of a file to the references in it: one module a kind of file."""
