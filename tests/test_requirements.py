"""Requirements files: packages that pip installs from the Hub."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_hfmodels.reference import Known, Span
from tests.building import (
    SHA,
    Told,
    everything,
    ids_as_written,
    lies_inside,
    mutated,
    regular,
    spans_of,
    told,
)
from tests.reading import plain

WHEEL = "https://huggingface.co/kaist/thing/resolve/main/thing-1.0-py3-none-any.whl"


@pytest.mark.parametrize(
    ("line", "revision", "persona"),
    [
        (WHEEL, ("main",), "regular"),
        (f"thing @ {WHEEL}", ("main",), "regular"),
        (f'thing @ {WHEEL} ; python_version > "3.8"', ("main",), "regular"),
        (f"thing @ {WHEEL.replace('main', SHA)}", (SHA,), "regular"),
        (f"thing @ {WHEEL} --hash=sha256:{'0' * 64}", ("main",), "pedantic"),
        (f"thing @ {WHEEL} \\\n    --hash=sha256:{'0' * 64}", ("main",), "pedantic"),
        (f"thing @ {WHEEL}#sha256={'0' * 64}", ("main",), "pedantic"),
        ("git+https://huggingface.co/kaist/thing", "absent", "regular"),
        (f"git+https://huggingface.co/kaist/thing@{SHA}", (SHA,), "regular"),
        ("-e git+https://huggingface.co/kaist/thing@main#egg=thing", ("main",), "regular"),
        ("thing @ git+https://user:secret@huggingface.co/kaist/thing@main", ("main",), "regular"),
        ("thing@git+https://huggingface.co/kaist/thing@main", ("main",), "regular"),
        (f"--find-links https://huggingface.co/kaist/thing/tree/{SHA}", (SHA,), "regular"),
        ("-f https://huggingface.co/kaist/thing/tree/main", ("main",), "regular"),
        (f"-f {WHEEL}", ("main",), "regular"),
        ("hf://kaist/thing/a.whl", "absent", "regular"),
    ],
)
@pytest.mark.parametrize("end", ["", "\n", "\r\n", "  # why\n"])
def test_what_is_installed_from_the_hub(
    line: str, revision: object, persona: str, end: str
) -> None:
    (found,) = regular("requirements", f"torch==2.0\n{line}{end}")

    assert (found.span.line, plain(found.repo_id)) == (2, ("kaist/thing",))
    assert (plain(found.revision), found.persona.value) == (revision, persona)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "transformers==4.0",
        "thing @ https://example.org/kaist/thing/resolve/main/a.whl",
        "git+https://github.com/kaist/bert-base@main",
        f"# {WHEEL.replace('/resolve', '/no')}",
        "--extra-index-url https://download.pytorch.org/whl/cu118",
        "-r other/requirements.txt",
        "\\",
        "\\\n\\",
    ],
)
def test_says_nothing_of_all_else(line: str) -> None:
    assert regular("requirements", line) == []


def test_no_secret_is_shown() -> None:
    (found,) = regular("requirements", "git+https://me:secret@huggingface.co/kaist/thing")

    assert "secret" not in found.call
    assert isinstance(found.repo_id, Known)


@pytest.mark.parametrize("name", ["git", "wheel"])
def test_the_address_is_what_the_reader_is_shown(name: str) -> None:
    lines = {"git": "git+https://huggingface.co/kaist/thing@main", "wheel": WHEEL}
    text = f"# a\nthing @ {lines[name]}  # why\n"
    (found,) = regular("requirements", text)

    assert found.span == Span(2, 9, 2, 9 + len(lines[name]))
    assert ids_as_written(text, [found]) == ["kaist/thing"]


@pytest.mark.parametrize(
    ("line", "repo_id"),
    [
        ("torch # for meta-llama/Llama-2-7b", "meta-llama/Llama-2-7b"),
        ("# see https://huggingface.co/kaist/thing", "kaist/thing"),
        ("a @ https://huggingface.co/kaist/thing", "kaist/thing"),
    ],
)
def test_auditors_hear_of_pages_and_comments(line: str, repo_id: str) -> None:
    assert [one[2:] for one in told(everything("requirements", line))] == [
        Told(1, "", (repo_id,), persona="auditor")[2:]
    ]


SEED = f"""\
# packages
torch==2.0  # a comment
thing @ {WHEEL} \\
    --hash=sha256:{"0" * 64}
-e git+https://huggingface.co/kaist/thing@{SHA}#egg=thing\r
--find-links https://huggingface.co/kaist/thing/tree/main
"""


@given(mutated(SEED, ("\\", "\\\n", "#", " #", "@", "git+", "--hash=", "-f ")) | st.text())
def test_any_text_is_read_and_places_lie_inside_it(text: str) -> None:
    spans = [span for one in everything("requirements", text) for span in spans_of(one)]

    assert [span for span in spans if not lies_inside(text, span)] == []
