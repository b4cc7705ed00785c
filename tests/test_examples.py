"""The application in examples/ holds an instance of every rule, and clean forms beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_hfmodels.check import Checked, check
from flake8_hfmodels.hub.client import Client, Limits
from flake8_hfmodels.hub.identity import identity
from flake8_hfmodels.hub.lookup import Hub
from flake8_hfmodels.reference import Known
from flake8_hfmodels.repo_id import is_commit_hash
from flake8_hfmodels.rules import chosen, codes
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource
from tests.fakehub import FakeHub, small_world

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    parsed = (parse(path.stem, path.read_bytes()) for path in sorted(EXAMPLES.rglob("*.py")))
    sources = [source for source in parsed if isinstance(source, PythonSource)]
    with FakeHub(small_world()) as fake:
        client = Client(identity(fake.url, None), Limits(), tmp_path_factory.mktemp("cache"))
        found = check(sources, Hub(client, 30.0), chosen(["HFM"], []))
        client.close()
    return found


def test_every_rule_has_an_instance(checked: Checked) -> None:
    assert {finding.code for finding in checked.findings} == set(codes())


def test_findings(checked: Checked) -> None:
    found = [(one.path, one.span.line, one.code, one.repo_id) for one in checked.findings]
    assert sorted(found) == [
        ("embed", 19, "HFM001", "cross-encoder/ms-marco-MiniLM-L6-v2"),
        ("figures", 11, "HFM001", "facebook/detr-resnet-50-panoptic"),
        ("figures", 11, "HFM002", "facebook/detr-resnet-50-panoptic"),
        ("figures", 16, "HFM001", "dentalai/toothfairy"),
        ("figures", 16, "HFM004", "dentalai/toothfairy"),
        ("figures", 21, "HFM001", "dentalai-labs/segmenter"),
        ("figures", 21, "HFM004", "dentalai-labs/segmenter"),
        ("generate", 15, "HFM001", "microsoft/Phi-3-mini-4k-instruct"),
        ("generate", 15, "HFM003", "microsoft/Phi-3-mini-4k-instruct"),
        ("train", 19, "HFM001", "stanfordnlp/imdb"),
        ("train", 34, "HFM001", "evaluate-metric/accuracy"),
        ("translate", 8, "HFM001", "nina-vogel/lung-nodules"),
        ("translate", 8, "HFM005", "nina-vogel/lung-nodules"),
        ("translate", 13, "HFM001", "acme/retired-model"),
        ("translate", 13, "HFM006", "acme/retired-model"),
        ("translate", 18, "HFM007", "acme/translator"),
        ("translate", 25, "HFM002", "mcpotato/42-eicar-street"),
        ("translate", 25, "HFM010", "mcpotato/42-eicar-street"),
        ("translate", 32, "HFM003", "acme/encoder"),
        ("translate", 32, "HFM011", "acme/encoder"),
    ]


def test_pinned_and_local_forms_are_clean(checked: Checked) -> None:
    pinned = [
        reference.call
        for reference in checked.references
        if isinstance(reference.revision, Known)
        and all(is_commit_hash(str(one.value)) for one in reference.revision.values)
    ]
    local = [reference.call for reference in checked.references if reference.local is not None]
    assert (len(pinned), len(local)) == (8, 4)


def test_ignored_with_a_reason(checked: Checked) -> None:
    assert [(one.path, one.code) for one in checked.suppressed] == [("generate", "HFM001")]
