"""The page of a report: what it tells, and that nothing in it acts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from typing import Any
from unicodedata import category

import pytest
from hypothesis import given, settings

from flake8_hfmodels.facts import (
    Facts,
    Flagged,
    Found,
    Lacking,
    Missing,
    Moved,
    Owner,
    Publisher,
    Repo,
    Unavailable,
)
from flake8_hfmodels.finding import Finding, Fix, Related, Severity, Suppressed
from flake8_hfmodels.loaders.row import Param
from flake8_hfmodels.page import chart
from flake8_hfmodels.page.bars import bar
from flake8_hfmodels.page.chart import chart_of, folders
from flake8_hfmodels.page.content import Content, Origin, Pin, content_of, pin_of, worst_of
from flake8_hfmodels.page.document import data, render
from flake8_hfmodels.page.inventory import status
from flake8_hfmodels.page.markup import Html, code, name, tag, visible
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import ABSENT, Reference, Span, Target, Unknown, Value
from flake8_hfmodels.report.report import Report
from flake8_hfmodels.sources.trouble import Trouble
from tests.telling import (
    FINDING,
    FIX,
    LOADER,
    NUMBERS,
    SPAN,
    hostile_reports,
    known,
)
from tests.telling import reference as plain

ORIGIN = Origin("project", "2026-11-22T10:00:00Z", "1.2.3")
COMMIT = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
REPO = Repo("a/b", "621ffdc036468d709f17434d", COMMIT, ("model.safetensors", "x.bin"))
PINNABLE = replace(LOADER, revision=Param(("revision",)))


def reference(repo_id: Value | str = "a/b", revision: Value = ABSENT, **changes: Any) -> Reference:
    value = known(repo_id) if isinstance(repo_id, str) else repo_id
    return replace(plain(value, revision), loader=PINNABLE, **changes)


def finding(ref: Reference, severity: Severity = Severity.MEDIUM, **changes: Any) -> Finding:
    return replace(
        FINDING, reference=ref, path=ref.path, severity=severity, repo_id=None, **changes
    )


def content(*references: Reference, findings: tuple[Finding, ...] = (), **facts: Any) -> Content:
    """What a page tells of references; facts are those of `a/b`, by revision."""
    report = Report(findings, references, {}, NUMBERS)
    answers = {
        Target("model", "a/b", None if key == "default" else key): one for key, one in facts.items()
    }
    return content_of(report, answers, ORIGIN)


def text_of(page: str) -> str:
    """What is read on a page, a line for each block."""
    body = page[page.index("<body") :]
    broken = re.sub(r"</(?:p|div|h\d|li|td|th|dd|summary|caption)>", "\n", body)
    return unescape(re.sub(r"<[^>]+>", "", broken))


def told(some: Content) -> list[str]:
    return [line for line in map(str.strip, text_of(render(some)).splitlines()) if line]


def row(some: Content, anchor: str) -> list[str]:
    """The cells of a row of a table."""
    (found,) = re.findall(rf'<tr id="{anchor}".*?</tr>', render(some), re.DOTALL)
    cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", found, re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", "", one)).split()) for one in cells]


# Markup


def test_text_is_escaped_and_markup_is_not() -> None:
    made = tag("p", "<&\"'>", Html("<br>"), None, 3, class_="a'b", data_x=True, id=None)
    escaped = "&lt;&amp;&quot;&#x27;&gt;"
    assert made == Html(f'<p class="a&#x27;b" data-x>{escaped}<br>3</p>')


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("plain", "plain", id="plain"),
        pytest.param("a\tb\u3000c", "a\tb\u3000c", id="space"),
        pytest.param("a\u202eb\u2066", "a⟨U+202E⟩b⟨U+2066⟩", id="direction"),
        pytest.param("\x1b[31m\0", "⟨U+001B⟩[31m⟨U+0000⟩", id="control"),
        pytest.param("\udc80\u2028", "⟨U+DC80⟩⟨U+2028⟩", id="surrogate"),
        pytest.param("x" * 2001, "x" * 2000 + "… (2,001 characters)", id="long"),
    ],
)
def test_nothing_is_hidden_in_text(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_names_are_cut_sooner() -> None:
    assert name("n" * 201) == "n" * 200 + "… (201 characters)"
    assert 'class="long"' in code("n" * 51).text


def test_bar_has_parts_of_the_right_width() -> None:
    drawn = bar([("high", 1), ("low", 0), ("good", 2)], 4).text
    assert re.findall(r'x="(\d+)" width="(\d+)".*?class="(\w+)"', drawn) == [
        ("0", "250", "high"),
        ("250", "500", "good"),
    ]
    assert 'aria-hidden="true"' in drawn


# What a reference is held by


@pytest.mark.parametrize(
    ("ref", "pin"),
    [
        pytest.param(reference(revision=known(COMMIT)), Pin.COMMIT, id="commit"),
        pytest.param(reference(revision=known(COMMIT, "main")), Pin.REF, id="one-of-two"),
        pytest.param(reference(revision=known("main")), Pin.REF, id="branch"),
        pytest.param(reference(revision=known(COMMIT[:7])), Pin.REF, id="short"),
        pytest.param(reference(revision=known(None)), Pin.NONE, id="none"),
        pytest.param(reference(), Pin.NONE, id="absent"),
        pytest.param(reference(revision=Unknown("x()")), Pin.RUN_TIME, id="run-time"),
        pytest.param(replace(reference(), loader=LOADER), Pin.IMPOSSIBLE, id="no-parameter"),
        pytest.param(reference(local="a path"), Pin.NOTHING, id="local"),
        pytest.param(reference(ABSENT), Pin.NOTHING, id="no-id"),
        pytest.param(
            replace(reference(ABSENT), loader=replace(PINNABLE, default_model=True)),
            Pin.NONE,
            id="own-choice",
        ),
        pytest.param(
            replace(reference(), loader=replace(PINNABLE, downloads=False)),
            Pin.NOTHING,
            id="only-named",
        ),
    ],
)
def test_what_holds_a_reference(ref: Reference, pin: Pin) -> None:
    assert pin_of(ref) == pin


def test_pins_are_counted() -> None:
    some = content(reference(), reference(revision=known(COMMIT)), reference(local="a path"))
    assert some.pins == {Pin.COMMIT: 1, Pin.NONE: 1}
    assert "Of 2 references: 1 pinned to a commit, 1 no revision" in render(some)
    assert "Not counted: 1 reference without a download." in render(some)


# Repos


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (Found(REPO), "there"),
        (Found(replace(REPO, gated=True, private=True)), "private, gated"),
        (
            Found(replace(REPO, disabled=True, auto_map=(("A", "b.A"),))),
            "disabled by the Hub, runs its own code",
        ),
        (Found(replace(REPO, flagged=(Flagged("x", "unsafe"),))), "scanners complain about 1 file"),
        (Moved(replace(REPO, id="c/d"), Owner.EXISTS), "moved to c/d; there"),
        (Missing(Lacking.REVISION, Owner.EXISTS), "there, but not at this revision"),
        (Missing(Lacking.REPO, Owner.GONE), "not there, or not for us"),
        (Unavailable("it did not answer"), "it did not answer"),
        (None, "not asked"),
    ],
)
def test_what_is_known_of_a_repo(facts: Facts | None, words: str) -> None:
    assert status(facts) == words


def test_row_of_a_repo() -> None:
    ref = reference()
    repo = replace(REPO, tags=("license:mit",), downloads=12345)
    owner = Publisher("a", "org", "1", is_verified=True)
    some = content(ref, findings=(finding(ref),), default=Found(repo, publisher=owner))
    assert row(some, "repo-1") == [
        "a/b",
        "model",
        "medium HFM001",
        "not pinned",
        f"default branch now {COMMIT[:12]}",
        "a (verified organization)",
        "there",
        "app.py",
        "mit",
        "safetensors, pickle",
        "2022-03-02",
        "12,345",
    ]


def test_row_of_a_repo_that_nobody_was_asked_about() -> None:
    some = content(reference("gpt2", known("main", COMMIT)), reference("gpt2", known(COMMIT)))
    assert row(some, "repo-1") == [
        "gpt2",
        "model",
        "",
        "1 of 2 references",
        f"main, {COMMIT[:12]}",
        "none",
        "not asked",
        "app.py",
        *("", "", "", ""),
    ]


def test_owner_is_that_of_the_repo_that_answers() -> None:
    user = Publisher("c", "user", "1")
    moved = Moved(replace(REPO, id="c/d", sha=None), Owner.GONE, publisher=user)
    some = content(reference(), default=moved)
    assert list(some.owners) == ["c"]
    assert row(some, "repo-1")[4:6] == ["default branch", "c (user)"]
    assert "Names that nobody owns, and that anybody can register: a/b." in told(some)


@pytest.mark.parametrize(
    ("answers", "best"),
    [
        (
            {"default": Missing(Lacking.REPO, Owner.EXISTS), "main": Found(REPO)},
            Found(REPO),
        ),
        (
            {"default": Unavailable("x"), "main": Missing(Lacking.REVISION, Owner.EXISTS)},
            Missing(Lacking.REVISION, Owner.EXISTS),
        ),
        ({"default": Unavailable("x")}, Unavailable("x")),
    ],
)
def test_best_answer_is_told(answers: Mapping[str, Facts], best: Facts) -> None:
    some: dict[str, Any] = {**answers}
    (held,) = content(reference(), reference(revision=known("main")), **some).repos
    assert held.facts == best


def test_repos_that_come_with_another() -> None:
    ref = reference(trust_remote_code=known(True))
    facts = Found(replace(REPO, auto_map=(("AutoModel", "c/code--m.M"),)))
    some = content(ref, default=facts)
    assert [one.repo_id for one in some.repos] == ["a/b", "c/code"]
    assert row(some, "repo-2")[3] == "comes with another"
    assert row(some, "repo-2")[7] == "comes with a/b"
    assert "comes with a/b" in told(some)


def test_many_files_of_a_repo_are_counted() -> None:
    some = content(*(reference(path=f"{number}.py") for number in range(7)))
    assert row(some, "repo-1")[7] == "0.py, 1.py, 2.py, 3.py, 4.py and 2 more files"


def test_repo_that_is_only_named() -> None:
    named = replace(reference(), loader=replace(PINNABLE, downloads=False))
    assert row(content(named), "repo-1")[3] == "only named"


def test_pinned_repo() -> None:
    facts: dict[str, Any] = {COMMIT: Found(REPO)}
    some = content(reference(revision=known(COMMIT)), **facts)
    assert row(some, "repo-1")[3:5] == ["pinned", COMMIT[:12]]


def test_finding_about_one_of_two_repos_is_told_of_that_one() -> None:
    ref = reference(known("a/b", "c/d"))
    some = content(ref, findings=(replace(finding(ref), repo_id="c/d"),))
    assert [(one.repo_id, len(one.findings)) for one in some.repos] == [("a/b", 0), ("c/d", 1)]


# References and files


def test_row_of_a_reference() -> None:
    ref = reference(local="a path", revision=Unknown("choose()"), cell=(3, 1))
    assert row(content(ref), "reference-1") == [
        "app.py:2 (cell 3)",
        "a/b",
        "at run time: choose()",
        "nothing is loaded (a path)",
        "",
        "model",
        "AutoModel.from_pretrained",
    ]


def test_values_that_are_not_known() -> None:
    assert row(content(reference(ABSENT, known(None))), "reference-1")[1:3] == ["none", "None"]


def test_files_with_the_worst_findings_come_first() -> None:
    one, two, three = (reference(path=path) for path in ("a.py", "b.py", "c.py"))
    low, high = finding(one, Severity.LOW), finding(two, Severity.HIGH)
    some = content(one, two, three, findings=(low, low, low, high))
    assert [row(some, f"risk-{number}") for number in (1, 2, 3)] == [
        ["b.py", "high", "1", "0", "0", "", "1", "0 of 1"],
        ["a.py", "low", "0", "0", "3", "", "1", "0 of 1"],
        ["c.py", "none", "0", "0", "0", "", "1", "0 of 1"],
    ]


def test_file_that_loads_nothing() -> None:
    assert row(content(reference(local="a path")), "risk-1")[-2:] == ["0", ""]


def test_worst_of_nothing() -> None:
    assert worst_of(()) is None


# Findings


def article(one: Finding, lines: tuple[str, ...] = (), **report: Any) -> str:
    """A finding on a page, as it is read."""
    made = Report((one,), (), {one.path: lines}, NUMBERS, **report)
    page = render(content_of(made, {}, ORIGIN))
    (found,) = re.findall(r"<article.*?</article>", page, re.DOTALL)
    return text_of(f"<body>{found}")


LINES = ("one", "  two(", "    'a'", "  )", "five", "six", "seven", "eight")


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        pytest.param(Span(1, 1, 1, 4), ["1 one"], id="line"),
        pytest.param(Span(2, 3, 4, 4), ["2   two(", "3     'a'", "4   )"], id="lines"),
        pytest.param(
            Span(1, 1, 8, 3),
            ["1 one", "2   two(", "3     'a'", "4   )", "5 five", "6 six", "2 more lines"],
            id="too-many",
        ),
        pytest.param(Span(99, 1, 99, 4), [], id="not-there"),
    ],
)
def test_excerpt(span: Span, shown: list[str]) -> None:
    read = article(replace(FINDING, span=span), LINES)
    lines = [line.strip() for line in read.splitlines()]
    assert [line for line in lines if re.match(r"\d+ ", line)] == shown


def test_what_is_meant_is_marked() -> None:
    made = Report((replace(FINDING, span=Span(2, 3, 3, 7)),), (), {"app.py": LINES}, NUMBERS)
    page = render(content_of(made, {}, ORIGIN))
    assert re.findall("<mark>(.*?)</mark>", page) == ["two(", "&#x27;a"]


def test_excerpt_of_a_notebook() -> None:
    place = ("x = load()", Span(2, 5, 2, 9))
    read = article(FINDING, LINES, excerpts={("app.py", SPAN): place})
    assert "2 x = load()" in read


def test_finding_with_all_there_is() -> None:
    one = replace(
        FINDING,
        cell=(3, 2),
        fix=FIX,
        is_by_old_answers=True,
        suggested_revision=COMMIT,
        related=(Related("app.py", Span(1, 1, 1, 4), "here"), Related("b.py", SPAN, "there")),
    )
    lines = [line.strip() for line in article(one, LINES).splitlines() if line.strip()]
    assert lines == [
        "medium HFM001 unpinned-revision line 2 (cell 3, line 2)",
        "loads it",
        "2   two(",
        "here",
        "1 one",
        "b.py:2: there",
        "What to do: pin it",
        f"Commit: {COMMIT}",
        "High confidence, by an earlier answer of the Hub; fixable with care.",
    ]


def test_fix_that_is_safe() -> None:
    read = article(replace(FINDING, fix=Fix("pin", (), is_safe=True)))
    assert "High confidence; hfmodels check --fix mends it." in read


def test_silenced_findings_are_folded() -> None:
    silenced = (Suppressed(FINDING, "comment", "read it"), Suppressed(FINDING, "baseline"))
    some = content_of(Report((), (), {}, NUMBERS, suppressed=silenced), {}, ORIGIN)
    lines = told(some)
    assert "2 silenced findings: 1 by a comment, 1 by the baseline" in lines
    assert "read it" in lines


# The head


def test_empty_project() -> None:
    lines = told(content_of(Report((), (), {}, NUMBERS), {}, ORIGIN))
    assert lines.count("None.") == 3
    assert lines.count("No file names a repo.") == 2
    assert "0 pinnedof 0 references" in lines


def test_what_went_wrong_is_told() -> None:
    summary = replace(NUMBERS, unanswered=2, stale=1, skipped={"binary": 1, "large": 2})
    made = Report((), (), {}, summary, (Trouble("bad.py", "cannot be read", 3),), ("no answer",))
    lines = told(content_of(made, {}, ORIGIN))
    assert "bad.py:3: cannot be read" in lines
    assert "no answer" in lines
    assert "Files1 read; passed over: 1 binary, 2 large" in lines
    assert "1 repo known by an earlier answer of the Hub alone." in lines
    unanswered = "2 repos without an answer of the Hub. Nothing is said of what it would have told."
    assert unanswered in lines


def test_only_some_names_that_nobody_owns_are_named() -> None:
    gone = Missing(Lacking.REPO, Owner.GONE)
    refs = [reference(f"a/{number}") for number in range(7)]
    facts: dict[Target, Facts] = {Target("model", f"a/{number}", None): gone for number in range(7)}
    lines = told(content_of(Report((), refs, {}, NUMBERS), facts, ORIGIN))
    assert (
        "Names that nobody owns, and that anybody can register: a/0, a/1, a/2, a/3, a/4 and 2 more."
        in lines
    )


# The map


@pytest.mark.parametrize(
    ("paths", "most", "under"),
    [
        pytest.param(["b.py", "./a.py"], 2, ["b.py", "./a.py"], id="all"),
        pytest.param(["a/b/c.py", "a/b/d.py", "e.py"], 2, ["a/b/", "a/b/", "./"], id="folders"),
        pytest.param(["a/b/c.py", "a/d/e.py", "f.py"], 2, ["a/", "a/", "./"], id="upper-folders"),
        pytest.param(
            ["a/1", "a/2", "b/1", "c/1"],
            2,
            ["a/", "a/", "other folders", "other folders"],
            id="too-many-folders",
        ),
        pytest.param(["a", "b", "c"], 2, ["./", "./", "./"], id="no-folders"),
    ],
)
def test_files_stand_for_folders(paths: list[str], most: int, under: list[str]) -> None:
    assert list(folders(paths, most).values()) == under


def test_map() -> None:
    first, second = reference(path="a.py"), reference(path="b.py", repo_id="c/d")
    some = content(first, second, reference("c/e"), findings=(finding(first, Severity.HIGH),))
    drawn = chart_of(some)
    assert [[(one.words, one.about) for one in column] for column in drawn.columns] == [
        [("a.py", "file"), ("app.py", "file"), ("b.py", "file")],
        [("a/b", "model"), ("c/e", "model"), ("c/d", "model")],
        [("a", "1 repo"), ("c", "2 repos")],
    ]
    assert [one.worst for one in drawn.columns[0]] == [Severity.HIGH, None, None]
    assert [one.href for one in drawn.columns[0]] == ["#file-1", "#risk", "#risk"]
    assert drawn.edges == (
        ("f:a.py", "r:1"),
        ("f:b.py", "r:2"),
        ("f:app.py", "r:3"),
        ("r:1", "o:a"),
        ("r:2", "o:c"),
        ("r:3", "o:c"),
    )


def test_map_of_many_repos(monkeypatch: pytest.MonkeyPatch) -> None:
    refs = [reference(one) for one in ("a/1", "a/2", "b/1", "c/1")]
    some = content(*refs)
    monkeypatch.setattr(chart, "MOST", 3)
    drawn = chart_of(some)
    assert [(one.words, one.about) for one in drawn.columns[1]] == [
        ("a", "2 repos"),
        ("b/1", "model"),
        ("c/1", "model"),
    ]


def test_map_of_many_owners() -> None:
    refs = [reference(f"{number:02}/x") for number in range(45)]
    files, repos, owners = chart_of(content(*refs)).columns
    assert [len(files), len(repos), len(owners)] == [1, 40, 40]
    assert {one.about for one in owners if one.words == "(others)"} == {"6 repos"}


def test_what_a_box_leads_to_is_said() -> None:
    page = unescape(render(content(reference(), reference(path="b/" + "很" * 40))))
    assert 'aria-label="a/b (model); named by 2 on the left, owned by 1 on the right"' in page
    assert 'aria-label="app.py (file); loads 1 repo"' in page
    assert 'aria-label="a (1 repo); owns 1 on the left"' in page
    assert f"b/{'很' * 8}…{'很' * 9}<" in page


# The whole


class Parsed(HTMLParser):
    """The tags and attributes of a page, and its ids and links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, set[str]] = {}
        self.headings: list[int] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for key, value in attrs:
            self.attributes.setdefault(key, set()).add(value or "")
        if re.fullmatch(r"h\d", tag):
            self.headings.append(int(tag[1]))


KNOWN_TAGS = set(
    "a article body caption code dd details div dl dt footer g h1 h2 h3 h4 head header html input"
    " label li link main mark meta nav p path rect samp script search section small span strong"
    " style summary svg table tbody td text th thead time title tr ul".split()
)
LINK = re.compile(r"#[\w-]+|data:,|https://flake8-hfmodels\.readthedocs\.io/en/stable/rules/.*/")


def harmless(page: str) -> Parsed:
    """A page, after a look at whether anything in it could act, or lead somewhere else."""
    parsed = Parsed(page)
    assert set(parsed.tags) <= KNOWN_TAGS
    assert [parsed.tags.count(one) for one in ("script", "style", "h1", "main")] == [1, 1, 1, 1]
    assert not {one for one in parsed.attributes if one.startswith("on")} | (
        parsed.attributes.keys() & {"style", "src", "srcdoc", "action"}
    )
    assert [one for one in parsed.attributes["href"] if not LINK.fullmatch(one)] == []
    text = page.replace(data("style.css"), "").replace(data("script.js"), "")
    assert [
        one for one in text if not (one.isprintable() or one in "\n\t" or category(one) == "Zs")
    ] == []
    return parsed


@given(hostile_reports())
@settings(max_examples=25)
def test_nothing_acts_whatever_names_and_words_are(report: Report) -> None:
    ref = report.findings[0].reference
    assert ref is not None
    path, words = report.findings[0].path, report.findings[0].what
    hostile = [
        replace(ref, path=path, call=words, local=words),
        replace(ref, path=path, call=words, repo_id=known(words), revision=known(words)),
        replace(ref, path=path, repo_id=Unknown(words), revision=Unknown(words)),
    ]
    made = replace(report, references=hostile, lines={path: (words, words)})
    repo = replace(REPO, id=words, sha=words, tags=(f"license:{words}",))
    facts: dict[Target, Facts] = {Target("model", words, words): Found(repo)}
    harmless(render(content_of(made, facts, replace(ORIGIN, project=words))))


def test_page_is_whole() -> None:
    ref = reference()
    some = content(ref, findings=(finding(ref),), default=Found(REPO))
    parsed = harmless(render(some))
    steps = zip(parsed.headings, parsed.headings[1:], strict=False)
    assert [one for one in steps if one[1] - one[0] > 1] == []
    links = {one[1:] for one in parsed.attributes["href"] if one.startswith("#")}
    assert links - parsed.attributes["id"] == set()
    assert parsed.attributes["aria-labelledby"] - parsed.attributes["id"] == set()
    assert parsed.attributes["scope"] == {"col", "row"}


def test_ids_are_used_once() -> None:
    ref = reference()
    page = render(content(ref, findings=(finding(ref),), default=Found(REPO)))
    ids = re.findall(r'<[a-z]\w*(?: [\w-]+="[^"]*")*? id="([^"]*)"', page)
    assert sorted(ids) == sorted(set(ids))


def test_policy_names_what_is_on_the_page() -> None:
    page = render(content())
    (policy,) = re.findall('http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert re.sub("sha256-[A-Za-z0-9+/=]{44}", "…", policy.replace("&#x27;", "'")) == (
        "default-src 'none'; style-src '…'; script-src '…'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


def test_same_input_gives_the_same_page() -> None:
    assert render(content(reference(), default=Found(REPO))) == render(
        content(reference(), default=Found(REPO))
    )


# Colours

_COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
SCHEMES = dict(
    zip(
        ("light", "dark"), re.findall(r":root \{(.*?)\}", data("style.css"), re.DOTALL), strict=True
    )
)

TEXT = [
    *((one, back) for one in ("text", "quiet", "link") for back in ("page", "raised")),
    *((one, "page") for one in ("good", "medium", "high")),
    *((one, f"{one}-back") for one in ("high", "medium", "low")),
    *(("text", back) for back in ("mark", "high-back")),
]
"""Colours of text, each with what is behind it."""

SHAPES = [
    *((one, "page") for one in ("edge", "link", "high", "medium", "low", "good", "other")),
    *((one, "raised") for one in ("edge", "high", "medium", "low")),
]
"""Colours of borders, bars, lines and the focus, each with what is behind it."""


def luminance(colour: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(scheme: str, one: str, other: str) -> float:
    colours = dict(_COLOUR.findall(SCHEMES[scheme]))
    dark, light = sorted(luminance(colours[name]) for name in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("one", "other"), TEXT)
def test_text_stands_out(scheme: str, one: str, other: str) -> None:
    assert contrast(scheme, one, other) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("one", "other"), SHAPES)
def test_shapes_stand_out(scheme: str, one: str, other: str) -> None:
    assert contrast(scheme, one, other) >= 3


def test_contrast_is_computed_as_wcag_does() -> None:
    assert luminance("#ffffff") == pytest.approx(1)
    assert luminance("#777777") == pytest.approx(0.1845, abs=0.0001)


def test_style_uses_no_colour_without_a_name() -> None:
    rest = _COLOUR.sub("", data("style.css"))
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgb|hsl", rest) == []


def test_page_names_no_other_place() -> None:
    files = data("style.css") + data("script.js")
    assert re.findall(r"https?:|url\(|@import|import\(|fetch|XMLHttp", files) == []
