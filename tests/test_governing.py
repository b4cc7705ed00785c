"""The policy as it is read, and each of its demands held against references."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path

import pytest

from flake8_hfmodels.check import Beside, check
from flake8_hfmodels.configuration import ConfigurationError, read_configuration
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
from flake8_hfmodels.finding import OLD_ANSWER
from flake8_hfmodels.governing.case import NotKnown
from flake8_hfmodels.governing.judging import not_known, publishers
from flake8_hfmodels.governing.policy import Demands, Otherwise, Pattern, Policy
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Reference, Target
from flake8_hfmodels.rules import load
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.reading import references
from flake8_hfmodels.sources.source import PythonSource
from tests import schema
from tests.judging import policy

SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
AUTO = "from transformers import AutoModel\n"
LOAD = AUTO + f"AutoModel.from_pretrained('org/model', revision='{SHA}')"
BARE = AUTO + "AutoModel.from_pretrained('org/model')"
TRUST = LOAD.replace("')", "', trust_remote_code=True)")
TOKENS = LOAD.replace("AutoModel", "AutoTokenizer")
SNAPSHOT = (
    "from huggingface_hub import snapshot_download\n"
    f"snapshot_download('org/model', revision='{SHA}'{{}})"
)
DATA = f"from datasets import load_dataset\nload_dataset('org/data', revision='{SHA}')"
KERNEL = f"from kernels import get_kernel\nget_kernel('org/kernel', revision='{SHA}')"
ADAPTER = (
    f"from peft import AutoPeftModel\nAutoPeftModel.from_pretrained('org/model', revision='{SHA}')"
)
HEADER = "[tool.hfmodels.policy]\n"
FOR = "[[tool.hfmodels.policy.for]]\n"
REPO = Repo("org/model", "6286da0036468d709f17434d", SHA, ("config.json", "model.safetensors"))
CODED = replace(REPO, auto_map=(("AutoModel", "other/code--modeling_x.X"),))
OTHER = replace(REPO, id="other/code")
MOVED = Moved(replace(REPO, id="other/model"), Owner.EXISTS)
OFFLINE = Unavailable("offline")

Others = tuple[tuple[str, Facts], ...]


def answers(facts: Facts, others: Others, targets: Collection[Target]) -> Mapping[Target, Facts]:
    known = dict(others)
    return {target: known.get(target.repo_id, facts) for target in targets}


def parsed(text: str) -> PythonSource:
    source = parse("app.py", text.encode())
    assert isinstance(source, PythonSource)
    return source


def findings(
    demand: str,
    text: str,
    facts: Facts = OFFLINE,
    others: Others = (),
    persona: Persona = Persona.REGULAR,
) -> list[tuple[str, str]]:
    """What the policy has against a text: severity and message, without where it is said."""
    checked = check(
        [parsed(text)],
        partial(answers, facts, others),
        [load("HFM013")],
        persona,
        beside=Beside(policy=policy(HEADER + demand)),
    )
    return [
        (one.severity.value, one.message.replace(" of the policy in pyproject.toml", ""))
        for one in checked.findings
    ]


def words(demand: str, text: str, facts: Facts, others: Others = ()) -> list[str]:
    """The part of each finding behind the name, without the remedy."""
    found = findings(demand, text, facts, others)
    return [message.partition("': ")[2].partition("; ")[0] for _severity, message in found]


def refs(text: str) -> list[Reference]:
    return list(references(parsed(text), everything=False))


def lacking(demand: str, facts: Facts, text: str = LOAD) -> list[NotKnown]:
    """What nobody knows of the policy's demands."""
    found = refs(text)
    targets = [target for one in found for _written, target in one.targets()]
    return [*not_known(found, dict.fromkeys(targets, facts), policy(HEADER + demand))]


# Reading


Read = Callable[[str], Policy | None]


@pytest.fixture
def write(tmp_path: Path) -> Read:
    """Reads a file with a policy as any configuration is read."""

    def read(text: str) -> Policy | None:
        file = tmp_path / "pyproject.toml"
        file.write_text(text, encoding="utf-8")
        found: Policy | None = read_configuration(str(file)).values.get("policy")
        return found

    return read


def test_every_key_is_read(write: Read) -> None:
    lines = "".join(f"{key} = {_toml(value)}\n" for key, value in schema.DEMANDED.items())
    found = write(
        HEADER
        + 'allow = ["My-Org/*", { match = "model:meta-llama/*", reason = "reviewed" }]\n'
        + 'deny = [{ match = "Evil" }]\n'
        + lines
        + FOR
        + 'match = ["my-org/*", "dataset:x"]\nexempt = true\nmin-age = "7d"\n'
    )
    assert found is not None
    assert replace(found, path="") == Policy(
        path="",
        allow=(Pattern("my-org/*"), Pattern("meta-llama/*", "model", "reviewed")),
        deny=(Pattern("evil"),),
        demands=Demands(
            pinned=True,
            require_safetensors=True,
            forbid_pickle=True,
            remote_code="listed",
            remote_code_from=(Pattern("my-org/*"), Pattern("other/app", "space", "read 2026-10")),
            verified_publisher=True,
            licences=("apache-2.0", "cc-by-*"),
            forbid_licences=("cc-by-nc-*",),
            min_age=30,
            min_downloads=1000,
            scanned="clean",
            reason="ask the security team",
        ),
        otherwise=(
            Otherwise((Pattern("my-org/*"), Pattern("x", "dataset")), True, (("min_age", 7),)),
        ),
    )


def _toml(value: object) -> str:
    match value:
        case dict():
            return "{" + ", ".join(f"{key} = {_toml(one)}" for key, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_toml, value)) + "]"
        case bool():
            return str(value).lower()
        case _:
            return repr(value)


def test_it_names_its_file(write: Read, tmp_path: Path) -> None:
    found = write(HEADER)
    assert found is not None
    assert found.path == str(tmp_path / "pyproject.toml")


def test_none_is_none(write: Read) -> None:
    assert write("[tool.hfmodels]\n") is None


def test_an_empty_list_allows_nothing() -> None:
    assert not policy(HEADER + "allow = []").allows("model", "org/model")


def test_it_can_be_hashed() -> None:
    text = HEADER + 'deny = ["x"]\nlicences = ["mit"]\n' + FOR + 'match = "a"\npinned = true\n'
    assert hash(policy(text)) == hash(policy(text))


MATCH = "match is to say which repos are meant"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        pytest.param(
            "alow = []",
            2,
            "[tool.hfmodels.policy] has no key 'alow'; did you mean 'allow'?",
            id="key",
        ),
        pytest.param("allow = 'x'", 2, "policy.allow: 'x' is no list", id="no-list"),
        pytest.param(
            "allow = [\n'x',\n'a/b/c']",
            4,
            "policy.allow: 'a/b/c' matches no repo; name an owner, or owner/name",
            id="three-parts",
        ),
        pytest.param(
            "allow = ['models:x']",
            2,
            "policy.allow: 'models:x' matches no repo; name an owner, or owner/name",
            id="type",
        ),
        pytest.param(
            "deny = [7]",
            2,
            "policy.deny: 7 matches no repo; name an owner, or owner/name",
            id="number",
        ),
        pytest.param(
            "deny = [\n{ match = 'x', reson = '' }]",
            3,
            "policy.deny has no key 'reson'; did you mean 'reason'?",
            id="key-of-a-pattern",
        ),
        pytest.param("deny = [\n{ reason = 'x' }]", 3, f"policy.deny: {MATCH}", id="no-match"),
        pytest.param(
            "deny = [{ match = 'x', reason = 1 }]", 2, "policy.reason: 1 is no text", id="reason"
        ),
        pytest.param("pinned = 1", 2, "policy.pinned: 1 is neither true nor false", id="flag"),
        pytest.param(
            "remote-code = 'yes'",
            2,
            "policy.remote-code: 'yes' is none of allow, pinned, listed, forbid",
            id="remote-code",
        ),
        pytest.param(
            "scanned = true", 2, "policy.scanned: True is none of any, unflagged, clean", id="scan"
        ),
        pytest.param(
            "licences = ['mit', '']",
            2,
            "policy.licences: '' is no licence such as apache-2.0",
            id="licence",
        ),
        pytest.param("forbid-licences = 'mit'", 2, "policy.forbid-licences: 'mit' is no list"),
        pytest.param(
            "min-age = 30", 2, 'policy.min-age: 30 is no age in days such as "30d"', id="age"
        ),
        pytest.param(
            "min-age = '1y'", 2, "policy.min-age: '1y' is no age in days such as \"30d\"", id="year"
        ),
        pytest.param(
            "min-downloads = -1",
            2,
            "policy.min-downloads: -1 is no number from 0 to 1000000000000",
            id="downloads",
        ),
        pytest.param(
            "min-downloads = true",
            2,
            "policy.min-downloads: True is no number from 0 to 1000000000000",
            id="downloads-that-are-no-number",
        ),
        pytest.param("for = 1", 2, "policy.for: write [[tool.hfmodels.policy.for]]", id="for"),
        pytest.param(
            "for = ['x']", 2, "policy.for: write [[tool.hfmodels.policy.for]]", id="for-of-texts"
        ),
        pytest.param(f"{FOR}pinned = true", 3, f"policy.for: {MATCH}", id="for-nothing"),
        pytest.param(f"{FOR}match = []", 3, f"policy.for: {MATCH}", id="for-none"),
        pytest.param(
            f"{FOR}match = 'x'\n{FOR}match = 'y'\nallow = []",
            6,
            "[[tool.hfmodels.policy.for]] has no key 'allow'; there are match, exempt, pinned, "
            "require-safetensors, forbid-pickle, remote-code, remote-code-from, "
            "verified-publisher, licences, forbid-licences, min-age, min-downloads, scanned, "
            "reason",
            id="key-of-for",
        ),
        pytest.param(
            f"{FOR}match = 'x'\nexempt = 'no'",
            4,
            "policy.exempt: 'no' is neither true nor false",
            id="exempt",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(write: Read, text: str, line: int, said: str) -> None:
    with pytest.raises(ConfigurationError) as told:
        write(HEADER + text + "\n")
    assert str(told.value).partition("pyproject.toml:")[2] == f"{line}: {said}"


def test_no_table(write: Read) -> None:
    with pytest.raises(ConfigurationError, match=r":2: policy: 'strict' is no table$"):
        write("[tool.hfmodels]\npolicy = 'strict'\n")


# Patterns


@pytest.mark.parametrize(
    ("pattern", "repo_id", "expected"),
    [
        pytest.param("evil", "Evil/model", True, id="owner"),
        pytest.param("evil", "evil-2/model", False, id="another-owner"),
        pytest.param("evil/*", "evil/model", True, id="owner's"),
        pytest.param("*/secret-*", "org/secret-1", True, id="name"),
        pytest.param("model:evil/*", "evil/model", True, id="type"),
        pytest.param("dataset:evil/*", "evil/model", False, id="another-type"),
        pytest.param("gpt2", "gpt2", True, id="first-names"),
        pytest.param("evil//", "evil/model", True, id="slashes"),
    ],
)
def test_patterns(pattern: str, repo_id: str, expected: bool) -> None:
    [one] = policy(HEADER + f"deny = ['{pattern}']").deny
    assert one.means("model", repo_id) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", Demands(min_age=9, pinned=True), id="nothing"),
        pytest.param("exempt = true", Demands(), id="exempt"),
        pytest.param("exempt = true\nmin-age = '2d'", Demands(min_age=2), id="exempt-but"),
        pytest.param("pinned = false", Demands(min_age=9), id="changed"),
        pytest.param(
            f"min-age = '2d'\n{FOR}match = 'org/*'\nmin-age = '3d'",
            Demands(min_age=3, pinned=True),
            id="last-one",
        ),
        pytest.param(
            f"{FOR}match = 'other'\nexempt = true", Demands(min_age=9, pinned=True), id="not-meant"
        ),
    ],
)
def test_what_is_demanded_otherwise(text: str, expected: Demands) -> None:
    whole = HEADER + f"min-age = '9d'\npinned = true\n{FOR}match = 'org'\n{text}\n"
    assert policy(whole).demands_of("model", "Org/model") == expected


# Names


DENY = "deny = [{ match = 'other/*', reason = 'incident 12' }]"
DENIED = "denied as 'other/*' (`deny`: incident 12)"
ALLOW = "allow = ['org/*']"
NOT_ALLOWED = "not among what is allowed (`allow`)"
ON_BASE = Found(replace(REPO, adapter_of=("other/base",)))
BASE = (("other/base", Found(replace(REPO, id="other/base"))),)


@pytest.mark.parametrize(
    ("demand", "text", "facts", "others", "expected"),
    [
        pytest.param(
            DENY,
            BARE.replace("org", "other"),
            Unavailable(""),
            (),
            ["denied as 'other/*' (`deny`: incident 12)"],
            id="denied-without-the-hub",
        ),
        pytest.param(
            DENY,
            LOAD,
            MOVED,
            (),
            [f"'other/model', where it leads, is {DENIED}"],
            id="denied-moved",
        ),
        pytest.param(
            DENY,
            TRUST,
            Found(CODED),
            (("other/code", Found(OTHER)),),
            [f"'other/code', which comes with it, is {DENIED}"],
            id="denied-code",
        ),
        pytest.param(
            "deny = ['new/*']",
            TRUST,
            Found(CODED),
            (("other/code", Moved(replace(REPO, id="new/code"), Owner.EXISTS)),),
            ["'new/code', which comes with it, is denied as 'new/*' (`deny`)"],
            id="denied-code-that-moved",
        ),
        pytest.param(
            DENY,
            ADAPTER,
            ON_BASE,
            BASE,
            [f"'other/base', which comes with it, is {DENIED}"],
            id="denied-base",
        ),
        pytest.param(DENY, LOAD, Found(CODED), (), [], id="code-that-does-not-run"),
        pytest.param(DENY, LOAD, Found(REPO), (), [], id="not-denied"),
        pytest.param(ALLOW, LOAD, Found(REPO), (), [], id="allowed"),
        pytest.param(
            ALLOW,
            BARE.replace("org", "other"),
            Unavailable(""),
            (),
            [NOT_ALLOWED],
            id="not-allowed-without-the-hub",
        ),
        pytest.param(
            ALLOW,
            LOAD,
            MOVED,
            (),
            [f"'other/model', where it leads, is {NOT_ALLOWED}"],
            id="not-allowed-moved",
        ),
        pytest.param(
            f"{ALLOW}\ndeny = ['org/model']",
            LOAD,
            Found(REPO),
            (),
            ["denied as 'org/model' (`deny`)"],
            id="denied-wins",
        ),
        pytest.param(
            f"{DENY}\npinned = true\nforbid-pickle = true",
            BARE.replace("org", "other"),
            Found(replace(REPO, files=("pytorch_model.bin",))),
            (),
            [DENIED],
            id="nothing-more-of-what-is-denied",
        ),
        pytest.param(
            "allow = ['org/*']\ndeny = ['dataset:org/*']",
            "from datasets import load_dataset\nload_dataset('org/data')",
            Unavailable(""),
            (),
            ["denied as 'dataset:org/*' (`deny`)"],
            id="type",
        ),
        pytest.param(
            DENY,
            "from huggingface_hub import upload_folder\n"
            "upload_folder(repo_id='other/x', folder_path='out')",
            Unavailable(""),
            (),
            [],
            id="upload",
        ),
        pytest.param(
            DENY, LOAD.replace("org", "./other"), Unavailable(""), (), [], id="local-folder"
        ),
    ],
)
def test_names(demand: str, text: str, facts: Facts, others: Others, expected: list[str]) -> None:
    assert words(demand, text, facts, others) == expected


def test_whole_message() -> None:
    assert findings(DENY, BARE.replace("org", "other")) == [
        (
            "high",
            "AutoModel.from_pretrained() loads 'other/model': denied as 'other/*' "
            "(`deny`: incident 12); load another repo, or have the policy changed",
        )
    ]


@pytest.mark.parametrize(
    ("demand", "persona", "number"),
    [
        pytest.param(DENY, Persona.REGULAR, 1, id="denied"),
        pytest.param(ALLOW, Persona.REGULAR, 0, id="not-allowed"),
        pytest.param(ALLOW, Persona.PEDANTIC, 1, id="not-allowed-pedantic"),
        pytest.param("pinned = true", Persona.AUDITOR, 0, id="not-loaded"),
    ],
)
def test_names_in_comments(demand: str, persona: Persona, number: int) -> None:
    text = "# AutoModel.from_pretrained('other/model')"
    assert len(findings(demand, text, persona=persona)) == number


@pytest.mark.parametrize(
    ("text", "persona", "expected"),
    [
        pytest.param(
            AUTO + "AutoModel.from_pretrained(choose())",
            Persona.PEDANTIC,
            ["AutoModel.from_pretrained() loads a name that is decided at run time"],
            id="run-time",
        ),
        pytest.param(
            AUTO + "AutoModel.from_pretrained(choose())", Persona.REGULAR, [], id="regular"
        ),
        pytest.param(
            "from transformers import pipeline\npipeline(choose())",
            Persona.REGULAR,
            ["pipeline() loads the library's own choice"],
            id="default",
        ),
        pytest.param(
            "from transformers import pipeline\npipeline(model='org/model')",
            Persona.PEDANTIC,
            [],
            id="named",
        ),
    ],
)
def test_names_that_nobody_knows(text: str, persona: Persona, expected: list[str]) -> None:
    found = findings(ALLOW, text, persona=persona)
    assert [message.partition(",")[0] for _severity, message in found] == expected


def test_no_name_and_no_allow() -> None:
    assert findings(DENY, AUTO + "AutoModel.from_pretrained(choose())") == []


# Pins and code


PINNED = "pinned = true\nreason = 'house rule 1'"


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        pytest.param(
            BARE,
            Unavailable(""),
            "AutoModel.from_pretrained() loads 'org/model' without a revision (`pinned`: house "
            "rule 1); pass a full commit hash as revision=, or have the policy changed",
            id="bare",
        ),
        pytest.param(
            LOAD.replace(SHA, "v1"),
            Found(REPO),
            "AutoModel.from_pretrained() loads 'org/model' at 'v1', a branch or tag that can move "
            f"(`pinned`: house rule 1); pin revision='{SHA}', or have the policy changed",
            id="tag",
        ),
        pytest.param(
            TRUST,
            Found(CODED),
            "AutoModel.from_pretrained() pins 'org/model', but its code is in 'other/code', which "
            f"follows main (`pinned`: house rule 1); pass code_revision='{SHA}', or have the "
            "policy changed",
            id="code",
        ),
        pytest.param(
            AUTO + "AutoModel.from_pretrained(choose())",
            Unavailable(""),
            "AutoModel.from_pretrained() loads a name that is decided at run time without a "
            "revision (`pinned`: house rule 1); pass a full commit hash as revision=",
            id="run-time",
        ),
    ],
)
def test_pins(text: str, facts: Facts, expected: str) -> None:
    [(_severity, message)] = findings(PINNED, text, facts, (("other/code", Found(OTHER)),))
    assert message == expected


@pytest.mark.parametrize(
    "text", [LOAD, LOAD.replace(f"'{SHA}'", "chosen"), "pass"], ids=["pinned", "run-time", "none"]
)
def test_pins_that_are_there_or_not_known(text: str) -> None:
    assert findings(PINNED, text) == []


def test_several_names_without_a_pin_are_told_once() -> None:
    text = AUTO + "for one in ('a/b', 'c/d'): AutoModel.from_pretrained(one)"
    assert len(findings(PINNED, text)) == 1


RUNS = "trust_remote_code lets code of the repo run"


@pytest.mark.parametrize(
    ("demand", "text", "facts", "expected"),
    [
        pytest.param("'allow'", TRUST, Found(CODED), [], id="allow"),
        pytest.param("'forbid'", LOAD, Found(CODED), [], id="forbid-no-flag"),
        pytest.param("'forbid'", TRUST, Found(REPO), [f"{RUNS} (`remote-code`)"], id="forbid-flag"),
        pytest.param(
            "'forbid'",
            KERNEL,
            Unavailable(""),
            ["the kernel's Python and native code would run (`remote-code`)"],
            id="forbid-kernel",
        ),
        pytest.param(
            "'listed'",
            TRUST,
            Unavailable(""),
            [f"{RUNS}, and 'org/model' is not in remote-code-from (`remote-code`)"],
            id="listed-nobody",
        ),
        pytest.param(
            "'listed'\nremote-code-from = ['org']",
            TRUST,
            Found(CODED),
            [f"{RUNS}, and 'other/code' is not in remote-code-from (`remote-code`)"],
            id="listed-but-not-its-code",
        ),
        pytest.param(
            "'listed'\nremote-code-from = ['org']",
            TRUST,
            MOVED,
            [f"{RUNS}, and 'other/model' is not in remote-code-from (`remote-code`)"],
            id="listed-but-not-where-it-leads",
        ),
        pytest.param(
            "'listed'\nremote-code-from = ['org/*', 'other/*']",
            TRUST,
            Found(CODED),
            [],
            id="listed",
        ),
        pytest.param("'pinned'", BARE, Found(REPO), [], id="pinned-no-flag"),
        pytest.param("'pinned'", TRUST, Found(REPO), [], id="pinned"),
    ],
)
def test_remote_code(demand: str, text: str, facts: Facts, expected: list[str]) -> None:
    others = (("other/code", Found(OTHER)),)
    assert words(f"remote-code = {demand}", text, facts, others) == expected


@pytest.mark.parametrize(
    ("text", "facts", "begins"),
    [
        pytest.param(
            TRUST.replace(SHA, "main"),
            Found(REPO),
            "AutoModel.from_pretrained() loads 'org/model' at 'main'",
            id="model",
        ),
        pytest.param(
            TRUST,
            Found(CODED),
            "AutoModel.from_pretrained() pins 'org/model', but its code is in 'other/code'",
            id="code",
        ),
    ],
)
def test_code_that_is_not_pinned(text: str, facts: Facts, begins: str) -> None:
    [(_severity, message)] = findings("remote-code = 'pinned'", text, facts)
    assert message.startswith(begins)
    assert "(`remote-code`)" in message


# Formats


@pytest.mark.parametrize(
    ("text", "files", "expected"),
    [
        pytest.param(LOAD, ("pytorch_model.bin",), "pytorch_model.bin", id="pickle"),
        pytest.param(LOAD, ("best.PT",), "best.PT", id="of-any-name"),
        pytest.param(SNAPSHOT.format(""), ("a.safetensors", "x/a.bin"), "x/a.bin", id="whole-repo"),
        pytest.param(LOAD, ("model.safetensors", "pytorch_model.bin"), "", id="safe-ones-first"),
        pytest.param(SNAPSHOT.format(", ignore_patterns=['*.bin']"), ("a.bin",), "", id="left-out"),
        pytest.param(SNAPSHOT.format(""), ("training_args.bin",), "", id="never-read"),
        pytest.param(TOKENS, ("pytorch_model.bin",), "", id="configuration-only"),
        pytest.param(
            LOAD.replace("')", "', use_safetensors=chosen)"), ("pytorch_model.bin",), "", id="open"
        ),
        pytest.param(DATA, ("train.parquet",), "", id="data"),
    ],
)
def test_pickles(text: str, files: tuple[str, ...], expected: str) -> None:
    what = f"it has pickles that would be fetched ({expected}) (`forbid-pickle`)"
    found = words("forbid-pickle = true", text, Found(replace(REPO, files=files)))
    assert found == ([what] if expected else [])


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        pytest.param(DATA, "'org/data' has only pickled data for load_dataset()", id="data"),
        pytest.param(
            "import torch\nfrom huggingface_hub import hf_hub_download\n"
            f"torch.load(hf_hub_download('org/model', 'm.bin', revision='{SHA}'))",
            "torch.load() unpickles m.bin of 'org/model'",
            id="next-call",
        ),
    ],
)
def test_pickles_in_the_words_of_another_rule(text: str, begins: str) -> None:
    facts = Found(replace(REPO, files=("train.pkl",)))
    [(_severity, message)] = findings("forbid-pickle = true", text, facts)
    assert message.startswith(begins)
    assert "(`forbid-pickle`)" in message


@pytest.mark.parametrize(
    ("text", "files", "expected"),
    [
        pytest.param(
            LOAD,
            ("pytorch_model.bin",),
            "its weights are not in safetensors (pytorch_model.bin)",
            id="pickle",
        ),
        pytest.param(
            LOAD, ("model.onnx",), "its weights are not in safetensors (model.onnx)", id="onnx"
        ),
        pytest.param(LOAD, ("config.json",), "it has no weights in safetensors", id="none"),
        pytest.param(
            SNAPSHOT.format(""),
            ("a.gguf",),
            "its weights are not in safetensors (a.gguf)",
            id="whole-repo",
        ),
        pytest.param(LOAD, ("model.safetensors", "pytorch_model.bin"), "", id="safe-ones-first"),
        pytest.param(
            LOAD,
            ("model-00001-of-00002.safetensors", "model.safetensors.index.json"),
            "",
            id="shards",
        ),
        pytest.param(
            SNAPSHOT.format(""), ("a.safetensors", "a.bin"), "", id="whole-repo-with-both"
        ),
        pytest.param(SNAPSHOT.format(""), ("config.json",), "", id="whole-repo-without-weights"),
        pytest.param(TOKENS, ("pytorch_model.bin",), "", id="configuration-only"),
    ],
)
def test_safetensors(text: str, files: tuple[str, ...], expected: str) -> None:
    found = words("require-safetensors = true", text, Found(replace(REPO, files=files)))
    assert found == ([f"{expected} (`require-safetensors`)"] if expected else [])


# What the Hub says of the repo


ORG = Publisher("org", "org", "1", False)


@pytest.mark.parametrize(
    ("publisher", "expected"),
    [
        pytest.param(
            ORG,
            ["its owner 'org' is an organization that the Hub has not verified"],
            id="not-verified",
        ),
        pytest.param(
            Publisher("org", "user", "1"),
            ["it belongs to the user 'org', and the Hub verifies organizations only"],
            id="user",
        ),
        pytest.param(replace(ORG, is_verified=True), [], id="verified"),
        pytest.param(replace(ORG, is_verified=None), [], id="not-said"),
        pytest.param(None, [], id="not-asked"),
    ],
)
def test_publishers(publisher: Publisher | None, expected: list[str]) -> None:
    found = words("verified-publisher = true", LOAD, Found(REPO, publisher=publisher))
    assert found == [f"{one} (`verified-publisher`)" for one in expected]


@pytest.mark.parametrize(
    ("demand", "facts", "expected"),
    [
        pytest.param("verified-publisher = true", Found(REPO), ["org"], id="wanted"),
        pytest.param("verified-publisher = true", MOVED, ["other"], id="where-it-leads"),
        pytest.param("pinned = true", Found(REPO), [], id="not-wanted"),
        pytest.param("verified-publisher = true", Unavailable(""), [], id="no-answer"),
        pytest.param(
            f"verified-publisher = true\n{FOR}match = 'org'\nverified-publisher = false",
            Found(REPO),
            [],
            id="exempt",
        ),
    ],
)
def test_accounts_that_are_asked_about(demand: str, facts: Facts, expected: list[str]) -> None:
    found = refs(LOAD)
    [(_written, target)] = found[0].targets()
    assert [*publishers(found, {target: facts}, policy(HEADER + demand))] == expected


@pytest.mark.parametrize(
    ("demand", "tags", "expected"),
    [
        pytest.param("licences = ['MIT']", ("license:mit",), [], id="allowed"),
        pytest.param("licences = ['cc-*']", ("license:cc-by-4.0",), [], id="pattern"),
        pytest.param(
            "licences = ['mit', 'apache-2.0']",
            ("license:mit", "license:gpl-3.0"),
            ["its licence gpl-3.0 is none of mit, apache-2.0 (`licences`)"],
            id="one-of-two",
        ),
        pytest.param(
            "licences = ['mit']", ("en",), ["its card names no licence (`licences`)"], id="none"
        ),
        pytest.param("licences = ['*']", (), [], id="anything"),
        pytest.param(
            "forbid-licences = ['cc-by-nc-*']",
            ("license:cc-by-nc-4.0",),
            ["its licence cc-by-nc-4.0 is forbidden (`forbid-licences`)"],
            id="forbidden",
        ),
        pytest.param("forbid-licences = ['cc-by-nc-*']", (), [], id="none-is-not-forbidden"),
    ],
)
def test_licences(demand: str, tags: tuple[str, ...], expected: list[str]) -> None:
    assert words(demand, LOAD, Found(replace(REPO, tags=tags))) == expected


def of_age(days: float) -> Found:
    seconds = int(time.time() - days * 86_400)
    return Found(replace(REPO, object_id=f"{seconds:08x}36468d709f17434d"))


@pytest.mark.parametrize(
    ("facts", "number"),
    [
        pytest.param(of_age(29.9), 1, id="too-young"),
        pytest.param(of_age(30.1), 0, id="old-enough"),
        pytest.param(of_age(-900), 1, id="of-the-future"),
        pytest.param(Found(replace(REPO, object_id="main-1")), 0, id="not-known"),
    ],
)
def test_age(facts: Facts, number: int) -> None:
    assert len(findings("min-age = '30d'", LOAD, facts)) == number


@pytest.mark.parametrize(
    ("downloads", "expected"),
    [
        (99, ["it has 99 downloads a month, fewer than 100 (`min-downloads`)"]),
        (100, []),
        (None, []),
    ],
)
def test_downloads(downloads: int | None, expected: list[str]) -> None:
    facts = Found(replace(REPO, downloads=downloads))
    assert words("min-downloads = 100", LOAD, facts) == expected


CALLED = "the Hub's scanners call model.safetensors {} (`scanned`)"


@pytest.mark.parametrize(
    ("demand", "flagged", "is_scanned", "expected"),
    [
        pytest.param("any", ("model.safetensors", "unsafe"), True, "", id="any"),
        pytest.param(
            "unflagged", ("model.safetensors", "caution"), None, CALLED.format("caution"), id="flag"
        ),
        pytest.param("unflagged", ("gone.bin", "unsafe"), None, "", id="of-another-revision"),
        pytest.param(
            "clean", ("model.safetensors", "unsafe"), True, CALLED.format("unsafe"), id="clean-flag"
        ),
        pytest.param(
            "clean", None, False, "the Hub's scanners are not done with it (`scanned`)", id="undone"
        ),
        pytest.param("clean", None, None, "", id="not-known"),
        pytest.param("clean", None, True, "", id="clean"),
    ],
)
def test_scans(
    demand: str, flagged: tuple[str, str] | None, is_scanned: bool | None, expected: str
) -> None:
    flags = () if flagged is None else (Flagged(*flagged),)
    facts = Found(replace(REPO, flagged=flags, is_scanned=is_scanned))
    found = words(f"scanned = '{demand}'", LOAD, facts)
    assert found == ([expected] if expected else [])


# All of it


EVERYTHING = (
    "pinned = true\nrequire-safetensors = true\nforbid-pickle = true\nverified-publisher = true\n"
    "licences = ['mit']\nmin-age = '30d'\nmin-downloads = 1\nscanned = 'clean'\n"
)


@pytest.mark.parametrize(
    "facts",
    [Unavailable("offline"), Missing(Lacking.REPO, Owner.EXISTS)],
    ids=["no-answer", "missing"],
)
def test_what_the_hub_does_not_say_is_held_against_nobody(facts: Facts) -> None:
    assert findings(EVERYTHING, LOAD, facts) == []


def test_whoever_is_exempt_is_so_under_the_own_name_only() -> None:
    demand = f"min-downloads = 10\n{FOR}match = 'org/*'\nexempt = true"
    few = replace(REPO, downloads=1)
    assert findings(demand, LOAD, Found(few)) == []
    assert len(findings(demand, LOAD, Moved(replace(few, id="other/x"), Owner.EXISTS))) == 1


@pytest.mark.parametrize(
    ("demand", "facts", "keys"),
    [
        pytest.param(
            EVERYTHING,
            Found(replace(REPO, object_id="main-1")),
            ["verified-publisher", "min-age", "min-downloads", "scanned"],
            id="all",
        ),
        pytest.param(
            EVERYTHING,
            Found(replace(REPO, downloads=2, is_scanned=True), publisher=ORG),
            [],
            id="nothing",
        ),
        pytest.param(EVERYTHING, Unavailable(""), [], id="no-answer"),
    ],
)
def test_what_is_not_known(demand: str, facts: Facts, keys: list[str]) -> None:
    assert [one.key for one in lacking(demand, facts)] == keys


@pytest.mark.parametrize(
    ("demand", "text", "facts", "is_old"),
    [
        pytest.param("min-downloads = 10", LOAD, replace(REPO, downloads=1), True, id="by-facts"),
        pytest.param("deny = ['org']", LOAD, REPO, False, id="by-name"),
        pytest.param("pinned = true", LOAD.replace(SHA, "v1"), replace(REPO, sha=None), False),
        pytest.param("pinned = true", TRUST, CODED, True, id="by-facts-of-another-rule"),
    ],
)
def test_old_answers(demand: str, text: str, facts: Repo, is_old: bool) -> None:
    [(_severity, message)] = findings(demand, text, Found(facts, stale=True))
    assert message.endswith(f"({OLD_ANSWER})") is is_old


def test_place_of_the_id_is_related() -> None:
    text = "NAME = 'other/model'\n" + BARE.replace("'org/model'", "NAME")
    checked = check(
        [parsed(text)],
        partial(answers, Unavailable(""), ()),
        [load("HFM013")],
        beside=Beside(policy=policy(HEADER + DENY)),
    )
    assert [
        (one.span.line, one.message) for found in checked.findings for one in found.related
    ] == [(1, "'other/model' is written here")]


# What is demanded of repos themselves


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        pytest.param(
            Policy("p", demands=Demands(pinned=True, remote_code="pinned", min_age=3)),
            Policy("p", demands=Demands(min_age=3)),
            id="demands",
        ),
        pytest.param(
            Policy("p", demands=Demands(remote_code="forbid")),
            Policy("p", demands=Demands(remote_code="forbid")),
            id="code-that-is-forbidden",
        ),
        pytest.param(
            Policy("p", otherwise=(Otherwise((), changes=(("pinned", True), ("min_age", 3))),)),
            Policy("p", otherwise=(Otherwise((), changes=(("min_age", 3),)),)),
            id="otherwise",
        ),
    ],
)
def test_what_is_demanded_of_repos(policy: Policy, expected: Policy) -> None:
    assert policy.of_repos() == expected
