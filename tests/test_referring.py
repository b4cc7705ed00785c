"""What is kept of a file that refers: read off each kind, and the same in another process."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path
from types import FrameType

import pytest

from flake8_hfmodels.cli.looking import NOTHING, Look, look, look_at
from flake8_hfmodels.discover import File
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Known
from flake8_hfmodels.referring import Referring, refer
from flake8_hfmodels.settings import Settings
from flake8_hfmodels.sources.decoding import Skipped
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.recognition import kind_of_name
from flake8_hfmodels.sources.source import PythonSource
from flake8_hfmodels.sources.trouble import Trouble
from tests.doors import LOAD
from tests.test_kinds import FILES

MINIFIED = b"import '@huggingface/transformers';" + b"x" * 60_000


def kind_of(name: str) -> KindName:
    kind = kind_of_name(name.rpartition("/")[2])
    assert kind is not None
    return kind


def looked(name: str, text: str, settings: Settings | None = None) -> Look:
    return look(File(name, kind_of(name)), text.encode(), settings or Settings())


def referring(found: Look) -> Referring:
    assert found.referring is not None
    return found.referring


@pytest.mark.parametrize("persona", Persona)
@pytest.mark.parametrize(("name", "text"), FILES.items(), ids=FILES)
def test_every_kind_goes_to_another_process(name: str, text: str, persona: Persona) -> None:
    found = looked(name, text, Settings(persona=persona))
    kept = referring(found)
    assert pickle.loads(pickle.dumps(found)) == found
    assert (kept.path, kept.kind) == (name, kind_of(name))
    ids = [one.repo_id for one in kept.references]
    assert "nina-vogel/scan-bert" in {
        one.value for known in ids if isinstance(known, Known) for one in known.values
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("doc.py", '"""Take https://huggingface.co/o/m."""\n', id="docstring"),
        pytest.param("options.py", LOAD.format("o/m", ", **options"), id="unknown"),
        pytest.param("silent.py", LOAD.format("o/m", ")  # hfmodels: ignore[HFM001]\n#"), id="own"),
        pytest.param("half.toml", 'model_name_or_path = "o/m"\n[[[\n', id="mistake"),
        pytest.param("broken.py", LOAD.format("o/m", "") + "def broken(:\n", id="trouble"),
    ],
)
def test_all_that_is_found_goes_to_another_process(name: str, text: str) -> None:
    found = looked(name, text, Settings(persona=Persona.AUDITOR))
    assert found != NOTHING
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        pytest.param("a.py", b"print('nothing of the Hub here')\n", NOTHING, id="nothing"),
        pytest.param("a.yaml", b"model: mine\n", NOTHING, id="nothing-in-yaml"),
        pytest.param("a.yaml", b"# huggingface\n", Look(), id="no-reference"),
        pytest.param("a.py", b"from transformers import AutoModel\n", Look(), id="no-load"),
        pytest.param("a.yaml", b"huggingface: \0", Look(skipped="binary"), id="binary"),
        pytest.param("a.js", MINIFIED, Look(skipped="minified"), id="minified"),
        pytest.param("a.py", "large", Look(skipped="large"), id="large"),
        pytest.param(
            "a.py", Trouble("a.py", "x"), Look(trouble=Trouble("a.py", "x")), id="unreadable"
        ),
        pytest.param(
            "a.py",
            b"from_pretrained\0",
            Look(
                trouble=Trouble(
                    "a.py",
                    "has null bytes, which no Python source has; is it a binary file?",
                )
            ),
            id="null",
        ),
        pytest.param(
            "a.ipynb",
            b"[]  ",
            NOTHING,
            id="no-notebook-without-a-name-of-the-hub",
        ),
    ],
)
def test_look(name: str, data: bytes | Trouble | Skipped, expected: Look) -> None:
    assert look(File(name, kind_of(name)), data, Settings()) == expected


def test_file_that_is_not_there(tmp_path: Path) -> None:
    path = str(tmp_path / "gone.py")
    assert look_at(File(path, "python"), Settings()) == Look(
        trouble=Trouble(path, "cannot be read (no such file or directory); mend it or leave it out")
    )


@pytest.mark.parametrize(
    ("line", "shown"),
    [pytest.param(0, "a.py: x", id="file"), pytest.param(3, "a.py:3: x", id="line")],
)
def test_trouble_in_words(line: int, shown: str) -> None:
    assert str(Trouble("a.py", "x", line)) == shown


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("a\nb\n", ("a", "b", ""), id="line-feeds"),
        pytest.param("a\r\nb\rc", ("a", "b", "c"), id="carriage-returns"),
        pytest.param("a\fb\x0bc\x85d\u2028e", ("a\fb\x0bc\x85d\u2028e",), id="no-line-ends"),
    ],
)
def test_lines(text: str, lines: tuple[str, ...]) -> None:
    kept = referring(looked("app.py", FILES["app.py"]))
    assert replace(kept, text=text).lines() == lines


@pytest.mark.parametrize("name", ["app.py", "train.yaml"])
def test_lines_are_those_of_the_file(name: str) -> None:
    assert referring(looked(name, FILES[name])).lines() == tuple(FILES[name].split("\n"))


def test_excerpt_of_a_notebook_is_the_line_of_its_cell() -> None:
    kept = referring(looked("notes.ipynb", FILES["notes.ipynb"]))
    span = kept.references[0].span
    [(given, (line, there))] = kept.excerpts([span])
    assert given == span
    assert line == 'AutoModel.from_pretrained("nina-vogel/scan-bert")'
    assert (there.column, there.end_column) == (1, 1 + len(line))


def test_no_excerpt_where_the_file_is_what_people_wrote() -> None:
    kept = referring(looked("app.py", FILES["app.py"]))
    assert list(kept.excerpts([kept.references[0].span])) == []


def test_no_reference() -> None:
    source = parse("a.py", b"x = 1\n")
    assert isinstance(source, PythonSource)
    assert refer(source) is None


@pytest.mark.parametrize(
    ("ignores", "codes"),
    [
        pytest.param((), (), id="none"),
        pytest.param((("*.py", ("HFM001", "HFM003")),), ("HFM001", "HFM003"), id="this"),
        pytest.param((("src/*", ("HFM001",)),), (), id="another"),
        pytest.param(
            (("app.py", ("HFM001",)), ("b.py", ("HFM002",)), ("a*", ("HFM003",))),
            ("HFM001", "HFM003"),
            id="several",
        ),
    ],
)
def test_what_is_set_for_its_path_is_silenced(
    ignores: tuple[tuple[str, tuple[str, ...]], ...], codes: tuple[str, ...]
) -> None:
    found = looked("app.py", FILES["app.py"], Settings(per_file_ignores=ignores))
    assert referring(found).silencers.settings == codes


@pytest.mark.parametrize("noqa", [True, False])
def test_noqa(noqa: bool) -> None:
    text = FILES["app.py"].rstrip("\n") + "  # noqa: HFM001\n"
    kept = referring(looked("app.py", text, Settings(noqa=noqa)))
    assert kept.silencers.speaks_of("HFM001", kept.references[0].span) is noqa


def test_what_else_a_curious_reader_finds_is_not_what_was_found_already() -> None:
    text = LOAD.format("o/m", ", **options") + 'X = "nina/bert"  # hfmodels: ignore[HFM001]\n'
    kept = referring(looked("app.py", text))
    every = referring(looked("app.py", text, Settings(persona=Persona.AUDITOR)))
    assert len(kept.doubtful) > 0
    assert [*kept.references, *kept.doubtful] == list(every.references)


def test_cells_of_places() -> None:
    kept = referring(looked("notes.ipynb", FILES["notes.ipynb"]))
    spans = [one.span for one in kept.references]
    assert list(kept.cells_of(spans)) == [one.cell for one in kept.references]


def test_no_cells_outside_of_notebooks() -> None:
    kept = referring(looked("app.py", FILES["app.py"]))
    assert list(kept.cells_of([kept.references[0].span])) == [None]


def test_work_grows_no_faster_than_what_is_found() -> None:
    once, twice = (
        calls(f"{LOAD.format('o/m', '')}# hfmodels: ignore[HFM001]\n", n) for n in (1, 2)
    )
    assert twice <= 2.1 * once


def calls(text: str, times: int) -> int:
    """How often references are compared or made into keys to read a file of many of them."""
    source = parse("a.py", (text * 100 * times).encode())
    assert isinstance(source, PythonSource)
    count = 0

    def look(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call" and frame.f_code.co_name in ("__eq__", "equal", "_key")

    sys.setprofile(look)
    try:
        assert refer(source) is not None
    finally:
        sys.setprofile(None)
    return count
