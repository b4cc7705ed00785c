"""Code from the repo runs on this machine.

`trust_remote_code=True` imports Python files that the repo's owner wrote, with all that you may
do. Some loaders run code from the repo without any flag. What runs is whatever stands there when
the program starts, so a pin is the least, and a pin of code that nobody has read is not enough.

Do without where the repo has no code of its own (most have none). Otherwise read the files at one
commit, and pin that commit, of the model and of the code.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flake8_hfmodels.facts import Facts, Found, Moved, Repo
from flake8_hfmodels.finding import Problem, Severity, written_elsewhere
from flake8_hfmodels.reference import (
    Absent,
    Confidence,
    Known,
    Persona,
    Reference,
    Unknown,
    Written,
)
from flake8_hfmodels.rules.rule import Example, FactsOf, Rule


@dataclass(frozen=True, slots=True)
class _Leave:
    """How a call lets remote code run: in words that follow its name, and for whom that is.

    `flagged`: by a flag, so that a repo without code has nothing to run.
    """

    words: str
    flagged: bool = True
    confidence: Confidence = Confidence.HIGH
    persona: Persona = Persona.REGULAR
    severity: Severity = Severity.HIGH


def check(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    """Report a call that lets the repo's own code run."""
    leave = _leave(ref)
    if leave is None:
        return
    answers = _answers(ref, facts)
    known = [one.repo for one in answers if isinstance(one, (Found, Moved))]
    has_code = any(repo.has_custom_code for repo in known)
    complete = bool(known) and len(known) == len(answers)
    not_needed = leave.flagged and complete and not has_code
    ids = ref.repo_id.strings() if isinstance(ref.repo_id, Known) else ()
    yield Problem(
        message=f"{ref.callee} {leave.words}; {_advice(ref, known, not_needed)}",
        severity=Severity.LOW if not_needed else leave.severity,
        repo_id=str(ids[0].value) if ids else None,
        confidence=leave.confidence,
        persona=_persona(ref, leave, has_code),
        related=written_elsewhere(ref, ref.trust_remote_code),
    )


def _persona(ref: Reference, leave: _Leave, has_code: bool) -> Persona:
    """Who wants to hear of it; what can run counts more than what might."""
    if ref.kind != "call":
        return ref.persona
    return Persona.REGULAR if leave.flagged and has_code else leave.persona


def _leave(ref: Reference) -> _Leave | None:
    loads = ref.local is None and not isinstance(ref.repo_id, Absent)
    if ref.loader.runs_code is not None and loads:
        runs = ref.loader.reads == "code" or ref.loader.code_if is not None
        persona = Persona.REGULAR if runs and _is_somebodys(ref) else Persona.PEDANTIC
        words = f"runs {ref.loader.runs_code}, and no flag is asked for"
        return _Leave(words, flagged=False, confidence=Confidence.MEDIUM, persona=persona)
    match ref.trust_remote_code:
        case Known(values) if any(written.value is True for written in values):
            return _by_flag(ref, values)
        case Unknown(hidden=False):
            return _Leave(
                "runs code that comes with the model where trust_remote_code, which is decided at"
                " run time, allows it",
                confidence=Confidence.LOW,
                persona=Persona.PEDANTIC,
                severity=Severity.MEDIUM,
            )
        case _:
            return None


def _by_flag(ref: Reference, flags: Sequence[Written]) -> _Leave:
    if ref.kind == "config":
        whose = "every repo" if ref.loader.package else "the model beside it"
        return _Leave(f"lets the code of {whose} run", confidence=ref.confidence)
    flag = ref.loader.trust_remote_code
    written = flag.names[0] if ref.kind == "command" and flag else "trust_remote_code=True"
    if all(one.span == ref.span for one in flags):
        return _Leave(
            "runs code that comes with the model: its trust_remote_code is on by default",
            confidence=Confidence.MEDIUM,
            persona=Persona.PEDANTIC,
        )
    return _Leave(f"runs code that comes with the model: {written}")


def _is_somebodys(ref: Reference) -> bool:
    """Whether the code is of a known repo that is not of the library's own namespace."""
    own = f"{ref.loader.bare_owner}/"
    ids = ref.repo_id.strings() if isinstance(ref.repo_id, Known) else ()
    names = [str(written.value) for written in ids]
    return any("/" in name and not name.startswith(own) for name in names)


def _answers(ref: Reference, facts: FactsOf) -> list[Facts]:
    """What the Hub says of the very revisions that are loaded; nothing if others may be."""
    if isinstance(ref.revision, Unknown) or not isinstance(ref.repo_id, Known):
        return []
    return [facts(target) for _written, target in ref.targets()] if ref.repo_id.closed else []


def _advice(ref: Reference, repos: list[Repo], not_needed: bool) -> str:
    if not_needed:
        return "not needed, there is no custom code in this repo"
    if ref.local is not None:
        return f"read the code ({ref.local})"
    modules = sorted({_file(reference) for repo in repos for _class, reference in repo.auto_map})
    if modules:
        return f"read {', '.join(modules)} at the commit you pin"
    return "read the code, and pin the commit you read"


def _file(reference: str) -> str:
    """`other/repo--module.Class` and `module.Class` as the file that holds the class."""
    repo, _, dotted = reference.rpartition("--")
    file = dotted.rpartition(".")[0] + ".py"
    return f"{repo}/{file}" if repo else file


def _with(*auto_map: tuple[str, str]) -> Found:
    return Found(
        Repo("org/model", "621ffdc036468d709f17434d", "a" * 40, ("config.json",), auto_map=auto_map)
    )


_CALL = "from transformers import AutoModel\nAutoModel.from_pretrained('org/model', {})"
_TRUST = _CALL.format("trust_remote_code=True")

RULE = Rule(
    code="HFM003",
    name="trust-remote-code",
    check=check,
    bad=(
        Example(_TRUST),
        Example(_TRUST, _with()),
        Example(_CALL.format("revision=chosen, trust_remote_code=True"), _with()),
        Example(_TRUST, _with(("AutoModel", "modeling_x.X"))),
        Example(_TRUST, _with(("AutoModel", "other/code--modeling_x.X"))),
        Example(_CALL.format("trust_remote_code=True, local_files_only=True")),
        Example(
            "from transformers import AutoModel\n"
            "def load(name='org/model'):\n"
            "    AutoModel.from_pretrained(name, trust_remote_code=True)",
            _with(),
        ),
        Example("TRUST = True\n" + _CALL.format("trust_remote_code=TRUST")),
        Example("options = {'trust_remote_code': True}\n" + _CALL.format("**options")),
        Example(
            "from transformers import AutoModel\n"
            "def load(name, trust=True):\n"
            "    AutoModel.from_pretrained(name, trust_remote_code=trust)"
        ),
        Example("import evaluate\nevaluate.load('org/metric')"),
    ),
    good=(
        Example("import evaluate\nevaluate.load('accuracy')"),
        Example(_CALL.format("trust_remote_code=False")),
        Example(_CALL.format("trust_remote_code=flag")),
        Example(_CALL.format("**options")),
        Example("client.create(trust_remote_code=True)"),
        Example(_CALL.format("")),
    ),
)
