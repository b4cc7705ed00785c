"""The page in a real browser: by keyboard, on small screens, in light and dark, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Owner
from flake8_hfmodels.finding import Severity, Suppressed
from flake8_hfmodels.page.content import content_of
from flake8_hfmodels.page.document import render
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Target
from flake8_hfmodels.report.report import Report
from tests.browsing import CHROMIUM, Browser, browsing
from tests.telling import FINDING, NUMBERS, known
from tests.test_page import COMMIT, ORIGIN, REPO, finding, reference

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")

EVIL = "</script><img src=x onerror=alert(1)><svg onload=alert(2)>\u202e"


def example() -> str:
    """A page with some of everything on it."""
    refs = [
        reference("acme/encoder", path="b.py"),
        reference("acme/encoder", known(COMMIT), path="a.py"),
        reference("gone/model", path="a.py"),
        reference("zeta/" + "long-" * 15, known("main"), path=f"deep/{'er/' * 30}{EVIL}.py"),
    ]
    found = [finding(refs[0], Severity.HIGH), *map(finding, refs[2:])]
    lines = {one.path: ("first", f"second = load('{EVIL}' {'x' * 300})") for one in refs}
    facts: dict[Target, Facts] = {
        Target("model", "acme/encoder", None): Found(replace(REPO, id="acme/encoder")),
        Target("model", "gone/model", None): Missing(Lacking.REPO, Owner.GONE),
    }
    silenced = (Suppressed(FINDING, "comment", EVIL),)
    report = Report(found, refs, lines, NUMBERS, (), (EVIL,), silenced)
    return render(content_of(report, facts, ORIGIN))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(example(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browsing(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def browser(running: Browser, page: Path) -> Browser:
    """The page, just opened."""
    running.open(page)
    return running


FOCUS = "document.activeElement"
SEEN = "[...document.querySelectorAll('[data-find]')].filter((one) => !one.hidden)"


def test_script_runs_and_nothing_is_complained_of_or_asked_for(
    browser: Browser, page: Path
) -> None:
    assert browser.says("document.documentElement.dataset.script") == "on"
    assert browser.complaints() == []
    assert browser.requests() == [page.as_uri()]


def test_policy_forbids_what_is_not_of_the_page(browser: Browser) -> None:
    browser.says("document.body.append(Object.assign(new Image(), {src: 'https://example.org/'}))")
    assert any("Content Security Policy" in one for one in browser.complaints())


def test_slash_leads_to_the_filter(browser: Browser) -> None:
    browser.press("/")
    assert browser.says(f"{FOCUS}.id") == "filter"
    browser.press("/")
    assert browser.says(f"{FOCUS}.value") == "/"


def test_slash_can_be_turned_off(browser: Browser) -> None:
    browser.says("document.getElementById('slash').click()")
    browser.press("/")
    assert browser.says(f"{FOCUS}.id") != "filter"


def test_filter(browser: Browser) -> None:
    browser.press("/")
    browser.type("ACME high")
    shown = "Shown: 0 of 3 files, 0 of 3 findings, 0 of 1 silenced, 0 of 3 rows of the map, "
    shown += "1 of 3 repos, 1 of 4 references"
    assert browser.says("document.getElementById('shown').textContent") == shown
    assert browser.says(f"{SEEN}.length") == 2
    assert browser.says("document.querySelectorAll('[data-group]:not([hidden])').length") == 0
    browser.press("Escape")
    assert browser.says(f"[{SEEN}.length, {FOCUS}.value]") == [17, ""]
    assert browser.says("document.getElementById('shown').textContent") == ""


def test_findings_are_found_by_their_file(browser: Browser) -> None:
    browser.press("/")
    browser.type("b.py high")
    found = f"{SEEN}.filter((one) => one.dataset.find === 'findings').length"
    assert browser.says(found) == 1


def test_link_to_what_is_filtered_away_shows_it(browser: Browser) -> None:
    browser.press("/")
    browser.type("nothing of this kind")
    assert browser.says(f"{SEEN}.length") == 0
    browser.says("location.hash = '#repo-1'")
    browser.press("Tab")
    assert browser.says(f"{SEEN}.length") == 17


def test_table_is_sorted_by_keyboard(browser: Browser) -> None:
    where = "[...document.querySelectorAll('#references ~ .wide-table tbody th')]"
    files = f"{where}.map((one) => one.textContent.slice(0, 4))"
    head = "document.querySelector('#references ~ .wide-table th')"
    assert browser.says(f"{head}.ariaSort") is None
    browser.says("document.querySelectorAll('#references ~ .wide-table th button')[1].focus()")
    browser.press("Tab")
    browser.says(f"{head}.querySelector('button').focus()")
    browser.press("Enter")
    assert browser.says(f"[{head}.ariaSort, {files}]") == [
        "ascending",
        ["b.py", "a.py", "a.py", "deep"],
    ]
    browser.press("Enter")
    assert browser.says(f"[{head}.ariaSort, {files}]") == [
        "descending",
        ["deep", "a.py", "a.py", "b.py"],
    ]
    assert browser.says(f"{FOCUS}.textContent") == "Where"
    browser.says("document.querySelectorAll('#references ~ .wide-table th button')[3].click()")
    assert browser.says(f"{head}.ariaSort") is None


def test_first_stop_leads_past_the_links(browser: Browser) -> None:
    browser.press("Tab")
    assert browser.says(f"{FOCUS}.textContent") == "Skip to the content"
    browser.press("Enter")
    assert browser.says(f"{FOCUS}.id") == "content"


def test_map_by_keyboard(browser: Browser) -> None:
    stops = "document.querySelectorAll('.chart a[tabindex=\"0\"]')"
    assert browser.says(f"{stops}.length") == 1
    browser.says(f"{stops}[0].focus()")
    at = f"{FOCUS}.dataset.node"
    lit = "[...document.querySelectorAll('a.lit')].map((one) => one.dataset.node)"
    assert browser.says(f"[{at}, {lit}]") == [
        "f:a.py",
        ["f:a.py", "r:2", "r:1", "o:gone", "o:acme"],
    ]
    walked = []
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowUp"):
        browser.press(key)
        walked.append(browser.says(at))
    assert walked == ["r:2", "o:gone", "o:gone", "r:2", "r:2"]
    for key in ("End", "Home", "ArrowDown", "ArrowLeft", "ArrowLeft"):
        browser.press(key)
        walked.append(browser.says(at))
    assert walked[5:] == ["r:3", "r:2", "r:1", "f:a.py", "f:a.py"]
    assert browser.says(f"{stops}.length") == 1
    browser.press("Tab")
    assert browser.says("document.querySelector('.chart svg').classList.contains('lit')") is False


def test_box_leads_to_more(browser: Browser) -> None:
    browser.says("document.querySelector('[data-node=\"r:1\"]').focus()")
    browser.press("Enter")
    assert browser.says("location.hash") == "#repo-1"
    browser.says("document.querySelector('[data-node=\"o:acme\"]').focus()")
    browser.press("Enter")
    browser.press("Tab")
    assert browser.says("[location.hash, document.getElementById('owners').open]") == [
        "#owners",
        True,
    ]


def test_every_stop_is_reached_seen_and_left(browser: Browser) -> None:
    stops = browser.says(
        "[...document.querySelectorAll('a[href], button, input, summary, [tabindex=\"0\"]')]"
        ".filter((one) => one.tabIndex >= 0 && one.checkVisibility()).length"
    )
    seen = (
        f"(() => {{ const at = {FOCUS}; window.stops ??= [];"
        " if (window.stops.includes(at)) return 'again';"
        " window.stops.push(at);"
        " const inner = getComputedStyle(at.querySelector('rect') ?? at);"
        " return [getComputedStyle(at).outlineWidth, inner.strokeWidth].includes('3px') })()"
    )
    walked = []
    for _ in range(stops):
        browser.press("Tab")
        walked.append(browser.says(seen))
    assert walked == [True] * stops
    browser.press("Tab")
    assert browser.says(f"{FOCUS} === document.body || window.stops[0] === {FOCUS}")


@pytest.mark.parametrize("width", [320, 375, 640, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_nothing_is_cut_off(running: Browser, page: Path, width: int, dark: bool) -> None:
    running.open(page, width=width, dark=dark)
    assert running.says("document.documentElement.scrollWidth") == width


def test_light_and_dark(running: Browser, page: Path) -> None:
    colours = []
    for dark in (False, True):
        running.open(page, dark=dark)
        colours.append(running.says("getComputedStyle(document.body).backgroundColor"))
    assert colours == ["rgb(255, 255, 255)", "rgb(19, 22, 27)"]


def test_everything_has_a_name(browser: Browser) -> None:
    browser("Accessibility.enable")
    nodes = browser("Accessibility.getFullAXTree")["nodes"]
    wanted = ("link", "button", "searchbox", "checkbox", "region", "table", "navigation", "image")
    named = [
        (one["role"]["value"], one.get("name", {}).get("value", ""))
        for one in nodes
        if not one["ignored"] and one["role"]["value"] in wanted
    ]
    assert {role for role, _name in named} == set(wanted)
    assert [role for role, name in named if not name.strip()] == []
    roles = {one["role"]["value"] for one in nodes if not one["ignored"]}
    assert {"banner", "main", "contentinfo", "search", "columnheader", "rowheader"} <= roles


def test_motion_is_left_out_for_who_wants_none(browser: Browser) -> None:
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    assert browser.says(behaviour) == "smooth"
    reduced = {"name": "prefers-reduced-motion", "value": "reduce"}
    browser("Emulation.setEmulatedMedia", features=[reduced])
    assert browser.says(behaviour) == "auto"


def test_paper(running: Browser, page: Path) -> None:
    running.open(page, dark=True)
    running("Emulation.setEmulatedMedia", media="print")
    style = "getComputedStyle(document.querySelector('{}'))"
    assert running.says(f"{style}.display".format(".bar-of-parts")) == "none"
    assert running.says(f"{style}.backgroundColor".format("body")) == "rgb(255, 255, 255)"
    folded = "document.querySelectorAll('details:not([open])').length"
    assert running.says(f"dispatchEvent(new Event('beforeprint')), {folded}") == 0
    assert running.says(f"dispatchEvent(new Event('afterprint')), {folded}") == 2


def test_page_without_script(running: Browser, page: Path) -> None:
    running("Emulation.setScriptExecutionDisabled", value=True)
    try:
        running.open(page)
        assert running.says("document.documentElement.dataset.script") is None
        assert running.says("document.querySelector('.filter').checkVisibility()") is False
        assert running.says(f"{SEEN}.length") == 17
        assert running.says("document.querySelector('.with-script').checkVisibility()") is False
    finally:
        running("Emulation.setScriptExecutionDisabled", value=False)
