"""Regular expressions that are compiled when they are first used.

Compiling one takes up to a millisecond, and there are hundreds: a run needs a few of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["regex"]

if TYPE_CHECKING:
    from re import compile as regex
else:
    import re

    _USED = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "pattern")

    class regex:  # noqa: N801 - it is a function to who calls it
        """What `re.compile` gives, as soon as something is asked of it. Errors come then too."""

        def __init__(self, pattern, flags=0):
            self._source = pattern, flags

        def __getattr__(self, name):
            compiled = re.compile(*self._source)
            for one in (*_USED, name):
                setattr(self, one, getattr(compiled, one))
            return getattr(compiled, name)

        def __reduce__(self):
            return regex, self._source
