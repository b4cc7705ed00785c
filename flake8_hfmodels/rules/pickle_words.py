"""The words for pickles that a loader would read: which, what becomes of them, what to do."""

from __future__ import annotations

from flake8_hfmodels.loaders.readings import Reading
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.rules.pickles import Danger
from flake8_hfmodels.rules.wording import few

_OTHER_REPO = "use a repo or revision with safetensors"


def advised(ref: Reference, repo: str, danger: Danger) -> tuple[str, str]:
    """What would be read, and what to do instead."""
    files = few(danger.files)
    if danger.wish.name:
        return f"{ref.callee} reads the pickle {files} of {repo}", "name a file with safetensors"
    if danger.beside and danger.wish.safe is False:
        words = f"{ref.callee} is told to read the pickles of {repo} ({files})"
        return words, "leave use_safetensors=False out"
    if danger.beside:
        words = f"{ref.callee} prefers the pickles of {repo} ({files})"
        return words, "pass use_safetensors=True"
    if danger.reading.how == "code":
        advice = "it reads nothing else, so load only what you have scanned, at a full commit hash"
        return f"{ref.callee} reads pickles of {repo} ({files})", advice
    if danger.reading.where == "components":
        words = f"{repo} has not every component in safetensors for {ref.callee} ({files})"
        return words, _OTHER_REPO
    return f"{repo} has only pickled weights for {ref.callee} ({files})", _OTHER_REPO


def happening(reading: Reading, runs: bool) -> str:
    """What becomes of the pickles; `runs`: the call itself lets them run."""
    if runs:
        return ", run as code with weights_only=False"
    match reading.how:
        case "tensors":
            since = f"{reading.library} {reading.since}"
            return f", run as code before {since}, read with weights_only=True since"
        case "torch":
            return ", run as code before torch 2.6"
        case "code":
            return ", run as code"
        case _:
            return ""
