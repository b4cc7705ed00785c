"""Plain text to ids of repos: addresses, names in prose, pieces of code. Nothing of Python."""
