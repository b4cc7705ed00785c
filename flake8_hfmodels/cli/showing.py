"""A report as somebody wants to see it, and the settings that it was made by."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from flake8_hfmodels.record import replace

if TYPE_CHECKING:
    from flake8_hfmodels.configured import Configured
    from flake8_hfmodels.governing.policy import Policy
    from flake8_hfmodels.report.report import Report


def rendered(report: Report, options: argparse.Namespace) -> str:
    """A report in the format that the command line names."""
    is_list = options.command == "list"
    if options.format == "json":
        from flake8_hfmodels.report import json

        return json.render(report, inventory=is_list)
    if options.format != "text":
        from importlib import import_module

        if not options.show_suppressed:
            # GitHub takes suppressed results for alerts (github/codeql-action issue 1230).
            report = replace(report, suppressed=())
        text: str = import_module(f"flake8_hfmodels.report.{options.format}").render(report)
        return text
    is_clean = not (report.findings or (options.show_suppressed and report.suppressed))
    if is_clean and not is_list:
        from flake8_hfmodels.report.footer import numbers

        return "" if options.quiet else numbers(report.summary) + "\n"
    from flake8_hfmodels.cli.terminal import columns_of, paint_for
    from flake8_hfmodels.report.text import View, render_findings, render_references

    stream = None if options.output else sys.stdout
    paint = paint_for(stream, options.color)
    if is_list:
        return render_references(report, paint)
    view = View(options.quiet, options.statistics, options.show_suppressed, columns_of(stream))
    return render_findings(report, paint, view)


def summed_up(report: Report, options: argparse.Namespace) -> str:
    """What stands in a log while the report stands in a file: how many of what."""
    if options.quiet:
        return ""
    from flake8_hfmodels.report.paint import Paint
    from flake8_hfmodels.report.text import footer

    return f"{footer(report, Paint(colour=False))}\n"


def settings_in(paths: Iterable[str], configured: Configured) -> str:
    """The settings of each path, in the form of pyproject.toml, and who set them.

    Raises `ConfigurationError`.
    """
    return "\n".join("".join(_settings(path, configured)) for path in paths)


def _settings(path: str, configured: Configured) -> Iterator[str]:
    from flake8_hfmodels.report.paint import printable

    yield f"# {printable(path)}\n"
    unset = []
    inside = os.path.join(path, "") if os.path.isdir(path) else path
    for name, value, by in configured.shown(inside):
        if value in ((), "", 0) and not isinstance(value, bool):
            unset.append(name)
            continue
        shown = value / 1_000_000 if name == "max-size" else value
        yield f"{name} = {_toml(shown)}" + (f"  # {printable(by)}\n" if by else "\n")
    yield f"# not set: {', '.join(unset)}\n"
    policy = configured(inside).policy
    if policy is not None:
        yield from _policy(policy)


def _policy(policy: Policy) -> Iterator[str]:
    from flake8_hfmodels.governing.writing import exceptions_of, keys_of
    from flake8_hfmodels.report.paint import printable

    yield f"\n[tool.hfmodels.policy]  # {printable(policy.path)}\n"
    yield from (f"{name} = {_toml(value)}\n" for name, value in keys_of(policy))
    for one in exceptions_of(policy):
        yield "\n[[tool.hfmodels.policy.for]]\n"
        yield from (f"{name} = {_toml(value)}\n" for name, value in one)


def _toml(value: Any) -> str:
    """A setting as TOML writes it."""
    import json

    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        pairs: dict[str, Any] = {}
        for key, one in value:  # all codes of a path count, of the others the last word
            pairs[key] = (*pairs.get(key, ()), *one) if isinstance(one, tuple) else one
        return "{ " + ", ".join(f"{_toml(k)} = {_toml(v)}" for k, v in pairs.items()) + " }"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, (tuple, list)):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    if isinstance(value, (int, float)):
        return str(value).removesuffix(".0")
    text = json.dumps(str(getattr(value, "value", value)), ensure_ascii=False)
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in text)
