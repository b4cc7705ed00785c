"""Fixes in files of keys and values: YAML, JSON, TOML, and files of sections."""

from __future__ import annotations

from flake8_hfmodels.mending.text import mend

__all__ = ["mend"]
