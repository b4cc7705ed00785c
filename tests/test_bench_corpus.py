"""The benchmark: what it brings, what it prints, and what it says when it cannot."""

from __future__ import annotations

import hashlib
import json
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest

from bench import corpus
from tests.doors import Place
from tests.reading import SHA

REAL = Path(__file__).parents[2] / "shared" / "corpus"
SCRIPTS = ("score.py", "materialise.py")
BANDIT = shutil.which("bandit", path=str(corpus.PROGRAMS))
OURS = f"hfmodels {version('flake8-hfmodels')}"

HEAD = "from transformers import AutoModel\n"
OF_A_WHEEL = (
    HEAD
    + "AutoModel.from_pretrained('org/one')\n"
    + "AutoModel.from_pretrained('org/two', revision='main', trust_remote_code=True)\n"
    + "AutoModel.from_pretrained('./three')\n"
)
OF_A_REPO = (
    HEAD
    + f"AutoModel.from_pretrained('org/four', revision='{SHA}')\n"
    + "AutoModel.from_pretrained(name())\n"
)
CALL = {"kind": "call", "callable": "AutoModel.from_pretrained", "confidence": "high"}
LABELS = (
    {"file": "w/a.py", "line": 2, "repo_ids": ["org/one"], "pin": "no", "trust": "absent"} | CALL,
    {"file": "w/a.py", "line": 3, "repo_ids": ["org/two"], "pin": "mutable:main", "trust": "true"}
    | CALL,
    {"file": "w/a.py", "line": 4, "repo_ids": [], "pin": "n/a", "trust": "absent"} | CALL,
    {"file": "r/b.py", "line": 2, "repo_ids": ["org/four"], "pin": "sha", "trust": "absent"} | CALL,
    {"file": "r/b.py", "line": 3, "repo_ids": "dynamic", "pin": "no", "trust": "absent"} | CALL,
)
PROBE = {
    "p1.py": HEAD + "AutoModel.from_pretrained('org/one', trust_remote_code=True)\n",
    "p2.py": HEAD + "print('nothing')\n",
    "p3.yaml": "model_name_or_path: org/one\n",
    "n1.py": HEAD + f"AutoModel.from_pretrained('org/one', revision='{SHA}')\n",
    "n2.py": HEAD + "AutoModel.from_pretrained('org/two')\n",
}
EXPECTED = (
    ("id", "file", "line", "expect", "form", "kind"),
    ("p1", "p1.py", "2", "HFM001+HFM003", "both", "pos"),
    ("p2", "p2.py", "2", "HFM001", "missed", "pos"),
    ("p2", "p2.py", "1", "TYPO", "of no rule here", "pos"),
    ("p3", "p3.yaml", "1", "HFM001", "no Python file", "pos"),
    ("n1", "n1.py", "*", "CLEAN", "pinned", "neg"),
)

# score.py leaves it to Python to close its files.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
needs_shared = pytest.mark.skipif(not REAL.is_dir(), reason="the shared corpus is not beside us")


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    """The snapshot of one repository."""
    folder = tmp_path / "mirror"
    folder.mkdir()
    repo = Place.at(folder / "owner+name", "")
    repo.git("init", "--quiet")
    repo.write("b.py", OF_A_REPO)
    repo.git("add", "b.py")
    repo.git("commit", "--quiet", "--message", "one file")
    return folder


@pytest.fixture
def commit(mirror: Path) -> str:
    return Place.at(mirror / "owner+name", "").git("rev-parse", "HEAD").out.strip()


@pytest.fixture
def shared(tmp_path: Path, commit: str) -> Path:
    """A corpus of two files and a probe of five."""
    folder = tmp_path / "shared"
    sources = (
        source("github:a/wheel", "commit", "1", "w/a.py", OF_A_WHEEL),
        source("github:owner/name", "commit", commit, "r/b.py", OF_A_REPO),
    )
    (folder / "corpus").mkdir(parents=True)
    (folder / "probe").mkdir()
    (folder / "corpus" / "sources.jsonl").write_text("\n".join(map(json.dumps, sources)))
    (folder / "corpus" / "labels.jsonl").write_text("\n".join(map(json.dumps, LABELS)))
    (folder / "probe" / "expected.tsv").write_text("\n".join(map("\t".join, EXPECTED)))
    for name, text in PROBE.items():
        (folder / "probe" / name).write_text(text)
    for name in SCRIPTS:
        (folder / "corpus" / name).write_text("")
    return folder


def source(repo: str, key: str, value: str, file: str, text: str) -> dict[str, str]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"repo": repo, key: value, "path": Path(file).name, "file": file, "sha256": digest}


@pytest.fixture
def scripted(shared: Path) -> Path:
    """The same with the scripts that score and bring."""
    for name in SCRIPTS:
        shutil.copy(REAL / name, shared / "corpus")
    return shared


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder in which the file of the wheel has been brought before."""
    file = tmp_path / "work" / "wheels" / "files" / "w" / "a.py"
    file.parent.mkdir(parents=True)
    file.write_text(OF_A_WHEEL)
    return tmp_path / "work"


def rows(said: str) -> list[list[str]]:
    """The cells of a table, but those of what no two runs share."""
    lines = [line for line in said.splitlines() if line.startswith("| ") and "seconds" not in line]
    return [line.strip("| ").split(" | ") for line in lines]


@needs_shared
@pytest.mark.skipif(BANDIT is None, reason="bandit comes with the dev extra")
def test_table_of_both_linters(
    scripted: Path, mirror: Path, work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--shared", str(scripted), "--mirror", str(mirror), "--work", str(work)]
    assert corpus.main(arguments) == 0
    said = capsys.readouterr()
    assert said.out.splitlines()[0] == "2 of 2 files of the corpus could be brought"
    assert said.err == ""
    everything = "2 all files"
    wheels = "1 files out of wheels"
    probe = ("5 files of the probe", "all kinds")
    assert rows(said.out) == [
        ["files", "kinds", "what", f"bandit {version('bandit')}", OURS],
        *(
            [everything, kinds, *cells]
            for kinds in ("Python", "Python, notebooks")
            for cells in (
                ["HFM001 recall", "2/2 = 1.000", "2/2 = 1.000"],
                ["HFM001 precision", "2/2 = 1.000", "2/2 = 1.000"],
                ["HFM003 recall", "0/1 = 0.000", "1/1 = 1.000"],
                ["HFM003 precision", "0/0 = n/a", "1/1 = 1.000"],
                ["mutable refs found", "1/1 = 1.000", "1/1 = 1.000"],
                ["repo id right", "-", "2/2 = 1.000"],
                ["ids found, recall", "-", "3/3 = 1.000"],
                ["ids found, precision", "-", "3/3 = 1.000"],
            )
        ),
        *(
            [everything, "all kinds", *cells]
            for cells in (
                ["ids found, recall", "-", "3/3 = 1.000"],
                ["ids found, precision", "-", "3/3 = 1.000"],
                ["look-alikes reported, regular", "-", "0"],
            )
        ),
        *(
            [wheels, kinds, *cells]
            for kinds in ("Python", "Python, notebooks")
            for cells in (
                ["HFM001 recall", "2/2 = 1.000", "2/2 = 1.000"],
                ["HFM001 precision", "2/2 = 1.000", "2/2 = 1.000"],
                ["HFM003 recall", "0/1 = 0.000", "1/1 = 1.000"],
                ["HFM003 precision", "0/0 = n/a", "1/1 = 1.000"],
                ["mutable refs found", "1/1 = 1.000", "1/1 = 1.000"],
                ["repo id right", "-", "2/2 = 1.000"],
                ["ids found, recall", "-", "2/2 = 1.000"],
                ["ids found, precision", "-", "2/2 = 1.000"],
            )
        ),
        *(
            [wheels, "all kinds", *cells]
            for cells in (
                ["ids found, recall", "-", "2/2 = 1.000"],
                ["ids found, precision", "-", "2/2 = 1.000"],
                ["look-alikes reported, regular", "-", "0"],
            )
        ),
        [*probe, "HFM001 met, regular", "1/3 = 0.333", "2/3 = 0.667"],
        [*probe, "HFM003 met, regular", "0/1 = 0.000", "1/1 = 1.000"],
        [*probe, "HFM001 met, pedantic", "-", "2/3 = 0.667"],
        [*probe, "HFM003 met, pedantic", "-", "1/1 = 1.000"],
        [*probe, "false alarms in n*, regular", "1", "1"],
    ]


@needs_shared
def test_without_mirror_and_bandit(
    scripted: Path,
    work: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(corpus, "PROGRAMS", tmp_path)
    assert corpus.main(["--shared", str(scripted), "--work", str(work)]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[:3] == [
        "1 of 2 files of the corpus could be brought",
        "",
        "bandit is not in this environment (it comes with the dev extra): no column for it",
    ]
    assert rows(said)[:2] == [
        ["files", "kinds", "what", OURS],
        ["1 files out of wheels", "Python", "HFM001 recall", "2/2 = 1.000"],
    ]


@pytest.mark.parametrize("missing", corpus.NEEDED)
def test_shared_folder_that_lacks_something(
    shared: Path, work: Path, missing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (shared / missing).unlink()
    assert corpus.main(["--shared", str(shared), "--work", str(work)]) == 2
    said = capsys.readouterr()
    assert said.err == f"corpus.py: --shared {shared}: {missing} is not there\n"
    assert said.out == ""


def test_program_with_a_mirror_that_is_not_there(shared: Path, tmp_path: Path) -> None:
    options = ("--shared", str(shared), "--mirror", "nowhere")
    ran = Place.at(tmp_path / "here", "").python(corpus.__file__, *options)
    assert ran.code == 2
    assert ran.err == "corpus.py: --mirror nowhere: there is no such folder\n"


def test_work_that_is_a_file(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.touch()
    assert corpus.main(["--shared", str(shared), "--work", str(file)]) == 2
    assert capsys.readouterr().err == f"corpus.py: --work {file}: not a directory\n"


def test_script_that_fails(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shared / "corpus" / "materialise.py").write_text("raise SystemExit('the disk is full')")
    assert corpus.main(["--shared", str(shared)]) == 2
    assert capsys.readouterr().err == "corpus.py: materialise.py failed: the disk is full\n"


def test_nothing_that_could_be_brought(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert corpus.main(["--shared", str(shared)]) == 2
    why = "no file of the corpus could be brought; is there a network?"
    assert capsys.readouterr().err == f"corpus.py: {why}\n"
