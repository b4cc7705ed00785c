"""Which files are found below which paths, with git and without."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from flake8_hfmodels.discover import LARGEST, File, Found, Wanted, discover, folder_test, read
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.sources.recognition import kind_of_name
from flake8_hfmodels.sources.trouble import Trouble
from tests.doors import Place

NOWHERE = "http://127.0.0.1:9"
MISSING = "does not exist; name a file or a folder"


def found(*paths: str, troubles: tuple[Trouble, ...] = ()) -> Found:
    """Files whose names say their kinds."""
    kinds = ((path, kind_of_name(os.path.basename(path))) for path in paths)
    return Found(tuple(File(path, kind) for path, kind in kinds if kind), troubles)


def paths_of(files: Found) -> list[str]:
    return [file.path for file in files.files]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A folder with sources and more, which is the current one."""
    place = Place.at(tmp_path / "project", NOWHERE)
    for name in (
        "b.py",
        "a.pyi",
        "c.pyw",
        "notes.txt",
        "src/deep/x.py",
        "src/x.py",
        "venv/lib.py",
        "venv/pyvenv.cfg",
        ".hidden/x.py",
        "generated/g.py",
    ):
        place.write(name, "")
    monkeypatch.chdir(place.folder)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return place


@pytest.fixture
def repository(here: Place) -> Place:
    """The same with git."""
    here.write(".gitignore", "generated/\nvenv/\n")
    here.git("init", "-q")
    here.git("add", "b.py", "src/x.py")
    return here


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("paths", "files"),
    [
        pytest.param(
            ["."],
            ["a.pyi", "b.py", "c.pyw", "generated/g.py", "src/deep/x.py", "src/x.py"],
            id="current",
        ),
        pytest.param(["src"], ["src/deep/x.py", "src/x.py"], id="folder"),
        pytest.param(["src/"], ["src/deep/x.py", "src/x.py"], id="folder-with-slash"),
        pytest.param(
            [".hidden", "venv"],
            [".hidden/x.py", "venv/lib.py", "venv/pyvenv.cfg"],
            id="named-folders",
        ),
        pytest.param(["b.py", "./b.py", "b.py"], ["b.py"], id="twice"),
        pytest.param(["src/x.py", "src"], ["src/x.py", "src/deep/x.py"], id="file-and-its-folder"),
        pytest.param([], [], id="none"),
    ],
)
def test_without_git(paths: list[str], files: list[str]) -> None:
    assert discover(paths) == found(*files)


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("paths", "files"),
    [
        pytest.param(
            ["."],
            [".hidden/x.py", "a.pyi", "b.py", "c.pyw", "src/deep/x.py", "src/x.py"],
            id="current",
        ),
        pytest.param(["src"], ["src/deep/x.py", "src/x.py"], id="folder"),
        pytest.param(["generated/g.py"], ["generated/g.py"], id="ignored-file-named"),
        pytest.param(["generated"], ["generated/g.py"], id="ignored-folder-named"),
    ],
)
def test_with_git(paths: list[str], files: list[str]) -> None:
    assert discover(paths) == found(*files)


def test_folder_of_nothing_in_a_repository(repository: Place) -> None:
    (repository.folder / "empty").mkdir()
    assert discover(["empty"]) == found()


def test_deleted_and_odd_names_in_a_repository(repository: Place) -> None:
    (repository.folder / "src/x.py").unlink()
    odd = os.fsdecode(b"caf\xe9 \n\x1b.py")
    repository.write(f"src/{odd}", "")
    assert discover(["src"]) == found(f"src/{odd}", "src/deep/x.py")


def test_program_that_the_repository_names_is_not_run(repository: Place) -> None:
    hostile = repository.write("hostile.sh", "#!/bin/sh\ntouch owned\n")
    hostile.chmod(0o755)
    repository.git("config", "core.fsmonitor", str(hostile))
    assert "b.py" in paths_of(discover(["."]))
    assert not (repository.folder / "owned").exists()


def test_in_a_hook_of_another_repository(
    repository: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Place.at(tmp_path / "other", NOWHERE)
    other.git("init", "-q")
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    repository.write("src/generated/g.py", "")
    assert discover(["src"]) == found("src/deep/x.py", "src/x.py")


def test_git_is_not_waited_for_for_ever(repository: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flake8_hfmodels.git.PATIENCE", 0.2)
    head = repository.folder / ".git" / "HEAD"
    head.unlink()
    os.mkfifo(head)
    assert paths_of(discover(["src"])) == ["src/deep/x.py", "src/x.py"]


def test_without_a_git_program(here: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(here.folder))
    assert discover(["src"]) == found("src/deep/x.py", "src/x.py")


def test_links(here: Place) -> None:
    (here.folder / "src/loop").symlink_to("..")
    (here.folder / "src/self.py").symlink_to("self.py")
    (here.folder / "src/gone.py").symlink_to("nowhere.py")
    (here.folder / "src/z.py").symlink_to("x.py")
    (here.folder / "linked").symlink_to("src")
    assert discover(["src"]) == found("src/deep/x.py", "src/x.py")
    assert discover(["linked", "src"]) == found("linked/deep/x.py", "linked/x.py")


@pytest.mark.parametrize(
    ("path", "name", "message"),
    [
        pytest.param("nowhere.py", "nowhere.py", MISSING, id="missing"),
        pytest.param("b.py/x.py", "b.py/x.py", MISSING, id="below-a-file"),
        pytest.param("", "''", MISSING, id="empty"),
        pytest.param(
            "self.py",
            "self.py",
            "cannot be read (too many levels of symbolic links); mend it or leave it out",
            id="link-to-itself",
        ),
        pytest.param(
            "x" * 300,
            "x" * 300,
            "cannot be read (file name too long); mend it or leave it out",
            id="name-too-long",
        ),
    ],
)
def test_trouble_with_a_path(here: Place, path: str, name: str, message: str) -> None:
    (here.folder / "self.py").symlink_to("self.py")
    assert discover([path, "b.py"]) == found("b.py", troubles=(Trouble(name, message),))


@pytest.fixture
def too_deep(here: Place, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder whose path is longer than the system takes: as good as one without permission."""
    for _ in range(25):
        os.mkdir("d" * 200)
        monkeypatch.chdir("d" * 200)
    monkeypatch.chdir(here.folder)
    return "d" * 200


def test_folder_that_cannot_be_read(too_deep: str) -> None:
    files = discover([too_deep])
    assert files.files == ()
    assert [trouble.message for trouble in files.troubles] == [
        "cannot be read (file name too long); mend it or leave it out"
    ]


def test_read(here: Place) -> None:
    here.write("x.py", b"\xff\0")
    assert read("x.py") == b"\xff\0"


def test_read_of_what_is_no_file(here: Place) -> None:
    os.mkfifo(here.folder / "pipe")
    expected = Trouble("pipe", "is no regular file; use - to read from standard input")
    assert read("pipe") == expected


def test_read_of_what_has_gone() -> None:
    expected = Trouble(
        "/nowhere/x", "cannot be read (no such file or directory); mend it or leave it out"
    )
    assert read("/nowhere/x") == expected


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("deep", True, id="beside"),
        pytest.param("venv", True, id="at-the-root"),
        pytest.param("x.py", False, id="file"),
        pytest.param("nowhere", False, id="missing"),
        pytest.param("x" * 300, False, id="too-long"),
        pytest.param("a\0b", False, id="null-byte"),
    ],
)
def test_folder_test(name: str, expected: bool) -> None:
    assert folder_test("src/x.py")(name) is expected


def test_folder_that_is_checked_in_as_a_bare_repository(repository: Place) -> None:
    """Its configuration and its ignore rules are the author's: git must not follow them."""
    docs = repository.write("docs/pkg/m.py", "").parent.parent
    repository.git("init", "-q", "--bare", str(docs / "bare"))
    for one in (docs / "bare").iterdir():
        one.rename(docs / one.name)
    (docs / "config").write_text(
        "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n", encoding="utf-8"
    )
    (docs / "info/exclude").write_text("m.py\n", encoding="utf-8")
    assert "docs/pkg/m.py" in paths_of(discover(["docs"]))


def test_git_fetches_nothing(repository: Place) -> None:
    """A blob that is missing, and a command to fetch it with, are there for the taking."""
    repository.write(".gitignore", "generated/\n")
    repository.git("add", ".gitignore")
    repository.git("update-index", "--skip-worktree", ".gitignore")
    blob = subprocess.run(
        ["git", "rev-parse", ":.gitignore"],
        cwd=repository.folder,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.strip()
    (repository.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    (repository.folder / ".gitignore").unlink()
    for key, value in (
        ("extensions.partialClone", "origin"),
        ("core.repositoryFormatVersion", "1"),
        ("core.sshCommand", "touch owned; false"),
        ("remote.origin.url", "ssh://x/y"),
        ("remote.origin.promisor", "true"),
    ):
        repository.git("config", key, value)
    assert "b.py" in paths_of(discover(["."]))
    assert not (repository.folder / "owned").exists()


@pytest.mark.parametrize(
    ("size", "expected"),
    [pytest.param(0, b"\0" * 9, id="as-large"), pytest.param(-1, "large", id="larger")],
)
def test_largest_file(here: Place, size: int, expected: bytes | str) -> None:
    here.write("s.py", b"\0" * 9)
    assert read("s.py", 9 + size) == expected


def test_file_that_nobody_wrote(here: Place) -> None:
    with open(here.folder / "s.py", "wb") as file:
        file.truncate(LARGEST + 1)
    assert read("s.py") == "large"


def test_listed_file_that_leads_to_itself(repository: Place) -> None:
    (repository.folder / "b.py").unlink()
    (repository.folder / "b.py").symlink_to("b.py")
    files = discover(["."])
    assert (files.troubles, "b.py" in paths_of(files)) == ((), False)


def test_listed_file_that_cannot_be_reached(repository: Place) -> None:
    (repository.folder / "b.py").unlink()
    (repository.folder / "b.py").symlink_to("x" * 300)
    files = discover(["."])
    assert [trouble.path for trouble in files.troubles] == ["b.py"]


def test_listed_file_that_is_deleted_is_no_trouble(repository: Place) -> None:
    (repository.folder / "b.py").unlink()
    assert discover(["."]).troubles == ()


KINDS: dict[str, KindName] = {
    "run": "shell",
    "tool": "python",
    ".github/workflows/ci.yml": "yaml",
    "Dockerfile": "dockerfile",
    "notes.md": "markdown",
}


@pytest.fixture
def mixed(here: Place) -> Place:
    """Files of several kinds, some of which show it in their first line only."""
    for name in KINDS:
        here.write(f"mixed/{name}", "")
    here.write("mixed/run", "#!/bin/sh\n")
    here.write("mixed/tool", "#!/usr/bin/env python3\n")
    here.write("mixed/LICENSE", "none\n")
    here.write("mixed/picture.png", b"\0")
    return here


@pytest.mark.usefixtures("mixed")
@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        pytest.param(Wanted(), [*KINDS], id="all"),
        pytest.param(
            Wanted(kinds=("shell", "yaml")), ["run", ".github/workflows/ci.yml"], id="kinds"
        ),
        pytest.param(Wanted(include=("*.md",)), ["notes.md"], id="include"),
        pytest.param(
            Wanted(exclude=(".github", "mixed/tool")),
            ["run", "Dockerfile", "notes.md"],
            id="exclude",
        ),
        pytest.param(Wanted(("mixed/*",), ("Docker*",), ("dockerfile",)), [], id="all-three"),
    ],
)
def test_wanted(wanted: Wanted, names: list[str]) -> None:
    expected = {File(f"mixed/{name}", KINDS[name]) for name in names}
    assert {*discover(["mixed"], lambda _path: wanted).files} == expected


@pytest.mark.usefixtures("mixed")
@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        pytest.param(Wanted(), Found((), skipped={"unknown": 1}), id="of-no-kind"),
        pytest.param(
            Wanted(kinds=("python",)),
            Found((File("mixed/LICENSE", "python"),)),
            id="of-the-only-kind",
        ),
        pytest.param(
            Wanted(kinds=("python", "yaml")), Found((), skipped={"unknown": 1}), id="of-two-kinds"
        ),
        pytest.param(Wanted(exclude=("LICENSE",)), Found(()), id="excluded"),
    ],
)
def test_named_file_of_no_kind(wanted: Wanted, expected: Found) -> None:
    assert discover(["mixed/LICENSE"], lambda _path: wanted) == expected


@pytest.mark.usefixtures("mixed")
def test_named_file_of_an_unwanted_kind() -> None:
    assert discover(["mixed/run"], lambda _path: Wanted(kinds=("yaml",))) == Found(())


def test_pipe_without_a_suffix(here: Place) -> None:
    os.mkfifo(here.folder / "pipe")
    assert discover(["pipe"]) == Found((), skipped={"unknown": 1})


def test_script_that_cannot_be_read(here: Place) -> None:
    here.write("closed/script", "#!/bin/sh\n")
    (here.folder / "closed/script").chmod(0)
    (here.folder / "closed/self").symlink_to("self")
    kinds = {file.kind for file in discover(["closed"]).files}
    assert kinds <= {"shell"}
