"""The settings of each file: the defaults, what its project sets, what was said for this run."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from flake8_hfmodels.configuration import Configuration, configuration_for, read_configuration
from flake8_hfmodels.options import OPTIONS
from flake8_hfmodels.settings import Settings


class Configured:
    """Gives the settings of each file that a run looks at.

    `given` is what was said for this run: fields of `Settings`, which win over everything.
    `file` names a configuration for all files; without it that of their project counts, if it is
    `wanted`. `longest`, if it is not 0, bounds the seconds of waiting for the Hub, unless they are
    among what is given.
    """

    def __init__(
        self,
        given: Mapping[str, Any],
        file: str = "",
        wanted: bool = True,
        longest: float = 0.0,
    ) -> None:
        self.given = given
        self._chosen = read_configuration(file) if file else None
        self._wanted = wanted
        self._longest = longest
        self._made: dict[tuple[tuple[str, Any], ...], Settings] = {}
        self._known: dict[str, Settings] = {}

    def __call__(self, path: str) -> Settings:
        """The settings of one file. Raises `ConfigurationError`."""
        if path not in self._known:
            self._known[path] = self._settings(path)
        return self._known[path]

    def shown(self, path: str) -> Iterator[tuple[str, Any, str]]:
        """Each setting of a file: its name, its value, and who set it (empty: nobody)."""
        configuration = self._configuration(path)
        settings = self(path)
        theirs = self._set(configuration, path)
        for option in OPTIONS:
            by = ""
            if option.field in self.given:
                by = f"--{option.name}"
            elif option.field in theirs and configuration is not None:
                by = configuration.path
            yield option.name, getattr(settings, option.field), by

    def _settings(self, path: str) -> Settings:
        theirs = self._set(self._configuration(path), path)
        values = {**theirs, **self.given}
        # What is asked for with a token may be private, and this store could be anybody's.
        store = theirs.get("cache_url", "")
        if "://" in store and not store.startswith("file:") and "cache_url" not in self.given:
            values["anonymous"] = True
        key = tuple(sorted(values.items()))
        if key not in self._made:
            self._made[key] = Settings(**values)
        return self._made[key]

    def _configuration(self, path: str) -> Configuration | None:
        if self._chosen is not None:
            return self._chosen
        return configuration_for(path) if self._wanted else None

    def _set(self, configuration: Configuration | None, path: str) -> Mapping[str, Any]:
        """What a project sets for a file, as far as it may."""
        values = {} if configuration is None else dict(configuration.values_for(path))
        if os.environ.get("HF_ENDPOINT"):
            values.pop("endpoint", None)  # this machine's own mirror
        if self._longest:
            values["deadline"] = min(values.get("deadline", self._longest), self._longest)
        return values
