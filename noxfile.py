"""The tests with other versions of what the linter stands on. `nox -l` lists the sessions."""

from __future__ import annotations

import configparser
import re
from collections.abc import Sequence
from pathlib import Path

import nox

HERE = Path(__file__).parent
OLDEST = "oldest"

# A module of tests that imports one of these has to do with the Hub.
OF_THE_HUB = re.compile(
    r"^ *(?:from|import) (?:flake8_hfmodels(?:\.| import )hub|tests\.fakehub|huggingface_hub)\b",
    re.MULTILINE,
)
LEFT_OUT = {
    *("test_audit.py", "test_bench_pin.py", "test_cli.py", "test_documents.py", "test_editor.py"),
    *("test_lock.py", "test_pin.py", "test_pre_commit.py", "test_threats.py", "test_update.py"),
    *("test_gate.py", "test_governing.py", "test_hazards.py", "test_inspect.py"),
    *("test_lookalikes.py", "test_lookalikes_command.py", "test_mirror.py", "test_mirror_parts.py"),
    *("test_mirror_rewriting.py", "test_page_command.py", "test_policy_table.py"),
    *("test_respond.py", "test_respond_machine.py", "test_respond_reports.py", "test_sbom.py"),
    "test_watch.py",
}
"""What is written into files, and the words of the command and of the manuals, are the same with
all versions; pre-commit itself wants newer ones, an editor's server is not there, and what
huggingface_hub 0.23 mirrors (no kernels) it does in words of its own."""

nox.options.sessions = ["hub"]


@nox.session
@nox.parametrize("version", [nox.param(one, id=one) for one in (OLDEST, "0.36", "1", "2")])
def hub(session: nox.Session, version: str) -> None:
    """Test the Hub layer with one huggingface_hub, or with the oldest of all that we need."""
    wanted = _oldest() if version == OLDEST else [f"huggingface_hub=={version}.*"]
    session.install("-e", ".[redis]", "hypothesis", "pytest", "pytest-xdist", "trustme", *wanted)
    session.run("pip", "check", silent=True)
    session.run("pytest", "-q", "-n", "auto", *(session.posargs or _tests_of_the_hub()))


@nox.session
def drivers(session: nox.Session) -> None:
    """Test the shared caches with the drivers that slow every import of requests_cache down."""
    session.install("-e", ".[test]", "boto3", "pymongo")
    session.run("pytest", "-q", *(session.posargs or ["tests/test_store.py"]))


@nox.session(python=["3.10", "3.11", "3.12", "3.13"])
def python(session: nox.Session) -> None:
    """Run all tests with another Python, where it is installed."""
    session.install("-e", ".[test]")
    session.run("pytest", *session.posargs)


def _oldest() -> Sequence[str]:
    """The lower bounds of what setup.cfg needs, as the only versions."""
    setup = configparser.ConfigParser()
    setup.read(HERE / "setup.cfg", encoding="utf-8")
    needed = setup["options"]["install_requires"].splitlines()
    return [one.replace(">=", "==") for one in needed if ">=" in one]


def _tests_of_the_hub() -> Sequence[str]:
    files = sorted((HERE / "tests").glob("test_*.py"))
    return [
        str(file.relative_to(HERE))
        for file in files
        if file.name not in LEFT_OUT and OF_THE_HUB.search(file.read_text("utf-8"))
    ]
