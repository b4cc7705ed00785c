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

WATCHED = """\
{
  "version": 1,
  "began": "2026-11-01",
  "last": "2026-11-02",
  "told": [],
  "subjects": {"nina/bert": {"next": "", "rounds": 1, "known": {
    "n1na/bert": {"_id": "https://huggingface.co/n1na/bert", "since": ""}}}}
}
"""
BILL = """\
{
  "bomFormat": "CycloneDX",
  "url": "https://huggingface.co/nina/bert"
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
        pytest.param("json", WATCHED, [], id="state-of-a-watch"),
        pytest.param("json", WATCHED.replace("began", "model"), [6, 7], id="no-state"),
        pytest.param("json", BILL, [], id="cyclonedx"),
        pytest.param("json", BILL.replace("bomFormat", "spdxVersion"), [], id="spdx"),
        pytest.param("json", BILL.replace("bomFormat", "form"), [3], id="no-bill"),
        pytest.param("json", f'{{"bill": {BILL}}}', [3], id="bill-in-something-else"),
    ],
)
def test_own_files(kind: KindName, text: str, expected: list[int]) -> None:
    assert lines_of(kind, text) == expected
