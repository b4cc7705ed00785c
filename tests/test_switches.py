"""Switches that let code run: each way to turn one on is seen, and nothing else."""

from __future__ import annotations

import re

import pytest

from flake8_hfmodels.loaders.switches import SETTINGS, VARIABLES, Switch
from flake8_hfmodels.reference import ABSENT, Known, Reference, Span, Written
from flake8_hfmodels.sources.python.survey import survey
from flake8_hfmodels.sources.python.switches import switch_references
from flake8_hfmodels.sources.python.values import Evaluator
from tests.reading import source_of

NAME = "HF_DATASETS_TRUST_REMOTE_CODE"
HEAD = "import os, subprocess\n"


def references(text: str) -> list[Reference]:
    source = source_of(text.encode())
    evaluator = Evaluator(survey(source.tree, source.lines, source.path))
    return list(switch_references(evaluator.survey, evaluator))


def calls(text: str) -> list[str]:
    return [one.call for one in references(HEAD + text)]


@pytest.mark.parametrize(
    "text",
    [
        f"os.environ['{NAME}'] = '1'",
        f"os.environ[NAME] = '1'\nNAME = '{NAME}'",
        f"from os import environ\nenviron['{NAME}'] = '1'",
        f"os.environ.setdefault('{NAME}', '1')",
        f"os.environ.update({{'{NAME}': '1'}})",
        f"os.environ.update({NAME}='1', OTHER='1')",
        f"os.environ.update(dict({NAME}='1'))",
        f"os.putenv('{NAME}', '1')",
        f"def test(monkeypatch):\n    monkeypatch.setenv('{NAME}', '1')",
        f"subprocess.run(['x'], env={{**os.environ, '{NAME}': '1'}})",
        f"env = {{'{NAME}': '1'}}\nsubprocess.run(['x'], env=env)",
        f"env = os.environ.copy()\nON = '1'\nos.environ['{NAME}'] = ON",
    ],
)
def test_variable_is_turned_on(text: str) -> None:
    assert calls(text) == [f"{NAME}=1"]


@pytest.mark.parametrize(
    "text",
    [
        f"import datasets\ndatasets.config.{NAME} = True",
        f"from datasets import config\nconfig.{NAME} = True",
        f"import datasets.config as c\nc.{NAME} = True",
    ],
)
def test_setting_is_turned_on(text: str) -> None:
    assert calls(text) == [f"datasets.config.{NAME}=True"]


@pytest.mark.parametrize("value", ["1", "true", "True", "yes", "ON", "y"])
def test_text_means_yes(value: str) -> None:
    assert calls(f"os.environ['{NAME}'] = '{value}'") == [f"{NAME}={value}"]


@pytest.mark.parametrize("switch", VARIABLES, ids=lambda switch: switch.name)
def test_every_variable_is_known(switch: Switch) -> None:
    (reference,) = references(f"import os\nos.environ['{switch.name}'] = '1'")
    assert (reference.loader.name, reference.loader.package) == (switch.name, switch.package)


@pytest.mark.parametrize(
    "text",
    [
        f"os.environ['{NAME}'] = '0'",
        f"os.environ['{NAME}'] = 'false'",
        f"os.environ['{NAME}'] = flag",
        f"os.environ['{NAME}'] = ''",
        "os.environ['TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD'] = '1'",
        "os.environ[name] = '1'",
        f"other['{NAME}'] = '1'",
        f"f()['{NAME}'] = '1'",
        f"other.setdefault('{NAME}', '1')",
        f"other.update({NAME}='1')",
        "os.environ.update(names)",
        "os.environ.update(**names)",
        f"print('{NAME}', '1')",
        f"os.getenv('{NAME}', '1')",
        f"subprocess.run(['x'], env={{'{NAME}': '0'}})",
        "subprocess.run(['x'], env=os.environ)",
        f"import other\nother.config.{NAME} = True",
        f"config.{NAME} = True",
        f"import datasets\ndatasets.config.{NAME} = False",
        "x.y = True",
    ],
)
def test_nothing_is_turned_on(text: str) -> None:
    assert calls(text) == []


def test_reference_is_whole() -> None:
    (reference,) = references(f"import os\nos.environ['{NAME}'] = '1'")
    assert reference.kind == "config"
    assert reference.span == Span(2, 1, 2, 44)
    assert (reference.repo_id, reference.revision) == (ABSENT, ABSENT)
    assert reference.trust_remote_code == Known((Written(True, Span(2, 47, 2, 50)),))


@pytest.mark.parametrize("switch", [*VARIABLES, *SETTINGS], ids=lambda switch: switch.name)
def test_row_says_what_was_read(switch: Switch) -> None:
    assert re.fullmatch(r"[\w-]+ \S+ \S+\.py:\d+", switch.source)
    assert re.fullmatch(r"[a-z].*[^.]", switch.runs)
