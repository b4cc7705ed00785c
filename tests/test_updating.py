"""Pins that are there: where they stand, what they follow, what moves them and what does not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flake8_hfmodels.facts import (
    Blob,
    Facts,
    Found,
    Lacking,
    Missing,
    Moved,
    Owner,
    Repo,
    Unavailable,
)
from flake8_hfmodels.finding import Edit
from flake8_hfmodels.hub.answers import Account
from flake8_hfmodels.hub.inquiry import AccountFacts
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.lock.entry import LockedOwner
from flake8_hfmodels.reference import Span
from flake8_hfmodels.sources import reading
from flake8_hfmodels.sources.placed import split_lines, whole_file
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource, TextSource
from flake8_hfmodels.updating import (
    Difference,
    Locked,
    Pin,
    age,
    difference,
    judged,
    moved,
    pins_in,
)
from tests.locking import entry

OLD = "0123456789012345678901234567890123456789"
NEW = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
LOAD = "from transformers import AutoModel\nAutoModel.from_pretrained({})"


def pins(text: str, kind: KindName = "python") -> list[Pin]:
    lines = split_lines(text)
    if kind == "python":
        source = parse("a.py", text.encode())
        assert isinstance(source, PythonSource)
        return [*pins_in(reading.references(source, everything=False), lines)]
    name = {"dockerfile": "Dockerfile"}.get(kind, f"a.{kind}")
    file = TextSource(name, kind, whole_file(text), lines)
    return [*pins_in(reading.references(file, everything=False), lines)]


@pytest.mark.parametrize(
    ("arguments", "ref"),
    [
        pytest.param(f'"o/m", revision="{OLD}")', "", id="no-comment"),
        pytest.param(f'"o/m", revision="{OLD}")  # main, 2026-11-22', "main", id="comment"),
        pytest.param(f'"o/m", revision="{OLD}",)  # refs/pr/1, 2026-11-22', "refs/pr/1", id="ref"),
        pytest.param(f'"o/m", revision="{OLD}")  # noqa  # v1.0, 2026-01-02', "v1.0", id="behind"),
        pytest.param(f'"o/m", revision="{OLD}")  # since main, 2026', "", id="another-comment"),
        pytest.param(f'"o/m", revision="{OLD}", x="# v1, 2026-01-02")', "", id="in-a-text"),
        pytest.param(f'\n "o/m",\n revision="{OLD}",  # main, 2026-11-22\n)', "main", id="lines"),
    ],
)
def test_pins_in_python(arguments: str, ref: str) -> None:
    text = LOAD.replace("{})", arguments)
    (pin,) = pins(text)
    assert (pin.repo_type, pin.repo_id, pin.commit, pin.ref) == ("model", "o/m", OLD, ref)
    line = split_lines(text)[pin.span.line - 1]
    assert line[pin.span.column - 1 : pin.span.end_column - 1] == OLD


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(LOAD.format('"o/m", revision="main"'), id="branch"),
        pytest.param(LOAD.format('"o/m"'), id="nothing"),
        pytest.param(LOAD.format(f'"o/m", revision="{OLD[:10]}"'), id="short"),
        pytest.param(LOAD.format(f'"./m", revision="{OLD}"'), id="local"),
        pytest.param(LOAD.format(f'choose(), revision="{OLD}"'), id="any"),
        pytest.param(LOAD.format(f'"o/a" if x else "o/b", revision="{OLD}"'), id="two"),
        pytest.param(LOAD.format(f'"o/m", revision="{OLD[:20]}" "{OLD[20:]}"'), id="in-parts"),
    ],
)
def test_no_pins(text: str) -> None:
    assert pins(text) == []


@pytest.mark.parametrize(
    ("kind", "text", "ref"),
    [
        (
            "yaml",
            f"model_name_or_path: google/flan-t5-base\nmodel_revision: {OLD}  # main, 2026-11-22\n",
            "main",
        ),
        ("json", f'{{"model_name_or_path": "google/flan-t5-base", "model_revision": "{OLD}"}}', ""),
        ("dockerfile", f"FROM a\nRUN hf download google/flan-t5-base --revision {OLD}\n", ""),
        ("shell", f"hf download google/flan-t5-base --revision {OLD}  # v2, 2026-11-22\n", "v2"),
    ],
)
def test_pins_in_other_files(kind: KindName, text: str, ref: str) -> None:
    (pin,) = pins(text, kind)
    assert (pin.repo_id, pin.commit, pin.ref) == ("google/flan-t5-base", OLD, ref)


def test_a_pin_that_two_calls_share_is_one() -> None:
    load = "AutoModel.from_pretrained('o/m', revision=PIN)\n"
    text = f'from transformers import AutoModel\nPIN = "{OLD}"  # main, 2026-11-22\n{load * 2}'
    assert [(one.span.line, one.ref) for one in pins(text)] == [(2, "main")]


HERE = Span(1, 1, 1, 41)
PIN = Pin("a.py", HERE, "model", "o/m", OLD, "main", Span(1, 45, 1, 61))


def test_move() -> None:
    edits = [*moved(PIN, NEW, "2026-11-22")]
    assert edits == [Edit(HERE, NEW), Edit(Span(1, 45, 1, 61), "main, 2026-11-22")]


def test_move_without_comment() -> None:
    pin = Pin("a.py", HERE, "model", "o/m", OLD, "", None)
    assert [*moved(pin, NEW, "2026-11-22")] == [Edit(HERE, NEW)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("12h", timedelta(hours=12)),
        ("7d", timedelta(days=7)),
        ("2w", timedelta(weeks=2)),
        ("0d", timedelta(0)),
    ],
)
def test_age(text: str, meant: timedelta) -> None:
    assert age(text) == meant


@pytest.mark.parametrize("text", ["", "7", "d", "-1d", "1 d", "1y", "9999999d", "7D"])
def test_no_age(text: str) -> None:
    with pytest.raises(ValueError, match=r"min-age: .* is no time such as 12h, 7d or 2w"):
        age(text)


def repo(sha: str | None = NEW, object_id: str = "621ffdc036468d709f17434d", **files: str) -> Repo:
    blobs = tuple(Blob(name.replace("__", "."), 1, git, "") for name, git in files.items())
    return Repo("o/m", object_id, sha, tuple(one.path for one in blobs), blobs=blobs)


def test_difference() -> None:
    old = repo(config__json="a", model__bin="b", same__txt="c")
    new = repo(config__json="A", modeling__py="d", same__txt="c")
    assert difference(old, new) == Difference(("modeling.py",), ("model.bin",), ("config.json",))


def test_large_files_differ_by_their_content() -> None:
    old = Repo("o/m", "1", OLD, (), blobs=(Blob("a", 1, "pointer", "f" * 64),))
    new = Repo("o/m", "1", NEW, (), blobs=(Blob("a", 1, "pointer", "e" * 64),))
    assert difference(old, new).changed == ("a",)


def test_code_and_pickles_are_called_out_and_come_first() -> None:
    lines = [*Difference(("README.md", "a.py"), ("m.bin",), ("training_args.bin",)).lines()]
    assert lines == ["+ a.py (code)", "- m.bin (pickle)", "+ README.md", "~ training_args.bin"]


def test_many_files() -> None:
    lines = [*Difference(tuple(f"{number}.txt" for number in range(12)), (), ()).lines()]
    assert lines[-1] == "and 2 more files"
    assert len(lines) == 11


FOUND = Found(repo())
BEFORE = Found(repo(OLD))
ACCOUNT = Account("o", "5e67bd2e2b0f0c1a1b2c3d4e", "org")
OTHER = Account("o", "6e67bd2e2b0f0c1a1b2c3d4e", "user")
LOCKED = Locked((entry(owner=LockedOwner("o", "org", ACCOUNT.object_id), commit=OLD, ref="v1"),))


@pytest.mark.parametrize("account", [None, ACCOUNT, Unavailable("no answer")])
def test_goes_to_the_head(account: AccountFacts | None) -> None:
    move = judged(PIN, "main", FOUND, BEFORE, LOCKED, account, is_accepted=False)
    assert (move.commit, move.why) == (NEW, "")
    assert move.difference == Difference((), (), ())


def test_stays_where_it_is() -> None:
    move = judged(PIN, "main", BEFORE, BEFORE, LOCKED, None, is_accepted=False)
    assert (move.commit, move.why, move.is_refused) == ("", "", False)


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (Unavailable("late"), "which commit main stands for is not known: late"),
        (Found(repo(None)), "the Hub names no commit for main"),
    ],
)
def test_is_left(head: Facts, why: str) -> None:
    move = judged(PIN, "main", head, BEFORE, LOCKED, None, is_accepted=False)
    assert (move.commit, move.why, move.is_refused) == ("", why, False)


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (Missing(Lacking.REVISION, Owner.EXISTS), "the repo has no 'main' any more"),
        (Missing(Lacking.REPO, Owner.GONE), "the Hub shows no such repo"),
    ],
)
def test_there_is_nothing_to_accept(head: Facts, why: str) -> None:
    move = judged(PIN, "main", head, BEFORE, LOCKED, None, is_accepted=True)
    assert (move.commit, move.why, move.is_refused) == ("", why, True)


GONE = "the pinned commit is gone: its history was rewritten, or the repo is another one"


@pytest.mark.parametrize(
    ("head", "old", "account", "why"),
    [
        (Moved(repo(), Owner.EXISTS), BEFORE, None, "it has moved to o/m"),
        (
            Found(repo(object_id="7")),
            BEFORE,
            None,
            "another repo has this name now: not the one in the lock",
        ),
        (FOUND, BEFORE, OTHER, "o is not the account any more that is in the lock"),
        (FOUND, BEFORE, Owner.GONE, "o is not the account any more that is in the lock"),
        (FOUND, Missing(Lacking.REVISION, Owner.EXISTS), None, GONE),
    ],
)
def test_is_refused_unless_accepted(
    head: Facts, old: Facts, account: AccountFacts | None, why: str
) -> None:
    move = judged(PIN, "main", head, old, LOCKED, account, is_accepted=False)
    assert (move.commit, move.is_refused) == ("", True)
    assert move.why == f"{why}; --accept o/m if you trust it"
    assert judged(PIN, "main", head, old, LOCKED, account, is_accepted=True).commit == NEW


def test_what_was_there_may_not_be_known() -> None:
    move = judged(PIN, "main", FOUND, Unavailable("late"), LOCKED, None, is_accepted=False)
    assert (move.commit, move.difference) == (NEW, None)


@pytest.mark.parametrize(
    ("ref", "commit", "said"), [("main", OLD, "main"), ("", OLD, "v1"), ("", NEW, "")]
)
def test_what_a_pin_follows(ref: str, commit: str, said: str) -> None:
    assert LOCKED.ref(Pin("a.py", HERE, "model", "o/m", commit, ref, None)) == said
