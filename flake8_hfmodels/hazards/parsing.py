"""The syntax tree of a file, or why it has none."""

from __future__ import annotations

import ast
import sys
import warnings

from flake8_hfmodels.facts import Danger


def parsed(path: str, text: str) -> ast.Module | Danger:
    """The syntax tree of a text of Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its author's business
            return ast.parse(text)
    except SyntaxError as error:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return Danger(path, error.lineno or 1, "no-python", f"what Python {version} cannot parse")
    except ValueError:
        return Danger(path, 1, "no-python", "characters that no Python source has")
    except (RecursionError, MemoryError):
        return Danger(path, 1, "no-python", "code that is too deeply nested to be judged")
