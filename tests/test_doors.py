"""What holds through both doors: the same findings, and no false word about owners."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.doors import DOORS, HEAD, LOAD, Place, Ran, Said, through_flake8, through_hfmodels
from tests.fakehub import BAD_TOKEN, VALID_TOKEN, FakeHub, Fault

Door = Callable[..., Ran]

THROUGH_BOTH = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)

SITUATIONS = '''\
# -*- coding: utf-8 -*-
import os, evaluate
import transformers as t
from datasets import load_dataset
from transformers import AutoModel, AutoTokenizer, pipeline

NAME = "openai-community/gpt2"
PIN = "607a30d783dfa663caf39e06633721c8d4cfcd7e"


def ünïcode(größe="größe", model_id="facebook/detr-resnet-50-panoptic"):
    größe, modell = "ä", AutoModel.from_pretrained(model_id, revision="main")
    return modell


AutoModel.from_pretrained(NAME)
AutoModel.from_pretrained(NAME, revision=PIN)
AutoModel.from_pretrained(
    "dentalai/toothfairy",
    trust_remote_code=True,
)
t.AutoTokenizer.from_pretrained("gpt2"); t.AutoTokenizer.from_pretrained("bert-base-uncased")
for name in ["acme/forecaster", "acme/translator"]:
    AutoModel.from_pretrained(name, revision="v1.0")
pipeline("sentiment-analysis")
load_dataset("rajpurkar/squad", revision="607a30d")
evaluate.load("acme/metric")
AutoModel.from_pretrained(os.environ["MODEL"])
AutoModel.from_pretrained("./local")
AutoModel.from_pretrained("no such id")
AutoModel.from_pretrained("acme/one")  # noqa
AutoModel.from_pretrained("acme/two")  # noqa: HFM001
AutoModel.from_pretrained("acme/three")  # noqa: E501
AutoModel.from_pretrained(  # noqa: HFM
    "acme/four"
)
AutoModel.from_pretrained("acme/five")  # hfmodels: ignore[HFM001] a test
AutoModel.from_pretrained(
    "acme/six"
)  # hfmodels: ignore[HFM002] the wrong code
"""
from_pretrained("in/a-string")
"""
'''


@pytest.mark.parametrize("options", [(), ("--offline",), ("--persona", "auditor")], ids=" ".join)
def test_both_doors_say_the_same(place: Place, options: tuple[str, ...]) -> None:
    place.write("app.py", SITUATIONS)
    told = through_hfmodels(place, "app.py", *options).said()
    assert through_flake8(place, "app.py", *options).said() == told
    assert len(told) > 10


LOADS = HEAD + 'AutoModel.from_pretrained("a/b")'
TEXTS = {
    "crlf": f"{LOADS}\n{LOADS}\n".replace("\n", "\r\n"),
    "byte_order_mark": f"\ufeff{LOADS}\n",
    "odd_separators": "\f\n" + LOADS.replace("\nAuto", '\nx = "\v\x85\u2028", Auto'),
    "tab": LOADS.replace("\nAuto", "\nif 1:\n\tAuto"),
    "no_newline_at_the_end": LOADS,
    "latin_1": f"# coding: latin-1\n{LOADS}".replace("\nAuto", "\né, x = 1, Auto"),
    "wide": LOADS.replace("\nAuto", '\nx = "🤗漢", Auto'),
    "backslash": LOADS.replace("\nAuto", "\nx = \\\n  Auto") + '  # noqa: HFM001\n"""a"""\n',
    "noqa_on_another_line": LOADS.replace("\nAuto", "\nx = [\n 1,  # noqa\n Auto") + ",\n]\n",
    "noqa_below": LOADS.replace("\nAuto", "\nx = [\nAuto") + ",\n1, # noqa: HFM001\n2]\n",
    "noqa_after_a_string": LOADS.replace("\nAuto", '\nx = """\n""", Auto') + "  # noqa\n",
    "noqa_in_a_string": LOADS.replace("\nAuto", "\nx = '# noqa', Auto") + "\n",
    "noqa_close_to_its_hash": LOADS + "  #noqa\n",
    "noqa_of_letters": LOADS + "  # noqa: HFM\n",
    "noqa_of_a_letter": LOADS + "  # noqa: E\n",
    "noqa_in_a_sentence": LOADS + "  # a reason # NoQA:HFM001 another\n",
    "noqa_and_words": LOADS + "  # noqa because\n",
    "noqa_for_the_file": LOADS + "\n# flake8: noqa\n",
    "noqa_for_the_file_in_code": LOADS + "  # flake8: noqa\n",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Said]]:
    """What each door says of the texts; offline."""
    place = Place.at(tmp_path_factory.mktemp("texts") / "project", "http://127.0.0.1:9")
    for name, text in TEXTS.items():
        place.write(f"{name}.py", text.encode("latin-1" if "coding: latin-1" in text else "utf-8"))
    files = [f"{name}.py" for name in sorted(TEXTS)]
    return {
        "flake8": place.flake8("--hfmodels-offline", *files).said(),
        "hfmodels": place.hfmodels("check", "--format", "json", "--offline", *files).said(),
    }


@pytest.mark.parametrize("name", TEXTS)
def test_both_doors_read_the_same_text(told: dict[str, list[Said]], name: str) -> None:
    found = {door: [one for one in said if one[0] == f"{name}.py"] for door, said in told.items()}
    assert found["flake8"] == found["hfmodels"]


def test_flake8_itself_passes_over_a_file_whose_first_line_names_a_code(place: Place) -> None:
    place.write("app.py", f"# flake8: noqa: E501\n{LOADS}\n")
    assert place.flake8("--hfmodels-offline", "app.py").codes() == []
    said = place.hfmodels("check", "--format", "json", "--offline", "app.py")
    assert said.codes() == ["HFM001"]


FORMS = "".join(
    LOAD.format(repo_id, "").removeprefix(HEAD)
    for repo_id in (
        "dentalai/toothfairy",  # the account and its repo are deleted
        "dentalai-labs/segmenter",  # transferred, then the old account was deleted
        "never-existed/at-all",  # nobody ever had the name
        "acme/retired-model",  # the repo is not there, its owner (an organization) is not
        "mallory/hidden-model",  # private, of a user
        "acme/internal-lm",  # private, of an organization
        "nina-vogel/lung-nodules",  # moved, the old owner is still there
        "openai-community/gpt2",
        "gpt2",
    )
)
ORPHANS = [
    ("app.py", 2, "dentalai/toothfairy", "the repo is not there"),
    ("app.py", 3, "dentalai-labs/segmenter", "redirects to 'medvision/segmenter'"),
    ("app.py", 4, "never-existed/at-all", "the repo is not there"),
]


def orphans(ran: Ran) -> list[tuple[str, int, str, str]]:
    """Which lines name a namespace that nobody owns, and with which of the known words."""
    return [
        (path, line, expected[2], expected[3])
        for path, line, _column, text in ran.said()
        for expected in ORPHANS
        if text.startswith("HFM004 ") and repr(expected[2]) in text and expected[3] in text
    ]


@THROUGH_BOTH
@pytest.mark.parametrize("token", ["", VALID_TOKEN, BAD_TOKEN], ids=["none", "valid", "bad"])
def test_orphaned_namespaces_and_their_near_misses(place: Place, door: Door, token: str) -> None:
    place.write("app.py", HEAD + FORMS)
    ran = door(place.where(HF_TOKEN=token), "app.py")
    assert orphans(ran) == ORPHANS
    assert ran.codes().count("HFM004") == len(ORPHANS)


def test_a_bad_token_is_said_once(place: Place) -> None:
    place.write("app.py", HEAD + FORMS)
    [line] = place.where(HF_TOKEN=BAD_TOKEN).hfmodels("check", "app.py").complaints
    assert line.startswith("hfmodels: the Hub does not accept the token")
    assert BAD_TOKEN not in line


@THROUGH_BOTH
@pytest.mark.parametrize(
    ("fault", "options"),
    [
        pytest.param(Fault.status(429, retry_after=300), (), id="rate-limited"),
        pytest.param(Fault.status(503), (), id="unavailable"),
        pytest.param(Fault.captive_portal(), (), id="login-page"),
        pytest.param(Fault.status(429, path="/overview"), (), id="owners-rate-limited"),
        pytest.param(Fault.status(500, path="/api/organizations/"), (), id="organizations-down"),
        pytest.param(Fault.drop(), (), id="dropped"),
        pytest.param(None, ("--offline",), id="offline"),
    ],
)
def test_no_answer_is_no_orphan(
    place: Place, hub: FakeHub, door: Door, fault: Fault | None, options: tuple[str, ...]
) -> None:
    hub.fault = fault
    place.write("app.py", HEAD + FORMS)
    ran = door(place, "app.py", *options)
    assert ran.code == 1
    # What is said of moved and of missing repos needs no owner.
    assert set(ran.codes()) <= {"HFM001", "HFM005", "HFM006"}


@THROUGH_BOTH
def test_a_hub_that_is_down_is_no_orphan(lonely: Place, door: Door) -> None:
    lonely.write("app.py", HEAD + FORMS)
    ran = door(lonely, "app.py")
    assert ran.codes() == ["HFM001"] * 9
    [line] = ran.complaints
    assert "the Hub cannot be reached: " in line


@THROUGH_BOTH
def test_answers_are_kept_for_offline(place: Place, hub: FakeHub, door: Door) -> None:
    place.write("app.py", HEAD + FORMS)
    door(place, "app.py")
    hub.clear()
    assert orphans(door(place, "app.py", "--offline")) == ORPHANS
    assert hub.requests == []
