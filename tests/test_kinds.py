"""Every kind of file through the command, in real processes: what is told, and where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flake8_hfmodels.loaders.kinds import KINDS
from flake8_hfmodels.sources.recognition import kind_of_name
from tests.doors import Place
from tests.reading import SHA

NOWHERE = "http://127.0.0.1:9"
NOTEBOOK = json.dumps(
    {
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": ["# Notes\n"]},
            {
                "cell_type": "code",
                "execution_count": None,
                "metadata": {},
                "outputs": [
                    {"output_type": "stream", "name": "stdout", "text": ["hf://o/out/x\n"]}
                ],
                "source": [
                    "from transformers import AutoModel\n",
                    'AutoModel.from_pretrained("nina-vogel/scan-bert")\n',
                    'AutoModel.from_pretrained("nina-vogel/other")  # noqa: HFM001\n',
                ],
            },
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    },
    indent=1,
)

FILES = {
    "notes.ipynb": NOTEBOOK,
    "train.yaml": "model_name_or_path: nina-vogel/scan-bert\n",
    "lora/adapter_config.json": '{\n "base_model_name_or_path": "nina-vogel/scan-bert"\n}\n',
    "settings.toml": '[model]\npretrained_model_name_or_path = "nina-vogel/scan-bert"\n',
    "Dockerfile": "FROM python:3.12\nRUN hf download nina-vogel/scan-bert\n",
    "fetch.sh": "#!/bin/sh\nhf download nina-vogel/scan-bert\n",
    "Makefile": "model:\n\thf download nina-vogel/scan-bert\n",
    "justfile": "model:\n    hf download nina-vogel/scan-bert\n",
    ".env": "HF_MODEL_ID=nina-vogel/scan-bert\n",
    "requirements.txt": "https://huggingface.co/nina-vogel/scan-bert/resolve/main/a-1-py3-none-any.whl\n",
    "config.cfg": '[components.transformer.model]\nname = "hf://nina-vogel/scan-bert/x"\n',
    "README.md": "# Use\n\n```sh\nhf download nina-vogel/scan-bert\n```\n",
    "docs.rst": "Use\n===\n\n.. code-block:: sh\n\n   hf download nina-vogel/scan-bert\n",
    "page.html": (
        "<script type='module'>\n"
        "import {pipeline} from '@huggingface/transformers';\n"
        "await pipeline('ner', 'nina-vogel/scan-bert');\n"
        "</script>\n"
    ),
    "app.ts": (
        'import { pipeline } from "@huggingface/transformers";\n'
        'await pipeline("ner", "nina-vogel/scan-bert");\n'
    ),
    "app.py": (
        'from transformers import AutoModel\nAutoModel.from_pretrained("nina-vogel/scan-bert")\n'
    ),
}
TOLD = {
    ".env": 1,
    "Dockerfile": 2,
    "Makefile": 2,
    "README.md": 4,
    "app.py": 2,
    "app.ts": 2,
    "config.cfg": 2,
    "docs.rst": 6,
    "fetch.sh": 2,
    "justfile": 2,
    "lora/adapter_config.json": 2,
    "notes.ipynb": 25,
    "page.html": 3,
    "requirements.txt": 1,
    "settings.toml": 2,
    "train.yaml": 1,
}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A folder with a file of every kind, each of which loads the same repo."""
    place = Place.at(tmp_path / "project", NOWHERE)
    for name, text in FILES.items():
        place.write(name, text)
    return place


def test_a_file_of_every_kind_is_there() -> None:
    assert {kind_of_name(name.rpartition("/")[2]) for name in FILES} == {one.name for one in KINDS}


def test_a_folder_of_all_kinds(place: Place) -> None:
    ran = place.hfmodels("check", "--offline", "--format", "json")
    found = json.loads(ran.out)["findings"]
    assert (ran.code, ran.err) == (1, "")
    assert {(one["path"], one["line"], one["code"], one["repo_id"]) for one in found} == {
        (name, line, "HFM001", "nina-vogel/scan-bert") for name, line in TOLD.items()
    }


def test_files_by_name_as_a_hook_gives_them(place: Place) -> None:
    named = place.hfmodels("check", "--offline", "--format", "json", "--", *FILES)
    folder = place.hfmodels("check", "--offline", "--format", "json")
    assert sorted(named.json_says()) == sorted(folder.json_says())


def test_pinned_files_are_silent(place: Place) -> None:
    place.write("train.yaml", f"model_name_or_path: nina-vogel/scan-bert\nmodel_revision: {SHA}\n")
    place.write("fetch.sh", f"hf download nina-vogel/scan-bert --revision {SHA}\n")
    ran = place.hfmodels("check", "--offline", "train.yaml", "fetch.sh")
    assert (ran.code, ran.out.splitlines()[0].split(";")[0]) == (
        0,
        "2 files, 2 references, 1 repo (0 asked, 0 cached, 1 unanswered)",
    )


def test_cell_of_a_notebook(place: Place) -> None:
    ran = place.hfmodels("check", "--offline", "notes.ipynb")
    assert ran.out.splitlines()[:3] == [
        "notes.ipynb:25:6 (cell 2, line 2): HFM001 unpinned-revision: AutoModel.from_pretrained() "
        "loads 'nina-vogel/scan-bert' without a revision",
        '25 | AutoModel.from_pretrained("nina-vogel/scan-bert")',
        "   | " + "^" * 49,
    ]
    assert "1 suppressed" in ran.out


def test_cell_of_a_notebook_in_json(place: Place) -> None:
    ran = place.hfmodels("check", "--offline", "--format", "json", "notes.ipynb")
    (finding,) = json.loads(ran.out)["findings"]
    assert (finding["line"], finding["cell"], finding["cell_line"]) == (25, 2, 2)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param('{"cells": ["model', "notes.ipynb:", id="half"),
        pytest.param('["model"]', "notes.ipynb:", id="no-notebook"),
    ],
)
def test_broken_notebook_is_one_line(place: Place, text: str, line: str) -> None:
    place.write("notes.ipynb", text)
    ran = place.hfmodels("check", "--offline", "notes.ipynb", "app.py")
    assert (ran.code, len(ran.complaints)) == (2, 1)
    assert ran.complaints[0].startswith(f"hfmodels: {line}")
    assert "app.py:2:1: HFM001" in ran.out


@pytest.mark.parametrize(
    ("options", "names"),
    [
        pytest.param(["--kinds", "yaml,toml"], {"train.yaml", "settings.toml"}, id="kinds"),
        pytest.param(
            ["--include", "*.md,lora"], {"README.md", "lora/adapter_config.json"}, id="in"
        ),
        pytest.param(
            ["--exclude", "*.*", "--kinds", "dockerfile,env"], {"Dockerfile"}, id="exclude"
        ),
        pytest.param(
            ["--per-file-ignores", "*.*:HFM001 *file:HFM00"], set(), id="per-file-ignores"
        ),
    ],
)
def test_choice_of_files(place: Place, options: list[str], names: set[str]) -> None:
    ran = place.hfmodels("check", "--offline", "--format", "json", *options)
    assert {path for path, *_rest in ran.json_says()} == names
    assert ran.code == (1 if names else 0)


def test_json_is_silenced_by_settings(place: Place) -> None:
    name = "lora/adapter_config.json"
    ran = place.hfmodels("check", "--offline", "--per-file-ignores", "*.json:HFM001", name)
    assert (ran.code, "1 suppressed" in ran.out) == (0, True)


def test_files_that_are_passed_over_are_counted(place: Place) -> None:
    folder = place.inside("odd")
    folder.write("data.yaml", b"model: \0o/m")
    folder.write("lib.min.js", "x" * 100)
    folder.write("big.json", "[]" + " " * 1_000_001)
    folder.write("small.json", "[]")
    ran = folder.hfmodels("check", "--offline", "--max-size", "1")
    assert (ran.code, ran.err) == (0, "")
    skipped = "3 skipped: 1 binary, 1 large, 1 minified"
    assert ran.untimed() == f"1 file ({skipped}), {ZERO}"


ZERO = "0 references, 0 repos (0 asked, 0 cached, 0 unanswered); offline; 0.00 s\n"


def test_named_file_of_no_kind_is_counted(place: Place) -> None:
    place.write("LICENSE", "from_pretrained('o/m')")
    ran = place.hfmodels("check", "--offline", "LICENSE")
    assert (ran.code, ran.untimed()) == (0, f"0 files (1 skipped: 1 unknown), {ZERO}")


def test_named_file_of_the_only_kind(place: Place) -> None:
    place.write("script", FILES["app.py"])
    ran = place.hfmodels("check", "--offline", "--kinds", "python", "script")
    assert "script:2:1: HFM001" in ran.out


def test_standard_input_goes_by_its_name(place: Place) -> None:
    ran = place.hfmodels(
        "check", "--offline", "--stdin-filename", "ci/Dockerfile", "-", stdin=FILES["Dockerfile"]
    )
    assert "ci/Dockerfile:2:5: HFM001" in ran.out


@pytest.mark.parametrize(
    ("options", "lines"),
    [
        pytest.param(("--kinds", "shell", "--stdin-filename", "fetch"), 1, id="the-only-kind"),
        pytest.param(("--kinds", "yaml", "--stdin-filename", "a.sh"), 0, id="another-kind"),
        pytest.param(("--exclude", "src", "--stdin-filename", "src/a.sh"), 0, id="excluded"),
        pytest.param(("--max-size", "0.00001", "--stdin-filename", "a.sh"), 0, id="large"),
    ],
)
def test_standard_input_that_is_wanted(place: Place, options: tuple[str, ...], lines: int) -> None:
    ran = place.hfmodels("check", "--offline", *options, "-", stdin="hf download nina/lungs\n")
    assert (ran.code, ran.out.count("HFM001 ")) == (lines, lines)


def test_folder_with_the_name_of_what_is_minified(place: Place) -> None:
    folder = place.inside("odd")
    folder.write("lib.min.d/small.json", "[]")
    ran = folder.hfmodels("check", "--offline")
    assert ran.untimed() == f"1 file, {ZERO}"


@pytest.mark.parametrize(
    ("persona", "count"),
    [pytest.param("regular", 0, id="regular"), pytest.param("auditor", 1, id="auditor")],
)
def test_list_for_a_persona(place: Place, persona: str, count: int) -> None:
    place.write("prose.md", "See https://huggingface.co/nina-vogel/scan-bert for more.\n")
    ran = place.hfmodels("list", "--format", "json", "--persona", persona, "prose.md")
    assert len(json.loads(ran.out)["references"]) == count


def test_list_of_some_files(place: Place) -> None:
    ran = place.hfmodels("list", "--format", "json", "--kinds", "shell")
    assert [one["path"] for one in json.loads(ran.out)["references"]] == ["fetch.sh"]


def test_wrong_kind_of_list_is_one_line(place: Place) -> None:
    ran = place.hfmodels("list", "--kinds", "cobol")
    assert (ran.code, len(ran.complaints)) == (2, 1)


def test_links_that_go_round(place: Place) -> None:
    loops = place.inside("loops")
    loops.write("a/b/run.sh", FILES["fetch.sh"])
    (loops.folder / "a/b/up").symlink_to("../..")
    (loops.folder / "a/self").symlink_to("self")
    (loops.folder / "a/self.yaml").symlink_to("self.yaml")
    ran = loops.hfmodels("check", "--offline", "--format", "json")
    assert [path for path, *_rest in ran.json_says()] == ["a/b/run.sh"]
    assert ran.err == ""


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        pytest.param(
            "a.yaml",
            "x: [1\n---\nmodel_name_or_path: nina-vogel/scan-bert\n",
            "hfmodels: a.yaml:2: is no valid YAML (did not find expected ',' or ']'); "
            "what could be understood was read",
            id="yaml",
        ),
        pytest.param(
            "a.json",
            '{"model_name_or_path": "nina-vogel/scan-bert",\n "x" 1}',
            "hfmodels: a.json:2: is no valid JSON (':' is missing before '1'); "
            "what could be understood was read",
            id="json",
        ),
        pytest.param(
            "a.toml",
            'x\nmodel_name_or_path = "nina-vogel/scan-bert"\n',
            "hfmodels: a.toml:1: is no valid TOML (`=` is expected here); "
            "what could be understood was read",
            id="toml",
        ),
    ],
)
def test_file_that_is_not_quite_what_it_is_called(
    place: Place, name: str, text: str, line: str
) -> None:
    place.write(name, text)
    ran = place.hfmodels("check", "--offline", "--format", "json", name)
    assert (ran.code, ran.codes(), ran.complaints) == (1, ["HFM001"], [line])


def test_template_of_a_chart_is_no_mistake(place: Place) -> None:
    place.write("t.yaml", "{{- if .Values.x }}\nmodel_name: {{ .Values.m }}\n{{- end }}\n")
    ran = place.hfmodels("check", "--offline", "t.yaml")
    assert (ran.code, ran.err) == (0, "")


SERVE = "vllm serve nina-vogel/scan-bert \\\n  --trust-remote-code {}\n"


def test_flag_is_told_where_it_stands(place: Place) -> None:
    place.write("serve.sh", SERVE.format(""))
    ran = place.hfmodels("check", "--offline", "--format", "json", "serve.sh")
    assert [(line, text[:6]) for _path, line, _column, text in ran.json_says()] == [
        (1, "HFM001"),
        (2, "HFM003"),
    ]


def test_comment_within_a_command_speaks_of_all_of_it(place: Place) -> None:
    place.write("serve.sh", SERVE.format("# hfmodels: ignore[HFM001,HFM003]"))
    ran = place.hfmodels("check", "--offline", "serve.sh")
    assert (ran.code, "2 suppressed" in ran.out) == (0, True)
