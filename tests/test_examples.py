"""The application in examples/ holds an instance of every rule, and clean forms beside them."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

import pytest

from flake8_hfmodels.check import Beside, Checked, conclude
from flake8_hfmodels.cli.reading import Reading
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.hub.client import Client, Limits
from flake8_hfmodels.hub.identity import identity
from flake8_hfmodels.hub.lookup import Hub
from flake8_hfmodels.hub.publishers import publishers
from flake8_hfmodels.hub.remote_code import codes as codes_of
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Known
from flake8_hfmodels.referring import Referring
from flake8_hfmodels.repo_id import is_commit_hash
from flake8_hfmodels.rules import OFF, chosen, codes
from flake8_hfmodels.settings import Settings
from tests.fakehub import FakeHub, small_world

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    reading = Reading([str(EXAMPLES)], "", lambda _path: Settings())
    referring = [_by_its_name(one) for one in reading.referring()]
    policy = Configured({})(str(EXAMPLES / "clinic_letters" / "service" / "app.py")).policy
    with FakeHub(small_world()) as fake:
        client = Client(identity(fake.url, None), Limits(), tmp_path_factory.mktemp("cache"))
        hub = Hub(client, 30.0)
        beside = Beside(
            policy=policy,
            publishers=partial(publishers, hub),
            codes=lambda wanted: codes_of(hub, wanted, time.monotonic() + 30.0),
        )
        found = conclude(referring, hub, chosen(["HFM"], []), beside=beside)
        client.close()
    return found


def _by_its_name(one: Referring) -> Referring:
    name = Path(one.path).name
    return replace(one, path=name, references=[replace(of, path=name) for of in one.references])


def test_every_rule_has_an_instance(checked: Checked) -> None:
    by_more_than_files = {"HFM008", "HFM015"}  # the history of a repo, and a lock
    expected = set(codes()) - by_more_than_files - OFF
    assert {finding.code for finding in checked.findings} == expected


def test_findings(checked: Checked) -> None:
    found = [(one.path, one.span.line, one.code, one.repo_id) for one in checked.findings]
    assert sorted(found, key=lambda one: one[:3]) == [
        ("Dockerfile", 11, "HFM001", "cross-encoder/ms-marco-MiniLM-L6-v2"),
        ("caption.ts", 4, "HFM001", "nina-vogel/lung-nodules"),
        ("caption.ts", 4, "HFM005", "nina-vogel/lung-nodules"),
        ("compose.yaml", 5, "HFM001", "microsoft/Phi-3-mini-4k-instruct"),
        ("compose.yaml", 5, "HFM003", "microsoft/Phi-3-mini-4k-instruct"),
        ("config.yaml", 5, "HFM001", "stanfordnlp/imdb"),
        ("embed.py", 17, "HFM900", None),
        ("embed.py", 19, "HFM001", "cross-encoder/ms-marco-MiniLM-L6-v2"),
        ("figures.py", 11, "HFM001", "facebook/detr-resnet-50-panoptic"),
        ("figures.py", 11, "HFM002", "facebook/detr-resnet-50-panoptic"),
        ("figures.py", 16, "HFM001", "dentalai/toothfairy"),
        ("figures.py", 16, "HFM004", "dentalai/toothfairy"),
        ("figures.py", 21, "HFM001", "dentalai-labs/segmenter"),
        ("figures.py", 21, "HFM004", "dentalai-labs/segmenter"),
        ("first_look.ipynb", 31, "HFM001", "facebook/detr-resnet-50-panoptic"),
        ("first_look.ipynb", 31, "HFM002", "facebook/detr-resnet-50-panoptic"),
        ("first_look.ipynb", 41, "HFM004", "dentalai/toothfairy"),
        ("generate.py", 15, "HFM001", "microsoft/Phi-3-mini-4k-instruct"),
        ("generate.py", 15, "HFM003", "microsoft/Phi-3-mini-4k-instruct"),
        ("summaries.py", 8, "HFM001", "mistraIai/Mistral-7B-Instruct-v0.3"),
        ("summaries.py", 8, "HFM004", "mistraIai/Mistral-7B-Instruct-v0.3"),
        ("summaries.py", 8, "HFM009", "mistraIai/Mistral-7B-Instruct-v0.3"),
        ("summaries.py", 13, "HFM003", "mallory/fast-loader"),
        ("summaries.py", 13, "HFM012", "mallory/fast-loader"),
        ("summaries.py", 13, "HFM012", "mallory/fast-loader"),
        ("summaries.py", 13, "HFM013", "mallory/fast-loader"),
        ("train.py", 19, "HFM001", "stanfordnlp/imdb"),
        ("train.py", 34, "HFM001", "evaluate-metric/accuracy"),
        ("translate.py", 8, "HFM001", "nina-vogel/lung-nodules"),
        ("translate.py", 8, "HFM005", "nina-vogel/lung-nodules"),
        ("translate.py", 13, "HFM001", "acme/retired-model"),
        ("translate.py", 13, "HFM006", "acme/retired-model"),
        ("translate.py", 18, "HFM007", "acme/translator"),
        ("translate.py", 25, "HFM002", "mcpotato/42-eicar-street"),
        ("translate.py", 25, "HFM010", "mcpotato/42-eicar-street"),
        ("translate.py", 32, "HFM003", "acme/encoder"),
        ("translate.py", 32, "HFM011", "acme/encoder"),
    ]


def test_pinned_and_local_forms_are_clean(checked: Checked) -> None:
    pinned = [
        reference.call
        for reference in checked.references
        if isinstance(reference.revision, Known)
        and all(is_commit_hash(str(one.value)) for one in reference.revision.values)
    ]
    local = [reference.call for reference in checked.references if reference.local is not None]
    assert (len(pinned), len(local)) == (12, 4)


def test_ignored_with_a_reason(checked: Checked) -> None:
    assert [(one.finding.path, one.finding.code) for one in checked.suppressed] == [
        ("first_look.ipynb", "HFM001"),
        ("generate.py", "HFM001"),
    ]
