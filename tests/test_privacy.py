"""What leaves the house, and what does not: ids that are kept at home, calls that are silenced."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from flake8_hfmodels.check import check
from flake8_hfmodels.facts import Facts, Found, Repo
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.reference import Target
from flake8_hfmodels.rules import chosen
from flake8_hfmodels.sources.placed import whole_file
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource, TextSource
from tests.doors import DOORS, HEAD, LOAD, Place
from tests.fakehub import FakeHub
from tests.test_doors import Door

ALL = chosen(["HFM"], [])
PINNED = 'revision="607a30d783dfa663caf39e06633721c8d4cfcd7e"'


class Listener:
    """A lookup that remembers what it was asked, round by round, and knows some repos."""

    def __init__(self, *known: Repo) -> None:
        self.rounds: list[list[str]] = []
        self._known = {repo.id: Found(repo) for repo in known}

    def __call__(self, targets: Collection[Target]) -> Mapping[Target, Facts]:
        self.rounds.append([target.repo_id for target in targets])
        return {one: self._known[one.repo_id] for one in targets if one.repo_id in self._known}


def asked(text: str, *never: str, known: tuple[Repo, ...] = ()) -> list[list[str]]:
    source = parse("app.py", text.encode())
    assert isinstance(source, PythonSource)
    listener = Listener(*known)
    check([source], listener, ALL, never_ask=never)
    return listener.rounds


LOADS = HEAD + "".join(
    f'AutoModel.from_pretrained("{repo_id}")\n' for repo_id in ("Acme/One", "acme-labs/two", "gpt2")
)
PATTERNS = {
    "nothing": ((), ["Acme/One", "acme-labs/two", "gpt2"]),
    "an owner": (("acme",), ["acme-labs/two", "gpt2"]),
    "an owner with a star": (("acme*",), ["gpt2"]),
    "all of an owner": (("acme/*",), ["acme-labs/two", "gpt2"]),
    "one repo": (("acme/one",), ["acme-labs/two", "gpt2"]),
    "a name": (("*/two",), ["Acme/One", "gpt2"]),
    "a word": (("gpt2",), ["Acme/One", "acme-labs/two"]),
    "two": (("acme", "gpt?"), ["acme-labs/two"]),
    "another": (("acme/o",), ["Acme/One", "acme-labs/two", "gpt2"]),
}


@pytest.mark.parametrize(("never", "expected"), PATTERNS.values(), ids=PATTERNS)
def test_what_is_kept_at_home(never: tuple[str, ...], expected: list[str]) -> None:
    assert asked(LOADS, *never) == [expected]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        pytest.param("yaml", "model_name_or_path: my.team/thing", ["my.team/thing"], id="key"),
        pytest.param("yaml", "model: ourteam/thing", [], id="key-that-may-mean-anything"),
        pytest.param("yaml", "image: ourteam/thing", [], id="image"),
        pytest.param("shell", "hf download ourteam/thing", ["ourteam/thing"], id="program"),
        pytest.param("shell", "run.sh --model ourteam/thing", [], id="program-that-is-not-known"),
        pytest.param("env", "SECRET_MODEL=ourteam/thing", [], id="secret"),
        pytest.param("markdown", "We use ourteam/thing here.", [], id="prose"),
        pytest.param("javascript", "load('ourteam/thing')", [], id="own-function"),
    ],
)
def test_what_is_sent_of_other_files(kind: KindName, text: str, expected: list[str]) -> None:
    source = TextSource("file", kind, whole_file(text), (text,))
    listener = Listener()
    check([source], listener, ALL, Persona.AUDITOR)
    assert listener.rounds == ([expected] if expected else [])


def test_nothing_left_to_ask() -> None:
    assert asked(LOADS, "*") == []


CODED = Repo("org/coded", "1", None, (), auto_map=(("AutoModel", "Acme/code--modeling.M"),))
TRUSTING = LOAD.format("org/coded", ", trust_remote_code=True")


def test_what_comes_with_it_is_asked_in_a_second_round() -> None:
    assert asked(TRUSTING, known=(CODED,)) == [["org/coded"], ["Acme/code"]]


def test_what_comes_with_it_is_kept_at_home_too() -> None:
    assert asked(TRUSTING, "acme", known=(CODED,)) == [["org/coded"]]


def test_what_comes_with_it_is_asked_once() -> None:
    text = TRUSTING + 'AutoModel.from_pretrained("Acme/code")\n'
    assert asked(text, known=(CODED,)) == [["org/coded", "Acme/code"]]


SILENCED = {
    "noqa": "  # noqa",
    "all of ours": "  # noqa: HFM",
    "each by its code": "  # noqa: " + ",".join(rule.code for rule in ALL),
    "the file": "  # flake8: noqa",
}


@pytest.mark.parametrize("comment", SILENCED.values(), ids=SILENCED)
def test_a_call_that_is_silenced_is_not_asked_about(comment: str) -> None:
    text = LOAD.format("org/model", "").rstrip("\n") + comment
    prefix = "# flake8: noqa\n" if "flake8" in comment else ""
    assert asked(prefix + text) == []


def test_a_call_of_which_a_rule_may_speak_is_asked_about() -> None:
    assert asked(LOAD.format("org/model", "").rstrip("\n") + "  # noqa: HFM001") == [["org/model"]]


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_never_ask_through_both_doors(place: Place, hub: FakeHub, door: Door) -> None:
    place.write("app.py", LOADS)
    door(place, "app.py", "--never-ask=acme,gpt2")
    names = {request.path.split("/")[3] for request in hub.requests}
    assert names - {"huggingface"} == {"acme-labs"}
