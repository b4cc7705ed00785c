"""Findings in an editor: what python-lsp-server with its flake8 plugin shows while one types.

It hands flake8 the text as it is in the editor over standard input, the document's path from the
folder that is open, and this folder to run in. What flake8 says of a line and a column becomes a
range from there to the end of the line, its line break included; lines and characters count from 0.
(pylsp/plugins/flake8_lint.py of python-lsp-server 1.15)
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.doors import GENEROUS, HEAD, LOAD, Place
from tests.editor import WARNING, Diagnostic, Editor, Position, editing
from tests.fakehub import FakeHub, Fault, small_world

ONLY_OURS = "[flake8]\nselect = HFM\n"
PATIENT = f"{ONLY_OURS}hfmodels-deadline = {GENEROUS}\n"
HURRIED = f"{ONLY_OURS}hfmodels-deadline = 1\n"
HELD_BACK = 10 * GENEROUS
"""Seconds for which an answer is held back. Nobody who waits for it passes a test."""

GPT2 = "openai-community/gpt2"
UNPINNED = LOAD.format(GPT2, "")
BEHIND_THE_ID = (1, len(f'AutoModel.from_pretrained("{GPT2}"'))
ORPHANED = f"""{HEAD}

def load():
    return AutoModel.from_pretrained("dentalai/toothfairy", trust_remote_code=True)
"""
START, END = (4, 11), (4, 84)
CLEAN = "print('nothing of the Hub here')\n"


@dataclass(frozen=True)
class Desk:
    """A folder that is open in an editor."""

    place: Place
    editor: Editor

    def shows(self, path: str, text: str) -> list[Diagnostic]:
        """What the editor shows when a document is opened."""
        self.editor.open(path, text)
        return self.editor.diagnostics(path)

    def codes(self, path: str, text: str) -> list[str]:
        """The codes of what the editor shows when a document is opened."""
        return [one.code for one in self.shows(path, text)]


@pytest.fixture(scope="module")
def world() -> Iterator[FakeHub]:
    """A Hub that is up."""
    with FakeHub(small_world()) as running:
        yield running


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, world: FakeHub) -> Iterator[Desk]:
    """A folder in an editor, with a Hub that is up. Each test has paths of its own there."""
    place = Place.at(tmp_path_factory.mktemp("editor") / "project", world.url)
    place.write("setup.cfg", f"{PATIENT}per-file-ignores = tests/*:HFM001\n")
    with editing(place) as editor:
        yield Desk(place, editor)


# What is shown, and where


def test_what_flake8_says_is_shown_at_its_place(desk: Desk) -> None:
    desk.place.write("saved.py", ORPHANED)
    said = [text for *_place, text in desk.place.flake8("saved.py").said()]
    assert desk.shows("saved.py", ORPHANED) == [
        Diagnostic(code, text, WARNING, START, END)
        for code, text in zip(("HFM001", "HFM003", "HFM004"), said, strict=True)
    ]


@pytest.mark.parametrize(
    ("name", "text", "start", "end"),
    [
        pytest.param("plain", UNPINNED, (1, 0), (1, 51), id="plain"),
        pytest.param("above", f"# größe 漢字 🤗\n{UNPINNED}", (2, 0), (2, 51), id="above"),
        pytest.param(
            "beside",
            UNPINNED.replace("\nAuto", '\ngröße, modell = "漢", Auto'),
            (1, 21),
            (1, 72),
            id="beside",
        ),
        pytest.param("crlf", UNPINNED.replace("\n", "\r\n"), (1, 0), (1, 52), id="crlf"),
        pytest.param("unended", UNPINNED.rstrip(), (1, 0), (1, 50), id="no-newline-at-the-end"),
    ],
)
def test_range(desk: Desk, name: str, text: str, start: Position, end: Position) -> None:
    found = desk.shows(f"range_{name}.py", text)
    assert [(one.code, one.start, one.end) for one in found] == [("HFM001", start, end)]


@pytest.mark.parametrize(("name", "text"), [("clean", CLEAN), ("empty", "")])
def test_nothing_to_show_is_said_too(desk: Desk, name: str, text: str) -> None:
    assert desk.shows(f"{name}.py", text) == []


# The text is that of the editor, the rest that of the disk


@pytest.mark.parametrize(
    ("name", "saved", "text", "expected"),
    [
        pytest.param("worse.py", CLEAN, UNPINNED, ["HFM001"], id="worse-than-saved"),
        pytest.param("better.py", UNPINNED, CLEAN, [], id="better-than-saved"),
    ],
)
def test_text_that_is_not_saved_counts(
    desk: Desk, name: str, saved: str, text: str, expected: list[str]
) -> None:
    desk.place.write(name, saved)
    assert desk.codes(name, text) == expected


def test_typing_the_commit_takes_the_finding_away(desk: Desk, world: FakeHub) -> None:
    assert desk.codes("pinned.py", UNPINNED) == ["HFM001"]
    sha = world.world.repo("model", GPT2).head
    desk.editor.insert("pinned.py", BEHIND_THE_ID, f', revision="{sha}"')
    assert desk.editor.diagnostics("pinned.py") == []


def test_typing_above_moves_the_finding(desk: Desk) -> None:
    [before] = desk.shows("moved.py", UNPINNED)
    desk.editor.insert("moved.py", (0, 0), "# größe 🤗\n")
    [after] = desk.editor.diagnostics("moved.py")
    assert (before.start, after.start) == ((1, 0), (2, 0))


def test_flake8_ignores_by_the_path_of_the_document(desk: Desk) -> None:
    assert desk.codes("tests/not_on_disk.py", ORPHANED) == ["HFM003", "HFM004"]


def test_an_id_from_another_module_is_found_by_the_path_of_the_document(desk: Desk) -> None:
    desk.place.write("package/names.py", f'MODEL = "{GPT2}"\n')
    text = f"from .names import MODEL\n{HEAD}AutoModel.from_pretrained(MODEL)\n"
    [found] = desk.shows("package/app.py", text)
    assert repr(GPT2) in found.message


def test_a_folder_beside_the_document_is_no_repo(desk: Desk) -> None:
    desk.place.write(f"service/{GPT2}/config.json", "{}")
    assert desk.codes("service/app.py", UNPINNED) == []


# A Hub that does not answer


def test_a_slow_hub_does_not_hold_the_editor_up(place: Place, hub: FakeHub) -> None:
    """What needs no Hub is shown while the answers are held back, and nothing else."""
    hub.fault = Fault.slow(HELD_BACK)
    place.write(".flake8", HURRIED)
    with editing(place) as editor:
        desk = Desk(place, editor)
        assert desk.codes("app.py", ORPHANED) == ["HFM001", "HFM003"]
        asked = [one.path for one in hub.requests]
        assert asked == ["/api/models/dentalai/toothfairy?securityStatus=true"]
        # Who types on is not made to wait again: the Hub is left alone for some seconds.
        editor.insert("app.py", (0, 0), "\n")
        assert [one.start for one in editor.diagnostics("app.py")] == [(5, 11), (5, 11)]
        assert [one.path for one in hub.requests] == asked


def test_a_hub_that_is_down_leaves_what_needs_none(lonely: Place) -> None:
    lonely.write(".flake8", ONLY_OURS)
    with editing(lonely) as editor:
        assert Desk(lonely, editor).codes("app.py", ORPHANED) == ["HFM001", "HFM003"]
        assert "flake8-hfmodels: the Hub cannot be reached" in editor.log


# The editor of these tests


@pytest.mark.parametrize(
    ("server", "patience", "reason"),
    [
        pytest.param("raise SystemExit('no licence')", GENEROUS, "no licence", id="dead"),
        pytest.param("import sys; sys.stdin.read()", 0.5, "nothing more is heard", id="mute"),
    ],
)
def test_a_server_that_fails_is_told(
    lonely: Place, server: str, patience: float, reason: str
) -> None:
    with contextlib.ExitStack() as opened, pytest.raises(AssertionError, match=reason):
        opened.enter_context(editing(lonely, ("-c", server), patience))
