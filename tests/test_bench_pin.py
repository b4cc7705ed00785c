"""The benchmark of `pin`: what it prints, what it takes for a pin, and which Hub it makes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from bench import alike, corpus, pin
from tests.doors import Place
from tests.fakehub.objects import RepoType
from tests.reading import SHA

REAL = Path(__file__).parents[2] / "shared" / "corpus"
SCRIPTS = ("score.py", "materialise.py")
OTHER = SHA[::-1]

OF_A_WHEEL = (
    "from llama_cpp import Llama\n"
    "from transformers import AutoModel\n"
    "AutoModel.from_pretrained('org/one')\n"
    "AutoModel.from_pretrained('org/two', revision='v1', trust_remote_code=True)\n"
    "Llama.from_pretrained('org/three', filename='three.gguf')\n"
)
CALL = {"file": "w/a.py", "kind": "call", "confidence": "high", "trust": "absent"}
LABELS = (
    {"line": 3, "callable": "AutoModel.from_pretrained", "repo_ids": ["org/one"], "pin": "no"},
    {"line": 4, "callable": "AutoModel.from_pretrained", "repo_ids": ["org/two"], "pin": "no"},
    {"line": 5, "callable": "Llama.from_pretrained", "repo_ids": ["org/three"], "pin": "no"},
    {"line": 2, "callable": "AutoModel.from_pretrained", "repo_ids": ["org/four"], "pin": "no"},
)
PROBE = {
    "p1.py": "from transformers import pipeline\n"
    "pipeline(model='gpt2')\npipeline(model='facebook/opt-125m')\n",
    "p2.sh": "python train.py --model_name_or_path facebook/opt-125m\n",
}

# score.py leaves it to Python to close its files.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
needs_formatters = pytest.mark.skipif(
    not all(shutil.which(name, path=str(corpus.PROGRAMS)) for name in pin.FORMATTERS),
    reason="black and ruff come with the dev extra",
)
needs_shared = pytest.mark.skipif(not REAL.is_dir(), reason="the shared corpus is not beside us")


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A corpus whose one file has been brought before, and a probe of two files."""
    folder = tmp_path / "shared"
    (folder / "corpus").mkdir(parents=True)
    (folder / "probe").mkdir()
    source = {"repo": "github:a/wheel", "commit": "1", "path": "a.py", "file": "w/a.py"}
    labels = [json.dumps(CALL | one) for one in LABELS]
    (folder / "corpus" / "sources.jsonl").write_text(json.dumps(source | {"sha256": "0" * 64}))
    (folder / "corpus" / "labels.jsonl").write_text("\n".join(labels))
    (folder / "probe" / "expected.tsv").write_text("")
    for name, text in PROBE.items():
        (folder / "probe" / name).write_text(text)
        (folder / "probe" / name).chmod(0o444)
    for name in SCRIPTS:
        shutil.copy(REAL / name, folder / "corpus")
    return folder


@pytest.fixture
def work(tmp_path: Path) -> Path:
    file = tmp_path / "work" / "wheels" / "files" / "w" / "a.py"
    file.parent.mkdir(parents=True)
    file.write_text(OF_A_WHEEL)
    return tmp_path / "work"


def rows(said: str) -> list[list[str]]:
    """The cells of the table, but those of what no two runs share."""
    lines = [line for line in said.splitlines() if line.startswith("| ") and "seconds" not in line]
    return [line.strip("| ").split(" | ") for line in lines]


@needs_shared
def test_table_without_formatters(
    shared: Path,
    work: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(corpus, "PROGRAMS", tmp_path)
    assert pin.main(["--shared", str(shared), "--work", str(work)]) == 0
    said = capsys.readouterr().out
    assert said.startswith(
        "black is not in this environment: no line for it\n\n"
        "ruff is not in this environment: no line for it\n\n| files | what |"
    )
    none = [
        ["questions without an answer", "0", "0", "0"],
        ["findings gone, but not pinned, or pinned, but not gone", "0", "0", "0"],
        ["new findings", "0", "0", "0"],
        ["findings left that have a fix", "0", "0", "0"],
    ]
    kept = [
        ["files that differ in more than pins", "0", "0", "0"],
        ["files of another mode, or gone, or new", "0", "0", "0"],
        ["files pinned otherwise with BOM and CRLF", "0", "0", "0"],
        ["files that a second run changes", "0", "0", "0"],
    ]
    missed = ">= 0.9 **not kept**"
    half = "2/4 = 0.500"
    unpinnable = "this loader takes no revision"
    left = "core references left, Python, notebooks"
    assert rows(said) == [
        ["files", "what", "promised", "safe fixes", "with unsafe ones"],
        *(
            ["1 files out of wheels", *cells]
            for cells in (
                ["core references pinned, Python", missed, half, half],
                ["core references pinned, Python, notebooks", missed, half, half],
                [f"{left}: {unpinnable}", "-", "1", "1"],
                [f"{left}: not reported", "-", "1", "1"],
                ["HFM001 pinned, Python", "-", "2/3 = 0.667", "2/3 = 0.667"],
                [f"HFM001 left, Python: {unpinnable}", "-", "1", "1"],
                *none,
                ["files changed", "-", "1", "1"],
                ["files changed and compared as trees", "-", "1", "1"],
                *kept,
            )
        ),
        *(
            ["2 files of the probe", *cells]
            for cells in (
                ["HFM001 pinned, Python", "-", "2/2 = 1.000", "2/2 = 1.000"],
                ["HFM001 pinned, shell, Docker", "-", "0/1 = 0.000", "1/1 = 1.000"],
                [
                    "HFM001 left, shell, Docker: --unsafe-fixes would pin --model_revision",
                    *("-", "1", "0"),
                ],
                *none,
                ["files changed", "-", "1", "2"],
                ["files changed and compared as trees", "-", "1", "2"],
                *kept,
            )
        ),
    ]


@needs_shared
@needs_formatters
def test_formatters(shared: Path, work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = work / "wheels" / "files" / "w"
    (folder / "long.py").write_text(OF_A_WHEEL.replace("'org/one'", f"'org/one', {'x' * 270}=1"))
    assert pin.main(["--shared", str(shared), "--work", str(work)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "would change" in line][:4] == [
        f"| 2 files out of wheels | files that {name} would change, at 320 characters{cells}"
        for name in pin.FORMATTERS
        for cells in (" | 0 | 0 | 0 |", ", with pins in longer lines | - | 1 | 1 |")
    ]


def test_shared_folder_that_lacks_something(tmp_path: Path) -> None:
    ran = Place.at(tmp_path / "here", "").python(pin.__file__, "--shared", "nowhere")
    assert ran.code == 2
    assert ran.err == "pin.py: --shared nowhere: corpus/score.py is not there\n"


@needs_shared
def test_file_that_cannot_be_read(shared: Path, work: Path) -> None:
    file = work / "wheels" / "files" / "w" / "b.py"
    file.write_bytes(b"from transformers import AutoModel\n\xff\n")
    with pytest.raises(SystemExit, match=r"^pin\.py: list ends with 2: .*b\.py"):
        pin.main(["--shared", str(shared), "--work", str(work)])


def test_what_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert pin.told("safe fixes", "differs", iter(["a.py", "b.py"])) == ["a.py", "b.py"]
    said = capsys.readouterr().err
    assert said == "pin.py: safe fixes: differs: a.py\npin.py: safe fixes: differs: b.py\n"


def listed(
    repo_id: str, revision: object, repo_type: RepoType = "model", local: bool = False
) -> pin.Listed:
    return {
        "repo_ids": [repo_id],
        "repo_type": repo_type,
        "revision": revision,
        "local": local,
    }


@pytest.mark.parametrize(
    "revision",
    ["main", SHA, "abcdef0", "v1.0", "refs/pr/2", "refs/convert/parquet"],
)
def test_world_has_the_revision(revision: str) -> None:
    world = pin.world_of([listed("org/data", revision, "dataset")])
    assert world.repo("dataset", "org/data").resolve(revision) is not None


def test_world_has_all_revisions_of_one_repo() -> None:
    several = listed("org/model", [SHA[:7], SHA, OTHER, "v1", "?"])
    repo = pin.world_of([several, listed("Org/Model", "v1")]).repo("model", "org/model")
    assert repo.resolve(SHA) == SHA
    assert repo.resolve(SHA[:7]) == SHA
    assert repo.resolve(OTHER) == OTHER
    assert repo.resolve("v1") == repo.head
    assert repo.resolve("?") is None


def test_world_leads_from_names_of_one_word() -> None:
    world = pin.world_of([listed("gpt2", None)])
    found = world.find_repo("model", "gpt2")
    assert found is not None
    assert found.id == "of-old/gpt2"


def test_world_has_nothing_local() -> None:
    assert pin.world_of([listed("./model", None, local=True)]).repos() == []


def difference(name: str, old: str, new: str, is_unsafe: bool = False) -> str | None:
    return alike.difference(name, old.encode(), new.encode(), is_unsafe)


LOAD = "load('o/m'{})\n"
TABLE = f", revision={{'o/m': '{SHA}', 'o/n': '{OTHER}'}}.get(name)"
NAMED = f", revision='{SHA}'"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("", NAMED, id="keyword"),
        pytest.param(", revision=None", NAMED, id="none"),
        pytest.param(", revision='v1'", NAMED, id="tag"),
        pytest.param(", revision='abcdefa'", NAMED, id="short-hash"),
        pytest.param(", 'main'", f", '{SHA}'", id="position"),
        pytest.param(NAMED, f"{NAMED}, code_revision='{OTHER}'", id="code"),
        pytest.param(", **{'a': 1}", f", **{{'a': 1, 'revision': '{SHA}'}}", id="entry"),
        pytest.param("", f", model_kwargs={{'revision': '{SHA}'}}", id="dictionary"),
        pytest.param(", ['get']", f", ['get', '--revision', '{SHA}']", id="flag"),
        pytest.param(", ['get']", f", ['get', '--revision={SHA}']", id="flag-in-one"),
        pytest.param(", f'{a}/b'", f", f'{{a}}/b@{SHA}'", id="f-string"),
        pytest.param(", f'{a}'", f", f'{{a}}@{SHA}'", id="f-string-with-nothing-behind"),
        pytest.param(", 'b'", f", 'b@{SHA}'", id="suffix"),
        pytest.param("", TABLE, id="table"),
        pytest.param(", revision=None", TABLE, id="table-for-none"),
        pytest.param(", revision='v1'", f"{TABLE[:-1]}, 'v1')", id="table-and-what-there-was"),
        pytest.param(", revision=a.get(b)", f", revision=a.get(b) or '{SHA}'", id="or"),
        pytest.param(", {1: 2, **b}", f", {{1: 2, **b}}{NAMED}", id="odd-entries"),
    ],
)
def test_pin_in_python(old: str, new: str) -> None:
    assert difference("a.py", LOAD.format(old), LOAD.format(new)) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("", ", a=1", id="another-argument"),
        pytest.param("", f", a='{SHA}'", id="another-name"),
        pytest.param(", a=1", NAMED, id="argument-gone"),
        pytest.param(", a", NAMED, id="position-gone"),
        pytest.param(", revision=main", NAMED.replace(SHA, "v2"), id="no-hash"),
        pytest.param(", 'some/path'", f", '{SHA}'", id="no-ref"),
        pytest.param("  # x", f"  # {SHA}", id="comment-of-their-own"),
        pytest.param(", b=1, a=2", f", a=2, b=1{NAMED}", id="order"),
        pytest.param(", 'b'", f", 'c@{SHA}'", id="another-id"),
        pytest.param(", trust_remote_code=True", NAMED, id="trust-without-leave"),
        pytest.param("", f", model_kwargs={{'revision': '{SHA}', 'a': 'b'}}", id="more-entries"),
        pytest.param(", revision='v1'", f"{TABLE[:-1]}, 'v2')", id="another-default"),
        pytest.param(", revision='v1'", TABLE, id="default-gone"),
        pytest.param("", ", revision={}.get(name)", id="empty-table"),
        pytest.param("", f", revision={{'a': '{SHA}', 'b': c}}.get(name)", id="table-of-others"),
        pytest.param("", TABLE.replace("name", "f()"), id="table-for-a-call"),
        pytest.param("", f", revision=a('{SHA}').get(name)", id="no-table"),
        pytest.param(", revision=rev", f", revision=rev and '{SHA}'", id="and"),
        pytest.param(", revision=rev", f", revision=x or '{SHA}'", id="or-something-else"),
        pytest.param(", ['get']", f", ['get', '{SHA}']", id="hash-without-flag"),
        pytest.param(", ['get']", ", ['get', '--revision', 'main']", id="flag-without-hash"),
        pytest.param("  # x", "  # y", id="comment"),
        pytest.param(", 1", ", 1 ", id="space"),
        pytest.param("", f"{NAMED}=", id="no-longer-parsed"),
    ],
)
def test_no_pin_in_python(old: str, new: str) -> None:
    assert difference("a.py", LOAD.format(old), LOAD.format(new)) is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(", trust_remote_code=True", "", id="keyword"),
        pytest.param(", trust_remote_code=True", NAMED, id="with-a-pin"),
        pytest.param(f", trust_remote_code=True{NAMED}", NAMED, id="beside-a-pin"),
        pytest.param(", ['--trust-remote-code', 'a']", ", ['a']", id="flag"),
        pytest.param(", ['--trust-remote-code', 'True', 'a']", ", ['a']", id="flag-with-value"),
        pytest.param(", ['--trust-remote-code=true']", ", []", id="flag-in-one"),
    ],
)
def test_trust_that_has_gone(old: str, new: str) -> None:
    assert difference("a.py", LOAD.format(old), LOAD.format(new), is_unsafe=True) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(", a=True", "", id="another-argument"),
        pytest.param(", a=1, trust_remote_code=True", "", id="more"),
        pytest.param(", trust_remote_code=True", ", trust=True", id="another-name"),
        pytest.param(", ['--trust-remote-code', 'a']", ", []", id="value-of-its-own"),
        pytest.param(", trust_remote_code=True, code(True)", ", code", id="same-words"),
        pytest.param(", -a, trust_remote_code=True", ", a", id="same-signs"),
    ],
)
def test_more_than_trust_that_has_gone(old: str, new: str) -> None:
    assert difference("a.py", LOAD.format(old), LOAD.format(new), is_unsafe=True) is not None


CELL = '{{"cells": [{{"cell_type": "code", "source": {}, "n": {}}}], "a": {}}}\n'
PROSE = '{{"cells": [{{"cell_type": "markdown", "source": "`load(\'o/m\'{})`"}}]}}\n'


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("a.yaml", "model: o/m\n", f"model: o/m\nrevision: {SHA}  # main, 2026-11-22\n"),
        ("a.yml", "model: o/m\nrevision: 1.0\n", f"model: o/m\nrevision: {SHA}\n"),
        ("a.yaml", "- !x {a: [o/m]}\n", f"- !x {{a: [o/m@{SHA}]}}\n"),
        ("a.json", '{"a": ["o/m", {}]}', f'{{"a": ["o/m@{SHA}", {{}}]}}'),
        ("a.json", '{"a": 1}', f'{{"a": 1, "revision": "{SHA}"}}'),
        ("a.toml", "[a]\nb = [1]\n", f'[a]\nb = [1]\nrevision = "{SHA}"\n'),
        ("a.sh", "hf download o/m\n", f"hf download o/m --revision {SHA}\n"),
        ("a.sh", "echo 'unclosed\n", f"echo 'unclosed@{SHA}\n"),
        ("Dockerfile", "ADD h/resolve/main/f /\n", f"ADD h/resolve/{SHA}/f /\n"),
        ("a.md", "hf download o/m\n", f"hf download o/m --revision {SHA}\n"),
        ("broken.py", "load('o/m'\n", f"load('o/m'{NAMED}\n"),
        (
            "a.ipynb",
            CELL.format('["load(\'o/m\')\\n", "f()"]', 1, 2),
            CELL.format(f'["load(\'o/m\'{NAMED})  # main, 2026-11-22\\n", "f()"]', 1, 2),
        ),
        ("a.ipynb", CELL.format('"%hf o/m"', 1, 2), CELL.format(f'"%hf o/m@{SHA}"', 1, 2)),
        ("a.ipynb", PROSE.format(""), PROSE.format(NAMED)),
    ],
)
def test_pin_in_other_files(name: str, old: str, new: str) -> None:
    assert difference(name, old, new) is None


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("a.yaml", "a: {b: 1}\n", f"a: {{b: 1}}\nname: {SHA}\n"),
        ("a.yaml", "a: o/m\n", f"a: o/m\nrevision: {'1' * 40}\n"),
        ("a.yaml", "revision: main\n", f"revision: {'1' * 40}\n"),
        ("a.json", "[1]", f'[1, "{SHA}"]'),
        ("a.json", '{"revision": "a"}', f'{{"revision": "a", "revision": "{SHA}"'),
        ("a.toml", "a = 1\n", f'revision = "{SHA}"\n'),
        ("a.sh", "hf download o/m\n", f"hf download o/m {SHA}\n"),
        ("a.sh", "hf download o/m\n", f"hf download o/m '--revision {SHA}'\n"),
        ("a.md", "o/m\n", f"o/n@{SHA}\n"),
        ("a.md", "o/m\n", "o/m\n\n"),
        ("a.ipynb", CELL.format('["f()"]', 1, 2), CELL.format('["f()"]', 1, f'"@{SHA}"')),
        ("a.ipynb", CELL.format('["f()"]', 1, 2), CELL.format('["f()"]', f'"@{SHA}"', 2)),
        ("a.ipynb", CELL.format('"f(1)"', 1, 2), CELL.format(f"\"f(1, '{SHA}')\"", 1, 2)),
    ],
)
def test_no_pin_in_other_files(name: str, old: str, new: str) -> None:
    assert difference(name, old, new) is not None


def test_byte_order_mark() -> None:
    assert alike.difference("a.py", b"a\n", b"\xef\xbb\xbfa\n", False) == "the BOM"


def test_line_ends() -> None:
    new = f"load('o/m',\n revision='{SHA}')\r\n".encode()
    assert alike.difference("a.py", b"load('o/m')\r\n", new, False) == "lines that end in {'\\n'}"


@pytest.mark.parametrize(
    ("name", "data", "is_parsed"),
    [("a.py", b"f()", True), ("a.py", b"f(", False), ("a.md", b"f()", False)],
)
def test_what_is_parsed(name: str, data: bytes, is_parsed: bool) -> None:
    assert alike.is_parsed(name, data) is is_parsed
