"""The repo has no weights that can be loaded without unpickling.

A pickle is a program: loading `pytorch_model.bin` from somebody else's repo can start a process
before the first tensor exists. Current versions of torch read such files with a restricted
unpickler, older ones do not, and neither do joblib, fastai and many others.

Choose a repo, or a revision, that has safetensors (converting is one pull request: `safetensors`
has a Space for it), and pass `use_safetensors=True`, so that nothing else is ever taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from flake8_hfmodels.facts import Found, Moved, Repo
from flake8_hfmodels.finding import Problem, Severity
from flake8_hfmodels.loaders.formats import (
    ALWAYS_PICKLED,
    NEVER_READ,
    PICKLED_WEIGHTS,
    SAFE_WEIGHTS,
)
from flake8_hfmodels.loaders.row import Loader
from flake8_hfmodels.reference import Known, Reference, Unknown, Value
from flake8_hfmodels.rules.rule import Example, FactsOf, Rule


def check(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    """Report each repo from which this loader could only take pickles."""
    if isinstance(ref.revision, Unknown) or _is_told_what_to_take(ref):
        return
    for written, target in ref.targets():
        match facts(target):
            case Found(repo=repo) | Moved(repo=repo):
                pickles = _pickles(ref.loader, repo)
            case _:
                pickles = ()
        if pickles:
            yield Problem(
                message=f"{written.value!r} has only pickled weights for {ref.call}() "
                f"({_few(pickles)}); use a repo or revision with safetensors",
                severity=Severity.HIGH if ref.loader.always_pickle else Severity.MEDIUM,
                repo_id=str(written.value),
            )


def _is_told_what_to_take(ref: Reference) -> bool:
    """Whether the call forbids pickles or names its file, so that the repo does not decide."""
    if _says(ref.option("use_safetensors"), True):
        return True
    named = (ref.option(name) for name in ("gguf_file", "weight_name", "filename"))
    return any(isinstance(value, (Known, Unknown)) for value in named)


def _says(value: Value, flag: bool) -> bool:
    return isinstance(value, Known) and all(written.value is flag for written in value.values)


def _pickles(loader: Loader, repo: Repo) -> tuple[str, ...]:
    """The files that the loader would unpickle; empty where it has something safe to take."""
    read = tuple(file for file in repo.files if not _matches(file, NEVER_READ))
    if loader.always_pickle:
        return tuple(file for file in read if _matches(file, ALWAYS_PICKLED))
    if any(_matches(file, SAFE_WEIGHTS.get(loader.reads, ())) for file in read):
        return ()
    return tuple(file for file in read if _matches(file, PICKLED_WEIGHTS.get(loader.reads, ())))


def _matches(file: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(file, pattern) for pattern in patterns)


def _few(files: tuple[str, ...]) -> str:
    return files[0] if len(files) == 1 else f"{files[0]} and {len(files) - 1} more"


def _holding(*files: str) -> Found:
    sha = "f48c1d28c2f0b0a1f1c6f6ec9c5ac2f4d4a6d4b6"
    return Found(Repo("org/model", "621ffdc036468d709f17434d", sha, files))


_PINNED = 'revision="f48c1d28c2f0b0a1f1c6f6ec9c5ac2f4d4a6d4b6"'
_LOAD = f'from transformers import AutoModel\nAutoModel.from_pretrained("org/model", {_PINNED})'

RULE = Rule(
    code="HFM002",
    name="pickle-only-repo",
    check=check,
    needs_hub=True,
    bad=(
        Example(_LOAD, _holding("config.json", "pytorch_model.bin")),
        Example(_LOAD, _holding("pytorch_model-00001-of-00002.bin", "tf_model.h5")),
        Example(_LOAD, _holding("pytorch_model.bin", "openvino/openvino_model.bin")),
        Example(
            "from huggingface_hub import from_pretrained_fastai\n"
            f"from_pretrained_fastai('org/model', {_PINNED})",
            _holding("model.pkl", "pyproject.toml"),
        ),
    ),
    good=(
        Example(_LOAD, _holding("model.safetensors", "pytorch_model.bin")),
        Example(_LOAD, _holding("model-00001-of-00002.safetensors", "training_args.bin")),
        Example(_LOAD, _holding("model.gguf")),
        Example(_LOAD.replace(_PINNED, "revision=chosen"), _holding("pytorch_model.bin")),
        Example(_LOAD, _holding("config.json", "training_args.bin")),
        Example(
            _LOAD.replace("revision=", "use_safetensors=True, revision="),
            _holding("pytorch_model.bin"),
        ),
        Example(_LOAD.replace("AutoModel", "AutoTokenizer"), _holding("pytorch_model.bin")),
        Example(_LOAD),
    ),
)
