"""What to write into a file of keys and values."""

from __future__ import annotations

import pytest

from flake8_hfmodels.facts import Found, Repo
from flake8_hfmodels.loaders.row import Param
from flake8_hfmodels.rules.hfm001_unpinned_revision import RULE
from flake8_hfmodels.rules.wording import write_commit
from tests.configs import read_config
from tests.reading import SHA


@pytest.mark.parametrize(
    ("param", "commit", "expected"),
    [
        pytest.param(
            Param(("model_revision", "revision")),
            None,
            "write its full commit hash as model_revision beside it",
            id="not known which",
        ),
        pytest.param(Param(("revision",)), SHA, f"write {SHA!r} as revision beside it", id="known"),
        pytest.param(
            Param(("revision",), within="dataset_kwargs"),
            SHA,
            f"write {SHA!r} as revision in dataset_kwargs",
            id="in a mapping",
        ),
    ],
)
def test_words(param: Param, commit: str | None, expected: str) -> None:
    assert write_commit(param, commit) == expected


def test_the_hash_that_the_hub_says() -> None:
    (found,) = read_config("hf_model: nielsr/it\n")
    answer = Found(Repo("nielsr/it", "621ffdc036468d709f17434d", SHA, ("config.json",)))
    (problem,) = RULE.check(found, lambda _target: answer)
    assert problem.message == (
        f"hf_model names 'nielsr/it' without a revision; write {SHA!r} as revision beside it"
    )
    assert problem.suggested_revision == SHA
