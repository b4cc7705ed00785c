"""Changed lines as git has them, whatever the repo sets up, and what `--diff` makes of them."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path

import pytest

from flake8_hfmodels.changes import ALL, Changes, changes_since
from flake8_hfmodels.finding import Related
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Span
from tests.doors import HEAD, LOAD, Place
from tests.telling import FINDING, reference

Changed = Mapping[str, "list[int] | str"]


@pytest.fixture
def repo(lonely: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A repo with one commit of ten lines, in which this process stands."""
    for name, value in lonely.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(lonely.folder)
    lonely.git("init", "-q", "-b", "main")
    lonely.write("a.py", numbered(10))
    commit(lonely)
    return lonely


def numbered(last: int, **others: str) -> str:
    """Lines that say their number, but for some that say something else."""
    return "".join(f"{others.get(f'_{one}', one)}\n" for one in range(1, last + 1))


def commit(place: Place) -> None:
    place.git("add", "--all")
    place.git("commit", "-q", "--allow-empty", "-m", "some")


def changed(ref: str = "HEAD") -> Changed:
    """The changed lines of each file, by its name in the repo."""
    return {
        os.path.relpath(name): "all" if lines == ALL else [n for one in lines for n in one]
        for name, lines in changes_since(ref).files.items()
    }


def touches(changes: Changes, path: str) -> bool:
    """Whether something in a file has changed."""
    return changes.include(replace(FINDING, path=path, span=Span(1, 1, 99, 1)))


def test_nothing_has_changed(repo: Place) -> None:
    assert changed() == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(numbered(10, _4="x"), [4], id="changed"),
        pytest.param(numbered(10, _1="x", _10="y"), [1, 10], id="first-and-last"),
        pytest.param(numbered(12), [11, 12], id="added"),
        pytest.param("0\n" + numbered(10), [1], id="added-above"),
        pytest.param(numbered(10).replace("5\n6\n", ""), [4, 5], id="removed"),
        pytest.param(numbered(10).replace("1\n2\n", ""), [1], id="removed-at-the-top"),
        pytest.param(numbered(9), [9, 10], id="removed-at-the-end"),
        pytest.param("", [1], id="emptied"),
        pytest.param(numbered(10).rstrip("\n"), [10], id="no-newline-at-the-end"),
        pytest.param(numbered(10).replace("\n", "\r\n"), list(range(1, 11)), id="crlf"),
        pytest.param(numbered(10, _3="++ b/other.py"), [3], id="like-a-new-name"),
        pytest.param(numbered(10, _3="-- a/other.py"), [3], id="like-an-old-name"),
        pytest.param(
            numbered(10, _3="x\n++ b/other.py\n@@ -1 +1,99 @@\ndiff --git a/x b/x", _9="y"),
            [3, 4, 5, 6, 12],
            id="like-a-patch",
        ),
        pytest.param(numbered(10, _3="\\ No newline at end of file"), [3], id="like-no-newline"),
        pytest.param(numbered(10, _3="\u2028\x0c\x85é🤗"), [3], id="odd-separators"),
        pytest.param(numbered(10, _3="a\rb"), [3], id="carriage-return"),
    ],
)
def test_lines(repo: Place, text: str, expected: list[int]) -> None:
    repo.write("a.py", text)
    assert changed() == {"a.py": expected}


def test_removed_lines_that_look_like_a_patch(repo: Place) -> None:
    repo.write("a.py", numbered(10, _3="-- a/x\n++ b/x\n@@ -1 +1 @@"))
    commit(repo)
    repo.write("a.py", numbered(10, _8="x"))
    assert changed() == {"a.py": [3, 8]}


@pytest.mark.parametrize(
    "commands",
    [
        pytest.param([], id="unstaged"),
        pytest.param(["git add ."], id="staged"),
        pytest.param(["git add .", "git commit -q -m more"], id="committed"),
        pytest.param(["git checkout -q -b topic", "git commit -q -a -m more"], id="on-a-branch"),
        pytest.param(["git checkout -q --detach", "git commit -q -a -m more"], id="detached"),
    ],
)
def test_wherever_the_change_is(repo: Place, commands: list[str]) -> None:
    begin = repo.git("rev-parse", "HEAD").out.strip()
    repo.write("a.py", numbered(10, _4="x"))
    for command in commands:
        repo.run(*shlex.split(command))
    assert changed(begin) == {"a.py": [4]}


def test_staged_and_changed_again(repo: Place) -> None:
    repo.write("a.py", numbered(10, _4="x"))
    repo.git("add", ".")
    repo.write("a.py", numbered(10, _5="y"))
    assert changed() == {"a.py": [5]}


def test_since_the_branches_parted(repo: Place) -> None:
    repo.git("checkout", "-q", "-b", "topic")
    repo.write("a.py", numbered(10, _2="mine"))
    commit(repo)
    repo.git("checkout", "-q", "main")
    repo.write("a.py", numbered(10, _9="theirs"))
    commit(repo)
    repo.git("checkout", "-q", "topic")
    assert changed("main") == {"a.py": [2]}


def test_branches_that_never_met(repo: Place) -> None:
    repo.git("checkout", "-q", "--orphan", "other")
    repo.write("a.py", numbered(10, _2="mine"))
    commit(repo)
    assert changed("main") == {"a.py": [2]}


@pytest.mark.parametrize(
    "command",
    [
        pytest.param("git status", id="untracked"),
        pytest.param("git add b.py", id="staged"),
        pytest.param("git add --intent-to-add b.py", id="announced"),
    ],
)
def test_new_file(repo: Place, command: str) -> None:
    repo.write("b.py", "1\n2\n")
    repo.run(*command.split())
    changes = changes_since("HEAD")
    assert touches(changes, "b.py")
    assert [changes.include(replace(FINDING, path="b.py", span=at(n))) for n in (1, 2)] == [
        True
    ] * 2


def at(line: int, end_line: int = 0) -> Span:
    return Span(line, 1, end_line or line, 2)


def test_ignored_file_is_none_of_the_work(repo: Place) -> None:
    repo.write(".gitignore", "b.py\n")
    commit(repo)
    repo.write("b.py", "1\n")
    assert changed() == {}


def test_untracked_and_known_at_the_commit(repo: Place) -> None:
    repo.git("rm", "-q", "--cached", "a.py")
    assert changed() == {"a.py": "all"}


def test_deleted_file(repo: Place) -> None:
    (repo.folder / "a.py").unlink()
    assert changed() == {}


def test_renamed_file(repo: Place) -> None:
    repo.git("mv", "a.py", "b.py")
    assert changed() == {}


def test_renamed_and_changed_file(repo: Place) -> None:
    repo.git("mv", "a.py", "b.py")
    repo.write("b.py", numbered(10, _4="x"))
    assert changed() == {"b.py": [4]}


def test_mode(repo: Place) -> None:
    (repo.folder / "a.py").chmod(0o755)
    assert changed() == {}


def test_two_files(repo: Place) -> None:
    repo.write("b.py", numbered(3))
    commit(repo)
    repo.write("a.py", numbered(10, _4="x"))
    repo.write("b.py", numbered(3, _2="x"))
    assert changed() == {"a.py": [4], "b.py": [2]}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("a b.py", id="space"),
        pytest.param(" a.py ", id="spaces-around"),
        pytest.param('"a".py', id="quotes"),
        pytest.param("a'b.py", id="single-quote"),
        pytest.param("a\\b\\303.py", id="backslashes"),
        pytest.param("a\tb\n\x01\x7f.py", id="control"),
        pytest.param("é🤗.py", id="unicode"),
        pytest.param(os.fsdecode(b"\xff\xfe.py"), id="no-utf-8"),
        pytest.param("b/b.py", id="prefix"),
        pytest.param("a/a/b/b.py", id="prefixes"),
        pytest.param("--- a", id="like-a-head"),
        pytest.param("-a.py", id="option"),
        pytest.param(":(top)a.py", id="magic"),
    ],
)
@pytest.mark.parametrize("quoted", ["true", "false"])
def test_name(repo: Place, name: str, quoted: str) -> None:
    repo.git("config", "core.quotePath", quoted)
    repo.write(name, numbered(4))
    commit(repo)
    repo.write(name, numbered(4, _2="x"))
    repo.write(name + "~", "new")
    assert changed() == {name: [2], name + "~": "all"}


def test_file_of_bytes(repo: Place) -> None:
    """That a file is binary for git is said by a byte or by an attribute; we may read it yet."""
    repo.write("b b.py", b"\0\n")
    repo.write("gone.py", b"\0\n")
    commit(repo)
    repo.write("b b.py", b"\0\n1\n")
    repo.write("c\n.py", b"\0\n")
    repo.git("add", ".")
    repo.git("mv", "gone.py", "moved.py")
    repo.write("moved.py", b"\0\n2\n")
    assert changed() == {"b b.py": "all", "c\n.py": "all", "moved.py": "all"}


def test_attribute_hides_no_change(repo: Place) -> None:
    repo.write(".gitattributes", "*.py -diff\n")
    commit(repo)
    repo.write("a.py", numbered(10, _4="x"))
    assert changed() == {"a.py": "all"}


def test_files_that_are_stored_otherwise_than_they_lie_here(repo: Place) -> None:
    """`nbstripout` and git-lfs are such: the lines that git compares have other numbers."""
    repo.write(".gitattributes", "*.ipynb filter=strip\n")
    repo.git("config", "filter.strip.clean", "tail -n +3")
    repo.write("a.ipynb", numbered(10))
    repo.write("b.ipynb", numbered(10))
    commit(repo)
    repo.write("a.ipynb", numbered(10, _5="x"))
    repo.write("a.py", numbered(10, _5="x"))
    assert changed()["a.ipynb"] == "all"
    assert changed()["a.py"] == [5]


def test_link(repo: Place) -> None:
    """A link and what it leads to are one file."""
    repo.write("a.py", numbered(10, _4="x"))
    (repo.folder / "z.py").symlink_to("a.py")
    (repo.folder / "0.py").symlink_to("a.py")
    repo.git("add", ".")
    assert {*changed()["a.py"]} == {1, 4}


def test_file_that_became_a_link(repo: Place) -> None:
    repo.write("b.py", "1\n")
    commit(repo)
    (repo.folder / "b.py").unlink()
    (repo.folder / "b.py").symlink_to("a.py")
    assert touches(changes_since("HEAD"), "b.py")


def test_conflict(repo: Place) -> None:
    repo.git("checkout", "-q", "-b", "topic")
    repo.write("a.py", numbered(10, _4="mine"))
    commit(repo)
    repo.git("checkout", "-q", "main")
    repo.write("a.py", numbered(10, _4="theirs"))
    commit(repo)
    assert repo.run("git", "merge", "topic").code == 1
    assert changed() == {"a.py": [4, 6, 7, 8]}


def submodule(repo: Place) -> None:
    """Put a repo with a file into the repo."""
    other = replace(repo, folder=repo.folder.with_name("other"))
    other.folder.mkdir()
    other.git("init", "-q")
    other.write("s.py", "1\n")
    commit(other)
    allowed = ("-c", "protocol.file.allow=always")
    repo.git(*allowed, "submodule", "--quiet", "add", str(other.folder), "sub")


def test_submodule_with_another_commit(repo: Place) -> None:
    submodule(repo)
    commit(repo)
    sub = replace(repo, folder=repo.folder / "sub")
    sub.write("s.py", "2\n")
    commit(sub)
    changes = changes_since("HEAD")
    assert [touches(changes, name) for name in ("sub/s.py", "a.py", "sub.py")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("how", ["log", "diff"])
def test_submodule_shown_in_another_way(repo: Place, how: str) -> None:
    submodule(repo)
    repo.write("a.py", numbered(10, _4="x"))
    repo.git("config", "diff.submodule", how)
    assert changed()["a.py"] == [4]


def test_repo_within(repo: Place) -> None:
    within = repo.inside("within")
    within.git("init", "-q")
    within.write("deep/w.py", "1\n")
    commit(within)
    changes = changes_since("HEAD")
    assert touches(changes, "within/deep/w.py")
    assert changes.include(replace(FINDING, path="within/deep/w.py", span=at(7)))
    assert not touches(changes, "within.py")


@pytest.mark.parametrize(
    "setting",
    [
        "color.ui=always",
        "color.diff=always",
        "diff.noprefix=true",
        "diff.mnemonicPrefix=true",
        "diff.srcPrefix=x/",
        "diff.context=5",
        "diff.interHunkContext=9",
        "diff.relative=true",
        "diff.renames=copies",
        "diff.suppressBlankEmpty=true",
        "diff.wsErrorHighlight=all",
        "diff.colorMoved=zebra",
        "diff.algorithm=patience",
        "diff.orderFile=a.py",
        "diff.ignoreSubmodules=all",
        "diff.statGraphWidth=1",
        "core.pager=false",
        "core.abbrev=4",
        "format.pretty=oneline",
        "merge.conflictStyle=diff3",
    ],
)
def test_setting_of_git(repo: Place, setting: str) -> None:
    repo.git("config", *setting.split("=", 1))
    repo.write("é b.py", numbered(3))
    repo.git("add", ".")
    repo.write("a.py", numbered(10, _4="x", _7="y"))
    repo.write("z.py", "1\n")
    assert changed() == {"a.py": [4, 7], "z.py": "all", "é b.py": [1, 2, 3]}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GIT_DIFF_OPTS", "--unified=3"),
        ("GIT_DIR", "nowhere"),
        ("GIT_WORK_TREE", "nowhere"),
        ("GIT_INDEX_FILE", "nowhere"),
        ("GIT_PREFIX", "nowhere/"),
        ("GIT_EXTERNAL_DIFF", "false"),
        ("GIT_PAGER", "false"),
        ("GIT_TRACE", "1"),
        ("LC_ALL", "de_DE.UTF-8"),
    ],
)
def test_environment(repo: Place, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    repo.write("a.py", numbered(10, _4="x"))
    monkeypatch.setenv(name, value)
    assert changed() == {"a.py": [4]}


def trap(repo: Place) -> tuple[str, Path]:
    """A program, and the file by which it shows that somebody has started it."""
    mark = repo.folder.with_name("started")
    program = repo.folder.with_name("trap.sh")
    program.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    program.chmod(0o755)
    return str(program), mark


@pytest.mark.parametrize(
    ("attribute", "keys"),
    [
        pytest.param("", ["diff.external"], id="external"),
        pytest.param("diff=evil", ["diff.evil.command"], id="command"),
        pytest.param("diff=evil", ["diff.evil.textconv"], id="textconv"),
        pytest.param("filter=evil", ["filter.evil.clean", "filter.evil.smudge"], id="filter"),
        pytest.param("filter=evil", ["filter.evil.process"], id="long-running-filter"),
        pytest.param("filter=e.v.i.l", ["filter.e.v.i.l.clean"], id="filter-with-dots"),
        pytest.param("", ["core.fsmonitor"], id="fsmonitor"),
        pytest.param("", ["core.pager", "pager.diff", "pager.diff-index"], id="pager"),
        pytest.param("", ["core.sshCommand", "core.askPass", "core.editor"], id="others"),
    ],
)
def test_no_program_is_started(repo: Place, attribute: str, keys: list[str]) -> None:
    program, mark = trap(repo)
    repo.write(".gitattributes", f"*.py {attribute}\n")
    commit(repo)
    for key in keys:
        repo.git("config", key, program)
    repo.git("config", "filter.evil.required", "true")
    repo.write("a.py", numbered(10, _4="x"))
    mark.unlink(missing_ok=True)
    assert "a.py" in changed()
    assert not mark.exists()


def test_no_hook_is_started(repo: Place) -> None:
    program, mark = trap(repo)
    hook = repo.folder / ".git/hooks/post-index-change"
    hook.parent.mkdir(exist_ok=True)
    hook.symlink_to(program)
    for _ in range(3):
        os.utime(repo.folder / "a.py", (1, 1))
        assert changed() == {}
    assert not mark.exists()


def test_no_program_is_started_for_a_submodule(repo: Place) -> None:
    program, mark = trap(repo)
    submodule(repo)
    commit(repo)
    sub = replace(repo, folder=repo.folder / "sub")
    for key in ("core.fsmonitor", "diff.external", "filter.evil.clean"):
        sub.git("config", key, program)
    sub.write(".gitattributes", "* filter=evil\n")
    sub.write("s.py", "2\n")
    assert changed() == {}
    assert not mark.exists()


def test_filter_that_cannot_be_turned_off(repo: Place) -> None:
    repo.git("config", "filter.e=v.clean", "false")
    with pytest.raises(ValueError, match=r"^diff: git has a filter that cannot be turned off \("):
        changes_since("HEAD")


def test_from_a_folder_below(repo: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    below = repo.inside("below")
    repo.write("a.py", numbered(10, _4="x"))
    below.write("b.py", "1\n")
    monkeypatch.chdir(below.folder)
    assert changed() == {"../a.py": [4], "b.py": "all"}


def test_worktree(repo: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.git("worktree", "add", "-q", "../tree")
    tree = replace(repo, folder=repo.folder.with_name("tree"))
    tree.write("a.py", numbered(10, _4="x"))
    assert changed() == {}
    monkeypatch.chdir(tree.folder)
    assert changed("main") == {"a.py": [4]}


def test_repo_of_longer_hashes(repo: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    other = repo.inside("sha256")
    other.git("init", "-q", "--object-format=sha256")
    other.write("a.py", numbered(10))
    commit(other)
    other.write("a.py", numbered(10, _4="x"))
    monkeypatch.chdir(other.folder)
    assert changed() == {"a.py": [4]}


def test_shallow_clone(repo: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the commit at which the branches parted is not there, the tip itself counts."""
    repo.git("checkout", "-q", "-b", "topic")
    repo.write("a.py", numbered(10, _2="mine"))
    commit(repo)
    repo.git("checkout", "-q", "main")
    repo.write("a.py", numbered(10, _9="theirs"))
    commit(repo)
    source = f"file://{repo.folder}"
    repo.git("clone", "-q", "--depth=1", "--no-single-branch", "-b", "topic", source, "../clone")
    monkeypatch.chdir(repo.folder.with_name("clone"))
    assert changed("origin/main") == {"a.py": [2, 9]}


@pytest.mark.parametrize(
    "ref",
    [
        "",
        "nobody",
        "--all",
        "--output=a.py",
        "-",
        "main..HEAD",
        "HEAD:a.py",
        "a.py",
        "HEAD^{tree}",
        ":/some",
        "0" * 40,
        "ä\n",
    ],
)
def test_what_is_no_commit(repo: Place, ref: str) -> None:
    with pytest.raises(ValueError, match=r"^diff: .* is no commit that git knows here; fetch it"):
        changes_since(ref)
    assert (repo.folder / "a.py").read_text() == numbered(10)


@pytest.mark.parametrize("ref", ["main", "v1", "HEAD", "HEAD~0", "@", "main@{0}", "-v"])
def test_what_is_a_commit(repo: Place, ref: str) -> None:
    repo.git("tag", "-a", "v1", "-m", "annotated")
    repo.git("update-ref", "refs/tags/-v", "HEAD")
    assert changed(ref) == {}


def test_no_repo(lonely: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(lonely.folder)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(lonely.folder.parent))
    with pytest.raises(ValueError, match=r"^diff: git knows no repository here, or does not trust"):
        changes_since("HEAD")


def test_no_git(repo: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ValueError, match=r"^diff: git is missing; install it"):
        changes_since("HEAD")


def test_damaged_repo(repo: Place) -> None:
    (repo.folder / ".git/index").write_bytes(b"no index")
    with pytest.raises(ValueError, match=r"^diff: git cannot compare with [0-9a-f]{40}$"):
        changes_since("HEAD")


def test_no_commit_yet(repo: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = repo.inside("empty")
    empty.git("init", "-q")
    monkeypatch.chdir(empty.folder)
    with pytest.raises(ValueError, match=r"^diff: 'HEAD' is no commit that git knows here"):
        changes_since("HEAD")


CHANGES = Changes(
    {os.path.realpath("a.py"): (range(3, 5), range(8, 9)), os.path.realpath("c.py"): (range(1, 2),)}
)


@pytest.mark.parametrize(
    ("path", "span", "expected"),
    [
        pytest.param("a.py", at(2), False, id="above"),
        pytest.param("a.py", at(3), True, id="first"),
        pytest.param("a.py", at(4), True, id="last"),
        pytest.param("a.py", at(5), False, id="below"),
        pytest.param("a.py", at(1, 3), True, id="ends-there"),
        pytest.param("a.py", at(4, 6), True, id="begins-there"),
        pytest.param("a.py", at(7, 9), True, id="around"),
        pytest.param("a.py", at(5, 7), False, id="between"),
        pytest.param("./x/../a.py", at(3), True, id="other-name"),
        pytest.param("b.py", at(3), False, id="another-file"),
    ],
)
def test_place_of_a_finding(path: str, span: Span, expected: bool) -> None:
    ref = replace(reference(), path=path, span=span)
    assert CHANGES.include(replace(FINDING, path=path, span=span, reference=ref)) is expected
    assert CHANGES.include(replace(FINDING, path=path, span=span, reference=None)) is expected


def test_place_of_the_reference_counts() -> None:
    ref = replace(reference(), span=at(2, 9))
    assert CHANGES.include(replace(FINDING, path="a.py", span=at(6), reference=ref))


def test_places_that_it_speaks_of_count() -> None:
    """A constant in another file, by whose change the call is another."""
    related = (Related("c.py", at(1), "'a/b' is written here"),)
    assert CHANGES.include(replace(FINDING, path="b.py", related=related))


CALL = 'AutoModel.from_pretrained("{}")\n'
TWO = HEAD + CALL.format("a/old") + "\n" * 3 + CALL.format("a/new")


def said(place: Place, *options: str) -> list[tuple[str, int]]:
    ran = place.hfmodels("check", "--format", "json", "--offline", *options)
    assert ran.err == ""
    return [(path, line) for path, line, _column, _text in ran.json_says()]


def test_only_what_changed_is_told(repo: Place) -> None:
    repo.write("b.py", TWO)
    commit(repo)
    repo.write("b.py", TWO.replace("a/new", "a/newer"))
    repo.write("c.py", LOAD.format("a/b", ""))
    assert said(repo, "--diff", "HEAD", ".") == [("b.py", 6), ("c.py", 2)]


def test_footer_counts_what_is_left_out(repo: Place) -> None:
    repo.write("b.py", TWO)
    commit(repo)
    repo.write("b.py", TWO.replace("a/new", "a/newer"))
    ran = repo.hfmodels("check", "--offline", "--diff", "HEAD", ".")
    assert "1 on unchanged lines" in ran.out.splitlines()[-1]
    assert ran.code == 1


def test_constant_that_changed(repo: Place) -> None:
    text = HEAD + 'NAME = "a/old"\n\n\nAutoModel.from_pretrained(NAME)\n'
    repo.write("b.py", text)
    commit(repo)
    repo.write("b.py", text.replace("old", "new"))
    assert said(repo, "--diff", "HEAD", ".") == [("b.py", 5)]


def test_line_that_is_gone_from_a_call(repo: Place) -> None:
    text = HEAD + f'AutoModel.from_pretrained(\n  "a/b",\n  revision="{"a" * 40}",\n)\n'
    repo.write("b.py", text)
    commit(repo)
    repo.write("b.py", text.replace(f'  revision="{"a" * 40}",\n', ""))
    assert said(repo, "--diff", "HEAD", ".") == [("b.py", 2)]


def test_comment_that_is_gone_from_above(repo: Place) -> None:
    comment = "# hfmodels: ignore[HFM001] known\n"
    repo.write("Dockerfile", f"FROM x\n{comment}RUN hf download a/b\n")
    commit(repo)
    repo.write("Dockerfile", "FROM x\nRUN hf download a/b\n")
    assert said(repo, "--diff", "HEAD", ".") == [("Dockerfile", 2)]


def test_notebook(repo: Place) -> None:
    cells = ['{"cell_type": "code", "source": ["from transformers import AutoModel"]}']
    cells += [
        f'{{"cell_type": "code", "source": ["AutoModel.from_pretrained(\\"a/{one}\\")"]}}'
        for one in ("old", "new")
    ]
    text = '{"cells": [\n' + ",\n".join(cells) + '\n], "nbformat": 4, "nbformat_minor": 5}\n'
    repo.write("n.ipynb", text)
    commit(repo)
    repo.write("n.ipynb", text.replace("a/new", "a/newer"))
    assert said(repo, "--diff", "HEAD", ".") == [("n.ipynb", 4)]


def test_files_from_a_folder_below(repo: Place) -> None:
    repo.write("below/b.py", LOAD.format("a/b", ""))
    below = replace(repo, folder=repo.folder / "below")
    assert said(below, "--diff", "HEAD", ".", "../a.py") == [("b.py", 2)]


def test_what_git_says_no_to_is_one_line(repo: Place) -> None:
    ran = repo.hfmodels("check", "--diff=--all", ".")
    assert ran.complaints == [
        "hfmodels: --diff: '--all' is no commit that git knows here; fetch it first"
    ]
    assert ran.code == 2


def test_constant_that_has_changed_in_another_file(repo: Place) -> None:
    repo.write("names.py", 'MODEL = "nlpgroup/one"\n')
    repo.write("app.py", f"from names import MODEL\n{HEAD}AutoModel.from_pretrained(MODEL)\n")
    commit(repo)
    repo.write("names.py", 'MODEL = "nlpgroup/two"\n')
    ran = repo.hfmodels("check", "--offline", "--format", "json", "--diff", "HEAD")
    assert [said[:2] for said in ran.said()] == [("app.py", 3)]
