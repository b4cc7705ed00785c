"""Code from the repo runs on this machine.

`trust_remote_code=True` imports Python files that the repo's owner wrote, with all that you may
do. Some loaders run code from the repo without any flag. What runs is whatever stands there when
the program starts, so a pin is the least, and a pin of code that nobody has read is not enough.

Do without where the repo has no code of its own (most have none; where the Hub was asked, the
message says so, or which files would run). Otherwise read the files at one commit, and pin that
commit, of the model and of the code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from flake8_hfmodels.companions import repo_of
from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Owner, Repo
from flake8_hfmodels.finding import Problem, Severity, written_elsewhere
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import (
    Absent,
    Confidence,
    Known,
    Reference,
    Span,
    Target,
    Unknown,
    Written,
)
from flake8_hfmodels.rules.rule import Example, FactsOf, Rule
from flake8_hfmodels.rules.wording import few

# transformers 5.23.0 dynamic_module_utils.py custom_object_save keeps the names of modules, which
# follow those of transformers itself; generation/utils.py:617. jinaai/jina-embeddings-v3 calls its
# module for sentence-transformers custom_st.py; inference endpoints run handler.py.
_CODE_OF_MODELS = (
    "modeling*.py",
    "configuration*.py",
    "tokenization*.py",
    "processing*.py",
    "image_processing*.py",
    "video_processing*.py",
    "feature_extraction*.py",
    "pipeline*.py",
    "handler.py",
    "custom_*.py",
    "custom_generate/generate.py",
)


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
    known = {target: repo for target, told in answers.items() if (repo := repo_of(told))}
    complete = bool(known) and len(known) == len(answers)
    not_needed = leave.flagged and complete and all(_is_plain(ref, *one) for one in known.items())
    has_code = any(repo.has_custom_code for repo in known.values())
    ids = ref.repo_id.strings() if isinstance(ref.repo_id, Known) else ()
    at = _place(ref)
    yield Problem(
        what=f"{ref.callee} {leave.words}",
        remedy=_advice(ref, leave, known, not_needed),
        severity=Severity.LOW if not_needed else leave.severity,
        repo_id=str(ids[0].value) if ids else None,
        confidence=leave.confidence,
        persona=_persona(ref, leave, has_code),
        related=() if at else written_elsewhere(ref, ref.trust_remote_code),
        at=at,
        is_needless=not_needed,
    )


def _place(ref: Reference) -> Span | None:
    """The place of the flag itself, where it may stand lines below the name; else `None`."""
    if ref.kind not in ("command", "config") or not isinstance(ref.trust_remote_code, Known):
        return None
    places = [one.span for one in ref.trust_remote_code.values if one.value is True]
    elsewhere = any(one.path for one in ref.trust_remote_code.values)
    return None if elsewhere or not places else places[0]


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
        ids = ref.repo_id.strings() if isinstance(ref.repo_id, Known) else ()
        if ids:
            words = f"with trust_remote_code lets the code of {ids[0].value!r} run"
            return _Leave(words, confidence=ref.confidence)
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


def _answers(ref: Reference, facts: FactsOf) -> dict[Target, Facts]:
    """What the Hub says of the very revisions that are loaded; nothing if others may be."""
    if isinstance(ref.revision, Unknown) or not isinstance(ref.repo_id, Known):
        return {}
    if not ref.repo_id.closed:
        return {}
    return {target: facts(target) for _written, target in ref.targets()}


def _is_plain(ref: Reference, target: Target, repo: Repo) -> bool:
    """Whether it is sure that nothing of this revision would run.

    `auto_map` and tags may be those of the default branch, so that elsewhere each Python file
    counts. An adapter has the code of its base model. The Hub tags every repo; an answer without
    tags is not all that it has to say.
    """
    if repo.has_custom_code or repo.adapter_of or not (repo.files and repo.tags):
        return False
    if target.revision in (None, "main"):
        return not _candidates(ref, repo)
    return not _python(repo)


def _candidates(ref: Reference, repo: Repo) -> list[str]:
    """The files that may be what runs: those named as code of a model is, where it is one."""
    if ref.loader.reads not in ("weights", "config", "adapter"):
        return _python(repo)
    return [file for file in _python(repo) if any(_fits(file, form) for form in _CODE_OF_MODELS)]


def _fits(file: str, form: str) -> bool:
    return fnmatchcase(file, form) and file.count("/") == form.count("/")


def _python(repo: Repo) -> list[str]:
    return [file for file in repo.files if file.endswith(".py")]


def _advice(ref: Reference, leave: _Leave, repos: Mapping[Target, Repo], not_needed: bool) -> str:
    if not_needed:
        return "not needed, there is no custom code in this revision"
    if ref.local is not None:
        return f"read the code ({ref.local})"
    modules = {
        file
        for target, repo in repos.items()
        for _class, code in repo.auto_map
        if (file := _file(code, target.repo_id))
    }
    if modules:
        return f"read {few(sorted(modules))} at the commit you pin"
    candidates = {file for repo in repos.values() for file in _candidates(ref, repo)}
    if leave.flagged and candidates:
        return f"read what of {few(sorted(candidates))} runs, at the commit you pin"
    return "read the code, and pin the commit you read"


def _file(code: str, asked: str) -> str:
    """The file that `module.Class` or `other/repo--module.Class` stands for; empty: none."""
    repo, _, dotted = code.rpartition("--")
    module = dotted.rpartition(".")[0]
    file = f"{module}.py" if module else ""
    return f"{repo}: {file}" if file and repo not in ("", asked) else file


def _with(*auto_map: tuple[str, str], files: tuple[str, ...] = ()) -> Found:
    object_id = "621ffdc036468d709f17434d"
    names = ("config.json", *files)
    return Found(Repo("org/model", object_id, "a" * 40, names, ("region:us",), auto_map))


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
        Example(_TRUST, _with(files=("modeling_x.py", "train_script.py"))),
        Example(_TRUST, _with(files=("train_script.py",))),
        Example(_TRUST, Missing(Lacking.REPO, Owner.EXISTS)),
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
