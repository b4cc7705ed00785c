"""What somebody means who names a repo on the command line."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_hfmodels.asked_id import Asked, is_revision, parse_asked
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.reference import Target
from flake8_hfmodels.repo_id import is_repo_id

COMMIT = "0123456789abcdef0123456789abcdef01234567"

MEANT = [
    pytest.param("gpt2", Asked("model", "gpt2", None), id="legacy"),
    pytest.param("o/m", Asked("model", "o/m", None), id="id"),
    pytest.param(f"o/m@{COMMIT}", Asked("model", "o/m", COMMIT), id="commit"),
    pytest.param("o/m@refs/pr/1", Asked("model", "o/m", "refs/pr/1"), id="ref"),
    pytest.param("o/m@a/b", Asked("model", "o/m", "a/b"), id="branch-with-slash"),
    pytest.param("o/m@v@1", Asked("model", "o/m", "v@1"), id="at-in-revision"),
    pytest.param("models/o/m", Asked("model", "o/m", None, says_type=True), id="models"),
    pytest.param("datasets/o/m@x", Asked("dataset", "o/m", "x", says_type=True), id="datasets"),
    pytest.param("datasets/squad", Asked("dataset", "squad", None, says_type=True), id="first"),
    pytest.param("spaces/o/m", Asked("space", "o/m", None, says_type=True), id="spaces"),
    pytest.param("kernels/o/m@v1", Asked("kernel", "o/m", "v1", says_type=True), id="kernels"),
    pytest.param("hf://o/m@v1", Asked("model", "o/m", "v1", says_type=True), id="uri"),
    pytest.param(
        "hf://datasets/o/m@refs%2Fpr%2F1/a.csv",
        Asked("dataset", "o/m", "refs/pr/1", says_type=True),
        id="uri-of-a-file",
    ),
    pytest.param(
        "https://huggingface.co/o/m", Asked("model", "o/m", None, says_type=True), id="page"
    ),
    pytest.param(
        f"https://huggingface.co/datasets/o/m/tree/{COMMIT}?x=1#y",
        Asked("dataset", "o/m", COMMIT, says_type=True),
        id="page-of-a-commit",
    ),
]


@pytest.mark.parametrize(("text", "asked"), MEANT)
def test_what_a_text_means(text: str, asked: Asked) -> None:
    assert parse_asked(text) == asked


def test_a_type_may_be_said_beside_it() -> None:
    assert parse_asked("o/m@x", "dataset") == Asked("dataset", "o/m", "x", says_type=True)


def test_a_type_may_be_said_twice() -> None:
    assert parse_asked("spaces/o/m", "space") == Asked("space", "o/m", None, says_type=True)


HOSTILE = [
    pytest.param("", "'' is no id of a repo", id="empty"),
    pytest.param("@main", "'@main' is no id of a repo", id="revision-only"),
    pytest.param("datasets/", "'datasets/' is no id of a repo", id="type-only"),
    pytest.param("a/b/c", "'a/b/c' is no id of a repo", id="three-parts"),
    pytest.param("buckets/a/b", "'buckets/a/b' is no id of a repo", id="bucket"),
    pytest.param("../m", "'../m' is no id of a repo", id="parent"),
    pytest.param("./m", "'./m' is no id of a repo", id="path"),
    pytest.param("-o/m", "'-o/m' is no id of a repo", id="option"),
    pytest.param(" o/m", "' o/m' is no id of a repo", id="space"),
    pytest.param("o/m\n", r"'o/m\\n' is no id of a repo", id="line-feed"),
    pytest.param("o/\x1b[31mm", r"'o/\\x1b\[31mm' is no id of a repo", id="escape"),
    pytest.param("\u043e/m", "'\u043e/m' is no id of a repo", id="cyrillic"),
    pytest.param("o/m?x=1", r"'o/m\?x=1' is no id of a repo", id="query"),
    pytest.param("o/%2e%2e", "'o/%2e%2e' is no id of a repo", id="quoted"),
    pytest.param("x" * 5000, "'" + "x" * 80 + "…' is no id of a repo", id="long"),
    pytest.param("https://example.org/o/m", "is no id of a repo", id="elsewhere"),
    pytest.param("x https://hf.co/o/m", "is no id of a repo", id="text-before"),
    pytest.param("hf://o/m)", "is no id of a repo", id="text-behind"),
    pytest.param("hf://o", "is no id of a repo", id="uri-of-an-owner"),
    pytest.param("o/m@", "'o/m@': behind the @ must stand a branch", id="no-revision"),
    pytest.param("hf://o/m@{x}", "which '' cannot be", id="unfilled"),
    pytest.param("o/m@../../x", r"which '\.\./\.\./x' cannot be", id="parent-revision"),
    pytest.param("o/m@a\x1b[2J", r"which 'a\\x1b\[2J' cannot be", id="escape-in-revision"),
    pytest.param("hf://o/m@a%0Ab", r"which 'a\\nb' cannot be", id="quoted-line-feed"),
    pytest.param("o/m@" + "a" * 256, "cannot be", id="long-revision"),
]


@pytest.mark.parametrize(("text", "why"), HOSTILE)
def test_what_is_refused(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        parse_asked(text)


TYPES: list[tuple[str, RepoType]] = [("datasets/o/m", "model"), ("hf://o/m", "dataset")]


@pytest.mark.parametrize(("text", "repo_type"), TYPES)
def test_two_types_at_once_are_refused(text: str, repo_type: RepoType) -> None:
    with pytest.raises(ValueError, match=f"and asked for is a {repo_type}"):
        parse_asked(text, repo_type)


@given(st.text() | st.text("ao/@.-:?~^{[ \n%", max_size=12))
def test_nothing_else_comes_out_of_it(text: str) -> None:
    try:
        asked = parse_asked(text)
    except ValueError:
        return
    assert is_repo_id(asked.repo_id)
    assert asked.revision is None or is_revision(asked.revision)


REFS = ("main", "v1.0", "refs/pr/1", "a@b", "a..b", "a b", ".a", "a/.b", "a.lock", "a/", "/a")
MORE_REFS = ("a.", "a~1", "a^", "a:b", "a?", "a*", "a[", "a\\b", "a@{1}", "a//b", "a.lock/b")


@pytest.mark.parametrize("name", [*REFS, *MORE_REFS])
def test_a_revision_is_what_git_takes(name: str) -> None:
    command = ["git", "check-ref-format", f"refs/heads/{name}"]
    assert is_revision(name) is (subprocess.run(command, check=False).returncode == 0)


@pytest.mark.parametrize("name", ["-a", "@"])
def test_no_revision_is_an_option_of_git(name: str) -> None:
    assert not is_revision(name)


def test_the_question_to_the_hub() -> None:
    assert parse_asked("o/m@v1").target == Target("model", "o/m", "v1")


@pytest.mark.parametrize("text", ["o/m", "o/m@v1", "datasets/o/m@v1", "kernels/o/m"])
def test_it_is_shown_as_it_is_written(text: str) -> None:
    assert str(parse_asked(text)) == text
