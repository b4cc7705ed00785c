"""Since when lines stand in a file, in real repos of git, and the findings that come of it."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flake8_hfmodels import blame as module
from flake8_hfmodels.ages import DAY, too_young
from flake8_hfmodels.blame import Blamer, Line
from flake8_hfmodels.facts import Found, Repo
from flake8_hfmodels.git import ask_git
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Target
from flake8_hfmodels.referring import refer
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource
from tests.doors import LOAD, Place

FIRST = 1_600_000_000
SECOND = FIRST + 100 * DAY
THIRD = FIRST + 200 * DAY

Ages = Mapping[int, int]


@pytest.fixture
def repo(lonely: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A repo whose file of ten lines is all of the first day, in which this process stands."""
    for name, value in lonely.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(lonely.folder)
    lonely.git("init", "-q", "-b", "main")
    lonely.write("a.py", numbered(10))
    commit(lonely, FIRST)
    return lonely


def numbered(last: int, **others: str) -> str:
    """Lines that say their number, but for some that say something else."""
    return "".join(f"{others.get(f'_{one}', one)}\n" for one in range(1, last + 1))


def commit(place: Place, written: int, committed: int | None = None, *more: str) -> None:
    dated = at(place, written, committed)
    dated.git("add", "--all")
    dated.git("commit", "-q", "--allow-empty", "-m", "some", *more)


def at(place: Place, written: int, committed: int | None = None) -> Place:
    """The place at some time: the author's, and the committer's where that is another."""
    return place.where(
        GIT_AUTHOR_DATE=f"@{written} +0200",
        GIT_COMMITTER_DATE=f"@{committed or written} -0700",
    )


def ages(*lines: int, path: str = "a.py", text: str | None = None) -> Ages:
    """What git says of lines; those that are not committed are of the present, and left out."""
    now = time.time() - DAY
    said = Blamer()(path, text, lines)
    return {number: line.since for number, line in said.items() if line.since < now}


def test_lines_and_what_stands_there(repo: Place) -> None:
    repo.write("a.py", numbered(10, _3="é\tx "))
    commit(repo, SECOND)
    assert Blamer()("a.py", None, [2, 3, 10]) == {
        2: Line(FIRST, "2"),
        3: Line(SECOND, "é\tx "),
        10: Line(FIRST, "10"),
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(numbered(10, _4="x"), {3: FIRST, 4: SECOND, 5: FIRST}, id="changed"),
        pytest.param(numbered(10, _4="  4"), {3: FIRST, 4: SECOND, 5: FIRST}, id="reformatted"),
        pytest.param("0\n" + numbered(10), {3: FIRST, 4: FIRST, 5: FIRST}, id="pushed-down"),
        pytest.param(
            numbered(10, _3="\tauthor-time 7", _4="author-time 7", _5=f"{'0' * 40} 1 1 1"),
            {3: SECOND, 4: SECOND, 5: SECOND},
            id="like-what-git-says",
        ),
        pytest.param(
            numbered(10, _3="a\fb\u2028c\x85d"), {3: SECOND, 4: FIRST, 5: FIRST}, id="odd"
        ),
    ],
)
def test_written_again(repo: Place, text: str, expected: Ages) -> None:
    repo.write("a.py", text)
    commit(repo, SECOND)
    assert ages(3, 4, 5) == expected


def test_line_that_came_back_is_as_young_as_that(repo: Place) -> None:
    repo.write("a.py", numbered(10, _4="x"))
    commit(repo, SECOND)
    repo.write("a.py", numbered(10))
    commit(repo, THIRD)
    assert ages(4) == {4: THIRD}


def test_not_committed_is_written_now(repo: Place) -> None:
    repo.write("a.py", numbered(10, _4="x"))
    said = Blamer()("a.py", None, [4])
    assert abs(said[4].since - time.time()) < 600


@pytest.mark.parametrize(
    "commands",
    [
        pytest.param([["commit", "-q", "--amend", "-a", "-m", "more"]], id="amended"),
        pytest.param(
            [
                ["commit", "-q", "-a", "--fixup", "HEAD"],
                ["-c", "sequence.editor=:", "rebase", "-q", "-i", "--autosquash", "--root"],
            ],
            id="fixup",
        ),
    ],
)
def test_commit_that_was_changed_later(repo: Place, commands: list[list[str]]) -> None:
    """The author's date is that of the first try, long before the line was written."""
    repo.write("a.py", numbered(10, _4="x"))
    for command in commands:
        at(repo, SECOND).git(*command)
    assert repo.git("log", "--format=%at").out == f"{FIRST}\n"
    assert ages(4) == {4: SECOND}


def test_rebase_makes_lines_younger(repo: Place) -> None:
    repo.git("checkout", "-q", "-b", "topic")
    repo.write("a.py", numbered(10, _2="x"))
    commit(repo, FIRST + 1)
    repo.git("checkout", "-q", "main")
    repo.write("b.py", "1\n")
    commit(repo, SECOND)
    repo.git("checkout", "-q", "topic")
    at(repo, THIRD).git("rebase", "-q", "main")
    assert repo.git("log", "-1", "--format=%at %ct").out == f"{FIRST + 1} {THIRD}\n"
    assert ages(1, 2) == {1: FIRST, 2: THIRD}


def test_committer_whose_clock_is_late(repo: Place) -> None:
    repo.write("a.py", numbered(10, _2="x"))
    commit(repo, SECOND, 1000)
    assert ages(2) == {2: SECOND}


def test_renamed_file(repo: Place) -> None:
    repo.git("mv", "a.py", "b.py")
    commit(repo, SECOND)
    assert ages(2, path="b.py") == {2: FIRST}


def test_merge(repo: Place) -> None:
    repo.git("checkout", "-q", "-b", "topic")
    repo.write("a.py", numbered(10, _2="x"))
    commit(repo, SECOND)
    repo.git("checkout", "-q", "main")
    repo.write("a.py", numbered(10, _9="x"))
    commit(repo, FIRST + 5)
    at(repo, THIRD).git("merge", "-q", "-m", "both", "topic")
    assert ages(1, 2, 9) == {1: FIRST, 2: SECOND, 9: FIRST + 5}


def test_conflict(repo: Place) -> None:
    repo.git("checkout", "-q", "-b", "topic")
    repo.write("a.py", numbered(10, _4="mine"))
    commit(repo, SECOND)
    repo.git("checkout", "-q", "main")
    repo.write("a.py", numbered(10, _4="theirs"))
    commit(repo, THIRD)
    assert repo.run("git", "merge", "topic").code == 1
    assert ages(3, 4, 5, 7, 8) == {3: FIRST, 5: THIRD, 7: SECOND}


def test_commit_that_the_project_passes_over(repo: Place) -> None:
    repo.write("b.py", "1\nload( 'org/model' )\n")
    commit(repo, SECOND)
    repo.write("b.py", '1\nload("org/model")\n')
    commit(repo, THIRD)
    repo.write(".git-blame-ignore-revs", repo.git("rev-parse", "HEAD").out)
    assert ages(2, path="b.py") == {2: THIRD}
    repo.git("config", "blame.ignoreRevsFile", ".git-blame-ignore-revs")
    assert ages(2, path="b.py") == {2: SECOND}


def test_missing_list_of_such_commits(repo: Place) -> None:
    repo.git("config", "blame.ignoreRevsFile", "gone")
    assert ages(4) == {}


def clone(repo: Place, *options: str) -> Place:
    folder = repo.folder.with_name("clone")
    repo.git("clone", "-q", *options, f"file://{repo.folder}", str(folder))
    return replace(repo, folder=folder)


def test_shallow_clone_makes_lines_younger(repo: Place) -> None:
    for when in (SECOND, THIRD):
        repo.write("b.py", str(when))
        commit(repo, when)
    shallow = clone(repo, "--depth", "2")
    assert ages(1, path=str(shallow.folder / "a.py")) == {1: SECOND}


def test_clone_without_contents_fetches_none(repo: Place) -> None:
    repo.write("a.py", numbered(10, _4="x"))
    commit(repo, SECOND)
    repo.git("config", "uploadpack.allowFilter", "true")
    partial = clone(repo, "--filter=blob:none")
    before = partial.git("rev-list", "--objects", "--all", "--missing=print").out
    assert ages(1, path=str(partial.folder / "a.py")) == {}
    assert partial.git("rev-list", "--objects", "--all", "--missing=print").out == before


def test_worktree(repo: Place) -> None:
    other = repo.folder.with_name("worktree")
    repo.git("worktree", "add", "-q", str(other), "-b", "other")
    assert ages(1, path=str(other / "a.py")) == {1: FIRST}


def test_submodule(repo: Place) -> None:
    other = replace(repo, folder=repo.folder.with_name("other"))
    other.folder.mkdir()
    other.git("init", "-q")
    other.write("s.py", "1\n")
    commit(other, SECOND)
    allowed = ("-c", "protocol.file.allow=always")
    repo.git(*allowed, "submodule", "--quiet", "add", str(other.folder), "sub")
    assert ages(1, path="sub/s.py") == {1: SECOND}


def test_graft(repo: Place) -> None:
    repo.write("a.py", numbered(10, _4="x"))
    commit(repo, SECOND)
    repo.git("replace", "--graft", "HEAD")
    assert ages(3) == {3: SECOND}


def test_in_a_hook(repo: Place) -> None:
    """git tells its hooks of a repo and of an index, by names that are not everybody's."""
    root = Path(module.__file__).parents[1]
    hook = repo.write(
        ".git/hooks/pre-commit",
        f"#!/bin/sh\nenv | grep -c ^GIT_INDEX_FILE=\nPYTHONPATH={root} exec {repo.interpreter}"
        " -c 'from flake8_hfmodels.blame import Blamer\n"
        'print(Blamer()("a.py", None, [1])[1].since)\'\n',
    )
    hook.chmod(0o755)
    repo.write("a.py", numbered(10, _4="x"))
    done = repo.run("git", "commit", "-a", "-m", "more")
    assert done.complaints[:2] == ["1", str(FIRST)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GIT_DIR", "nowhere"),
        ("GIT_WORK_TREE", "nowhere"),
        ("GIT_INDEX_FILE", "nowhere"),
        ("GIT_PREFIX", "nowhere/"),
        ("GIT_PAGER", "false"),
        ("GIT_TRACE", "1"),
        ("LC_ALL", "de_DE.UTF-8"),
        ("TZ", "Asia/Tokyo"),
    ],
)
def test_environment(repo: Place, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    assert ages(1) == {1: FIRST}


@pytest.mark.parametrize(
    "setting",
    [
        "blame.blankBoundary=true",
        "blame.coloring=highlightRecent",
        "blame.date=relative",
        "blame.markIgnoredLines=true",
        "blame.markUnblamableLines=true",
        "blame.showEmail=true",
        "blame.showRoot=true",
        "color.ui=always",
        "core.abbrev=4",
        "core.pager=false",
        "core.quotePath=true",
        "diff.algorithm=patience",
        "diff.renames=false",
        "format.pretty=oneline",
        "i18n.logOutputEncoding=utf-16",
        "log.date=relative",
        "log.showSignature=true",
    ],
)
def test_setting_of_git(repo: Place, setting: str) -> None:
    repo.git("config", *setting.split("=", 1))
    assert ages(1, 5) == {1: FIRST, 5: FIRST}


# --- which text


def test_text_that_is_not_saved_yet(repo: Place) -> None:
    unsaved = "new\n" + numbered(10, _4="x")
    assert ages(1, 2, 4, 5, 6, 11, text=unsaved) == {2: FIRST, 4: FIRST, 6: FIRST, 11: FIRST}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(numbered(10).encode(), id="as-it-is"),
        pytest.param(numbered(10).replace("\n", "\r\n").encode(), id="crlf"),
        pytest.param(b"\xef\xbb\xbf" + numbered(10).encode(), id="byte-order-mark"),
        pytest.param(numbered(10, _9="é").encode("latin-1"), id="latin-1"),
        pytest.param(numbered(10).rstrip("\n").encode(), id="no-newline-at-the-end"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("autocrlf", ["true", "input", "false"])
def test_bytes_of_a_file(repo: Place, data: bytes, end: str, autocrlf: str) -> None:
    """flake8 hands over lines, and other readers text, that a file holds otherwise."""
    repo.git("config", "core.autocrlf", autocrlf)
    repo.write("b.py", data)
    commit(repo, SECOND)
    saved = data.decode("latin-1").removeprefix("ï»¿").replace("\r\n", "\n")
    for text in (None, saved.replace("\n", end), saved.replace("4", "x").replace("\n", end)):
        found = ages(3, 5, path="b.py", text=text)
        assert found == {3: SECOND, 5: SECOND}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"1\r2\n3\n", id="carriage-return-alone"),
        pytest.param(b"1\n\0\n", id="no-text"),
        pytest.param(b"", id="empty"),
    ],
)
def test_file_whose_lines_git_counts_otherwise(repo: Place, data: bytes) -> None:
    repo.write("b.py", data)
    commit(repo, SECOND)
    assert ages(2, path="b.py") == {}


def test_lines_that_are_not_there(repo: Place) -> None:
    assert ages(8, 11, 99) == {8: FIRST}
    assert ages(99) == {}
    assert ages() == {}


def test_many_lines_apart(repo: Place) -> None:
    """They are asked for as one stretch, so that the command is short."""
    repo.write("b.py", numbered(5000))
    commit(repo, SECOND)
    assert ages(*range(2, 5000, 2), path="b.py") == dict.fromkeys(range(2, 4999), SECOND)


def test_only_wanted_lines_are_asked_for(repo: Place) -> None:
    assert [*Blamer()("a.py", None, [2, 3, 7])] == [2, 3, 7]


@pytest.mark.parametrize(
    "name",
    ["a b.py", "-b.py", ":(top)b.py", "é🤗.py", "b\n.py", os.fsdecode(b"\xff.py"), "d/e/b.py"],
)
def test_name(repo: Place, name: str) -> None:
    repo.write(name, "1\n")
    commit(repo, SECOND)
    assert ages(1, path=name) == {1: SECOND}


def test_link_leads_to_its_file(repo: Place) -> None:
    repo.inside("deep")
    (repo.folder / "deep/link.py").symlink_to("../a.py")
    commit(repo, SECOND)
    assert ages(1, path="deep/link.py") == {1: FIRST}


# --- no answer


def test_untracked_file(repo: Place) -> None:
    repo.write("b.py", "1\n")
    assert ages(1, path="b.py") == {}


def test_added_file_is_written_now(repo: Place) -> None:
    repo.write("b.py", "1\n")
    repo.git("add", ".")
    assert [*Blamer()("b.py", None, [1])] == [1]
    assert ages(1, path="b.py") == {}


def test_ignored_file(repo: Place) -> None:
    repo.write(".gitignore", "b.py\n")
    repo.write("b.py", "1\n")
    assert ages(1, path="b.py") == {}


@pytest.mark.parametrize("path", ["stdin", "-", "gone/b.py", "", ".", "/dev/zero", "/"])
def test_no_file(repo: Place, path: str) -> None:
    assert ages(1, path=path, text="1\n") == {}


def test_file_that_nobody_may_read(repo: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.open", refuse)
    assert ages(1) == {}


def refuse(*_file: object) -> object:
    raise PermissionError


def test_repo_without_a_commit(repo: Place) -> None:
    empty = repo.inside("empty")
    empty.git("init", "-q")
    empty.write("b.py", "1\n")
    assert ages(1, path="empty/b.py") == {}


def test_broken_repo(repo: Place) -> None:
    (repo.folder / ".git/HEAD").unlink()
    assert ages(1) == {}


def test_owner_that_git_does_not_trust(repo: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert ages(1) == {}


def test_no_git(repo: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repo.folder))
    assert ages(1) == {}


def program(repo: Place, script: str) -> tuple[str, Path]:
    """A program in a folder of its own, and the file by which it can show that it was started."""
    folder = repo.folder.with_name("programs")
    folder.mkdir()
    mark = folder / "started"
    path = folder / "git"
    path.write_text(f"#!/bin/sh\n{script.format(mark=mark)}\n")
    path.chmod(0o755)
    return str(path), mark


def test_no_process_where_no_repo_is(repo: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    path, mark = program(repo, "touch {mark}")
    monkeypatch.setenv("PATH", os.path.dirname(path), prepend=os.pathsep)
    assert ages(1) == {}
    assert mark.exists()
    mark.unlink()
    shutil.rmtree(repo.folder / ".git")
    assert ages(1) == {}
    assert not mark.exists()


@pytest.mark.parametrize(
    ("attribute", "keys"),
    [
        pytest.param("diff=evil", ["diff.evil.command"], id="command"),
        pytest.param("diff=evil", ["diff.evil.textconv"], id="textconv"),
        pytest.param("filter=evil", ["filter.evil.clean", "filter.evil.smudge"], id="filter"),
        pytest.param("filter=evil", ["filter.evil.process"], id="long-running-filter"),
        pytest.param("filter=e.v.i.l", ["filter.e.v.i.l.clean"], id="filter-with-dots"),
        pytest.param("", ["core.fsmonitor", "diff.external"], id="others"),
        pytest.param("", ["core.pager", "pager.blame", "core.editor"], id="pager"),
    ],
)
def test_no_program_is_started(repo: Place, attribute: str, keys: list[str]) -> None:
    path, mark = program(repo, "touch {mark}\ncat")
    repo.write(".gitattributes", f"*.py {attribute}\n")
    commit(repo, SECOND)
    for key in keys:
        repo.git("config", key, path)
    repo.git("config", "filter.evil.required", "true")
    mark.unlink(missing_ok=True)
    assert ages(1) == {1: FIRST}
    assert ages(2, text=numbered(10, _1="x")) == {2: FIRST}
    assert not mark.exists()


def test_filter_whose_name_holds_a_sign_of_equality(repo: Place) -> None:
    path, mark = program(repo, "touch {mark}\ncat")
    repo.write(".gitattributes", "*.py filter=e=vil\n")
    repo.git("config", "filter.e=vil.clean", path)
    assert ages(1) == {}
    assert not mark.exists()


def test_file_that_is_stored_otherwise_than_it_lies_here(repo: Place) -> None:
    """As by nbstripout: lines that are stored have their age, others have none."""
    repo.write(".gitattributes", "*.txt filter=strip\n")
    repo.git("config", "filter.strip.clean", "grep -v out")
    repo.write("b.txt", numbered(5, _2="out"))
    commit(repo, SECOND)
    assert ages(1, 2, 3, path="b.txt") == {1: SECOND, 3: SECOND}


# --- time


def test_git_that_takes_too_long(repo: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _mark = program(repo, "case $* in *blame*) exec sleep 60;; esac")
    monkeypatch.setenv("PATH", os.path.dirname(path), prepend=os.pathsep)
    monkeypatch.setattr(module, "FOR_A_FILE", 0.3)
    blamer = Blamer(0.5)
    begin = time.monotonic()
    assert [blamer("a.py", None, [1]) for _ in range(4)] == [{}, {}, {}, {}]
    assert time.monotonic() - begin < 5
    assert blamer.given_up == 4
    assert blamer.left < 0.01


def test_no_process_without_time(repo: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    path, mark = program(repo, "touch {mark}")
    monkeypatch.setenv("PATH", os.path.dirname(path), prepend=os.pathsep)
    blamer = Blamer(0)
    assert blamer("a.py", None, [1]) == {}
    assert blamer.given_up == 1
    assert not mark.exists()


def test_refusal_is_no_lack_of_time(repo: Place) -> None:
    repo.write("b.py", "1\n")
    blamer = Blamer()
    assert blamer("b.py", None, [1]) == {}
    assert blamer.given_up == 0


def test_time_is_taken_off(repo: Place) -> None:
    blamer = Blamer(5.0)
    assert blamer("a.py", None, [1])
    assert 0 < blamer.left < 5.0


def test_what_git_is_given_is_all_read(repo: Place) -> None:
    """More than a pipe holds, both ways."""
    text = numbered(60_000)
    repo.write("b.py", text)
    commit(repo, SECOND)
    assert ages(60_000, path="b.py", text="x\n" + text) == {60_000: SECOND}
    assert ask_git(".", "hash-object", "--stdin", given=b"x" * 10**6) is not None


def test_git_that_reads_nothing(repo: Place) -> None:
    assert ask_git(".", "rev-parse", "--is-inside-work-tree", given=b"x" * 10**6) == b"true\n"


# --- both together


LINE = LOAD.format("org/model", "")
NEW = Repo("org/model", f"{1_700_000_000:08x}36468d709f17434d", None, ("config.json",))
CREATED = 1_700_000_000


def told(text: str, grace: int = 30) -> int:
    """How many findings there are in a.py when it says that."""
    source = parse("a.py", text.encode())
    assert isinstance(source, PythonSource)
    referring = refer(source)
    assert referring is not None
    facts = {Target("model", "org/model", None): Found(NEW)}
    return len([*too_young(referring, facts, grace, Blamer())])


@pytest.mark.parametrize(
    ("days", "seconds", "expected"),
    [
        pytest.param(-30, -1, 1, id="a-second-too-old"),
        pytest.param(-30, 0, 0, id="just-young-enough"),
        pytest.param(400, 0, 0, id="younger-than-the-repo"),
    ],
)
def test_grace(repo: Place, days: int, seconds: int, expected: int) -> None:
    repo.write("a.py", LINE)
    commit(repo, CREATED + days * DAY + seconds)
    assert told(LINE) == expected


def test_rebase_is_no_alarm(repo: Place) -> None:
    repo.write("a.py", LINE)
    commit(repo, CREATED - 40 * DAY, CREATED - 5 * DAY)
    assert told(LINE) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(LINE, 1, id="as-it-was"),
        pytest.param("import os\n\n" + LINE, 1, id="pushed-down"),
        pytest.param(LINE + "x = 1\n", 1, id="more-below"),
        pytest.param(LINE.replace('"org/model"', "'org/model'"), 0, id="quoted-otherwise"),
        pytest.param(LINE.replace(")", ")  # ours", 1), 0, id="commented"),
    ],
)
def test_unsaved_text(repo: Place, text: str, expected: int) -> None:
    repo.write("a.py", LINE)
    commit(repo, FIRST)
    assert told(text) == expected


def test_file_that_git_does_not_know(repo: Place) -> None:
    (repo.folder / ".git").rename(repo.folder / ".gone")
    repo.write("a.py", LINE)
    assert told(LINE) == 0


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 1000)), min_size=1, max_size=6))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_line_is_of_the_day_it_was_last_changed(
    repo: Place, changes: list[tuple[int, int]]
) -> None:
    lines = [f"line {number} {os.urandom(4).hex()}" for number in range(6)]
    path = f"{os.urandom(4).hex()}.py"
    repo.write(path, "\n".join(lines) + "\n")
    commit(repo, FIRST)
    expected = dict.fromkeys(range(1, 7), FIRST)
    now = FIRST
    for number, days in changes:
        now += days * DAY
        lines[number] = f"line {number} of {now}"
        repo.write(path, "\n".join(lines) + "\n")
        commit(repo, now)
        expected[number + 1] = now
    present = time.time() - DAY
    assert ages(*range(1, 7), path=path) == {n: one for n, one in expected.items() if one < present}
