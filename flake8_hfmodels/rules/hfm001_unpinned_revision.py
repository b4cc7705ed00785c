"""Something is loaded from the Hub without a commit hash that pins it.

Without a revision, or with a branch or a tag, the name stands for whatever its owner, or whoever
has the account by then, put there last: other weights, other code, another licence, next week or
next year. A short hash is no pin either, as a branch may bear the same name.

Why pin at all, where the owner can be trusted? A study of 52,227 language models on the Hub found
40.87 % of the changes of weights neither in the name nor in the documentation of the release
(arXiv 2409.10472, 2024). Owners go, too: runwayml emptied its account in August 2024, and programs
took what strangers had uploaded again. In 2025 researchers registered the names of deleted
accounts and served reverse shells under them (Unit 42, "model namespace reuse"). A pin makes such
a load fail.

Pass the full commit hash (40 hex digits) as `revision`. When the Hub was asked, the message names
the hash that the reference stands for now. `revision="main"` is what happens anyway, not a pin. A
loader that takes no revision gets a folder that `snapshot_download(..., revision=...)` wrote.
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_hfmodels.facts import Found, Moved, Repo
from flake8_hfmodels.finding import Problem, Severity, written_elsewhere
from flake8_hfmodels.loaders.row import Param
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.reference import Absent, Known, Reference, Unknown, Written
from flake8_hfmodels.repo_id import is_commit_hash, is_hexadecimal
from flake8_hfmodels.rules.rule import Example, FactsOf, Rule
from flake8_hfmodels.rules.wording import write_commit


def check(ref: Reference, facts: FactsOf) -> Iterator[Problem]:
    """Report a reference that does not say which commit it means."""
    if ref.local is not None or not (ref.loader.downloads and ref.loader.repo_id):
        return
    if ref.loader.default_model and isinstance(ref.repo_id, Absent):
        yield _implicit(ref)
        return
    unpinned = _unpinned(ref)
    if unpinned is None or isinstance(ref.repo_id, Absent):
        return
    commit = _commit(ref, facts)
    yield Problem(
        what=f"{ref.says(_ids(ref))} {unpinned}",
        remedy=_remedy(ref, commit),
        severity=Severity.MEDIUM,
        repo_id=_only_id(ref),
        suggested_revision=commit,
        related=written_elsewhere(ref, ref.repo_id, ref.revision),
    )


def _implicit(ref: Reference) -> Problem:
    return Problem(
        what=f"{ref.call}() names no model and loads the library's own choice",
        remedy="name a model and pass revision= with its full commit hash",
        severity=Severity.MEDIUM,
        persona=Persona.REGULAR,
    )


def _unpinned(ref: Reference) -> str | None:
    """What is wrong with the revision, in words that follow the id; `None`: nothing."""
    if ref.loader.revision is None and not ref.loader.at_revision:
        return "and cannot pin it"
    if isinstance(ref.revision, Absent):
        return "without a revision"
    if isinstance(ref.revision, Unknown):
        return None
    return next((words for one in ref.revision.values if (words := _judged(one))), None)


def _judged(written: Written) -> str | None:
    revision = written.value
    if not isinstance(revision, str):
        return "with revision=None, which means main"
    if is_commit_hash(revision):
        return None
    if is_hexadecimal(revision):
        return f"at {revision!r}, a short hash, which a branch may bear as well"
    if revision.startswith("refs/"):
        return f"at {revision!r}, a ref that moves"
    return f"at {revision!r}, a branch or tag that can move"


def _remedy(ref: Reference, commit: str | None) -> str:
    if ref.loader.instead:
        return ref.loader.instead + (f" (now {commit})" if commit else "")
    if ref.kind == "config" and ref.loader.revision is not None:
        return write_commit(ref.loader.revision, commit)
    if commit is None:
        return _place_of_pin(ref.loader.revision, "a full commit hash")
    if isinstance(ref.repo_id, Known) and not ref.repo_id.closed:
        return _by_name(ref, commit)
    return _pin(ref.loader.revision, commit)


def _by_name(ref: Reference, commit: str) -> str:
    """What to do about a name in whose place another one can be passed."""
    param = ref.loader.revision
    ids = [*dict.fromkeys(one.value for one in _strings(ref.repo_id))]
    if ref.kind != "call" or param is None or param.within is not None or len(ids) != 1:
        return f"let a revision be passed with the name, for this one {commit!r}"
    return f"pin this name alone: {param.names[0]}={{{ids[0]!r}: {commit!r}}}.get(the name)"


def _place_of_pin(param: Param | None, commit: str) -> str:
    """Where a pin belongs, by the way in which the loader takes it."""
    if param is None:
        return f"write {commit} behind the name: name@<hash>"
    if param.within is not None:
        return f"pass {commit} as {param.names[0]!r} in {param.within}="
    return f"pass {commit} as {param.names[0]}{'' if _is_flag(param) else '='}"


def _pin(param: Param | None, commit: str) -> str:
    if param is None or param.within is not None:
        return _place_of_pin(param, repr(commit))
    return f"pin {param.names[0]}{f' {commit}' if _is_flag(param) else f'={commit!r}'}"


def _is_flag(param: Param) -> bool:
    return param.names[0].startswith("-")


def _commit(ref: Reference, facts: FactsOf) -> str | None:
    """The commit that the reference stands for now, if it stands for exactly one repo."""
    answers = [facts(target) for _written, target in ref.targets()]
    match answers:
        case [Found(repo=repo) | Moved(repo=repo)]:
            return repo.sha
        case _:
            return None


def _ids(ref: Reference) -> str:
    names = list(dict.fromkeys(repr(written.value) for written in _likeliest_first(ref)))
    if not names:
        return "a name that is decided at run time"
    if len(names) > 3:
        return f"{', '.join(names[:2])} or {len(names) - 2} more"
    return " or ".join(names)


def _only_id(ref: Reference) -> str | None:
    names = _likeliest_first(ref)
    return str(names[0].value) if names else None


def _likeliest_first(ref: Reference) -> list[Written]:
    """The ids, those with an owner before single words, which may be a library's own names."""
    return sorted(_strings(ref.repo_id), key=lambda written: "/" not in str(written.value))


def _strings(value: object) -> tuple[Written, ...]:
    return value.strings() if isinstance(value, Known) else ()


_HASH = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
_AUTO = "from transformers import AutoModel\n"
_FOUND = Found(Repo("org/model", "621ffdc036468d709f17434d", _HASH, ("config.json",)))

RULE = Rule(
    code="HFM001",
    name="unpinned-revision",
    check=check,
    by_policy=True,
    bad=(
        Example(_AUTO + 'AutoModel.from_pretrained("org/model")'),
        Example(_AUTO + 'AutoModel.from_pretrained("org/model")', _FOUND),
        Example(_AUTO + 'AutoModel.from_pretrained("org/model", revision="main")'),
        Example(_AUTO + 'AutoModel.from_pretrained("org/model", revision=None)'),
        Example(_AUTO + 'AutoModel.from_pretrained("org/model", revision="607a30d")'),
        Example(_AUTO + 'AutoModel.from_pretrained("org/model", revision="refs/pr/3")'),
        Example(_AUTO + 'NAME = "org/model"\nAutoModel.from_pretrained(NAME)'),
        Example(
            _AUTO + 'def load(name="org/model"):\n    return AutoModel.from_pretrained(name)',
            _FOUND,
        ),
        Example(_AUTO + "AutoModel.from_pretrained(choose())"),
        Example(
            _AUTO
            + "dtype = {'dtype': 'auto'} if new else {'torch_dtype': 'auto'}\n"
            + "AutoModel.from_pretrained('org/model', **dtype)"
        ),
        Example(
            _AUTO + 'options = {"device_map": "auto"}\nAutoModel.from_pretrained("o/m", **options)'
        ),
        Example("import transformers as t\nt.AutoTokenizer.from_pretrained('gpt2')"),
        Example("from .compat import AutoModel\nAutoModel.from_pretrained('org/model')"),
        Example("from transformers import pipeline\npipeline('sentiment-analysis')"),
        Example("from transformers import pipeline\npipeline(choose())"),
        Example("from datasets import load_dataset\nload_dataset('squad')"),
        Example("import os\nos.system('pip install git+https://huggingface.co/spaces/org/name')"),
        Example(
            "import os\nos.system('pip install git+https://huggingface.co/spaces/org/name')",
            Found(Repo("org/name", "621ffdc036468d709f17434d", _HASH, ("app.py",))),
        ),
        Example("import timm\ntimm.create_model('hf-hub:timm/resnet18.a1_in1k', pretrained=True)"),
        Example(
            "from sentence_transformers.models import StaticEmbedding\n"
            "StaticEmbedding.from_model2vec('minishlab/potion-base-8M')"
        ),
        Example(
            _AUTO + "for name in ('o/a', 'o/b', 'o/c', 'o/d'):\n    AutoModel.from_pretrained(name)"
        ),
    ),
    good=(
        Example(_AUTO + f'AutoModel.from_pretrained("org/model", revision="{_HASH}")'),
        Example(_AUTO + f'REV = "{_HASH}"\nAutoModel.from_pretrained("org/model", revision=REV)'),
        Example(
            _AUTO + f'pin = {{"revision": "{_HASH}"}}\nAutoModel.from_pretrained("o/m", **pin)'
        ),
        Example(
            _AUTO
            + "def load(name, **options):\n    return AutoModel.from_pretrained(name, **options)"
        ),
        Example(
            _AUTO
            + "def load(name, revision):\n"
            + "    return AutoModel.from_pretrained(name, revision=revision)"
        ),
        Example(_AUTO + 'AutoModel.from_pretrained("./checkpoints/final")'),
        Example(_AUTO + 'AutoModel.from_pretrained("outputs/final")'),
        Example(_AUTO + 'import os\nAutoModel.from_pretrained(os.path.join("out", "final"))'),
        Example(_AUTO + 'AutoModel.from_pretrained("org/model", local_files_only=True)'),
        Example(
            _AUTO
            + "import tempfile\n"
            + "with tempfile.TemporaryDirectory() as folder:\n"
            + "    model.save_pretrained(folder)\n"
            + "    AutoModel.from_pretrained(folder)"
        ),
        Example(_AUTO + "def load(output_dir):\n    return AutoModel.from_pretrained(output_dir)"),
        Example(
            "class Vocabulary:\n"
            "    @classmethod\n"
            "    def from_pretrained(cls, path): ...\n"
            "Vocabulary.from_pretrained('assets/vocabulary')"
        ),
        Example(
            "from efficientnet_pytorch import EfficientNet\n"
            "EfficientNet.from_pretrained('efficientnet-b0')"
        ),
        Example(
            "from transformers import AutoModel, AutoModelForCausalLM\n"
            "for auto in [AutoModelForCausalLM, AutoModel]:\n"
            "    auto.from_config(config, trust_remote_code=trust)"
        ),
        Example("from datasets import load_dataset\nload_dataset('csv', data_files='a.csv')"),
        Example("from torch import nn\nnn.Embedding.from_pretrained(vectors)"),
        Example("import seaborn\nseaborn.load_dataset('tips')"),
        Example("from modelscope import snapshot_download\nsnapshot_download('qwen/Qwen-7B')"),
        Example("import timm\ntimm.create_model('resnet18', pretrained=True)"),
        Example(f"import timm\ntimm.create_model('hf-hub:timm/resnet18.a1_in1k@{_HASH}')"),
    ),
)
