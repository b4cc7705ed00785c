"""The baseline from end to end: written, lived with, mended, merged, and damaged."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable

import pytest

from flake8_hfmodels.baseline import NAME
from tests.doors import DOORS, HEAD, LOAD, Place, Ran
from tests.fakehub import FakeHub, Fault
from tests.inside import Inside

CALL = 'AutoModel.from_pretrained("{}")\n'
ONE, TWO, THREE = (CALL.format(f"nlpgroup/{name}") for name in ("one", "two", "three"))
BOTH = HEAD + ONE + TWO
NAMED = "AutoModel.from_pretrained(NAME)\n"
TRUSTING = HEAD + 'AutoModel.from_pretrained("nlpgroup/one", trust_remote_code=True)\n'
OLD_DAY = "2020-02-02"
BASE = ("--baseline", NAME)


def check(place: Place, *options: str, base: tuple[str, ...] = BASE) -> Ran:
    return place.hfmodels("check", "--format", "json", "--offline", *base, *options)


def told(ran: Ran) -> list[tuple[str, int, str]]:
    return [(path, line, text.split()[0]) for path, line, _column, text in ran.json_says()]


def write(place: Place, *options: str, base: tuple[str, ...] = BASE) -> str:
    """Write the baseline, and give what was said of it."""
    ran = place.hfmodels("check", "--offline", "--write-baseline", *base, *options)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def entries(place: Place, name: str = NAME) -> list[tuple[str, str, int, str]]:
    """Path, code, count and date of each entry."""
    data = json.loads((place.folder / name).read_text())
    return [(one["path"], one["code"], one["count"], one["added"]) for one in data["findings"]]


def age(place: Place, name: str = NAME) -> None:
    """Give all entries an earlier date."""
    file = place.folder / name
    data = json.loads(file.read_text())
    text = file.read_text()
    for one in data["findings"]:
        text = text.replace(one["added"], OLD_DAY)
    file.write_text(text)


@pytest.fixture
def lonely(lonely: Place) -> Place:
    """A place without a Hub, whose command runs in this process."""
    return Inside.of(lonely)


@pytest.fixture
def place(place: Place) -> Place:
    """A place with a Hub, whose command runs in this process."""
    return Inside.of(place)


@pytest.fixture
def project(lonely: Place) -> Place:
    """A project with two findings that its baseline knows since long."""
    lonely.write("app.py", BOTH)
    write(lonely, ".")
    age(lonely)
    return lonely


def test_first_baseline(lonely: Place) -> None:
    lonely.write("app.py", BOTH)
    assert write(lonely, ".") == f"{NAME}: 2 findings, 2 new, 0 gone\n"
    assert [one[:3] for one in entries(lonely)] == [("app.py", "HFM001", 1)] * 2


def test_hint_where_nobody_names_the_file(lonely: Place) -> None:
    lonely.write("app.py", BOTH)
    assert write(lonely, "app.py", base=()) == (
        f'{NAME}: 2 findings, 2 new, 0 gone\nwrite baseline = "{NAME}" into [tool.hfmodels]\n'
    )


def test_nothing_to_know(lonely: Place) -> None:
    lonely.write("app.py", "")
    assert write(lonely, ".") == f"{NAME}: 0 findings, 0 new, 0 gone\n"
    assert entries(lonely) == []


def test_known_findings_are_not_told(project: Place) -> None:
    ran = check(project, ".")
    assert (ran.code, told(ran), ran.err) == (0, [], "")


def test_known_findings_can_be_shown(project: Place) -> None:
    ran = project.hfmodels("check", "--offline", *BASE, "--show-suppressed", ".")
    assert ran.out.count(f"known since {OLD_DAY}") == 2
    assert ran.code == 0


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# above\n" * 9 + BOTH, id="shifted"),
        pytest.param(HEAD + TWO + ONE, id="turned-round"),
        pytest.param(BOTH.replace("(", "(\n    ").replace(")", ",\n)"), id="reformatted"),
        pytest.param(BOTH.replace('"', "'"), id="other-quotes"),
        pytest.param(HEAD + "def f():\n    " + ONE + "    x = " + TWO, id="in-a-function"),
        pytest.param(BOTH.replace("\n", "\r\n"), id="crlf"),
        pytest.param(HEAD + 'NAME = "nlpgroup/two"\n' + ONE + NAMED, id="constant"),
    ],
)
def test_known_wherever_it_stands(project: Place, text: str) -> None:
    project.write("app.py", text)
    ran = check(project, ".")
    assert (ran.code, told(ran), ran.err) == (0, [], "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(BOTH + THREE, [("app.py", 4, "HFM001")], id="new"),
        pytest.param(BOTH + ONE, [("app.py", 4, "HFM001")], id="copied"),
        pytest.param(HEAD + ONE, [(NAME, 6, "HFM900")], id="deleted"),
        pytest.param("", [(NAME, 6, "HFM900"), (NAME, 7, "HFM900")], id="emptied"),
        pytest.param(
            BOTH.replace('two"', 'two", revision="main"'),
            [("app.py", 3, "HFM001"), (NAME, 6, "HFM900")],
            id="another-revision",
        ),
        pytest.param(
            BOTH + "\nAutoModel.from_pretrained(choose())\n",
            [("app.py", 5, "HFM001")],
            id="id-of-run-time",
        ),
    ],
)
def test_what_is_new_and_what_is_gone(
    project: Place, text: str, expected: list[tuple[str, int, str]]
) -> None:
    project.write("app.py", text)
    ran = check(project, ".")
    assert ran.code == 1
    assert told(ran) == expected


def test_place_of_an_entry_that_is_gone(project: Place) -> None:
    project.write("app.py", HEAD + ONE)
    ran = check(project, ".")
    [(path, line, _code)] = told(ran)
    assert path == NAME
    assert "nlpgroup/two" in (project.folder / NAME).read_text().splitlines()[line - 1]


def test_what_is_gone_is_told_until_it_is_written(project: Place) -> None:
    project.write("app.py", HEAD + ONE)
    assert check(project, ".").codes() == ["HFM900"]
    assert write(project, ".") == f"{NAME}: 1 finding, 0 new, 1 gone\n"
    assert check(project, ".").codes() == []
    assert entries(project) == [("app.py", "HFM001", 1, OLD_DAY)]


def test_what_is_gone_cannot_come_back_unnoticed(project: Place) -> None:
    project.write("app.py", HEAD + ONE)
    write(project, ".")
    project.write("app.py", BOTH)
    assert check(project, ".").codes() == ["HFM001"]


def test_dates_stay_and_new_ones_are_of_today(project: Place) -> None:
    project.write("app.py", "\n" + BOTH + THREE + ONE)
    assert write(project, ".") == f"{NAME}: 4 findings, 2 new, 0 gone\n"
    dates = [one[3] for one in entries(project)]
    assert dates.count(OLD_DAY) == 2
    assert len(set(dates)) == 2
    assert check(project, ".").codes() == []


def test_written_twice_is_the_same(project: Place) -> None:
    before = (project.folder / NAME).read_bytes()
    assert write(project, ".") == f"{NAME}: 2 findings, 0 new, 0 gone\n"
    assert (project.folder / NAME).read_bytes() == before


def in_git(place: Place) -> None:
    place.git("init", "-q", "-b", "main")
    save(place)


def save(place: Place) -> None:
    place.git("add", ".")
    place.git("commit", "-q", "-m", "some")


def test_file_that_is_renamed(project: Place) -> None:
    (project.folder / "app.py").rename(project.folder / "main.py")
    ran = check(project, ".")
    assert (ran.code, told(ran)) == (0, [])
    moved = f"hfmodels: {NAME}: app.py is main.py now; --write-baseline notes that"
    assert ran.complaints == [moved]
    assert write(project, ".") == f"{NAME}: 2 findings, 0 new, 0 gone\n"
    assert entries(project) == [("main.py", "HFM001", 1, OLD_DAY)] * 2
    assert check(project, ".").complaints == []


def test_file_that_git_moves(project: Place) -> None:
    in_git(project)
    (project.folder / "src").mkdir()
    project.git("mv", "app.py", "src/app.py")
    ran = check(project, ".")
    assert (ran.code, told(ran)) == (0, [])
    assert ran.complaints == [
        f"hfmodels: {NAME}: app.py is src/app.py now; --write-baseline notes that"
    ]


def test_file_that_is_moved_and_mended(project: Place) -> None:
    (project.folder / "app.py").unlink()
    project.write("main.py", HEAD + TWO)
    ran = check(project, ".")
    assert ran.codes() == ["HFM900"]
    assert len(ran.complaints) == 1


def test_file_that_is_split(project: Place) -> None:
    (project.folder / "app.py").unlink()
    project.write("one.py", HEAD + ONE)
    project.write("two.py", HEAD + TWO)
    ran = check(project, ".")
    assert (ran.code, told(ran)) == (0, [])
    assert [line.split()[3:5] for line in ran.complaints] == [["is", "one.py"], ["is", "two.py"]]


def test_file_of_which_a_part_is_moved(project: Place) -> None:
    """The file is there still, so that what turns up elsewhere may be a copy."""
    project.write("app.py", HEAD + ONE)
    project.write("two.py", HEAD + TWO)
    assert check(project, ".").codes() == ["HFM001", "HFM900"]


def test_file_that_is_deleted(project: Place) -> None:
    (project.folder / "app.py").unlink()
    assert check(project, ".").codes() == ["HFM900", "HFM900"]
    assert write(project, ".") == f"{NAME}: 0 findings, 0 new, 2 gone\n"


@pytest.fixture
def several(lonely: Place) -> Place:
    """A project whose baseline speaks of files in two folders; one of each is mended by now."""
    for name in ("src/a.py", "src/b.py", "lib/a.py", "lib/b.py"):
        lonely.write(name, BOTH)
    write(lonely, ".")
    for name in ("src/a.py", "lib/a.py"):
        lonely.write(name, HEAD + ONE)
    return lonely


@pytest.mark.parametrize(
    ("paths", "number"),
    [
        pytest.param(["."], 2, id="all"),
        pytest.param(["src", "lib"], 2, id="all-folders"),
        pytest.param(["src"], 1, id="folder"),
        pytest.param(["src/a.py"], 1, id="mended-file"),
        pytest.param(["src/b.py"], 0, id="other-file"),
        pytest.param(["src/b.py", "lib/b.py"], 0, id="other-files"),
        pytest.param(["lib/none.py", "src/b.py"], 0, id="no-file"),
        pytest.param([".", "--include", "*b.py"], 0, id="include"),
        pytest.param([".", "--exclude", "src"], 1, id="exclude"),
        pytest.param([".", "--kinds", "yaml"], 0, id="kinds"),
        pytest.param([".", "--select", "HFM003"], 0, id="another-rule"),
        pytest.param([".", "--select", "HFM001"], 0, id="not-the-rule-that-tells"),
        pytest.param([".", "--ignore", "HFM900"], 0, id="nobody-asks"),
        pytest.param([".", "--ignore", "HFM001"], 0, id="ignored"),
        pytest.param([".", "--per-file-ignores", "src/*:HFM001"], 1, id="ignored-by-path"),
        pytest.param([".", "--per-file-ignores", "a.py:HFM"], 0, id="ignored-by-name"),
        pytest.param([".", "--persona", "auditor"], 2, id="who-hears-more"),
    ],
)
def test_run_on_a_part(several: Place, paths: list[str], number: int) -> None:
    assert check(several, *paths).codes().count("HFM900") == number


@pytest.mark.parametrize("options", [["src/b.py"], ["src/a.py"], [".", "--ignore", "HFM001"]])
def test_run_on_a_part_loses_no_other_entries(several: Place, options: list[str]) -> None:
    before = entries(several)
    write(several, *options)
    kept = [one for one in before if one[0] != "src/a.py"]
    assert [one for one in entries(several) if one[0] != "src/a.py"] == kept
    assert check(several, "src/b.py", "lib/b.py").codes() == []


def test_deleted_file_is_not_missed_by_a_run_on_others(several: Place) -> None:
    (several.folder / "src/b.py").unlink()
    assert check(several, "lib/b.py", "lib").codes().count("HFM900") == 1
    assert check(several, "src").codes().count("HFM900") == 3


def test_folder_of_a_like_name_is_another(several: Place) -> None:
    several.write("src2/x.py", "")
    (several.folder / "src/b.py").unlink()
    assert check(several, "src2").codes() == []


def test_diff_tells_nothing_of_entries_elsewhere(several: Place) -> None:
    in_git(several)
    several.write("src/b.py", HEAD + TWO)
    assert check(several, "--diff", "HEAD", ".").codes() == []


def test_silenced_by_a_comment_now(project: Place) -> None:
    comment = "  # hfmodels: ignore[HFM001] read it\n"
    project.write("app.py", HEAD + ONE + TWO.replace("\n", comment))
    assert check(project, ".").codes() == ["HFM900"]


def test_two_rules_of_one_call(lonely: Place) -> None:
    lonely.write("app.py", TRUSTING)
    write(lonely, ".")
    assert [one[1] for one in entries(lonely)] == ["HFM001", "HFM003"]
    assert check(lonely, ".").codes() == []
    lonely.write("app.py", HEAD + ONE)
    # Not trusting any more is another reference: both entries are of no use.
    assert sorted(check(lonely, ".").codes()) == ["HFM001", "HFM900", "HFM900"]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_equal_calls(lonely: Place, number: int) -> None:
    lonely.write("app.py", HEAD + ONE * 2)
    write(lonely, ".")
    assert [one[2] for one in entries(lonely)] == [2]
    lonely.write("app.py", HEAD + ONE * number)
    expected = {1: ["HFM900"], 2: [], 3: ["HFM001"]}
    assert check(lonely, ".").codes() == expected[number]


def notebook(*cells: str) -> str:
    return json.dumps(
        {
            "cells": [{"cell_type": "code", "source": one.splitlines(True)} for one in cells],
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def test_notebook(lonely: Place) -> None:
    lonely.write("n.ipynb", notebook(HEAD, ONE))
    write(lonely, ".")
    lonely.write("n.ipynb", notebook("print(1)", HEAD, "# why", ONE))
    assert check(lonely, ".").codes() == []
    lonely.write("n.ipynb", notebook(HEAD, ONE, ONE))
    assert check(lonely, ".").codes() == ["HFM001"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param("auditor", "regular", [], id="less-curious-says-nothing-of-the-rest"),
        pytest.param("auditor", "auditor", ["HFM900"], id="as-curious"),
        pytest.param("regular", "auditor", ["HFM001", "HFM003", "HFM900"], id="more-curious"),
        pytest.param("regular", "regular", ["HFM900"], id="nobody-curious"),
    ],
)
def test_persona(lonely: Place, before: str, after: str, expected: list[str]) -> None:
    lonely.write("app.py", BOTH)
    lonely.write("unsure.py", UNSURE)
    write(lonely, ".", "--persona", before)
    lonely.write("app.py", HEAD + ONE)
    codes = check(lonely, ".", "--persona", after).codes()
    assert sorted(set(codes)) == expected


UNSURE = HEAD + "# model = AutoModel.from_pretrained('nlpgroup/maybe', trust_remote_code=True)\n"


def test_curious_entries_survive_a_careless_rewrite(lonely: Place) -> None:
    lonely.write("app.py", BOTH)
    lonely.write("unsure.py", UNSURE)
    write(lonely, ".", "--persona", "auditor")
    before = entries(lonely)
    write(lonely, ".")
    assert entries(lonely) == before
    assert check(lonely, ".").codes() == []
    assert check(lonely, ".", "--persona", "auditor").codes() == []


PICKLED = LOAD.format("facebook/detr-resnet-50-panoptic", ', revision="main"')


@pytest.fixture
def asked(place: Place) -> Place:
    """A project whose baseline knows something that only the Hub can tell."""
    place.write("app.py", PICKLED)
    ran = place.hfmodels("check", "--write-baseline", *BASE, "--select", "HFM002,HFM900", ".")
    assert ran.out == f"{NAME}: 1 finding, 1 new, 0 gone\n"
    return place


def through_the_hub(place: Place, *options: str) -> Ran:
    select = ("--select", "HFM002,HFM900")
    return place.hfmodels("check", "--format", "json", *BASE, *select, *options, ".")


def test_hub_says_so_still(asked: Place) -> None:
    assert through_the_hub(asked).codes() == []


@pytest.mark.parametrize("options", [("--offline",), ("--cache-dir", "new", "--offline")])
def test_offline_nothing_of_the_hub_is_gone(asked: Place, options: tuple[str, ...]) -> None:
    assert through_the_hub(asked, *options).codes() == []
    write(asked, ".", "--select", "HFM002", *options)
    assert [one[:2] for one in entries(asked)] == [("app.py", "HFM002")]


def test_hub_down_nothing_of_it_is_gone(asked: Place, nobody_listens: str) -> None:
    alone = asked.where(HF_ENDPOINT=nobody_listens)
    assert through_the_hub(alone, "--cache-dir", "new").codes() == []
    alone.hfmodels("check", "--write-baseline", *BASE, "--cache-dir", "new", ".")
    assert ("app.py", "HFM002") in [one[:2] for one in entries(asked)]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault.captive_portal(), id="captive-portal"),
        pytest.param(Fault.rate_limited(600), id="rate-limited"),
        pytest.param(Fault.hang(600), id="hangs"),
    ],
)
def test_hub_that_gives_no_answer(asked: Place, hub: FakeHub, fault: Fault) -> None:
    hub.fault = fault
    options = ("--cache-dir", "new", "--deadline", "1", "--timeout", "1")
    assert through_the_hub(asked, *options).codes() == []


def test_hub_that_may_not_be_asked_more(asked: Place) -> None:
    asked.write("a.py", LOAD.format("openai-community/gpt2", ', revision="main"'))
    assert through_the_hub(asked, "--cache-dir", "new", "--max-calls", "1").codes() == []


def borrowed(hub: FakeHub) -> str:
    """A call that only the Hub can tell to take its code from another repo."""
    head = hub.world.repo("model", "acme/borrowed-encoder").head
    return LOAD.format("acme/borrowed-encoder", f', revision="{head}", trust_remote_code=True')


@pytest.mark.parametrize(
    ("code", "comment"),
    [
        pytest.param("HFM011", "", id="rule-that-says-more-with-the-hub"),
        pytest.param("HFM900", "  # hfmodels: ignore[HFM002] old", id="comment-for-a-rule-of-it"),
    ],
)
def test_offline_nothing_is_gone_that_the_hub_had_a_say_in(
    place: Place, hub: FakeHub, code: str, comment: str
) -> None:
    place.write("app.py", borrowed(hub).replace(")\n", f"){comment}\n"))
    place.hfmodels("check", "--write-baseline", *BASE, ".")
    assert code in [one[1] for one in entries(place)]
    assert check(place, "--cache-dir", "new", ".").codes() == []
    write(place, "--cache-dir", "new", ".")
    assert code in [one[1] for one in entries(place)]


def test_hub_says_otherwise(asked: Place) -> None:
    asked.write("app.py", LOAD.format("openai-community/gpt2", ', revision="main"'))
    assert through_the_hub(asked).codes() == ["HFM900"]


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_both_doors_go_by_the_baseline(project: Place, door: Callable[..., Ran]) -> None:
    assert door(project, "app.py", "--offline", *BASE).codes() == []
    project.write("app.py", "\n" + BOTH + THREE + ONE)
    assert door(project, "app.py", "--offline", *BASE).codes() == ["HFM001", "HFM001"]


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_both_doors_read_what_the_project_sets(project: Place, door: Callable[..., Ran]) -> None:
    project.write("pyproject.toml", f'[tool.hfmodels]\nbaseline = "{NAME}"\noffline = true\n')
    assert door(project, "app.py").codes() == []
    assert door(project, str(project.folder / "app.py")).codes() == []


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_both_doors_know_a_renamed_file(project: Place, door: Callable[..., Ran]) -> None:
    (project.folder / "app.py").rename(project.folder / "main.py")
    assert door(project, "main.py", "--offline", *BASE).codes() == []


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("ci/base.json", id="folder-below"),
        pytest.param("../base.json", id="folder-above"),
        pytest.param("{top}/ci/base.json", id="absolute"),
        pytest.param("{top}/../base.json", id="absolute-above"),
        pytest.param("ä b'\n.json", id="odd-name"),
    ],
)
def test_wherever_the_baseline_is(lonely: Place, name: str) -> None:
    (lonely.folder / "ci").mkdir()
    lonely.write("src/app.py", BOTH)
    base = ("--baseline", name.format(top=lonely.folder))
    write(lonely, ".", base=base)
    assert check(lonely, "src/app.py", base=base).codes() == []
    assert check(lonely, str(lonely.folder), base=base).codes() == []
    lonely.write("src/app.py", HEAD + ONE)
    assert check(lonely, ".", base=base).codes() == ["HFM900"]


def test_from_a_folder_below(lonely: Place) -> None:
    lonely.write("pyproject.toml", '[tool.hfmodels]\nbaseline = "ci/base.json"\n')
    lonely.write("src/app.py", BOTH)
    (lonely.folder / "ci").mkdir()
    write(lonely, ".", base=())
    below = lonely.inside("below")
    assert check(below, "../src/app.py", base=()).codes() == []
    assert check(below, "../src", base=()).codes() == []
    lonely.write("src/app.py", HEAD + ONE)
    assert write(below, "..", base=()).endswith("ci/base.json: 1 finding, 0 new, 1 gone\n")


def test_through_a_link(project: Place) -> None:
    (project.folder.parent / "link").symlink_to(project.folder)
    assert check(project, "../link/app.py").codes() == []
    base = ("--baseline", f"../link/{NAME}")
    assert check(project, "app.py", base=base).codes() == []


def own_and_shared(lonely: Place) -> Place:
    """Two projects in one tree that share a baseline, and one that has its own."""
    lonely.write("pyproject.toml", '[tool.hfmodels]\nbaseline = "base.json"\n')
    lonely.write("a/pyproject.toml", '[tool.hfmodels]\nbaseline = "../base.json"\n')
    lonely.write("b/pyproject.toml", '[tool.hfmodels]\nbaseline = "own.json"\n')
    for name in ("app.py", "a/app.py", "b/app.py"):
        lonely.write(name, BOTH)
    return lonely


def test_several_projects(lonely: Place) -> None:
    tree = own_and_shared(lonely)
    assert write(tree, ".", base=()) == (
        "base.json: 4 findings, 4 new, 0 gone\nb/own.json: 2 findings, 2 new, 0 gone\n"
    )
    assert [one[0] for one in entries(tree, "base.json")] == ["a/app.py"] * 2 + ["app.py"] * 2
    assert [one[0] for one in entries(tree, "b/own.json")] == ["app.py"] * 2
    ran = check(tree, ".", base=())
    assert (ran.codes(), ran.err) == ([], "")


@pytest.mark.parametrize(
    ("name", "base"),
    [("app.py", "base.json"), ("a/app.py", "base.json"), ("b/app.py", "b/own.json")],
)
def test_what_is_gone_in_one_of_several_projects(lonely: Place, name: str, base: str) -> None:
    tree = own_and_shared(lonely)
    write(tree, ".", base=())
    tree.write(name, HEAD + ONE)
    assert [one[0] for one in told(check(tree, ".", base=()))] == [base]
    assert write(tree, ".", base=()).count("1 gone") == 1
    assert check(tree, ".", base=()).codes() == []


def test_project_without_a_baseline_beside_one_with(lonely: Place) -> None:
    lonely.write("a/pyproject.toml", '[tool.hfmodels]\nbaseline = "base.json"\n')
    lonely.write("a/app.py", BOTH)
    lonely.write("app.py", "")
    assert write(lonely, ".", base=()) == "a/base.json: 2 findings, 2 new, 0 gone\n"
    assert not (lonely.folder / NAME).exists()
    lonely.write("app.py", BOTH)
    assert write(lonely, ".", base=()) == (
        f"{NAME}: 2 findings, 2 new, 0 gone\na/base.json: 2 findings, 0 new, 0 gone\n"
        f'write baseline = "{NAME}" into [tool.hfmodels]\n'
    )


DAMAGED = {
    "truncated": (b'{"version": 1, "fin', "is no valid JSON"),
    "conflict": (b"<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> x\n", "is no valid JSON"),
    "empty": (b"", "is no valid JSON"),
    "version": (b'{"version": 9, "findings": []}', "was written by another version"),
    "bytes": (b"\xff\xfe", "is no UTF-8"),
    "other": (b'{"a": 1}', "is no baseline"),
}


@pytest.mark.parametrize("name", DAMAGED)
@pytest.mark.parametrize("option", ["--quiet", "--write-baseline"])
def test_damaged_file_is_one_line_and_stays(project: Place, name: str, option: str) -> None:
    data, why = DAMAGED[name]
    project.write(NAME, data)
    ran = project.hfmodels("check", "--offline", option, *BASE, ".")
    assert (ran.code, ran.out, len(ran.complaints)) == (2, "", 1)
    assert ran.complaints[0].startswith(f"hfmodels: {NAME}: {why}")
    assert (project.folder / NAME).read_bytes() == data


def test_baseline_that_is_not_there(lonely: Place) -> None:
    lonely.write("app.py", BOTH)
    ran = check(lonely, ".", base=("--baseline", "none.json"))
    assert ran.complaints == [
        "hfmodels: none.json: cannot be read (no such file or directory);"
        " hfmodels check --write-baseline writes it"
    ]
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        pytest.param("none/base.json", "cannot be written (no such file or directory)", id="none"),
        pytest.param("app.py/base.json", "cannot be written (not a directory)", id="in-a-file"),
        pytest.param("folder", "cannot be read (it is no file); hfmodels check ", id="folder"),
    ],
)
def test_baseline_that_cannot_be_written(lonely: Place, name: str, why: str) -> None:
    lonely.write("app.py", BOTH)
    lonely.inside("folder")
    ran = lonely.hfmodels("check", "--offline", "--write-baseline", "--baseline", name, ".")
    assert (ran.code, ran.out, len(ran.complaints)) == (2, "", 1)
    assert ran.complaints[0].startswith(f"hfmodels: {name}: {why}")


def test_one_of_several_that_cannot_be_read_keeps_all_as_they_are(lonely: Place) -> None:
    tree = own_and_shared(lonely)
    tree.write("b/own.json", "damaged")
    ran = tree.hfmodels("check", "--offline", "--write-baseline", ".")
    assert (ran.code, len(ran.complaints)) == (2, 1)
    assert not (tree.folder / "base.json").exists()


def test_link_to_a_baseline_that_is_not_there_yet(lonely: Place) -> None:
    lonely.write("app.py", BOTH)
    (lonely.folder / NAME).symlink_to("real.json")
    write(lonely, ".")
    assert len(entries(lonely, "real.json")) == 2


def test_full_disk_keeps_the_old_one(project: Place) -> None:
    project.write("more.py", HEAD + "".join(CALL.format(f"nlpgroup/{n}") for n in range(99)))
    before = (project.folder / NAME).read_bytes()
    command = f"ulimit -f 4; {project.interpreter} -m flake8_hfmodels check --offline"
    quiet = project.unmeasured().where(PYTHONDONTWRITEBYTECODE="1", HFMODELS="")
    ran = quiet.run(
        "sh", "-c", f"trap '' XFSZ; {command} --write-baseline {' '.join(BASE)} --cache-dir none ."
    )
    assert ran.complaints[-1] == f"hfmodels: {NAME}: cannot be written (file too large)"
    assert ran.code == 2
    assert (project.folder / NAME).read_bytes() == before
    assert not list(project.folder.glob(f".{NAME}*"))


def test_two_runs_at_once(project: Place) -> None:
    project.write("more.py", BOTH)
    command = ("check", "--offline", "--write-baseline", *BASE, ".")
    running = [
        subprocess.Popen(
            (project.interpreter, "-m", "flake8_hfmodels", *command),
            cwd=project.folder,
            env=project.environment,
            stdout=subprocess.DEVNULL,
        )
        for _ in range(4)
    ]
    assert [one.wait(60) for one in running] == [0] * 4
    assert [one[0] for one in entries(project)] == ["app.py"] * 2 + ["more.py"] * 2
    assert sorted(one.name for one in project.folder.iterdir()) == sorted(
        ["app.py", NAME, "more.py"]
    )


def test_branches_that_merge(lonely: Place) -> None:
    """Each adds a finding and notes it; nobody has to resolve anything."""
    for number in range(9):
        lonely.write(f"f{number}.py", HEAD + CALL.format(f"nlpgroup/{number}"))
    write(lonely, ".")
    in_git(lonely)
    lonely.git("checkout", "-q", "-b", "topic")
    lonely.write("f1.py", HEAD + CALL.format("nlpgroup/1") + ONE)
    write(lonely, ".")
    save(lonely)
    lonely.git("checkout", "-q", "main")
    lonely.write("f7.py", HEAD + CALL.format("nlpgroup/7") + TWO)
    write(lonely, ".")
    save(lonely)
    lonely.git("merge", "-q", "topic", "-m", "merge")
    ran = check(lonely, ".")
    assert (ran.codes(), ran.err) == ([], "")
    assert len(entries(lonely)) == 11


def test_entry_that_came_in_twice_by_a_merge(project: Place) -> None:
    file = project.folder / NAME
    line = next(line for line in file.read_text().splitlines() if line.endswith("},"))
    file.write_text(file.read_text().replace(line, f"{line}\n{line}"))
    assert check(project, ".").codes() == ["HFM900"]
    write(project, ".")
    assert check(project, ".").codes() == []


def test_names_that_end_lines(lonely: Place) -> None:
    name = "a\n::error::b.py"
    lonely.write(name, BOTH)
    write(lonely, ".")
    (lonely.folder / name).unlink()
    ran = lonely.hfmodels("check", "--offline", *BASE, "--format", "github", ".")
    assert not [line for line in ran.out.splitlines() if line.startswith("::error::b")]
    text = lonely.hfmodels("check", "--offline", *BASE, "--quiet", ".")
    assert not [line for line in text.out.splitlines() if line.startswith("::error::b")]


@pytest.mark.parametrize("path", ["app.py", "."])
def test_file_that_cannot_be_parsed_now(project: Place, path: str) -> None:
    project.write("app.py", BOTH + "def broken(:\n")
    ran = check(project, path)
    assert (ran.code, ran.codes()) == (2, [])
    project.hfmodels("check", "--offline", "--write-baseline", *BASE, path)
    assert len(entries(project)) == 2


def test_file_that_is_too_large_now(project: Place) -> None:
    assert check(project, ".", "--max-size", "0.00001").codes() == []


def test_standard_input(project: Place) -> None:
    options = ("--stdin-filename", "app.py", "-")
    command = ("check", "--format", "json", "--offline", *BASE, *options)
    assert project.hfmodels(*command, stdin=BOTH).codes() == []
    assert project.hfmodels(*command, stdin=BOTH + THREE).codes() == ["HFM001"]
    assert project.hfmodels(*command, stdin=HEAD + ONE).codes() == ["HFM900"]


def test_baseline_is_no_file_to_check(project: Place) -> None:
    """It names repos, and is JSON: to find these again would have no end."""
    assert check(project, ".", "--persona", "auditor").codes() == []


@pytest.mark.parametrize("name", ["none.py", "broken.py"])
def test_trouble_is_told_when_the_baseline_is_written(project: Place, name: str) -> None:
    project.write("broken.py", BOTH + "def broken(:\n")
    ran = project.hfmodels("check", "--offline", "--write-baseline", *BASE, name)
    assert (ran.code, len(ran.complaints)) == (2, 1)


def test_gone_in_a_project_where_nothing_loads_any_more(lonely: Place) -> None:
    lonely.write("a/pyproject.toml", '[tool.hfmodels]\nbaseline = "base.json"\n')
    lonely.write("a/app.py", BOTH)
    lonely.write("app.py", "")
    write(lonely, ".", base=())
    lonely.write("a/app.py", "")
    assert told(check(lonely, ".", base=())) == [
        ("a/base.json", 6, "HFM900"),
        ("a/base.json", 7, "HFM900"),
    ]


def test_gone_through_a_link(lonely: Place) -> None:
    lonely.write("real/app.py", BOTH)
    (lonely.folder / "link").symlink_to("real")
    write(lonely, "link")
    lonely.write("real/app.py", "")
    assert check(lonely, "link").codes() == ["HFM900"] * 2


@pytest.mark.parametrize(
    ("severity", "expected"), [("HFM900:high", ["high"] * 2), ("HFM001:high", ["low"] * 2)]
)
def test_severity_of_what_is_gone(project: Place, severity: str, expected: list[str]) -> None:
    project.write("app.py", "")
    ran = check(project, ".", "--severity", severity)
    assert [one["severity"] for one in json.loads(ran.out)["findings"]] == expected


def test_baseline_of_changed_lines(project: Place) -> None:
    ran = project.hfmodels("check", "--write-baseline", "--diff", "HEAD", ".")
    assert ran.complaints == [
        "hfmodels: --write-baseline: takes all that is found, and so does not go with --diff"
    ]
    assert ran.code == 2


def test_strict_baseline(project: Place) -> None:
    ran = project.hfmodels("check", "--offline", "--strict", "--write-baseline", *BASE, ".")
    assert (ran.code, ran.out.count("2 findings")) == (3, 1)
