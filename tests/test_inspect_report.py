"""How what was found out about repos is told: on a screen, and as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from flake8_hfmodels.asked_id import Asked
from flake8_hfmodels.facts import (
    Blob,
    Code,
    Danger,
    Facts,
    Flagged,
    Found,
    History,
    Lacking,
    Missing,
    Moved,
    Owner,
    Publisher,
    Repo,
    Unavailable,
)
from flake8_hfmodels.finding import Severity
from flake8_hfmodels.inspecting.dossier import (
    Base,
    Dossier,
    Holder,
    OwnerNow,
    Reason,
    Risk,
    Step,
    code_files,
    state_of,
    told,
)
from flake8_hfmodels.inspecting.families import Format, Pickle, Read
from flake8_hfmodels.inspecting.wording import said
from flake8_hfmodels.record import replace
from flake8_hfmodels.report.inspected import InspectReport, by_risk, render, summed_up
from flake8_hfmodels.report.paint import Paint
from flake8_hfmodels.report.screen import footer
from flake8_hfmodels.report.screen import render as on_screen
from tests.test_inspect_risk import finding

LOW, MEDIUM, HIGH = Severity
PLAIN = Paint(colour=False)
SHA, OTHER = "607a30d783dfa663caf39e06633721c8d4cfcd7e", "b" * 40
REPO = Repo("org/model", "6286da0036468d709f17434d", SHA, ("model.safetensors",))
NO_RISK = Risk(LOW, LOW, (), ())


def dossier(**changes: Any) -> Dossier:
    """What is known of a repo of which there is nothing to say."""
    plain = Dossier(
        asked=Asked("model", "org/model", None),
        facts=Found(REPO),
        head=Found(REPO),
        owner=None,
        bases=(),
        bases_left_out=0,
        holders=(),
        formats=(),
        reads=(),
        pickles=(),
        elsewhere=(),
        risk=NO_RISK,
        steps=(),
    )
    return replace(plain, **changes)


def of(label: str, **changes: Any) -> list[str]:
    """The lines of one label; none where it is left out."""
    return next((list(lines) for name, lines in said(dossier(**changes)) if name == label), [])


def with_repo(**changes: Any) -> Found:
    return Found(replace(REPO, **changes))


# Words


@pytest.mark.parametrize(
    ("facts", "state", "words"),
    [
        pytest.param(Found(REPO), "found", "there", id="found"),
        pytest.param(Moved(REPO, Owner.EXISTS), "moved", "has moved to org/model", id="moved"),
        pytest.param(
            Moved(REPO, Owner.GONE),
            "orphaned",
            "nobody owns 'old' any more; until somebody does, it redirects to org/model",
            id="orphaned",
        ),
        pytest.param(
            Missing(Lacking.REPO, Owner.GONE),
            "gone",
            "not there, and nobody owns 'old': anybody can register the name",
            id="gone",
        ),
        pytest.param(
            Missing(Lacking.REVISION, Owner.EXISTS),
            "no revision",
            "there, without that revision",
            id="no-revision",
        ),
        pytest.param(
            Missing(Lacking.REPO, Owner.EXISTS),
            "missing",
            "not there, or private: nobody asked with a token",
            id="missing",
        ),
        pytest.param(
            Missing(Lacking.REPO, Owner.EXISTS, with_token=True),
            "missing",
            "not there, or the token may not see it",
            id="with-token",
        ),
        pytest.param(Unavailable("why"), "unknown", "not known (why)", id="unknown"),
    ],
)
def test_state(facts: Facts, state: str, words: str) -> None:
    assert (state_of(facts), told(facts, "old/name")) == (state, words)


@pytest.mark.parametrize(
    ("owner", "words"),
    [
        pytest.param(
            Publisher("org", "org", "id", True, "The Org"),
            "org (The Org), an organization that the Hub has verified; _id id",
            id="verified",
        ),
        pytest.param(
            Publisher("org", "org", "id", False, "org"),
            "org, an organization that the Hub has not verified; _id id",
            id="not-verified",
        ),
        pytest.param(
            Publisher("org", "org", "id"),
            "org, an organization; whether it is verified, the Hub does not say; _id id",
            id="not-said",
        ),
        pytest.param(
            Publisher("ann", "user", "id"),
            "ann, a user (the Hub verifies organizations only); _id id",
            id="user",
        ),
        pytest.param(Owner.GONE, "nobody: anybody can register the name", id="gone"),
        pytest.param(Unavailable("why"), "not known (why)", id="unknown"),
    ],
)
def test_owner(owner: OwnerNow, words: str) -> None:
    assert of("owner", owner=owner) == [words]


def test_no_owner_is_not_spoken_of() -> None:
    assert of("owner") == []


@pytest.mark.parametrize(
    ("object_id", "words"),
    [
        pytest.param("6286da0036468d709f17434d", "made 2022-05-20", id="made"),
        pytest.param("621ffdc036468d709f17434d", "made 2022-03-02 or before", id="imported"),
        pytest.param("odd", "made not known", id="odd"),
    ],
)
def test_identity(object_id: str, words: str) -> None:
    assert of("repo", facts=with_repo(object_id=object_id)) == [f"_id {object_id}, {words}"]


def test_old_answers() -> None:
    assert of("repo", facts=Found(REPO, stale=True))[0] == (
        "the Hub did not answer: all of this is by old answers, which the cache kept"
    )


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param(Found(REPO), SHA, id="known"),
        pytest.param(
            with_repo(sha=None), "not known (the Hub does not say it)", id="without-commit"
        ),
        pytest.param(Missing(Lacking.REPO, Owner.GONE), "none", id="none"),
        pytest.param(Unavailable("why"), "not known (why)", id="unknown"),
    ],
)
def test_head(facts: Facts, words: str) -> None:
    assert of("head", head=facts) == [words]


@pytest.mark.parametrize(
    ("revision", "facts", "head", "words"),
    [
        pytest.param("v1", Found(REPO), Found(REPO), f"v1 is {SHA}, the head", id="head"),
        pytest.param(
            "v1", Found(REPO), with_repo(sha=OTHER), f"v1 is {SHA}, not the head", id="other"
        ),
        pytest.param(
            "v1", Found(REPO), Unavailable("x"), f"v1 is {SHA}, head not known", id="head-not-known"
        ),
        pytest.param(
            SHA,
            with_repo(history=History.OWN),
            Found(REPO),
            f"{SHA}, the head, in a branch or tag",
            id="own",
        ),
        pytest.param(
            SHA,
            with_repo(history=History.FOREIGN, pull_request="refs/pr/1"),
            with_repo(sha=OTHER),
            f"{SHA}, not the head, in no branch or tag, only in refs/pr/1",
            id="foreign",
        ),
        pytest.param(
            SHA,
            with_repo(history=History.FOREIGN),
            with_repo(sha=OTHER),
            f"{SHA}, not the head, in no branch or tag",
            id="of-nobody",
        ),
        pytest.param("v1", with_repo(sha=None), Found(REPO), "v1: found", id="without-commit"),
        pytest.param(
            "v1",
            Missing(Lacking.REVISION, Owner.EXISTS),
            Found(REPO),
            "v1: no revision",
            id="missing",
        ),
    ],
)
def test_asked(revision: str, facts: Facts, head: Facts, words: str) -> None:
    asked = Asked("model", "org/model", revision)
    assert of("asked", asked=asked, facts=facts, head=head) == [words]


def test_files() -> None:
    sizes = (None, 1, 999, 1_000, 12_345, 7_641_000_000, 5 * 10**15)
    given = tuple(Format(str(number), 2, size) for number, size in enumerate(sizes))
    assert of("files", formats=given) == [
        "2 0, 2 1 (1 bytes), 2 2 (999 bytes), 2 3 (1.0 kB), 2 4 (12 kB), 2 5 (7.6 GB), 2 more"
    ]
    assert of("files", formats=given[-1:]) == ["2 6 (5000 TB)"]


def test_no_files() -> None:
    assert of("files", facts=with_repo(files=())) == ["the Hub lists none"]
    assert of("pickles", facts=with_repo(files=())) == []


@pytest.mark.parametrize(
    ("read", "words"),
    [
        pytest.param(Read("f", "", ("a", "b")), "f: a, b", id="safe"),
        pytest.param(Read("f", "", ("a",), ("a",)), "f: unpickles a", id="not-known-how"),
        pytest.param(
            Read("f", "", ("a", "b"), ("b",), "run as code"),
            "f: a; unpickles b, run as code",
            id="both",
        ),
    ],
)
def test_loaders(read: Read, words: str) -> None:
    assert of("loaders", reads=(read,)) == [words]


def test_no_loaders() -> None:
    nothing = "nothing that the loaders known here would take for weights"
    assert of("loaders") == [nothing]
    assert of("loaders", asked=Asked("space", "org/model", None)) == []


def test_pickles() -> None:
    given = (
        Pickle("a.pt", 10, "flagged", "unsafe", ()),
        Pickle("b.pt", None, "nothing found", "", ("peft", "timm")),
        *(Pickle("c.pt", 1, "not said", "", ()),) * 5,
    )
    first, second, *_others, last = of("pickles", pickles=given)
    assert first == "a.pt (10 bytes); the Hub's scanners: flagged as unsafe"
    assert second == "b.pt; the Hub's scanners: nothing found; read by peft, timm"
    assert last == "1 more"


def test_flagged_that_is_no_pickle() -> None:
    flagged = (Flagged("a.pt", "unsafe"), Flagged("a.dat", "suspicious"))
    given = (Pickle("a.pt", 10, "flagged", "unsafe", ()),)
    said_of_it = of("flagged", facts=with_repo(flagged=flagged), pickles=given)
    assert said_of_it == ["by the Hub's scanners: a.dat suspicious"]
    assert of("flagged", facts=with_repo(flagged=flagged[:1]), pickles=given) == []


# Code


def test_code_files() -> None:
    given = (
        ("AutoConfig", "conf.C"),
        ("AutoModel", "deep.modeling.M"),
        ("AutoModelForX", "deep.modeling.N"),
        ("AutoTokenizer", "other/code--tok.T"),
        ("AutoProcessor", "nonsense"),
    )
    assert list(code_files(replace(REPO, auto_map=given))) == [
        ("org/model", "conf.py"),
        ("org/model", "deep.modeling.py"),
        ("other/code", "tok.py"),
    ]


MAP = (("AutoModel", "modeling.M"),)
DANGERS = tuple(Danger("m.py", line, "process", "calls os.system") for line in range(1, 9))


def held(code: Code | Unavailable | None, repo_id: str = "org/model") -> tuple[Holder, ...]:
    return (Holder(repo_id, Found(REPO, code=code)),)


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        pytest.param({}, ["none that a loader would run"], id="none"),
        pytest.param(
            {"facts": with_repo(auto_map=MAP)},
            ["with trust_remote_code: modeling.py (auto_map)"],
            id="auto-map",
        ),
        pytest.param(
            {"facts": with_repo(tags=("custom_code",))},
            ["with trust_remote_code: the repo is marked as having code, auto_map names no file"],
            id="tag",
        ),
        pytest.param(
            {"asked": Asked("kernel", "org/model", None)},
            ["a kernel is code: whatever loads it runs it"],
            id="kernel",
        ),
        pytest.param(
            {"holders": held(Unavailable("why"))},
            ["none that a loader would run", "what it does is not known (why)"],
            id="not-known",
        ),
        pytest.param({"holders": held(None)}, ["none that a loader would run"], id="nobody-looked"),
        pytest.param(
            {"holders": held(Code("other/code", SHA, ("m.py",), DANGERS[:1]), "other/code")},
            [
                "none that a loader would run",
                "other/code: read at 607a30d783df: m.py",
                "other/code: m.py:1: calls os.system",
            ],
            id="dangers-of-another-repo",
        ),
        pytest.param(
            {"holders": held(Code("org/model", SHA, (), (), (("big.py", "too large"),)))},
            ["none that a loader would run", "big.py was not read: too large"],
            id="unread",
        ),
        pytest.param(
            {"holders": (Holder("gone/code", Missing(Lacking.REPO, Owner.GONE)),)},
            [
                "none that a loader would run",
                "gone/code: not there, and nobody owns 'gone': anybody can register the name",
            ],
            id="code-that-is-gone",
        ),
    ],
)
def test_code(changes: dict[str, Any], lines: list[str]) -> None:
    assert of("code", **changes) == lines


def test_many_dangers() -> None:
    lines = of("code", holders=held(Code("org/model", SHA, ("m.py",), DANGERS)))
    assert (len(lines), lines[-1]) == (9, "2 more places")


# The rest


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({}, "open to everybody", id="open"),
        pytest.param(
            {"gated": True}, "gated: files only for who has accepted its terms", id="gated"
        ),
        pytest.param(
            {"private": True, "disabled": True},
            "private; disabled by the Hub: nothing can be downloaded",
            id="private-and-disabled",
        ),
    ],
)
def test_access(changes: dict[str, Any], words: str) -> None:
    assert of("access", facts=with_repo(**changes)) == [words]


def test_licence() -> None:
    assert of("licence", facts=with_repo(tags=("license:mit",))) == ["mit"]
    assert of("licence") == ["none named"]


def test_bases() -> None:
    given = (
        Base("org/base", Found(REPO), is_loaded=True),
        Base("old/base", Moved(REPO, Owner.EXISTS), is_loaded=False),
    )
    assert of("made of", bases=given) == [
        "org/base, loaded with it: there",
        "old/base: has moved to org/model",
    ]
    assert of("made of", bases=given * 4, bases_left_out=3)[-1] == "5 more"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({}, "not known", id="nothing"),
        pytest.param(
            {"downloads": 1_234, "likes": 1}, "1,234 downloads in 30 days, 1 like", id="1"
        ),
        pytest.param(
            {"downloads": 0, "likes": 0, "modified": "2026-11-01T10:00:00.000Z"},
            "0 downloads in 30 days, 0 likes, last changed 2026-11-01",
            id="0",
        ),
    ],
)
def test_use(changes: dict[str, Any], words: str) -> None:
    assert of("use", facts=with_repo(**changes)) == [words]


def test_proof() -> None:
    blobs = (Blob("model.safetensors", 1, "a", "c" * 64),)
    assert of("proof", facts=with_repo(blobs=blobs)) == [
        "identity: _id of repo and owner; `lock` keeps them, `audit` compares",
        "file hashes: 1 of 1, 1 in SHA-256; `audit --local` compares copies",
        "commit signatures: the Hub does not offer them by API; not checked",
    ]
    assert of("proof")[1] == "file hashes: the Hub says none"


# The screen


def report(*dossiers: Dossier) -> InspectReport:
    return InspectReport(dossiers, (), summed_up(dossiers, 3, "online", 1.25))


def top(risk: Risk, columns: int | None = None) -> list[str]:
    """The lines about the risk."""
    lines = on_screen(report(dossier(risk=risk)), PLAIN, columns).splitlines()
    return lines[1 : next(at for at, line in enumerate(lines) if line.startswith("repo "))]


@pytest.mark.parametrize(
    ("risk", "lines"),
    [
        pytest.param(NO_RISK, ["risk      low"], id="low"),
        pytest.param(
            Risk(LOW, LOW, (), ("its owner: why",)),
            ["risk      low, as far as is known", "          not known: its owner: why"],
            id="as-far-as-is-known",
        ),
        pytest.param(
            Risk(None, None, (), ("the repo: why",)),
            ["risk      not known", "          not known: the repo: why"],
            id="not-known",
        ),
        pytest.param(
            Risk(HIGH, MEDIUM, (Reason(finding("HFM003", HIGH), is_conditional=True),), ()),
            [
                "risk      high; medium without trust_remote_code",
                "          high HFM003 with trust_remote_code: it is bad; mend it",
            ],
            id="conditional",
        ),
        pytest.param(
            Risk(MEDIUM, MEDIUM, (Reason(finding("HFM005", MEDIUM), base="org/base"),), ()),
            [
                "risk      medium",
                "          medium HFM005 base model org/base: it is bad; mend it",
            ],
            id="base",
        ),
    ],
)
def test_risk(risk: Risk, lines: list[str]) -> None:
    assert top(risk) == lines


@pytest.mark.parametrize("columns", [10, 40, 60, 80])
def test_screen_fits(columns: int) -> None:
    reasons = (Reason(finding("HFM002", LOW, "words " * 40)), Reason(finding("HFM010", HIGH)))
    given = dossier(risk=Risk(HIGH, HIGH, reasons, ("its owner: " + "why " * 30,)))
    lines = on_screen(report(given, given), PLAIN, columns).splitlines()
    assert max(map(len, lines[:-1])) <= max(columns, 40)


def test_address_stays_whole() -> None:
    address = "https://huggingface.co/" + "x" * 90
    lines = top(Risk(HIGH, HIGH, (Reason(finding("HFM012", HIGH, f"see {address}")),), ()))
    assert any(address in line for line in lines)


def test_steps() -> None:
    long = f"hfmodels mirror org/model@{SHA} models/model"
    given = (
        Step("revision=1", "pin", is_command=False),
        Step("hfmodels lock", "why"),
        Step(long, "a copy"),
        Step("hfmodels lookalikes " + "x" * 45, "why " * 5),
    )
    lines = on_screen(report(dossier(steps=given)), PLAIN, None).splitlines()
    assert lines[lines.index("next      revision=1  # pin") :][:-2] == [
        "next      revision=1  # pin",
        "          hfmodels lock  # why",
        "          hfmodels mirror \\",
        f"            org/model@{SHA} \\",
        "            models/model  # a copy",
        "          hfmodels lookalikes " + "x" * 45,
        "          # why why why why why",
    ]


def test_colours() -> None:
    text = on_screen(report(dossier(risk=replace(NO_RISK, level=HIGH))), Paint(colour=True), None)
    assert "\x1b[1mmodel org/model\x1b[0m" in text
    assert "\x1b[1;31mhigh\x1b[0m; low without trust_remote_code" in text


def test_table() -> None:
    gone = dossier(
        asked=Asked("dataset", "old/data", "v1", says_type=True),
        facts=Missing(Lacking.REPO, Owner.GONE),
        head=Missing(Lacking.REPO, Owner.GONE),
        owner=Owner.GONE,
        risk=Risk(HIGH, HIGH, tuple(Reason(finding(f"HFM00{n}", HIGH)) for n in (4, 4, 6)), ()),
    )
    silent = dossier(owner=Publisher("org", "org", "id"), head=with_repo(sha=None))
    text = on_screen(report(gone, silent), PLAIN, None)
    assert text.splitlines()[:3] == [
        "RISK  REPO                  HEAD  OWNER   REASONS",
        "high  datasets/old/data@v1  gone  nobody  HFM004 HFM006",
        "low   org/model                   org",
    ]


def test_table_without_room() -> None:
    owner = Publisher("o", "user", "id")
    long = dossier(asked=Asked("model", "o/" + "x" * 70, None), owner=owner)
    lines = on_screen(report(long, long), PLAIN, None).splitlines()
    assert lines[:2] == ["low   o/" + "x" * 70, "      607a30d783df, o"]


def test_footer() -> None:
    levels = (HIGH, HIGH, MEDIUM, LOW, None)
    given = [dossier(risk=replace(NO_RISK, level=one)) for one in levels]
    assert footer(summed_up(given, 1, "strict", 0.5), PLAIN) == (
        "5 repos: 2 high, 1 medium, 1 not known, 1 low; 1 request; strict; 0.50 s"
    )
    assert footer(summed_up((), 0, "offline", 0.5), PLAIN) == (
        "no repos; 0 requests; offline; 0.50 s"
    )


def test_order() -> None:
    def named(name: str, level: Severity | None) -> Dossier:
        asked = Asked("model", f"org/{name}", None)
        return dossier(asked=asked, risk=replace(NO_RISK, level=level))

    given = [named("low", LOW), named("B", HIGH), named("odd", None), named("a", HIGH)]
    assert [one.asked.repo_id for one in by_risk(given)] == ["org/a", "org/B", "org/odd", "org/low"]


def test_hostile_words() -> None:
    evil = "\x1b[31m\u202e\n" + "z" * 4_000
    reasons = (Reason(finding("HFM002", LOW, evil)),)
    given = dossier(
        facts=with_repo(tags=(f"license:{evil}",), object_id=evil, modified=evil),
        owner=Publisher("org", "org", evil, fullname=evil),
        reads=(Read("f", "", (evil,)),),
        pickles=(Pickle(evil, 1, "flagged", evil, ()),),
        bases=(Base(evil, Unavailable(evil), is_loaded=False),),
        risk=Risk(LOW, LOW, reasons, (evil,)),
    )
    text = on_screen(report(given), PLAIN, None)
    assert not [one for one in text.replace("\n", "") if not one.isprintable()]
    assert max(map(len, text.splitlines())) <= 80


# JSON


def test_json() -> None:
    code = Code("org/model", SHA, ("m.py",), DANGERS[:1], (("n.py", "too large"),))
    given = dossier(
        facts=with_repo(auto_map=MAP, flagged=(Flagged("a.pt", "unsafe"),)),
        owner=Owner.GONE,
        bases=(Base("org/base", Missing(Lacking.REPO, Owner.GONE), is_loaded=True),),
        holders=(*held(code), *held(Unavailable("why"), "other/code")),
        formats=(Format("pickle", 1, 10),),
        reads=(Read("peft", "peft.x", ("a.pt",), ("a.pt",), "run as code"),),
        pickles=(Pickle("a.pt", 10, "flagged", "unsafe", ("peft",)),),
        risk=Risk(HIGH, LOW, (Reason(finding("HFM003", HIGH), is_conditional=True),), ("x",)),
        steps=(Step("hfmodels lock", "why"),),
    )
    said_of_it = json.loads(render(report(given)))
    assert said_of_it["repos"][0]["owner"] == {"state": "gone"}
    repo = said_of_it["repos"][0]["repo"]
    assert repo["formats"] == [{"name": "pickle", "number": 1, "size": 10}]
    assert repo["loaders"][0]["pickles"] == ["a.pt"]
    assert repo["flagged"] == [{"path": "a.pt", "level": "unsafe"}]
    assert [one["not_known"] for one in repo["custom_code"]["repos"]] == [None, "why"]
    assert repo["custom_code"]["repos"][0] == {
        "repo_id": "org/model",
        "state": "found",
        "commit": SHA,
        "read": ["m.py"],
        "dangers": [{"path": "m.py", "line": 1, "kind": "process", "what": "calls os.system"}],
        "unread": [{"path": "n.py", "why": "too large"}],
        "not_known": None,
    }
    assert repo["base_models"][0]["state"] == "gone"
    assert said_of_it["repos"][0]["risk"] == {
        "level": "high",
        "without_trust_remote_code": "low",
        "not_known": ["x"],
        "reasons": [
            {
                "code": "HFM003",
                "name": "bad",
                "severity": "high",
                "confidence": "high",
                "what": "it is bad",
                "remedy": "mend it",
                "only_with_trust_remote_code": True,
                "base_model": None,
                "help_uri": "https://flake8-hfmodels.readthedocs.io/en/stable/rules/HFM003/",
            }
        ],
    }
    assert said_of_it["repos"][0]["next"] == [
        {"text": "hfmodels lock", "why": "why", "is_command": True}
    ]


def test_json_of_nothing_known() -> None:
    given = dossier(
        facts=Unavailable("why"),
        head=Unavailable("why"),
        owner=Unavailable("why"),
        risk=Risk(None, None, (), ("the repo: why",)),
    )
    (said_of_it,) = json.loads(render(report(given)))["repos"]
    assert (said_of_it["state"], said_of_it["repo"], said_of_it["head"]) == ("unknown", None, None)
    assert said_of_it["owner"] == {"state": "unknown", "why": "why"}
    assert said_of_it["risk"]["level"] is None


def test_json_is_ascii() -> None:
    given = dossier(owner=Publisher("org", "org", "id", fullname="Å\x1b\ud800"))
    text = render(report(given))
    assert text.isascii()
    assert json.loads(text)["repos"][0]["owner"]["fullname"] == "Å\x1b?"
