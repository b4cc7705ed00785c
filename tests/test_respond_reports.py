"""The incident report in Markdown: its chapters, its commands, and names that try to get out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from flake8_hfmodels.lock.lock import Lock
from flake8_hfmodels.lock.writing import written
from flake8_hfmodels.responding import chapters, report_text
from flake8_hfmodels.responding.report_markdown import _block, code
from flake8_hfmodels.responding.wording import size
from tests.auditing import locked
from tests.doors import LOAD, Place
from tests.fakehub import FakeHub, Issue
from tests.telling import HOSTILE
from tests.test_respond import ID, cache, client, git, hub, project

__all__ = ["cache", "client", "hub", "project"]  # fixtures

TITLES = [
    *("Isolate", "Identify", "Contain", "Investigate"),
    *("Assess", "Remediate", "Report", "Harden"),
]


def incident(place: Place, *options: str, asked: str = ID) -> str:
    """The report."""
    ran = place.hfmodels("respond", asked, *options, "--format", "markdown")
    assert ran.code in (0, 1), ran
    return ran.out


def chapter(text: str, title: str) -> str:
    """One part of a report."""
    return text.split(f" {title}\n", 1)[1].split("\n## ", 1)[0]


def test_chapters(project: Place) -> None:
    found = re.findall(r"^## (\d)\. (.+)$", incident(project), re.MULTILINE)
    assert found == [(str(number), title) for number, title in enumerate(TITLES, 1)]


def test_every_chapter_has_something_to_do(project: Place) -> None:
    text = incident(project)
    assert all("- [ ] " in chapter(text, one) for one in TITLES)


def test_commands_for_this_case(project: Place, hub: FakeHub, client: Any, cache: Path) -> None:
    client.snapshot_download(ID, cache_dir=cache)
    bad = hub.world.repo("model", ID).head
    hub.world.commit("model", ID, {"config.json": "{ }"})
    good = hub.world.repo("model", ID).head
    project.write("app.py", LOAD.format(ID, ", trust_remote_code=True"))
    git(project, "add .", "commit -q -m one", "tag v9")
    text = incident(project, asked=f"{ID}@{bad}")
    folder = cache / "models--acme--bad"
    at = f"{ID}@{bad}"
    assert (
        "- `app.py:2:1: AutoModel.from_pretrained(): no revision: may be the bad one`"
        in chapter(text, "Isolate")
    )
    assert f"respond {at} --format json --output evidence/respond.json" in chapter(text, "Isolate")
    assert f"hfmodels inspect {at}" in chapter(text, "Identify")
    assert "  pytorch_model.bin (pickle)`" in chapter(text, "Identify")
    assert f"mv -- {folder} evidence/copy-1" in chapter(text, "Contain")
    assert f"hfmodels respond {at} --deny why" in chapter(text, "Contain")
    assert "# https://huggingface.co/acme/bad" in chapter(text, "Contain")
    assert "git grep -n -i -F acme/bad" in chapter(text, "Investigate")
    assert "-name models--acme--bad" in chapter(text, "Investigate")
    assert "python -m pickletools -- " in chapter(text, "Investigate")
    assert "- `v9`" in chapter(text, "Assess")
    assert ": 1 pickle, 1 code file`" in chapter(text, "Assess")
    assert "a pickle or code that was loaded counts as run" in chapter(text, "Assess")
    assert f"rm -r -- {folder}" in chapter(text, "Remediate")
    assert "hf cache rm model/acme/bad" in chapter(text, "Remediate")
    assert "hfmodels pin -- app.py" in chapter(text, "Remediate")
    assert f"hfmodels mirror {ID}@{good} models/acme/bad" in chapter(text, "Remediate")
    assert "- `Test`" in chapter(text, "Report")
    assert "no revision" in chapter(text, "Harden")
    assert folder.is_dir()


def test_what_the_lock_and_the_hub_say(project: Place, hub: FakeHub) -> None:
    own = locked(hub.world, ID)
    needing = locked(hub.world, "acme/forecaster", adapter_of=(ID,))
    project.write("hfmodels.lock", written(Lock("", (own, needing))))
    issues = (Issue("pytorch_model.bin", "unsafe"),)
    hub.world.change("model", ID, issues=issues, gated="auto", tags=("base_model:a/b",))
    text = chapter(incident(project), "Identify")
    assert f"- `hfmodels.lock: model acme/bad at {own.commit} (main); used by app.py`" in text
    assert "- `hfmodels.lock: model acme/forecaster brings it along`" in text
    assert "scanners: pytorch_model.bin (unsafe)" in text
    assert "; gated; " in text
    assert "made of a/b" in text


def test_paths_stay_in_the_commands(project: Place) -> None:
    project.write("my src/app.py", LOAD.format(ID, ""))
    again = "hfmodels respond acme/bad 'my src' --deny why"
    assert again in chapter(incident(project, "my src"), "Contain")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "The policy denies it; commit that file."),
        ("x = {}\n[tool]\nhfmodels.policy.deny=[]\n", "# [tool.hfmodels.policy] of "),
    ],
    ids=["written", "refused"],
)
def test_policy(project: Place, content: str, words: str) -> None:
    project.write("pyproject.toml", content)
    options = ("--format", "markdown", "--isolated", "--deny", "x")
    text = project.hfmodels("respond", ID, *options).out
    assert text.startswith("# Incident: ")
    assert words in chapter(text, "Contain")


def test_private_name(project: Place) -> None:
    project.write("pyproject.toml", '[tool.hfmodels]\nnever-ask = ["acme"]\n')
    assert "- `not asked, as never-ask says`" in chapter(incident(project), "Identify")


def test_history_that_was_not_searched(project: Place) -> None:
    text = chapter(incident(project, "--no-history"), "Investigate")
    assert "- `the history was not searched (--no-history)`" in text


def test_datasets_have_other_addresses(project: Place) -> None:
    project.write("app.py", f'from datasets import load_dataset\nload_dataset("{ID}")\n')
    text = incident(project, asked=f"datasets/{ID}")
    assert "# https://huggingface.co/datasets/acme/bad" in text
    assert "-name datasets--acme--bad" in text
    assert text.startswith("# Incident: `datasets/acme/bad`\n")


def test_hostile_file_name(project: Place, hub: FakeHub) -> None:
    name = "`]\n# [x](javascript:y) <b>\x1b[31m $(rm -rf ~) @all.py"
    project.write(name, LOAD.format(ID, ""))
    git(project, "add .", "commit -q -m one")
    text = incident(project)
    assert "\x1b" not in text
    outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", _without_blocks(text))
    assert not re.search("javascript|<b>|@all|rm -rf", outside)
    assert "hfmodels pin -- app.py $'\\x60" not in text
    (pin,) = re.findall("^  hfmodels pin -- (.*)$", text, re.MULTILINE)
    assert pin.isprintable()
    assert pin.startswith("$'`]\\x0a# [x]")


def _without_blocks(text: str) -> str:
    return re.sub(r"(?ms)^  (`{3,})sh$.*?^  \1$", "", text)


@given(HOSTILE)
def test_span_of_code(name: str) -> None:
    shown = code(name)
    mark = re.match("`+", shown)
    assert mark is not None
    inside = shown[len(mark[0]) : -len(mark[0])]
    assert "\n" not in shown
    assert mark[0] not in re.findall("`+", inside)
    assert inside
    assert not inside.startswith("`")
    assert not inside.endswith("`")


@given(HOSTILE)
def test_block_of_code(name: str) -> None:
    begin, line, end = _block([name])
    assert end.strip() not in line
    assert begin == f"{end}sh"


def test_many_traces(project: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chapters, "MOST", 2)
    monkeypatch.setattr(report_text, "_MOST", 2)
    project.write("app.py", LOAD.format(ID, "") * 5)
    more = "and 3 more; --format json has all"
    assert f"- `{more}`" in chapter(incident(project), "Remediate")
    assert f"  {more}" in project.hfmodels("respond", ID).out.splitlines()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (2_500_000, "2.5 MB"),
        (3 * 10**15, "3000.0 TB"),
    ],
)
def test_sizes(number: int, words: str) -> None:
    assert size(number) == words
