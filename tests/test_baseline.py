"""Baselines as values: what an entry silences, what is told of it, how the file is read."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_hfmodels.baseline import (
    LARGEST,
    LONGEST,
    Applied,
    Baseline,
    Entry,
    apply,
    parse,
    read,
    unused,
    written,
)
from flake8_hfmodels.finding import Finding, Suppressed
from flake8_hfmodels.fingerprint import content
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Span
from tests.telling import ABOUT_A_COMMENT, FINDING, HOSTILE, known, reference

DAY, LATER = "2026-01-31", "2026-02-01"
ABOUT = "AutoModel.from_pretrained() loads 'a/b'"


def entry(finding: Finding = FINDING, **changes: object) -> Entry:
    one = Entry(content(finding), finding.code, finding.path, 1, DAY, ABOUT)
    return replace(one, **changes)  # type: ignore[arg-type]


def baseline(*entries: Entry) -> Baseline:
    return Baseline("base.json", entries)


def at(path: str, line: int = 2) -> Finding:
    """The finding in another place."""
    return replace(FINDING, path=path, span=Span(line, 1, line, 5))


OTHER = replace(FINDING, reference=reference(known("c/d")), repo_id="c/d")


def applied(one: Baseline, *findings: Finding, gone: tuple[str, ...] = ()) -> Applied:
    return apply(one, findings, lambda path: path not in gone)


def silenced(finding: Finding = FINDING, since: str = DAY) -> Suppressed:
    return Suppressed(finding, "baseline", f"known since {since}")


def test_empty_baseline_silences_nothing() -> None:
    assert applied(baseline(), FINDING) == Applied((FINDING,), (), (), ())


def test_finding_that_is_known() -> None:
    assert applied(baseline(entry()), FINDING) == Applied((), (silenced(),), (), ())


def test_finding_on_another_line() -> None:
    moved = at("app.py", 99)
    assert applied(baseline(entry()), moved) == Applied((), (silenced(moved),), (), ())


def test_second_equal_finding_is_new() -> None:
    copy = at("app.py", 99)
    assert applied(baseline(entry()), FINDING, copy) == Applied((copy,), (silenced(),), (), ())


def test_as_many_as_the_entry_counts() -> None:
    told = applied(baseline(entry(count=2)), FINDING, FINDING, FINDING)
    assert told == Applied((FINDING,), (silenced(), silenced()), (), ())


def test_entries_of_several_dates_count_together() -> None:
    both = baseline(entry(), entry(added=LATER))
    told = applied(both, FINDING, FINDING, FINDING)
    assert told == Applied((FINDING,), (silenced(), silenced(since=LATER)), (), ())


def test_entry_that_silences_nothing() -> None:
    assert applied(baseline(entry())) == Applied((), (), (), ((entry(), 1),))


def test_entry_that_silences_less_than_it_says() -> None:
    one = entry(count=3)
    assert applied(baseline(one), FINDING) == Applied((), (silenced(),), (), ((one, 2),))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(OTHER, id="id"),
        pytest.param(replace(FINDING, code="HFM003"), id="rule"),
        pytest.param(
            replace(FINDING, reference=reference(revision=known("v2"))), id="another-revision"
        ),
        pytest.param(at("b.py"), id="file-that-is-beside"),
    ],
)
def test_another_finding_is_told(other: Finding) -> None:
    assert applied(baseline(entry()), other) == Applied((other,), (), (), ((entry(), 1),))


def test_renamed_file() -> None:
    now = at("new/b.py")
    told = applied(baseline(entry()), now, gone=("app.py",))
    assert told == Applied((), (silenced(now),), (("app.py", "new/b.py"),), ())


def test_file_that_was_split() -> None:
    first, second = at("b.py"), replace(OTHER, path="c.py")
    both = baseline(entry(), entry(OTHER))
    told = applied(both, first, second, gone=("app.py",))
    assert told.told == ()
    assert told.moved == (("app.py", "b.py"), ("app.py", "c.py"))


def test_renamed_file_with_a_copy() -> None:
    told = applied(baseline(entry()), at("b.py"), at("c.py"), gone=("app.py",))
    assert told == Applied((at("c.py"),), (silenced(at("b.py")),), (("app.py", "b.py"),), ())


def test_rename_is_told_once_for_each_file() -> None:
    both = baseline(entry(count=2), entry(OTHER))
    now = (at("b.py"), at("b.py", 5), replace(OTHER, path="b.py"))
    assert applied(both, *now, gone=("app.py",)).moved == (("app.py", "b.py"),)


def test_entry_of_the_file_itself_comes_first() -> None:
    here, gone = entry(path="b.py"), entry(path="gone.py")
    told = applied(baseline(gone, here), at("b.py"), gone=("gone.py",))
    assert told == Applied((), (silenced(at("b.py")),), (), ((gone, 1),))


def test_path_as_windows_writes_it_is_taken_for_a_rename() -> None:
    one = entry(path="src\\app.py")
    told = applied(baseline(one), at("src/app.py"), gone=("src\\app.py",))
    assert told.told == ()
    assert told.moved == (("src\\app.py", "src/app.py"),)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        pytest.param("app.py", "app.py", id="here"),
        pytest.param("./x/../app.py", "app.py", id="roundabout"),
        pytest.param("base/app.py", "base/app.py", id="below"),
        pytest.param("../app.py", "../app.py", id="above"),
        pytest.param(os.path.abspath("app.py"), "app.py", id="absolute"),
    ],
)
def test_name_in_a_baseline(path: str, name: str) -> None:
    assert Baseline("base.json").name_of(path) == name
    assert Baseline(os.path.abspath("base.json")).name_of(path) == name


def test_name_begins_in_the_folder_of_the_baseline() -> None:
    assert Baseline("deep/er/base.json").name_of("deep/app.py") == "../app.py"
    assert Baseline("deep/er/base.json").path_of(entry(path="../app.py")) == "deep/app.py"


def test_name_does_not_hang_on_links(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/app.py").touch()
    (tmp_path / "real/other.py").symlink_to("app.py")
    (tmp_path / "link").symlink_to("real")
    for folder in ("real", "link"):
        one = Baseline(str(tmp_path / folder / "base.json"))
        assert one.name_of(str(tmp_path / "link/app.py")) == "app.py"
        assert one.name_of(str(tmp_path / "real/other.py")) == "app.py"


def test_name_on_another_drive(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no relative path from one drive to another."""
    monkeypatch.setattr(os.path, "splitdrive", lambda path: (path, ""))
    assert Baseline("/c/base.json").name_of("/d/app.py") == "/d/app.py"


def test_what_is_said_of_an_idle_entry() -> None:
    one = entry(line=7)
    finding = unused(baseline(one), one, 1)
    assert (finding.code, finding.path, finding.span) == ("HFM900", "base.json", Span(7, 1, 7, 1))
    assert finding.message == (
        "the baseline silences HFM001 in app.py (AutoModel.from_pretrained() loads 'a/b'), and"
        " nothing is left of it there; write the baseline anew with --write-baseline"
    )


def test_what_is_said_of_an_entry_that_silences_less() -> None:
    assert "loads 'a/b') 2 times, and" in unused(baseline(), entry(count=3), 2).what


def rewritten(
    old: Baseline,
    *findings: Finding,
    kept: bool = False,
    persona: Persona = Persona.REGULAR,
    gone: tuple[str, ...] = (),
) -> str:
    return written(old, findings, lambda path: path not in gone, lambda _: kept, persona, LATER)


def entries(text: str) -> list[tuple[str, str, int, str]]:
    """Path, code, count and date of the entries of a file."""
    found = parse("base.json", text).entries
    return [(one.path, one.code, one.count, one.added) for one in found]


def test_file_as_a_whole() -> None:
    assert rewritten(baseline(), FINDING) == (
        "{\n"
        '  "version": 1,\n'
        '  "fingerprints": "v1",\n'
        '  "persona": "regular",\n'
        '  "findings": [\n'
        f'    {{"fingerprint": "{content(FINDING)}", "code": "HFM001", "path": "app.py",'
        ' "count": 1, "added": "2026-02-01",'
        ' "about": "AutoModel.from_pretrained() loads \'a/b\'"}\n'
        "  ]\n"
        "}\n"
    )


def test_empty_file_as_a_whole() -> None:
    text = rewritten(baseline())
    assert text.endswith('  "persona": "regular",\n  "findings": []\n}\n')
    assert parse("base.json", text) == baseline()


def test_what_is_read_is_what_was_written() -> None:
    text = rewritten(baseline(), FINDING, at("b.py"), OTHER, ABOUT_A_COMMENT)
    found = parse("base.json", text)
    assert [one.line for one in found.entries] == [6, 7, 8, 9]
    assert rewritten(found, FINDING, at("b.py"), OTHER, ABOUT_A_COMMENT) == text


def test_order_of_findings_does_not_count() -> None:
    assert rewritten(baseline(), FINDING, OTHER) == rewritten(baseline(), OTHER, FINDING)


@pytest.mark.parametrize(
    ("old", "findings", "expected"),
    [
        pytest.param([], [FINDING], [("app.py", "HFM001", 1, LATER)], id="new"),
        pytest.param([entry()], [FINDING], [("app.py", "HFM001", 1, DAY)], id="known"),
        pytest.param([entry()], [], [], id="gone"),
        pytest.param(
            [entry()],
            [FINDING, FINDING],
            [("app.py", "HFM001", 1, DAY), ("app.py", "HFM001", 1, LATER)],
            id="copied",
        ),
        pytest.param(
            [entry(count=2)], [FINDING], [("app.py", "HFM001", 1, DAY)], id="one-of-two-gone"
        ),
        pytest.param(
            [entry()],
            [FINDING, at("b.py")],
            [("app.py", "HFM001", 1, DAY), ("b.py", "HFM001", 1, LATER)],
            id="copied-into-another-file",
        ),
        pytest.param(
            [entry(path="gone.py")], [at("b.py")], [("b.py", "HFM001", 1, DAY)], id="renamed"
        ),
        pytest.param(
            [entry(about="as it was called once")],
            [FINDING],
            [("app.py", "HFM001", 1, DAY)],
            id="other-words",
        ),
        pytest.param(
            [entry(), entry(line=9)], [FINDING], [("app.py", "HFM001", 1, DAY)], id="twice"
        ),
    ],
)
def test_dates(
    old: list[Entry], findings: list[Finding], expected: list[tuple[str, str, int, str]]
) -> None:
    assert entries(rewritten(baseline(*old), *findings, gone=("gone.py",))) == expected


@pytest.mark.parametrize(
    ("old", "findings", "expected"),
    [
        pytest.param([entry()], [], [("app.py", "HFM001", 1, DAY)], id="nobody-looked"),
        pytest.param([entry(count=3)], [FINDING], [("app.py", "HFM001", 3, DAY)], id="found-some"),
        pytest.param([entry()], [FINDING], [("app.py", "HFM001", 1, DAY)], id="found-all"),
        pytest.param(
            [entry(about="old words")], [FINDING], [("app.py", "HFM001", 1, DAY)], id="other-words"
        ),
        pytest.param(
            [entry()],
            [FINDING, FINDING],
            [("app.py", "HFM001", 1, DAY), ("app.py", "HFM001", 1, LATER)],
            id="found-more",
        ),
        pytest.param(
            [entry(path="gone.py")], [at("b.py")], [("b.py", "HFM001", 1, DAY)], id="renamed"
        ),
    ],
)
def test_entries_that_are_kept_are_counted_once(
    old: list[Entry], findings: list[Finding], expected: list[tuple[str, str, int, str]]
) -> None:
    text = rewritten(baseline(*old), *findings, kept=True, gone=("gone.py",))
    assert entries(text) == expected


@pytest.mark.parametrize(
    ("before", "now", "kept", "expected"),
    [
        pytest.param(Persona.REGULAR, Persona.AUDITOR, True, "auditor", id="more-curious"),
        pytest.param(Persona.AUDITOR, Persona.REGULAR, True, "auditor", id="less-and-some-kept"),
        pytest.param(Persona.AUDITOR, Persona.REGULAR, False, "regular", id="less-and-none-kept"),
    ],
)
def test_persona(before: Persona, now: Persona, kept: bool, expected: str) -> None:
    old = replace(baseline(entry()), persona=before)
    assert json.loads(rewritten(old, kept=kept, persona=now))["persona"] == expected


def test_what_an_entry_says_of_itself_is_short() -> None:
    long = replace(FINDING, reference=replace(reference(), call="f" * 1000))
    spread = replace(FINDING, reference=replace(reference(), kind="command", call="hf\n  load"))
    found = parse("base.json", rewritten(baseline(), long, spread, ABOUT_A_COMMENT)).entries
    assert [one.about for one in found] == [
        "`hf load` loads 'a/b'",
        "f" * LONGEST,
        "loads it",
    ]


def test_finding_without_an_id() -> None:
    found = parse("base.json", rewritten(baseline(), replace(FINDING, repo_id=None))).entries
    assert [one.about for one in found] == ["AutoModel.from_pretrained() loads something"]


@given(st.binary(min_size=1).filter(lambda name: b"\0" not in name), HOSTILE)
def test_any_name_can_be_written_and_read(name: bytes, repo_id: str) -> None:
    finding = replace(FINDING, path=os.fsdecode(name), repo_id=repo_id)
    text = rewritten(baseline(), finding)
    found = parse("base.json", text)
    assert text.isascii()
    assert len(text.splitlines()) == 8
    assert apply(found, [finding], lambda _: True).told == ()


def told_of(text: str) -> str:
    with pytest.raises(ValueError, match=r"^base\.json: ") as caught:
        parse("base.json", text)
    return str(caught.value)


WHOLE = rewritten(baseline(), FINDING)
PRINT = content(FINDING)
ARABIC = {ord("0") + digit: 0x660 + digit for digit in range(10)}
ANEW = "; mend it, or delete it and run hfmodels check --write-baseline"


def with_entry(**changes: object) -> str:
    """The file with something else in its entry."""
    data = json.loads(WHOLE)
    data["findings"][0].update(changes)
    return json.dumps(data)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("", r"is no valid JSON \(.*\)", id="empty"),
        pytest.param(WHOLE[:200], r"is no valid JSON \(.*\)", id="cut-off"),
        pytest.param(WHOLE + "}", r"is no valid JSON \(.*line 9.*\)", id="too-much"),
        pytest.param(
            WHOLE.replace("    {", "<<<<<<< HEAD\n    {", 1),
            r"is no valid JSON \(Expecting value: line 6 .*\)",
            id="conflict",
        ),
        pytest.param(WHOLE.replace("}\n  ]", "},\n  ]"), r"is no valid JSON \(.*\)", id="comma"),
        pytest.param("[" * 100_000, r"is no valid JSON \(.*\)", id="deep"),
        pytest.param('{"a": 1' + "0" * 5000 + "}", r"is no .*", id="long-number"),
        pytest.param("null", "is no baseline", id="null"),
        pytest.param("[]", "is no baseline", id="list"),
        pytest.param("{}", "is no baseline", id="nothing-in-it"),
        pytest.param('{"findings": {}}', "is no baseline", id="no-list"),
        pytest.param(
            WHOLE.replace('"version": 1', '"version": 2'),
            "was written by another version of hfmodels",
            id="version",
        ),
        pytest.param(
            WHOLE.replace('"v1"', '"v2"'),
            "was written by another version of hfmodels",
            id="fingerprints",
        ),
        pytest.param(
            WHOLE.replace('"regular"', '"me"'),
            "its persona is none of regular, pedantic, auditor",
            id="persona",
        ),
        pytest.param(WHOLE.replace('"persona"', '"x"'), "its persona .*", id="no-persona"),
        pytest.param(with_entry(fingerprint="x"), ".* is no entry of a baseline", id="fingerprint"),
        pytest.param(with_entry(fingerprint=1), ".* is no entry of a baseline", id="no-text"),
        pytest.param(with_entry(count=0), ".* is no entry of a baseline", id="count-of-none"),
        pytest.param(with_entry(count=-1), ".* is no entry of a baseline", id="count-below-none"),
        pytest.param(with_entry(count=True), ".* is no entry of a baseline", id="count-of-truth"),
        pytest.param(with_entry(count=1.5), ".* is no entry of a baseline", id="count-of-a-half"),
        pytest.param(with_entry(added="today"), ".* is no entry of a baseline", id="date"),
        pytest.param(
            with_entry(added=DAY.translate(ARABIC)), ".* is no entry of a baseline", id="digits"
        ),
        pytest.param(with_entry(path=None), ".* is no entry of a baseline", id="no-path"),
        pytest.param(with_entry(path="a\0b"), ".* is no entry of a baseline", id="no-name"),
        pytest.param(with_entry(path="\ud800"), ".* is no entry of a baseline", id="no-character"),
        pytest.param(WHOLE.replace('"about"', '"x"'), ".* is no entry of a .*", id="key-missing"),
        pytest.param(
            json.dumps({**json.loads(WHOLE), "findings": [["a\nb" * 99]]}),
            ".* is no entry of a baseline",
            id="no-entry",
        ),
    ],
)
def test_file_that_is_wrong(text: str, why: str) -> None:
    assert re.fullmatch(f"base.json: {why}{re.escape(ANEW)}", told_of(text))


def test_count_is_one_unless_it_is_said() -> None:
    text = WHOLE.replace('"count": 1, ', "")
    assert entries(text) == [("app.py", "HFM001", 1, LATER)]


def test_more_than_we_know_of_is_passed_over() -> None:
    text = WHOLE.replace('"persona"', '"note": "by hand", "persona"')
    assert parse("base.json", text).entries == parse("base.json", WHOLE).entries


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param(json.dumps(json.loads(WHOLE)), [1], id="one-line"),
        pytest.param(json.dumps(json.loads(WHOLE), indent=1), [7], id="spread"),
        pytest.param("\n\n" + WHOLE, [8], id="lines-above"),
        pytest.param(WHOLE.replace("loads", "\u2028\x85"), [6], id="odd-separators"),
        pytest.param(WHOLE.replace("\n", "\r\n"), [6], id="crlf"),
        pytest.param(WHOLE.replace(PRINT, PRINT[:-1] + r"\u0061"), [1], id="escaped"),
    ],
)
def test_line_of_an_entry(text: str, lines: list[int]) -> None:
    assert [one.line for one in parse("base.json", text).entries] == lines


def test_equal_entries_stand_on_lines_of_their_own() -> None:
    line = next(line for line in WHOLE.splitlines() if PRINT in line)
    twice = WHOLE.replace(line, f"{line},\n{line}")
    assert [one.line for one in parse("base.json", twice).entries] == [6, 7]


def test_equal_entries_on_one_line_count_together() -> None:
    data = json.loads(WHOLE)
    data["findings"] *= 2
    found = parse("base.json", json.dumps(data))
    assert applied(found, FINDING, FINDING).told == ()


def test_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "base.json"
    file.write_text(WHOLE, encoding="utf-8-sig")
    assert len(read(str(file)).entries) == 1


@pytest.mark.parametrize(
    ("name", "why"),
    [
        pytest.param("none", "cannot be read (no such file or directory); hfmodels check", id="no"),
        pytest.param(".", "cannot be read (it is no file); hfmodels check", id="folder"),
        pytest.param("latin", f"is no UTF-8{ANEW}", id="no-utf-8"),
        pytest.param("huge", "is too large for a baseline (5 MB)", id="huge"),
        pytest.param("pipe", "cannot be read (it is no file); hfmodels check", id="pipe"),
        pytest.param("/dev/zero", "cannot be read (it is no file); hfmodels", id="endless"),
    ],
)
def test_file_that_cannot_be_read(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "latin").write_bytes(b'{"\xe9": 1}')
    os.mkfifo(tmp_path / "pipe")
    with (tmp_path / "huge").open("wb") as huge:
        huge.truncate(LARGEST + 1)
    path = os.path.join(tmp_path, name)
    with pytest.raises(ValueError, match=f"^{re.escape(path)}: {re.escape(why)}"):
        read(path)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([FINDING, OTHER])), max_size=6))
def test_what_is_written_silences_just_what_was_found(found: list[tuple[str, Finding]]) -> None:
    findings = [replace(one, path=f"{name}.py") for name, one in found]
    one = parse("base.json", rewritten(baseline(), *findings))
    told = applied(one, *findings)
    assert (told.told, told.moved, told.idle) == ((), (), ())
    assert len(told.known) == len(findings)
    assert rewritten(one, *reversed(findings)) == rewritten(one, *findings)
