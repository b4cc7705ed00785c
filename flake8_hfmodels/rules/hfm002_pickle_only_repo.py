"""The repo has no weights that can be loaded without unpickling.

A pickle is a program: loading `pytorch_model.bin` from somebody else's repo can start a process
before the first tensor exists. Current versions of transformers, diffusers, peft and others read
such files with weights_only=True, which makes nothing but tensors of them; older ones do not, and
neither do joblib, flair, pyannote, setfit, fastai and many others. The severity says which it is.

JFrog found about a hundred repos with working payloads on the Hub in February 2024, most of them
pickles of PyTorch; one opened a reverse shell as soon as it was loaded.

Choose a repo, or a revision, that has safetensors (converting is one pull request: `safetensors`
has a Space for it), and pass `use_safetensors=True`, so that nothing else is ever taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_hfmodels.companions import repo_of
from flake8_hfmodels.facts import Found, Repo
from flake8_hfmodels.finding import Problem, Severity, written_elsewhere
from flake8_hfmodels.loaders.formats import BESIDE_WEIGHTS
from flake8_hfmodels.reference import Known, Reference, Unknown, Written
from flake8_hfmodels.rules.rule import Example, FactsOf, Rule
from flake8_hfmodels.rules.wishes import is_decided, is_safe, possible, wishes
from flake8_hfmodels.rules.wording import few

_SEVERITY = {
    "tensors": Severity.LOW,
    "torch": Severity.MEDIUM,
    "code": Severity.HIGH,
    "unknown": Severity.MEDIUM,
}


def check(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    """Report each repo of which this call would read a pickle."""
    if ref.unpickled_by:
        yield from _by_next_call(ref)
        return
    if isinstance(ref.revision, Unknown) or not is_decided(ref):
        return
    found: dict[Problem, None] = {}
    for written, target in ref.targets():
        repo = repo_of(facts(target))
        problem = None if repo is None else _problem(ref, written, repo)
        if problem is not None:
            found[problem] = None
    yield from found


def _problem(ref: Reference, written: Written, repo: Repo) -> Problem | None:
    if ref.loader.reads == "data":
        files = _data(ref, repo)
        return _of_data(ref, written, files) if files else None
    asked = wishes(ref)
    if all(_is_harmless(one) for one in repo.files) and not any(one.name for one in asked):
        return None
    from flake8_hfmodels.rules.pickle_words import advised, happening
    from flake8_hfmodels.rules.pickles import unpickled

    danger = unpickled(ref.loader, asked, repo.files)
    if danger is None:
        return None
    runs = False in possible(ref, "weights_only")
    what, advice = advised(ref, repr(written.value), danger)
    return Problem(
        what=f"{what}{happening(danger.reading, runs)}",
        remedy=advice,
        severity=Severity.HIGH if runs else _SEVERITY[danger.reading.how],
        repo_id=str(written.value),
        related=written_elsewhere(ref, Known((written,))),
    )


def _is_harmless(file: str) -> bool:
    """Whether a look at the name says that it is no pickle, as it does of most files."""
    return is_safe(file) or file.endswith(BESIDE_WEIGHTS)


def _data(ref: Reference, repo: Repo) -> tuple[str, ...]:
    from flake8_hfmodels.rules.pickles import unpickled_data

    folder = str(possible(ref, "data_dir")[0] or "").strip("/")
    names = (str(name or "") for name in possible(ref, "data_files"))
    return next((files for one in names if (files := unpickled_data(repo.files, folder, one))), ())


def _of_data(ref: Reference, written: Written, files: Sequence[str]) -> Problem:
    return Problem(
        what=f"{written.value!r} has only pickled data for {ref.callee} ({few(files)}), run as"
        " code by older versions of datasets and refused by newer ones",
        remedy="use a dataset of parquet, csv or json files",
        severity=Severity.MEDIUM,
        repo_id=str(written.value),
        related=written_elsewhere(ref, Known((written,))),
    )


def _by_next_call(ref: Reference) -> Iterator[Problem]:
    """Report a download whose file the next call unpickles; the call says so, whatever is in it."""
    names = (name for name in possible(ref, "filename") if isinstance(name, str))
    pickles = [name for name in names if not is_safe(name)]
    ids = list(dict.fromkeys(str(written.value) for written, _target in ref.targets()))
    if pickles and ids:
        severity, how = _restricted(ref)
        yield Problem(
            what=f"{ref.unpickled_by}() unpickles {few(pickles)} of {few(ids)!r}, {how}",
            remedy="download a file with safetensors and read it with"
            " safetensors.torch.load_file()",
            severity=severity,
            repo_id=ids[0],
        )


def _restricted(ref: Reference) -> tuple[Severity, str]:
    """How bad it is: only torch can be kept from running what is in a pickle."""
    chosen = possible(ref, "weights_only")
    if "weights_only" not in ref.options:
        return Severity.HIGH, "run as code"
    if False in chosen:
        return Severity.HIGH, "run as code with weights_only=False"
    if chosen == (True,):
        return Severity.LOW, "where weights_only=True can be got round before torch 2.6"
    return Severity.MEDIUM, "run as code before torch 2.6"


def _holding(*files: str) -> Found:
    sha = "f48c1d28c2f0b0a1f1c6f6ec9c5ac2f4d4a6d4b6"
    return Found(Repo("org/model", "621ffdc036468d709f17434d", sha, files))


_PINNED = 'revision="f48c1d28c2f0b0a1f1c6f6ec9c5ac2f4d4a6d4b6"'
_LOAD = f'from transformers import AutoModel\nAutoModel.from_pretrained("org/model", {_PINNED})'
_TORCH = (
    "import torch\nfrom huggingface_hub import hf_hub_download\n"
    f'torch.load(hf_hub_download("org/model", "model.bin", {_PINNED}))'
)
_PAINT = (
    "from diffusers import DiffusionPipeline\n"
    f'DiffusionPipeline.from_pretrained("org/model", {_PINNED})'
)

RULE = Rule(
    code="HFM002",
    name="pickle-only-repo",
    check=check,
    needs_hub=True,
    bad=(
        Example(_LOAD, _holding("config.json", "pytorch_model.bin")),
        Example(_LOAD, _holding("pytorch_model-00001-of-00002.bin", "tf_model.h5")),
        Example(
            _LOAD, _holding("pytorch_model.bin", "onnx/model.onnx", "2_Dense/model.safetensors")
        ),
        Example(
            _LOAD.replace("revision=", "use_safetensors=False, revision="),
            _holding("model.safetensors", "pytorch_model.bin"),
        ),
        Example(
            _PAINT, _holding("unet/diffusion_pytorch_model.safetensors", "vae/pytorch_model.bin")
        ),
        Example(
            "from huggingface_hub import from_pretrained_fastai\n"
            f"from_pretrained_fastai('org/model', {_PINNED})",
            _holding("model.pkl", "pyproject.toml"),
        ),
        Example(_TORCH),
        Example(_TORCH.replace("}))", "}), weights_only=True)")),
        Example(
            f"from datasets import load_dataset\nload_dataset('org/data', {_PINNED})",
            _holding("README.md", "train.pkl"),
        ),
    ),
    good=(
        Example(_LOAD, _holding("model.safetensors", "pytorch_model.bin")),
        Example(_LOAD, _holding("model-00001-of-00002.safetensors", "training_args.bin")),
        Example(_LOAD, _holding("model.gguf", "openvino_model.bin", "openvino_model.xml")),
        Example(_LOAD.replace(_PINNED, "revision=chosen"), _holding("pytorch_model.bin")),
        Example(_LOAD.replace("revision=", "variant=v, revision="), _holding("pytorch_model.bin")),
        Example(
            _LOAD.replace("revision=", "use_safetensors=True, revision="),
            _holding("pytorch_model.bin"),
        ),
        Example(_LOAD.replace("AutoModel", "AutoTokenizer"), _holding("pytorch_model.bin")),
        Example(_PAINT, _holding("unet/diffusion_pytorch_model.safetensors", "vae/config.json")),
        Example(_TORCH.replace("model.bin", "model.safetensors")),
        Example(_LOAD),
    ),
)
