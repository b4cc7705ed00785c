"""What can be the id of a repo: the same as huggingface_hub says."""

from __future__ import annotations

import pytest
from huggingface_hub.errors import HFValidationError
from huggingface_hub.utils._validators import validate_repo_id
from hypothesis import given
from hypothesis import strategies as st

from flake8_hfmodels.repo_id import is_commit_hash, is_hexadecimal, is_repo_id, names_a_file

TEXTS = st.one_of(
    st.text(st.characters(max_codepoint=127)),
    st.text(st.sampled_from("aZ09_-./ \n"), max_size=8),
    st.lists(st.sampled_from(("a", "-", ".", "_", "/", "git", "a" * 95)), max_size=6).map("".join),
)


def hub_accepts(text: str) -> bool:
    try:
        validate_repo_id(text)
    except HFValidationError:
        return False
    return True


# Older ones took a line feed at the end, letters that are not ASCII, and longer namespaces.
exact = pytest.mark.skipif(
    hub_accepts("o/m\n"), reason="huggingface_hub before 1.33 takes more than ids"
)


@exact
@given(TEXTS)
def test_same_as_huggingface_hub_for_ascii(text: str) -> None:
    assert is_repo_id(text) is hub_accepts(text)


@given(st.text())
def test_never_takes_what_huggingface_hub_does_not(text: str) -> None:
    assert is_repo_id(text) <= hub_accepts(text)


IDS = [
    pytest.param("gpt2", True, id="legacy"),
    pytest.param("o/m", True, id="namespace"),
    pytest.param("Foo-BAR_foo.bar123/_x_", True, id="all-characters"),
    pytest.param("o" * 96 + "/" + "m" * 96, True, id="longest"),
    pytest.param("m" * 97, False, id="name-too-long"),
    pytest.param("o" * 97 + "/m", False, id="namespace-too-long"),
    pytest.param("", False, id="empty"),
    pytest.param("/", False, id="slash"),
    pytest.param("o/", False, id="no-name"),
    pytest.param("/m", False, id="no-namespace"),
    pytest.param("datasets/o/m", False, id="three-parts"),
    pytest.param("o--m", False, id="two-hyphens"),
    pytest.param("o..m", False, id="two-dots"),
    pytest.param("o/m.git", False, id="git"),
    pytest.param(".git/m", False, id="dot-first"),
    pytest.param("o./m", False, id="dot-before-the-slash"),
    pytest.param("o/-m", False, id="hyphen-first"),
    pytest.param("o/m-", False, id="hyphen-last"),
    pytest.param("o/m\n", False, id="line-feed"),
    pytest.param("o m", False, id="space"),
    pytest.param("café", False, id="not-ascii"),
]


@pytest.mark.parametrize(("text", "expected"), IDS)
def test_is_repo_id(text: str, expected: bool) -> None:
    assert is_repo_id(text) is expected


@exact
@pytest.mark.parametrize(("text", "expected"), IDS)
def test_is_repo_id_for_huggingface_hub(text: str, expected: bool) -> None:
    assert hub_accepts(text) is expected


@pytest.mark.parametrize(
    ("revision", "commit", "hexadecimal"),
    [
        pytest.param("0123456789abcdef" * 2 + "01234567", True, True, id="whole"),
        pytest.param("A" * 40, False, True, id="upper-case"),
        pytest.param("a" * 39, False, True, id="one-short"),
        pytest.param("a" * 41, False, False, id="one-long"),
        pytest.param("607a30d", False, True, id="short"),
        pytest.param("beef", False, False, id="word"),
        pytest.param("main", False, False, id="branch"),
        pytest.param("a" * 40 + "\n", False, False, id="line-feed"),
    ],
)
def test_hashes(revision: str, commit: bool, hexadecimal: bool) -> None:
    assert (is_commit_hash(revision), is_hexadecimal(revision)) == (commit, hexadecimal)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("m.bin", True, id="file"),
        pytest.param("o/m.tar.gz", True, id="two-suffixes"),
        pytest.param("m", False, id="no-suffix"),
        pytest.param(".bin", False, id="only-a-suffix"),
        pytest.param("m.gguf", False, id="suffix-that-repos-have"),
        pytest.param("m.binary", False, id="longer"),
    ],
)
def test_names_a_file(text: str, expected: bool) -> None:
    assert names_a_file(text) is expected
