"""Every rule by its own examples, and the shape that all rules have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from flake8_hfmodels import rules
from flake8_hfmodels.check import check
from flake8_hfmodels.facts import (
    Facts,
    Flagged,
    Found,
    History,
    Lacking,
    Missing,
    Moved,
    Owner,
    Repo,
)
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Target
from flake8_hfmodels.rules import chosen, codes, document, load
from flake8_hfmodels.rules.rule import Example, Rule
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource
from tests.judging import BESIDE

EVERY_CODE = """
HFM001 HFM002 HFM003 HFM004 HFM005 HFM006 HFM007 HFM008 HFM009 HFM010 HFM011 HFM012 HFM013
HFM014 HFM015 HFM900
""".split()
ON = [code for code in EVERY_CODE if code != "HFM014"]
RULES = tuple(load(code) for code in codes())
EACH_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def examples(kind: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.code}-{kind}-{number}")
        for rule in RULES
        for number, example in enumerate(getattr(rule, kind), 1)
    ]


def findings(rule: Rule, example: Example) -> list[str]:
    source = parse("example.py", example.source.encode())
    assert isinstance(source, PythonSource)
    checked = check([source], partial(answers, example), [rule], beside=BESIDE)
    return [finding.code for finding in checked.findings]


class Said(NamedTuple):
    """One finding, in short."""

    message: str
    severity: str = "high"
    confidence: str = "high"
    persona: str = "regular"


def said(
    code: str, text: str, facts: Facts, others: tuple[tuple[str, Facts], ...] = ()
) -> list[Said]:
    """What one rule tells those who want to hear everything."""
    source = parse("example.py", text.encode())
    assert isinstance(source, PythonSource)
    lookup = partial(answers, Example(text, facts, others))
    checked = check([source], lookup, [load(code)], persona=Persona.AUDITOR)
    return [
        Said(one.message, one.severity.value, one.confidence.value, one.persona.value)
        for one in checked.findings
    ]


def answers(example: Example, targets: Collection[Target]) -> Mapping[Target, Facts]:
    return {target: example.facts_of(target) for target in targets}


@pytest.mark.parametrize(("rule", "example"), examples("bad"))
def test_bad_example_is_found_once(rule: Rule, example: Example) -> None:
    assert findings(rule, example) == [rule.code]


@pytest.mark.parametrize(("rule", "example"), examples("good"))
def test_good_example_is_clean(rule: Rule, example: Example) -> None:
    assert findings(rule, example) == []


@EACH_RULE
def test_rule_stands_in_the_file_of_its_name(rule: Rule) -> None:
    stem = f"{rule.code}_{rule.name}".lower().replace("-", "_")
    assert (Path(rules.__file__).parent / f"{stem}.py").is_file()


@EACH_RULE
def test_document_says_what_why_and_what_to_do(rule: Rule) -> None:
    what, *more = document(rule.code).strip().split("\n\n")
    assert what.endswith(".")
    assert "\n" not in what
    assert len(more) >= 2


@EACH_RULE
def test_rule_has_examples_of_both_kinds(rule: Rule) -> None:
    assert rule.bad
    assert rule.good


@EACH_RULE
def test_name_is_what_is_wrong(rule: Rule) -> None:
    assert not rule.name.startswith(("no-", "disallow-", "use-", "pin-"))


def test_codes_are_unique_and_in_order() -> None:
    assert [rule.code for rule in RULES] == sorted({rule.code for rule in RULES})


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        pytest.param(["HFM"], [], ON, id="all"),
        pytest.param(["HFM003"], [], ["HFM003"], id="one"),
        pytest.param(
            ["HFM00"], ["HFM001", "HFM004"], [*EVERY_CODE[1:3], *EVERY_CODE[4:9]], id="ignored"
        ),
        pytest.param(["HFM01"], ["HFM010"], ["HFM011", "HFM012", "HFM013", "HFM015"], id="off"),
        pytest.param(["HFM", "HFM014"], [], EVERY_CODE, id="off-and-named"),
        pytest.param(["HFM014"], ["HFM014"], [], id="named-and-ignored"),
        pytest.param([], [], [], id="none"),
    ],
)
def test_chosen(select: list[str], ignore: list[str], expected: list[str]) -> None:
    assert [rule.code for rule in chosen(select, ignore)] == expected


def test_unknown_code_raises() -> None:
    with pytest.raises(KeyError):
        load("HFM999")


# --- what the rules say


AUTO = "from transformers import AutoModel\n"
LOADS = "AutoModel.from_pretrained() loads"
RUNS = "AutoModel.from_pretrained() runs code that comes with the model: trust_remote_code=True; "
SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
LOAD = AUTO + "AutoModel.from_pretrained('org/model')"
PINNED = AUTO + f"AutoModel.from_pretrained('org/model', revision='{SHA}')"
TRUSTED = LOAD.replace("')", "', trust_remote_code=True)")
PINNED_TRUSTED = PINNED.replace("')", "', trust_remote_code=True)")
NO_REPO = Missing(Lacking.REPO, Owner.EXISTS)


def repo(
    name: str = "org/model",
    files: tuple[str, ...] = ("config.json",),
    auto_map: tuple[str, ...] = (),
    adapter_of: tuple[str, ...] = (),
    flagged: tuple[tuple[str, str], ...] = (),
    sha: str | None = SHA,
) -> Repo:
    return Repo(
        name,
        "621ffdc036468d709f17434d",
        sha,
        files,
        ("region:us",),
        auto_map=tuple((f"AutoModel{number}", code) for number, code in enumerate(auto_map)),
        adapter_of=adapter_of,
        flagged=tuple(Flagged(path, level) for path, level in flagged),
        is_scanned=True,
    )


NEW = repo("new/model")


@pytest.mark.parametrize(
    ("text", "facts", "advice", "severity"),
    [
        pytest.param(
            TRUSTED,
            Found(repo(auto_map=("modeling_x.X", "org/model--configuration_x.C"))),
            "read configuration_x.py, modeling_x.py at the commit you pin",
            "high",
            id="auto-map",
        ),
        pytest.param(
            TRUSTED,
            Found(repo(auto_map=("other/code--modeling_x.X",))),
            "read other/code: modeling_x.py at the commit you pin",
            "high",
            id="code-of-another-repo",
        ),
        pytest.param(
            TRUSTED,
            Found(repo(auto_map=("a.A", "b.B", "c.C", "d.D"))),
            "read a.py, b.py and 2 more at the commit you pin",
            "high",
            id="many",
        ),
        pytest.param(
            TRUSTED,
            Found(repo(auto_map=("nonsense",))),
            "read the code, and pin the commit you read",
            "high",
            id="auto-map-that-names-no-file",
        ),
        pytest.param(
            TRUSTED,
            Found(repo(files=("modeling_x.py", "modeling_y/train.py", "train.py"))),
            "read what of modeling_x.py runs, at the commit you pin",
            "high",
            id="candidates",
        ),
        pytest.param(
            TRUSTED,
            Found(repo(files=("custom_generate/generate.py",))),
            "read what of custom_generate/generate.py runs, at the commit you pin",
            "high",
            id="generation",
        ),
        pytest.param(
            TRUSTED,
            Found(repo(files=("config.json", "train_script.py"))),
            "not needed, there is no custom code in this revision",
            "low",
            id="script-beside-a-model",
        ),
        pytest.param(
            PINNED_TRUSTED,
            Found(repo(files=("config.json", "train_script.py"))),
            "read the code, and pin the commit you read",
            "high",
            id="script-in-another-revision",
        ),
        pytest.param(
            PINNED_TRUSTED.replace(SHA, "main"),
            Found(repo(files=("config.json", "train_script.py"))),
            "not needed, there is no custom code in this revision",
            "low",
            id="main-is-the-default-branch",
        ),
        pytest.param(
            PINNED_TRUSTED,
            Found(repo()),
            "not needed, there is no custom code in this revision",
            "low",
            id="nothing-in-another-revision",
        ),
        pytest.param(
            TRUSTED,
            Found(repo(files=())),
            "read the code, and pin the commit you read",
            "high",
            id="files-are-not-known",
        ),
        pytest.param(
            TRUSTED,
            Found(repo(adapter_of=("org/base",))),
            "read the code, and pin the commit you read",
            "high",
            id="adapter-has-the-code-of-its-base",
        ),
        pytest.param(
            TRUSTED, NO_REPO, "read the code, and pin the commit you read", "high", id="missing"
        ),
    ],
)
def test_trusted_code_is_named(text: str, facts: Facts, advice: str, severity: str) -> None:
    assert said("HFM003", text, facts) == [Said(RUNS + advice, severity)]


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        pytest.param(
            "from datasets import load_dataset\nload_dataset('org/data', trust_remote_code=True)",
            "; read what of data.py runs, at the commit you pin",
            id="script-of-a-dataset",
        ),
        pytest.param(
            "from diffusers import DiffusionPipeline as P\n"
            "P.from_pretrained('org/model', trust_remote_code=True)",
            "; read what of data.py runs, at the commit you pin",
            id="component-of-a-pipeline",
        ),
        pytest.param(
            "import evaluate\nevaluate.load('org/metric')",
            "; read the code, and pin the commit you read",
            id="code-that-runs-without-a-flag",
        ),
    ],
)
def test_any_python_file_may_run_where_no_model_is_loaded(text: str, advice: str) -> None:
    [one] = said("HFM003", text, Found(repo(files=("data.py",))))
    assert one.message.endswith(advice)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param(
            Missing(Lacking.REPO, Owner.GONE),
            "load a copy of the model and its code that you control",
            id="missing",
        ),
        pytest.param(
            Moved(NEW, Owner.GONE),
            "it redirects to 'new/model' until then, load a copy of the model and its code that"
            " you control",
            id="moved",
        ),
    ],
)
def test_orphaned_code(facts: Facts, words: str) -> None:
    coded = Found(repo(auto_map=("gone/code--modeling_x.X",)))
    assert said("HFM004", TRUSTED, coded, (("gone/code", facts),)) == [
        Said(
            f"nobody owns 'gone', and {LOADS} 'org/model', which takes its code from 'gone/code':"
            f" whoever registers the name runs code here; {words}"
        )
    ]


@pytest.mark.parametrize(
    ("more", "confidence"),
    [
        pytest.param("", "high", id="default-branch"),
        pytest.param(", revision='v1'", "high", id="tag"),
        pytest.param(", revision=chosen", "medium", id="at-run-time"),
    ],
)
def test_code_of_a_revision_decided_at_run_time_is_less_sure(more: str, confidence: str) -> None:
    coded = Found(repo(auto_map=("gone/code--modeling_x.X",)))
    gone = (("gone/code", Missing(Lacking.REPO, Owner.GONE)),)
    text = TRUSTED.replace("True", f"True{more}")
    assert [one.confidence for one in said("HFM004", text, coded, gone)] == [confidence]


def test_orphaned_model_with_orphaned_code_is_two_findings() -> None:
    coded = Moved(repo("new/model", auto_map=("gone/code--modeling_x.X",)), Owner.GONE)
    gone = Missing(Lacking.REPO, Owner.GONE)
    assert [
        one.message.partition(",")[0]
        for one in said("HFM004", TRUSTED, coded, (("gone/code", gone),))
    ] == ["nobody owns 'gone'", "nobody owns 'org'"]


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        pytest.param(
            LOAD,
            Moved(NEW, Owner.EXISTS),
            Said(
                f"{LOADS} 'org/model': the repo has moved, and whoever holds 'org' can put another"
                f" one there; write 'new/model' at {SHA}",
                "medium",
            ),
            id="moved",
        ),
        pytest.param(
            LOAD,
            Moved(repo("new/model", sha=None), Owner.UNKNOWN),
            Said(
                f"{LOADS} 'org/model': the repo has moved, and it is not known whether 'org' still"
                " has an owner, who can put another one there; write 'new/model'",
                "medium",
            ),
            id="owner-not-known",
        ),
        pytest.param(
            PINNED,
            Moved(repo("Org/Model-2"), Owner.UNKNOWN),
            Said(
                f"{LOADS} 'org/model': 'org' has renamed the repo, and can put another one there;"
                " write 'Org/Model-2'",
                "low",
            ),
            id="renamed-and-pinned",
        ),
        pytest.param(
            LOAD.replace("org/model", "gpt2"),
            Moved(repo("openai-community/gpt2"), Owner.EXISTS),
            Said(
                f"{LOADS} 'gpt2': this is one of the Hub's first names, which only redirects;"
                f" write 'openai-community/gpt2' at {SHA}",
                "low",
            ),
            id="first-names",
        ),
        pytest.param(
            LOAD.replace("')", "', revision=chosen)"),
            Moved(NEW, Owner.EXISTS),
            Said(
                f"{LOADS} 'org/model': the repo has moved, and whoever holds 'org' can put another"
                " one there; write 'new/model'",
                "medium",
            ),
            id="revision-decided-at-run-time",
        ),
    ],
)
def test_moved_repo(text: str, facts: Facts, expected: Said) -> None:
    assert said("HFM005", text, facts) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(LOAD, [SHA], id="unpinned"),
        pytest.param(PINNED.replace(SHA, "v1"), [SHA], id="tag"),
        pytest.param(PINNED, [None], id="pinned"),
        pytest.param(LOAD.replace("')", "', revision=chosen)"), [None], id="at-run-time"),
        pytest.param(
            AUTO + "for one in ('a/b', 'c/d'): AutoModel.from_pretrained(one)",
            [None, None],
            id="one-pin-is-none-for-two",
        ),
    ],
)
def test_commit_of_a_moved_repo_is_suggested(text: str, expected: list[str | None]) -> None:
    source = parse("example.py", text.encode())
    assert isinstance(source, PythonSource)
    lookup = partial(answers, Example(text, Moved(NEW, Owner.EXISTS)))
    checked = check([source], lookup, [load("HFM005")])
    assert [one.suggested_revision for one in checked.findings] == expected


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        pytest.param(
            LOAD,
            NO_REPO,
            Said(
                f"{LOADS} 'org/model': the repo is not there, or is private: nobody asked with a"
                " token; check the name, or set HF_TOKEN",
                "low",
                "low",
            ),
            id="anonymous",
        ),
        pytest.param(
            LOAD,
            Missing(Lacking.REPO, Owner.EXISTS, with_token=True),
            Said(
                f"{LOADS} 'org/model': the repo is not there, or the token may not see it; check"
                " the name, or ask for access",
                "medium",
                "medium",
            ),
            id="with-a-token",
        ),
        pytest.param(
            PINNED.replace(SHA, "v99"),
            Missing(Lacking.REVISION, Owner.EXISTS),
            Said(
                f"{LOADS} 'org/model': the repo has no revision 'v99'; pin a commit that it has",
                "medium",
            ),
            id="revision",
        ),
        pytest.param(
            LOAD.replace("org/", ""),
            Missing(Lacking.REPO, Owner.UNKNOWN),
            Said(
                f"{LOADS} 'model': the Hub has no repo of this name; write './model' if it is a"
                " folder",
                "low",
                persona="pedantic",
            ),
            id="name-of-a-folder",
        ),
    ],
)
def test_missing_repo(text: str, facts: Facts, expected: Said) -> None:
    assert said("HFM006", text, facts) == [expected]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            Found(replace(NEW, history=History.FOREIGN, pull_request="refs/pr/1")),
            Said(
                f"{LOADS} 'org/model': only refs/pr/1 has the commit '{SHA}', and anybody may open"
                " a pull request; pin a commit of a branch"
            ),
            id="pull-request",
        ),
        pytest.param(
            Found(replace(NEW, history=History.FOREIGN)),
            Said(
                f"{LOADS} 'org/model': no branch or tag has the commit '{SHA}', which anybody may"
                " have put there; pin a commit of a branch"
            ),
            id="nowhere",
        ),
        pytest.param(
            Missing(Lacking.REVISION, Owner.UNKNOWN),
            Said(
                f"{LOADS} 'org/model': the commit '{SHA}' does not exist (any more): its history"
                " was rewritten, or it never did; pin a commit of a branch",
                "medium",
            ),
            id="missing",
        ),
    ],
)
def test_impostor_revision(facts: Facts, expected: Said) -> None:
    assert said("HFM007", PINNED, facts) == [expected]


WEIGHTS = ("a.pkl", "b.pkl", "c.pkl", "d.pkl", "e.bin")
ADVICE = "; take another revision or repo, or read their report on its page first"


@pytest.mark.parametrize(
    ("text", "levels", "words", "severity"),
    [
        pytest.param(LOAD, {"a.pkl": "unsafe"}, "a.pkl unsafe", "high", id="unsafe"),
        pytest.param(LOAD, {"a.pkl": "suspicious"}, "a.pkl suspicious", "medium", id="suspicious"),
        pytest.param(
            LOAD,
            {"e.bin": "suspicious", **dict.fromkeys(WEIGHTS[:4], "unsafe")},
            "a.pkl, b.pkl and 2 more unsafe and e.bin suspicious",
            "high",
            id="many",
        ),
        pytest.param(
            LOAD.replace("AutoModel", "AutoTokenizer"),
            {"a.pkl": "unsafe"},
            "a.pkl unsafe",
            "medium",
            id="unsafe-beside-configuration",
        ),
        pytest.param(
            LOAD.replace("AutoModel", "AutoTokenizer"),
            {"a.pkl": "suspicious"},
            "a.pkl suspicious",
            "low",
            id="suspicious-beside-configuration",
        ),
    ],
)
def test_flagged_by_scanner(text: str, levels: dict[str, str], words: str, severity: str) -> None:
    facts = Found(repo(files=WEIGHTS, flagged=tuple(levels.items())))
    [one] = said("HFM010", text, facts)
    assert one.message.partition(": ")[2] == f"the Hub's scanners call {words}{ADVICE}"
    assert one.severity == severity


ELSEWHERE = Found(repo(auto_map=("other/code--modeling_x.X",)))
CODE = (("other/code", Found(repo("other/code"))),)
PINS = "AutoModel.from_pretrained() pins 'org/model', but its code is "


@pytest.mark.parametrize(
    ("text", "facts", "others", "message"),
    [
        pytest.param(
            PINNED_TRUSTED,
            ELSEWHERE,
            CODE,
            f"{PINS}in 'other/code', which follows main; pass code_revision='{SHA}'",
            id="other-repo",
        ),
        pytest.param(
            PINNED_TRUSTED,
            ELSEWHERE,
            (("other/code", Moved(NEW, Owner.EXISTS)),),
            f"{PINS}in 'other/code', which follows main; pass code_revision='{SHA}'",
            id="other-repo-moved",
        ),
        pytest.param(
            PINNED_TRUSTED,
            ELSEWHERE,
            (("other/code", NO_REPO),),
            f"{PINS}in 'other/code', which follows main; pass a full commit hash as code_revision=",
            id="its-commit-is-not-known",
        ),
        pytest.param(
            PINNED_TRUSTED.replace("True", "True, code_revision='v1'"),
            ELSEWHERE,
            CODE,
            f"{PINS}in 'other/code', taken at 'v1', which can move; pass code_revision='{SHA}'",
            id="tag-of-the-other-repo",
        ),
        pytest.param(
            PINNED_TRUSTED.replace("True", "True, code_revision='main'"),
            Found(repo(auto_map=("modeling_x.X",))),
            (),
            f"{PINS}taken at 'main', which can move; pass code_revision='{SHA}'",
            id="branch-of-the-same-repo",
        ),
        pytest.param(
            PINNED_TRUSTED,
            Found(repo(auto_map=("other/code--modeling_x.X", "more/code--c.C"))),
            CODE,
            f"{PINS}in 'other/code', 'more/code', which follows main; copy the model and its code"
            " into one repo that you control",
            id="one-hash-cannot-pin-two",
        ),
        pytest.param(
            "from sentence_transformers import SentenceTransformer as S\n"
            f"S('org/model', revision='{SHA}', trust_remote_code=True)",
            ELSEWHERE,
            CODE,
            "S() pins 'org/model', but its code is in 'other/code', which follows main; pass"
            f" '{SHA}' as 'code_revision' in model_kwargs=",
            id="nested",
        ),
        pytest.param(
            f"import os\nos.system('vllm serve org/model --revision {SHA} --trust-remote-code')",
            ELSEWHERE,
            CODE,
            "`vllm serve` pins 'org/model', but its code is in 'other/code', which follows main;"
            f" pass {SHA} as --code-revision",
            id="command",
        ),
        pytest.param(
            f"import os\nos.system('vllm serve org/model --revision {SHA} --trust-remote-code')",
            ELSEWHERE,
            (("other/code", NO_REPO),),
            "`vllm serve` pins 'org/model', but its code is in 'other/code', which follows main;"
            " pass a full commit hash as --code-revision",
            id="command-without-a-commit",
        ),
        pytest.param(
            "from diffusers import AutoModel\n"
            f"AutoModel.from_pretrained('org/model', revision='{SHA}', trust_remote_code=True)",
            ELSEWHERE,
            CODE,
            f"{PINS}in 'other/code', which follows main; copy the model and its code into one"
            " repo that you control",
            id="no-parameter",
        ),
    ],
)
def test_code_of_a_pinned_model(
    text: str, facts: Facts, others: tuple[tuple[str, Facts], ...], message: str
) -> None:
    assert said("HFM011", text, facts, others) == [Said(message)]


def test_community_pipeline() -> None:
    text = (
        "from diffusers import DiffusionPipeline as P\n"
        f"P.from_pretrained('org/model', revision='{SHA}', custom_pipeline='lpw')"
    )
    assert said("HFM011", text, NO_REPO) == [
        Said(
            "P.from_pretrained() pins the model, but custom_pipeline='lpw' is a file of the"
            " diffusers community that follows main; copy it into a folder of your own and pass"
            " that",
            "medium",
        )
    ]


@pytest.mark.parametrize(
    ("more", "base", "pin", "severity"),
    [
        pytest.param("", Found(repo("org/base")), f"'{SHA}'", "medium", id="known"),
        pytest.param("", NO_REPO, "<full commit hash>", "medium", id="not-known"),
        pytest.param(
            ", trust_remote_code=True", Found(repo("org/base")), f"'{SHA}'", "high", id="trusted"
        ),
    ],
)
def test_base_model_of_an_adapter(more: str, base: Facts, pin: str, severity: str) -> None:
    text = (
        "from peft import AutoPeftModel as A\n"
        f"A.from_pretrained('org/model', revision='{SHA}'{more})"
    )
    facts = Found(repo(adapter_of=("org/base",)))
    assert said("HFM011", text, facts, (("org/base", base),)) == [
        Said(
            "A.from_pretrained() pins the adapter 'org/model', but its base model 'org/base'"
            " follows main unless adapter_config.json names a revision; load that with"
            f" revision={pin} and put the adapter on it with PeftModel.from_pretrained()",
            severity,
            "medium",
        )
    ]


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        pytest.param("HFM005", Moved(NEW, Owner.EXISTS), id="HFM005"),
        pytest.param("HFM006", NO_REPO, id="HFM006"),
        pytest.param("HFM007", Missing(Lacking.REVISION, Owner.EXISTS), id="HFM007"),
        pytest.param("HFM010", Found(repo(flagged=(("config.json", "unsafe"),))), id="HFM010"),
        pytest.param("HFM011", ELSEWHERE, id="HFM011"),
    ],
)
def test_the_place_of_the_id_is_related(code: str, facts: Facts) -> None:
    text = "NAME = 'org/model'\n" + PINNED_TRUSTED.replace("'org/model'", "NAME")
    source = parse("example.py", text.encode())
    assert isinstance(source, PythonSource)
    checked = check([source], partial(answers, Example(text, facts)), [load(code)])
    assert [
        (related.span.line, related.message) for one in checked.findings for related in one.related
    ] == [(1, "'org/model' is written here")]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(NO_REPO, [], id="repo"),
        pytest.param(
            Missing(Lacking.REVISION, Owner.EXISTS), ["'v99' is written here"], id="revision"
        ),
    ],
)
def test_the_place_of_a_revision_is_related_where_that_is_missing(
    facts: Facts, expected: list[str]
) -> None:
    text = "TAG = 'v99'\n" + PINNED.replace(f"'{SHA}'", "TAG")
    source = parse("example.py", text.encode())
    assert isinstance(source, PythonSource)
    checked = check([source], partial(answers, Example(text, facts)), [load("HFM006")])
    related = [place.message for one in checked.findings for place in one.related]
    assert related == expected


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        pytest.param("HFM004", Missing(Lacking.REPO, Owner.GONE), id="HFM004"),
        pytest.param("HFM005", Moved(NEW, Owner.EXISTS), id="HFM005"),
        pytest.param("HFM006", NO_REPO, id="HFM006"),
    ],
)
def test_everybody_hears_of_names_on_forgotten_lines(code: str, facts: Facts) -> None:
    text = "# model = AutoModel.from_pretrained('nlpgroup/bert-tiny')"
    assert [one.persona for one in said(code, text, facts)] == ["regular"]
