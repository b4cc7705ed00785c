"""The exit codes that scripts may rely on."""

CLEAN = 0
FINDINGS = 1
USAGE = 2
"""Wrong usage, or a file that could not be checked."""
NOT_ASKED = 3
"""With --strict: the Hub could not be asked something, or did not answer."""
INTERRUPTED = 130
