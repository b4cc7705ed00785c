"""Where the documentation is."""

from __future__ import annotations

DOCUMENTATION = "https://flake8-hfmodels.readthedocs.io/en/stable"
"""The same as in setup.cfg, whose metadata would take a millisecond to read; a test compares."""


def help_uri(code: str) -> str:
    """The address of a rule's page: `docs/rules/CODE.md`, as it is published."""
    return f"{DOCUMENTATION}/rules/{code}/"
