"""Fixes in YAML, JSON, TOML, and files of sections."""

from __future__ import annotations

import sys

import pytest
import yaml

from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.mending.text_words import yaml_text
from tests.test_mending_text import OTHER, SHA, done, findings_in, fixed, refusals


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "model_name_or_path: ac/opt-1b\nx: 1\n",
            "model_name_or_path: ac/opt-1b\nmodel_revision: @  # main\nx: 1\n",
            id="new-key",
        ),
        pytest.param(
            "model_name_or_path: ac/opt-1b",
            "model_name_or_path: ac/opt-1b\nmodel_revision: @  # main",
            id="no-line-end",
        ),
        pytest.param(
            "model_name_or_path: ac/opt-1b\r\nx: 1\r\n",
            "model_name_or_path: ac/opt-1b\r\nmodel_revision: @  # main\r\nx: 1\r\n",
            id="carriage-returns",
        ),
        pytest.param(
            "model_name_or_path: 'ac/opt-1b' # the base\n",
            "model_name_or_path: 'ac/opt-1b' # the base\nmodel_revision: '@'  # main\n",
            id="comment",
        ),
        pytest.param(
            "model_name_or_path:\tac/opt-1b\n",
            "model_name_or_path:\tac/opt-1b\nmodel_revision:\t@  # main\n",
            id="tab",
        ),
        pytest.param(
            "- repo_id: ac/opt-1b\n  x: 1\n- x: 2\n",
            "- repo_id: ac/opt-1b\n  revision: @  # main\n  x: 1\n- x: 2\n",
            id="item",
        ),
        pytest.param(
            "- - repo_id: ac/opt-1b\n",
            "- - repo_id: ac/opt-1b\n    revision: @  # main\n",
            id="item-of-an-item",
        ),
        pytest.param(
            "x: {repo_id: ac/opt-1b}\n",
            "x: {repo_id: ac/opt-1b, revision: @}  # main\n",
            id="flow",
        ),
        pytest.param(
            'x: {y: 1,repo_id: "ac/opt-1b",z: "1"}\n',
            'x: {y: 1,repo_id: "ac/opt-1b",revision: "@",z: "1"}  # main\n',
            id="tight-flow",
        ),
        pytest.param(
            "x: {\n  repo_id: ac/opt-1b,\n  y: 1\n}\n",
            "x: {\n  repo_id: ac/opt-1b,\n  revision: @,  # main\n  y: 1\n}\n",
            id="flow-of-lines",
        ),
        pytest.param(
            'x: {repo_id: ac/opt-1b, y: "1\n  2"}\n',
            'x: {repo_id: ac/opt-1b, revision: @, y: "1\n  2"}\n',
            id="flow-with-open-quotes",
        ),
        pytest.param(
            "repo_id: >-\n  ac/opt-1b\nx: 1\n",
            "repo_id: >-\n  ac/opt-1b\nrevision: @  # main\nx: 1\n",
            id="folded",
        ),
        pytest.param(
            "repo_id: &id ac/opt-1b\n",
            "repo_id: &id ac/opt-1b\nrevision: @  # main\n",
            id="anchor",
        ),
        pytest.param(
            "x: &x\n  repo_id: ac/opt-1b\ny: *x\n",
            "x: &x\n  repo_id: ac/opt-1b\n  revision: @  # main\ny: *x\n",
            id="alias",
        ),
        pytest.param(
            "repo_id: ac/opt-1b\n---\nrepo_id: ze/opt-1b\n",
            "repo_id: ac/opt-1b\nrevision: @  # main\n---\nrepo_id: ze/opt-1b\n"
            "revision: %  # main\n",
            id="documents",
        ),
        pytest.param(
            "repo_id: ac/opt-1b\nrevision: main # moves\n",
            "repo_id: ac/opt-1b\nrevision: @ # moves  # main\n",
            id="value",
        ),
        pytest.param(
            'repo_id: ac/opt-1b\nrevision: "v1"\n',
            'repo_id: ac/opt-1b\nrevision: "@"  # v1\n',
            id="quoted",
        ),
        pytest.param(
            "repo_id: ac/opt-1b\nrevision: |-\n  v1\n",
            "repo_id: ac/opt-1b\nrevision: |-\n  @\n",
            id="block",
        ),
        pytest.param(
            "repo_id: ac/opt-1b\nrevision: null\n",
            "repo_id: ac/opt-1b\nrevision: @  # main\n",
            id="null",
        ),
        pytest.param(
            "repo_id: ac/opt-1b\nrevision:\n",
            "repo_id: ac/opt-1b\nrevision: @  # main\n",
            id="nothing",
        ),
        pytest.param(
            'repo_id: ac/opt-1b\nrevision: ""\n',
            'repo_id: ac/opt-1b\nrevision: "@"  # main\n',
            id="no-text",
        ),
        pytest.param(
            "modelNameOrPath: ac/opt-1b\nmaxLen: 1\n",
            "modelNameOrPath: ac/opt-1b\nmodelRevision: @  # main\nmaxLen: 1\n",
            id="camel",
        ),
        pytest.param(
            "model-name-or-path: ac/opt-1b\n",
            "model-name-or-path: ac/opt-1b\nmodel-revision: @  # main\n",
            id="hyphens",
        ),
        pytest.param(
            "model_name_or_path: ac/opt-1b\ntokenizer_name_or_path: ac/opt-1b\n"
            "model_revision: main\n",
            "model_name_or_path: ac/opt-1b\ntokenizer_name_or_path: ac/opt-1b\n"
            "model_revision: @  # main\n",
            id="the-same-name-twice",
        ),
        pytest.param(
            "run: hf download ac/opt-1b\n",
            "run: hf download ac/opt-1b --revision @  # main\n",
            id="run",
        ),
        pytest.param(
            "run: |\n  hf download ac/opt-1b\n  ls\n",
            "run: |\n  hf download ac/opt-1b --revision @  # main\n  ls\n",
            id="run-lines",
        ),
        pytest.param(
            "run: >\n  hf download ac/opt-1b\n  ls\n",
            "run: >\n  hf download ac/opt-1b --revision @\n  ls\n",
            id="run-folded",
        ),
        pytest.param(
            "run: |\n  hf download ac/opt-1b \\\n    --quiet\n",
            "run: |\n  hf download ac/opt-1b --revision @ \\\n    --quiet\n",
            id="run-goes-on",
        ),
        pytest.param(
            "image: vllm/vllm-openai\ncommand:\n  - --model\n  - ac/opt-1b\n  - --port\n  - '1'\n",
            "image: vllm/vllm-openai\ncommand:\n  - --model\n  - ac/opt-1b\n"
            "  - --revision\n  - @  # main\n"
            "  - --port\n  - '1'\n",
            id="words",
        ),
        pytest.param(
            "image: vllm/vllm-openai\nargs: [--model, ac/opt-1b]\n",
            "image: vllm/vllm-openai\nargs: [--model, ac/opt-1b, --revision, @]  # main\n",
            id="flow-words",
        ),
        pytest.param(
            'image: vllm/vllm-openai\ncommand: ["--model=ac/opt-1b"]\n',
            'image: vllm/vllm-openai\ncommand: ["--model=ac/opt-1b", "--revision", "@"]  # main\n',
            id="quoted-words",
        ),
        pytest.param(
            "x: https://huggingface.co/ac/opt-1b/resolve/main/y.bin\n",
            "x: https://huggingface.co/ac/opt-1b/resolve/@/y.bin  # main\n",
            id="address",
        ),
        pytest.param(
            "model_args: pretrained=ac/opt-1b,dtype=auto\n",
            "model_args: pretrained=ac/opt-1b,revision=@,dtype=auto  # main\n",
            id="arguments",
        ),
        pytest.param(
            "task: x\ndataset_path: acme/x\n",
            "task: x\ndataset_path: acme/x\ndataset_kwargs:\n  revision: @  # main\n",
            id="new-options",
        ),
        pytest.param(
            "task: x\ndataset_path: acme/x\ndataset_kwargs:\n  y: 1\n",
            "task: x\ndataset_path: acme/x\ndataset_kwargs:\n  y: 1\n  revision: @  # main\n",
            id="options",
        ),
        pytest.param(
            "task: x\ndataset_path: acme/x\ndataset_kwargs:\n  y: {z: 1}\n  w: 1\n",
            "task: x\ndataset_path: acme/x\ndataset_kwargs:\n  y: {z: 1}\n  w: 1\n"
            "  revision: @  # main\n",
            id="options-of-options",
        ),
        pytest.param(
            "{task: x, dataset_path: acme/x}\n",
            "{task: x, dataset_path: acme/x, dataset_kwargs: {revision: @}}  # main\n",
            id="new-flow-options",
        ),
        pytest.param(
            "merge_method: linear\nbase_model: ac/opt-1b\n",
            "merge_method: linear\nbase_model: ac/opt-1b@@  # main\n",
            id="behind-the-name",
        ),
        pytest.param(
            "merge_method: linear\nbase_model: ac/opt-1b@v1\n",
            "merge_method: linear\nbase_model: ac/opt-1b@@  # v1\n",
            id="value-behind-the-name",
        ),
        pytest.param(
            "storageUri: hf://ac/opt-1b\n",
            "storageUri: hf://ac/opt-1b:@  # main\n",
            id="behind-a-colon",
        ),
        pytest.param(
            "MODEL_NAME_OR_PATH: ac/opt-1b\n",
            "MODEL_NAME_OR_PATH: ac/opt-1b\nMODEL_REVISION: @  # main\n",
            id="capitals",
        ),
    ],
)
def test_yaml(before: str, after: str) -> None:
    assert fixed("yaml", before, "x.yaml") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            '{\n  "repo_id": "ac/opt-1b",\n  "x": 1\n}\n',
            '{\n  "repo_id": "ac/opt-1b",\n  "revision": "@",\n  "x": 1\n}\n',
            id="lines",
        ),
        pytest.param(
            '{\n\t"x": 1,\n\t"repo_id": "ac/opt-1b"\n}\n',
            '{\n\t"x": 1,\n\t"repo_id": "ac/opt-1b",\n\t"revision": "@"\n}\n',
            id="last",
        ),
        pytest.param(
            '{"repo_id": "ac/opt-1b"}',
            '{"repo_id": "ac/opt-1b", "revision": "@"}',
            id="one-line",
        ),
        pytest.param(
            '{"x":1,"repo_id":"ac/opt-1b"}',
            '{"x":1,"repo_id":"ac/opt-1b","revision":"@"}',
            id="tight",
        ),
        pytest.param(
            '{"repo_id":"ac/opt-1b","x":1}',
            '{"repo_id":"ac/opt-1b","revision":"@","x":1}',
            id="tight-first",
        ),
        pytest.param(
            '{"repo_id": "ac/opt-1b", "revision": null}',
            '{"repo_id": "ac/opt-1b", "revision": "@"}',
            id="null",
        ),
        pytest.param(
            '{"repo_id": "ac/opt-1b", "revision": "main"}',
            '{"repo_id": "ac/opt-1b", "revision": "@"}',
            id="value",
        ),
        pytest.param(
            '{"repo_id": "ac\\/opt-1b"}',
            '{"repo_id": "ac\\/opt-1b", "revision": "@"}',
            id="escape",
        ),
        pytest.param(
            "{repo_id: 'ac/opt-1b', revision: ''}",
            "{repo_id: 'ac/opt-1b', revision: '@'}",
            id="json5",
        ),
    ],
)
def test_json(before: str, after: str) -> None:
    assert fixed("json", before, "x.json") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            '[x]\nrepo_id = "ac/opt-1b"\ny = 1\n',
            '[x]\nrepo_id = "ac/opt-1b"\nrevision = "@"  # main\ny = 1\n',
            id="table",
        ),
        pytest.param(
            'x = { repo_id = "ac/opt-1b" }\n',
            'x = { repo_id = "ac/opt-1b", revision = "@" }  # main\n',
            id="inline-table",
        ),
        pytest.param(
            "[[x]]\nrepo_id='ac/opt-1b'\n[[x]]\nrepo_id = 'ze/opt-1b'\n",
            "[[x]]\nrepo_id='ac/opt-1b'\nrevision='@'  # main\n"
            "[[x]]\nrepo_id = 'ze/opt-1b'\nrevision = '%'  # main\n",
            id="tables",
        ),
        pytest.param(
            'x.repo_id = "ac/opt-1b"\n',
            'x.repo_id = "ac/opt-1b"\nx.revision = "@"  # main\n',
            id="dots",
        ),
        pytest.param(
            '[x]\nrepo_id = "ac/opt-1b"\nrevision = "main" # moves\n',
            '[x]\nrepo_id = "ac/opt-1b"\nrevision = "@" # moves  # main\n',
            id="value",
        ),
        pytest.param(
            'task = "x"\ndataset_path = "acme/x"\n',
            'task = "x"\ndataset_path = "acme/x"\ndataset_kwargs.revision = "@"  # main\n',
            id="new-options",
        ),
    ],
)
def test_toml(before: str, after: str) -> None:
    assert fixed("toml", before, "x.toml") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "[x]\nrepo_id = ac/opt-1b\n",
            "[x]\nrepo_id = ac/opt-1b\nrevision = @\n",
            id="plain",
        ),
        pytest.param(
            '[x]\nrepo_id="ac/opt-1b"\n',
            '[x]\nrepo_id="ac/opt-1b"\nrevision="@"\n',
            id="quoted",
        ),
        pytest.param(
            "[x]\nrepo_id = ac/opt-1b\nrevision = main\n",
            "[x]\nrepo_id = ac/opt-1b\nrevision = @\n",
            id="value",
        ),
    ],
)
def test_ini(before: str, after: str) -> None:
    assert fixed("ini", before, "x.cfg") == after


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        pytest.param(
            "yaml",
            "hf_models:\n  - ac/opt-1b\n",
            "it is an item of a list, where no revision has a place",
            id="item",
        ),
        pytest.param(
            "yaml",
            "model_name_or_path: ac/opt-1b\nmodel_revision: [main]\n",
            "there is no place for a revision here",
            id="no-text",
        ),
        pytest.param(
            "yaml",
            "- &x repo_id: ac/opt-1b\n",
            "there is no place for a revision here",
            id="anchor-before-the-key",
        ),
        pytest.param(
            "yaml",
            "task: x\ndataset_path: acme/x\ndataset_kwargs: {}\n",
            "there is no place for a revision here",
            id="no-options",
        ),
        pytest.param(
            "yaml",
            "repo_id: ac/opt-1b\nrevision: |\n\n",
            "there is no place for a revision here",
            id="empty-block",
        ),
        pytest.param(
            "ini",
            "[x]\nrepo_id = ac/opt-1b\nrevision =\n",
            "there is no place for a revision here",
            id="nothing",
        ),
    ],
)
def test_refusals(kind: KindName, text: str, why: str) -> None:
    assert refusals(kind, text, f"x.{kind}") == [why]


def test_names_that_share_a_revision_are_left_alone() -> None:
    text = (
        "model_name_or_path: ac/opt-1b\ntokenizer_name_or_path: ze/opt-1b\nmodel_revision: main\n"
    )
    assert refusals("yaml", text) == ["several names share one revision here"] * 2


def test_a_merged_mapping_gets_a_revision_of_its_own() -> None:
    before = "x: &x\n  repo_id: ac/opt-1b\nz:\n  <<: *x\n  repo_id: ze/opt-1b\n"
    after = (
        "x: &x\n  repo_id: ac/opt-1b\n  revision: @  # main\n"
        "z:\n  <<: *x\n  repo_id: ze/opt-1b\n  revision: %  # main\n"
    )
    assert fixed("yaml", before) == after


def test_a_merged_mapping_keeps_its_own_model() -> None:
    text = "x: &x\n  repo_id: ac/opt-1b\nz:\n  <<: *x\n  repo_id: ${M:-ze/opt-1b}\n"
    told = [one.unfixable for one in findings_in("yaml", text)]
    assert told == [
        "it would change what else the file loads",
        "another name can be passed instead",
    ]


def test_yaml_says_nothing_else() -> None:
    before = (
        "x: &x {repo_id: ac/opt-1b, y: [1, two]} # z\nw:\n- *x\n- run: |\n"
        "    hf download ac/opt-1b\n"
    )
    after = fixed("yaml", before).replace("@", SHA).replace("%", OTHER)
    told = yaml.safe_load(after)
    assert told["x"].pop("revision") == SHA
    told["w"][1]["run"] = told["w"][1]["run"].replace(f" --revision {SHA}  # main", "")
    assert told == yaml.safe_load(before)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="tomllib is new in Python 3.11")
def test_toml_says_nothing_else() -> None:
    import tomllib

    before = '[[x]]\nrepo_id = "ac/opt-1b" # y\nz = """\n"""\n[w]\nv = {repo_id = "ze/opt-1b"}\n'
    after = fixed("toml", before).replace("@", SHA).replace("%", OTHER)
    told = tomllib.loads(after)
    assert (told["x"][0].pop("revision"), told["w"]["v"].pop("revision")) == (SHA, OTHER)
    assert told == tomllib.loads(before)


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        pytest.param(
            "yaml",
            "repo_id: ac/opt-1b\ntrust_remote_code: true # why\nx: 1\n",
            "repo_id: ac/opt-1b\nx: 1\n",
            id="line",
        ),
        pytest.param(
            "yaml",
            "repo_id: ac/opt-1b\ntrust_remote_code: true",
            "repo_id: ac/opt-1b\n",
            id="last-line",
        ),
        pytest.param(
            "yaml",
            "x: {trust_remote_code: true, repo_id: ac/opt-1b}\n",
            "x: {repo_id: ac/opt-1b}\n",
            id="flow",
        ),
        pytest.param(
            "json",
            '{\n  "repo_id": "ac/opt-1b",\n  "trust_remote_code": true\n}\n',
            '{\n  "repo_id": "ac/opt-1b"\n}\n',
            id="json",
        ),
        pytest.param(
            "json",
            '{"repo_id": "ac/opt-1b", "trust_remote_code": "true", "x": 1}',
            '{"repo_id": "ac/opt-1b", "x": 1}',
            id="json-text",
        ),
        pytest.param(
            "toml",
            'repo_id = "ac/opt-1b"\ntrust_remote_code = true\n',
            'repo_id = "ac/opt-1b"\n',
            id="toml",
        ),
    ],
)
def test_a_key_is_taken_away(kind: KindName, before: str, after: str) -> None:
    assert done(kind, before, "trust no code") == after


def test_a_commit_that_looks_like_a_number_is_put_in_quotes() -> None:
    assert yaml_text("1" * 40) == '"' + "1" * 40 + '"'


def test_no_fix_is_safe_that_needs_one_that_is_not() -> None:
    text = "model_args: &m\n  pretrained: ac/opt-1b\nz:\n  <<: *m\n  pretrained: ze/opt-1b\n"
    fixes = [one.fix for one in findings_in("yaml", text)]
    assert [fix.is_safe for fix in fixes if fix is not None] == [False, False]
