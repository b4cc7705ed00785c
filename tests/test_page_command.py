"""`hfmodels report`: the page of a project, and what it says beside it."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from shutil import copytree

import pytest

from flake8_hfmodels.cli.exits import CLEAN, NOT_ASKED, USAGE
from flake8_hfmodels.cli.report import NO_FILE, is_page
from tests.documents import ROOT
from tests.doors import LOAD, Place
from tests.fakehub import FakeHub, Fault
from tests.test_page import harmless

WHEN = "1790000000"


@pytest.fixture
def clinic(place: Place) -> Place:
    """The example project, and a fixed time."""
    copytree(ROOT / "examples" / "clinic_letters", place.folder / "clinic_letters")
    return place.where(SOURCE_DATE_EPOCH=WHEN).unmeasured()


def page_of(place: Place, name: str = "page.html") -> str:
    return (place.folder / name).read_text(encoding="utf-8")


def test_page_of_the_example(clinic: Place) -> None:
    ran = clinic.hfmodels("report", "--html", "page.html", "clinic_letters")
    page = page_of(clinic)
    found = len(clinic.hfmodels("check", "--format", "json", "clinic_letters").codes())
    numbers = f"{found} findings, 18 repos, 15 owners, 12 of 29 references pinned"
    assert ran.out == f"page.html: {numbers}\n"
    assert (ran.code, ran.err) == (CLEAN, "")
    harmless(page)
    assert "<h1>clinic_letters</h1>" in page
    assert '<time datetime="2026-09-21T14:13:20Z">' in page


def test_same_project_gives_the_same_page(clinic: Place) -> None:
    pages = []
    for _ in range(2):  # the second time all answers are in the cache
        assert clinic.hfmodels("report", "--html", "page.html").code == CLEAN
        pages.append(page_of(clinic))
    assert pages[0] == pages[1]


ADDRESSES = """
URL = "https://huggingface.co/acme/forecaster/resolve/main/x.bin"
FILE = "hf://datasets/acme/records/x.csv"  # see hf.co/gone/model
"""


def test_page_is_no_reference_itself(clinic: Place) -> None:
    clinic.write("addresses.py", ADDRESSES)
    clinic.hfmodels("report", "--html", "page.html", "--persona", "auditor")
    assert "hf:&#47;&#47;datasets&#47;acme&#47;records&#47;x.csv" in page_of(clinic)
    ran = clinic.hfmodels("list", "--persona", "pedantic", "--format", "json", "page.html")
    assert (ran.code, json.loads(ran.out)["references"]) == (CLEAN, [])


def test_page_bears_the_time_of_now(place: Place) -> None:
    before = time.strftime("%Y-%m-%dT%H:%M", time.gmtime())
    now = place.where(SOURCE_DATE_EPOCH="")
    assert now.hfmodels("report", "--html", "page.html", "--offline").code == CLEAN
    (when,) = set(re.findall('datetime="([^"]*)Z"', page_of(place)))
    assert before <= when <= time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime())


def test_empty_project(place: Place) -> None:
    ran = place.hfmodels("report", "--html", "page.html")
    assert ran.code == CLEAN
    assert ran.out.startswith(
        "page.html: 0 findings, 0 repos, 0 owners, 0 of 0 references pinned\n"
    )
    assert "<h1>project</h1>" in page_of(place)


def test_offline(clinic: Place, hub: FakeHub) -> None:
    assert clinic.hfmodels("report", "--offline", "--html", "page.html").code == CLEAN
    assert "<dd>offline: nobody was asked" in page_of(clinic)
    assert hub.requests == []


def test_locked(place: Place, hub: FakeHub) -> None:
    place.write("app.py", LOAD.format("acme/forecaster", ""))
    assert place.hfmodels("lock").code == CLEAN
    hub.clear()
    assert place.hfmodels("report", "--html", "page.html").code == CLEAN
    page = page_of(place)
    assert "<dd>locked: what is known of repos is what hfmodels.lock says</dd>" in page
    assert 'id="repo-1"' in page
    assert hub.requests == []


def test_settings_of_the_project_count(place: Place) -> None:
    place.write("app.py", LOAD.format("acme/forecaster", ""))
    place.write("pyproject.toml", '[tool.hfmodels]\nignore = ["HFM"]\nnever-ask = ["acme"]\n')
    ran = place.hfmodels("report", "--html", "page.html")
    assert ran.out.startswith("page.html: 0 findings, 1 repo,")
    assert ">not asked</td>" in page_of(place)


def test_known_findings_are_silenced(place: Place) -> None:
    place.write("app.py", LOAD.format("acme/forecaster", ""))
    place.write("pyproject.toml", '[tool.hfmodels]\nbaseline = "known.json"\n')
    assert place.hfmodels("check", "--write-baseline").code == CLEAN
    ran = place.hfmodels("report", "--html", "page.html")
    assert ran.out.startswith("page.html: 0 findings,")
    assert "silenced finding: 1 by the baseline" in page_of(place)


def test_hub_that_does_not_answer(place: Place, hub: FakeHub) -> None:
    place.write("app.py", LOAD.format("acme/forecaster", ""))
    hub.fault = Fault.status(429)
    ran = place.hfmodels("report", "--html", "page.html", "--strict")
    assert ran.code == NOT_ASKED
    assert "1 repo without an answer of the Hub." in page_of(place)


def test_file_that_cannot_be_read(place: Place) -> None:
    place.write("app.py", "from transformers import (\nAutoModel.from_pretrained(")
    ran = place.hfmodels("report", "--html", "page.html", "--offline")
    assert ran.code == USAGE
    assert "app.py:" in ran.err
    assert 'id="troubles"' in page_of(place)


def test_hostile_names(place: Place) -> None:
    evil = "</script><img src=x onerror=alert(1)>\u202e.py"
    place.write(f"<b>\x1b[31m/{evil.replace('/', '_')}", LOAD.format("acme/forecaster", ""))
    place.write("ids.py", LOAD.format("../<svg onload=alert(1)>\\u202e\\x00", ""))
    ran = place.hfmodels("report", "--html", "page.html", "--persona", "auditor")
    assert ran.code == CLEAN
    page = page_of(place)
    harmless(page)
    assert "&lt;b&gt;⟨U+001B⟩[31m&#47;" in page
    assert "onerror=alert(1)&gt;⟨U+202E⟩.py" in page


@pytest.mark.parametrize(
    ("options", "line"),
    [
        pytest.param((), NO_FILE, id="no-file"),
        pytest.param(
            ("--html", "src"), "--html: src: is a folder; name a file in it", id="a-folder"
        ),
        pytest.param(
            ("--html", "no/page.html"),
            "--html: no/page.html: there is no such folder to write into; make it first",
            id="no-folder",
        ),
        pytest.param(
            ("--html", "src/app.py"),
            "--html: src/app.py: is there already and is no page; name another file",
            id="a-file-of-others",
        ),
        pytest.param(
            ("--html", "page.html", "--timeout", "-1"),
            "--timeout: -1 is no number of seconds above 0, up to 86400",
            id="no-time",
        ),
        pytest.param(
            ("--html", "page.html", "--config", "none.toml"),
            "none.toml: cannot be read (no such file or directory)",
            id="no-configuration",
        ),
    ],
)
def test_wrong_usage_is_one_line(place: Place, options: tuple[str, ...], line: str) -> None:
    source = place.write("src/app.py", LOAD.format("acme/forecaster", ""))
    ran = place.hfmodels("report", *options)
    assert (ran.code, ran.out, ran.complaints) == (USAGE, "", [f"hfmodels: {line}"])
    assert source.read_text(encoding="utf-8") == LOAD.format("acme/forecaster", "")
    assert not (place.folder / "page.html").exists()


@pytest.mark.parametrize("said", ["now", "1e9", "9" * 30])
def test_time_that_is_none(place: Place, said: str) -> None:
    ran = place.where(SOURCE_DATE_EPOCH=said).hfmodels("report", "--html", "page.html")
    line = f"hfmodels: SOURCE_DATE_EPOCH: {said!r} is no number of seconds since 1970"
    assert (ran.code, ran.complaints) == (USAGE, [line])


def test_page_that_is_there_is_replaced_and_an_empty_file_too(place: Place) -> None:
    place.write("old.html", "<!doctype HTML><p>old</p>")
    place.write("empty.html", "")
    for name in ("old.html", "empty.html"):
        assert place.hfmodels("report", "--html", name).code == CLEAN
        assert page_of(place, name).startswith("<!DOCTYPE html>\n")


def test_file_that_cannot_be_looked_at_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html>", encoding="utf-8")
    assert is_page(str(page))
    page.unlink()
    assert not is_page(str(page))


def test_page_that_cannot_be_written(place: Place) -> None:
    place.write("app.py", LOAD.format("acme/forecaster", ""))
    ran = place.hfmodels("report", "--html", "/dev/full")
    assert (ran.code, ran.out) == (USAGE, "")
    line = "hfmodels: --html: /dev/full: cannot be written (no space left on device)"
    assert ran.complaints == [line]


def test_thousand_references_are_no_more_than_a_few_megabytes(place: Place) -> None:
    for number in range(250):
        loads = "".join(LOAD.format(f"acme{number % 60}/m{one}", "") for one in range(4))
        place.write(f"team{number % 9}/part{number}.py", loads)
    began = time.monotonic()
    ran = place.unmeasured().hfmodels("report", "--offline", "--html", "page.html")
    assert ran.out.startswith("page.html: 1000 findings, 240 repos, 60 owners, 0 of 1000 ")
    assert len(page_of(place)) < 3_000_000
    assert time.monotonic() - began < 20
