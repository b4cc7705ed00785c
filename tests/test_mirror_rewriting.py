"""References to a mirrored repo are made to name the folder, and proven to be local then."""

from __future__ import annotations

import codecs
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from flake8_hfmodels.cli.looking import look
from flake8_hfmodels.cli.mirror_rewriting import Rewriting
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.discover import File
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.mirroring.rewriting import Meant, is_proven, path_in_code
from flake8_hfmodels.referring import Referring
from flake8_hfmodels.settings import Settings

ID = "acme/forecaster"
COMMIT = "1" * 40
MEANT = Meant("model", frozenset((ID,)), frozenset((None, COMMIT, "v1")))
NEW = "./models/m"
CALL = "AutoModel.from_pretrained('acme/forecaster')\n"
HEAD = "from transformers import AutoModel, pipeline\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rewrite(name: str, text: str | bytes) -> tuple[str, list[str]]:
    """What becomes of a file, and why some of its places are left."""
    path = Path(name)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    rewriting = Rewriting([name], Configured({}, "", False), "models/m")
    results = rewriting.results(MEANT, NEW)
    assert list(rewriting.write()) == []
    assert rewriting.troubles == []
    return path.read_bytes().decode(), [spot.why for one in results for spot in one.left]


def notebook(code: str) -> str:
    cell: dict[str, object] = {
        "cell_type": "code",
        "source": code.splitlines(keepends=True),
        "metadata": {},
    }
    cell |= {"outputs": [], "execution_count": None}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


REWRITTEN = [
    pytest.param("a.py", HEAD + 'AutoModel.from_pretrained("o/m")\n', id="call"),
    pytest.param("a.py", HEAD + "AutoModel.from_pretrained(r'o/m', revision='v1')\n", id="tag"),
    pytest.param(
        "a.py", HEAD + f"AutoModel.from_pretrained('o/m', revision='{COMMIT}')\n", id="commit"
    ),
    pytest.param(
        "a.py",
        HEAD + 'M = "o/m"\nAutoModel.from_pretrained(M)\npipeline("fill-mask", model="o/m")\n',
        id="constant",
    ),
    pytest.param("a.py", HEAD + '# ä\r\nAutoModel.from_pretrained("o/m")\r\n', id="line-ends"),
    pytest.param("a.ipynb", notebook(HEAD + 'AutoModel.from_pretrained("o/m")'), id="notebook"),
    pytest.param("a.yaml", "model_name_or_path: o/m\n", id="yaml"),
    pytest.param("a.toml", 'model_name_or_path = "o/m"\n', id="toml"),
    pytest.param("a.sh", "vllm serve o/m --port 80\n", id="shell"),
    pytest.param(
        "a.py",
        HEAD + 'AutoModel.from_pretrained("o/m")\nAutoModel.from_pretrained(input())\n',
        id="beside-what-nobody-knows",
    ),
]


@pytest.mark.parametrize(("name", "text"), REWRITTEN)
def test_what_is_rewritten(here: Path, name: str, text: str) -> None:
    assert rewrite(name, text.replace("o/m", ID)) == (text.replace("o/m", NEW), [])


LEFT = [
    pytest.param(
        "a.py",
        HEAD + 'AutoModel.from_pretrained("o/m", revision="v2")\n',
        "it is another revision, 'v2'",
        id="other-revision",
    ),
    pytest.param(
        "a.py",
        HEAD + 'AutoModel.from_pretrained("o/m", revision=input())\n',
        "the revision is decided at run time",
        id="revision-at-run-time",
    ),
    pytest.param(
        "a.py",
        "from huggingface_hub import snapshot_download\nsnapshot_download('o/m')\n",
        "this loader takes no path",
        id="never-local",
    ),
    pytest.param(
        "a.py",
        HEAD + "from huggingface_hub import snapshot_download\n"
        "M = 'o/m'\nAutoModel.from_pretrained(M)\nsnapshot_download(M)\n",
        "this loader takes no path",
        id="shared-with-never-local",
    ),
    pytest.param(
        "a.py",
        HEAD + "def load(name='o/m'):\n    return AutoModel.from_pretrained(name)\n",
        "another name can be passed instead",
        id="default",
    ),
    pytest.param(
        "a.py",
        HEAD + "for name in ('o/m', 'o/n'):\n    AutoModel.from_pretrained(name)\n",
        "several names are possible here",
        id="several",
    ),
    pytest.param(
        "a.py",
        HEAD + 'AutoModel.from_pretrained("acme/" "forecaster")\n',
        "the name is put together of several pieces",
        id="pieces",
    ),
    pytest.param(
        "a.py",
        HEAD + 'AutoModel.from_pretrained("acme/"\n    "forecaster")\n',
        "the name is put together of several pieces",
        id="pieces-in-two-lines",
    ),
    pytest.param(
        "a.py",
        "from huggingface_hub import HfApi\nHfApi().model_info('o/m')\n",
        "it is only named here, and nothing loads it",
        id="only-named",
    ),
    pytest.param(
        "a.py",
        "import pandas\npandas.read_csv('hf://models/o/m@v1/a.csv')\n",
        "it is an address; write the path by hand",
        id="address",
    ),
    pytest.param(
        "Dockerfile",
        "FROM x\nRUN vllm serve o/m\n",
        "it may be read where the folder is not; write the path by hand",
        id="image",
    ),
    pytest.param(
        "compose.yaml",
        "services:\n  a:\n    image: vllm/vllm-openai\n    command: --model o/m\n",
        "the command may run where the folder is not; write the path by hand",
        id="container",
    ),
]


@pytest.mark.parametrize(("name", "text", "why"), LEFT)
def test_what_is_left(here: Path, name: str, text: str, why: str) -> None:
    text = text.replace("o/m", ID)
    new, left = rewrite(name, text)
    assert new == text
    assert left
    assert left[0].startswith(why)


def test_what_another_file_names_is_left(here: Path) -> None:
    Path("names.py").write_text('M = "acme/forecaster"\n')
    text = HEAD + "from names import M\nAutoModel.from_pretrained(M)\n"
    assert rewrite("a.py", text) == (text, ["it is written in another file"])


def test_what_else_uses_the_name_keeps_it(here: Path) -> None:
    text = (
        HEAD + "from datasets import load_dataset\n"
        "M = 'acme/forecaster'\nAutoModel.from_pretrained(M)\nload_dataset(M)\n"
    )
    assert rewrite("a.py", text) == (text, ["something else is loaded by this name too"])


def test_other_names_and_types_are_nobodys_business(here: Path) -> None:
    text = HEAD + "from datasets import load_dataset\npipeline(model='acme/other')\n"
    text += "load_dataset('acme/forecaster')\n"
    assert rewrite("a.py", text) == (text, [])


def test_one_place_that_does_not_do_is_left_alone(here: Path) -> None:
    text = "model_name_or_path: acme/forecaster\n"
    Path("a.yaml").write_text(text)
    rewriting = Rewriting(["a.yaml"], Configured({}, "", False), "models/m")
    (result,) = rewriting.results(MEANT, "acme/translator")
    assert [one.why for one in result.left] == [
        "the file would not read as it should after it; write the path by hand"
    ]
    assert rewriting.changes == []


def test_of_several_places_those_that_do_are_rewritten(here: Path) -> None:
    calls = "AutoModel.from_pretrained({0})\nAutoModel.from_pretrained({1})\n"
    Path("a.py").write_text(HEAD + calls.format(f'"{ID}"', f"'{ID}'"))
    rewriting = Rewriting(["a.py"], Configured({}, "", False), "models/m")
    (result,) = rewriting.results(MEANT, './a"b')
    assert (len(result.done), len(result.left)) == (1, 1)
    assert [one.new for one in rewriting.changes] == [HEAD + calls.format(f'"{ID}"', "'./a\"b'")]


def test_a_file_that_cannot_be_read_again_is_told_of(here: Path) -> None:
    Path("a.sh").write_bytes(codecs.BOM_UTF8 + b"# \xff\nvllm serve " + ID.encode())
    rewriting = Rewriting(["a.sh"], Configured({}, "", False), "models/m")
    (result,) = rewriting.results(MEANT, NEW)
    assert (len(result.left), len(rewriting.troubles)) == (1, 1)


def test_the_mirror_itself_stays_as_it_is(here: Path) -> None:
    Path("models/m").mkdir(parents=True)
    Path("models/m/run.py").write_text(HEAD + "AutoModel.from_pretrained('acme/forecaster')\n")
    Path("models/m.hfmodels.json").write_text('{"model_name_or_path": "acme/forecaster"}')
    rewriting = Rewriting(["."], Configured({}, "", False), "models/m")
    assert rewriting.results(MEANT, NEW) == []


def test_a_file_that_changes_meanwhile_is_told_of(here: Path) -> None:
    path = Path("a.py")
    path.write_text(HEAD + "AutoModel.from_pretrained('acme/forecaster')\n")
    rewriting = Rewriting(["a.py"], Configured({}, "", False), "models/m")
    rewriting.results(MEANT, NEW)
    path.write_text("# new\n")
    (trouble,) = rewriting.write()
    assert str(trouble) == "a.py: has changed meanwhile; left as it is"
    assert path.read_text() == "# new\n"


def referring(text: str, kind: KindName = "python") -> Referring:
    found = look(File("a", kind), text.encode(), Settings()).referring
    assert found is not None
    return found


def test_a_proof_needs_the_reader_to_call_it_local() -> None:
    before = referring(HEAD + "AutoModel.from_pretrained('acme/forecaster')\n")
    assert not is_proven(before, None, _spots(before))


def _spots(one: Referring) -> Sequence[Any]:
    from flake8_hfmodels.mirroring.rewriting import spots

    return spots(one, MEANT, NEW)


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        pytest.param("models/m", "./models/m", id="below"),
        pytest.param("m/", "./m", id="slash"),
        pytest.param("../m", "../m", id="beside"),
        pytest.param(os.path.join(os.curdir, "m"), "./m", id="dot"),
    ],
)
def test_the_path_in_code_is_no_id(folder: str, path: str) -> None:
    assert path_in_code(folder) == path


@pytest.mark.parametrize("folder", ["a b", "a'b", "$HOME", "a\nb"])
def test_a_path_that_would_have_to_be_quoted(folder: str) -> None:
    with pytest.raises(ValueError, match="choose a plainer one"):
        path_in_code(folder)
