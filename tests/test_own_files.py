"""What is written for us names models, and loads none of them."""

from __future__ import annotations

import pytest

from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.sources import reading
from flake8_hfmodels.sources.placed import split_lines, whole_file
from flake8_hfmodels.sources.source import TextSource

OURS = """\
[tool.hfmodels]
endpoint = "https://huggingface.co/nina/bert"
[tool.hfmodels.policies]
"nina/bert" = "any"
"""
BASELINE = """\
{
  "version": 1,
  "fingerprints": "v1",
  "persona": "regular",
  "findings": [
    {"code": "HFM001", "about": "AutoModel.from_pretrained() loads 'nina/bert'"}
  ]
}
"""


def lines_of(kind: KindName, text: str) -> list[int]:
    name = "pyproject.toml" if kind == "toml" else "example.json"
    source = TextSource(name, kind, whole_file(text), split_lines(text))
    return [reference.span.line for reference in reading.references(source, everything=True)]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        pytest.param("toml", OURS, [], id="table"),
        pytest.param(
            "toml", f'{OURS}[tool.mine]\nmodel = "nina/bert"\n', [6], id="table-of-another"
        ),
        pytest.param("toml", f'{OURS}[hfmodels]\nmodel = "nina/bert"\n', [6], id="table-elsewhere"),
        pytest.param("toml", 'tool = "nina/bert"\n', [1], id="no-table"),
        pytest.param("toml", '[tool]\nhfmodel = "nina/bert"\n', [2], id="tool-without-ours"),
        pytest.param("json", BASELINE, [], id="baseline"),
        pytest.param("json", BASELINE.replace("version", "model"), [6], id="no-baseline"),
        pytest.param("json", '["nina/bert"]', [1], id="list"),
    ],
)
def test_own_files(kind: KindName, text: str, expected: list[int]) -> None:
    assert lines_of(kind, text) == expected
