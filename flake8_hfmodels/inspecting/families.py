"""What the files of a repo are, and which of them each family of loaders would read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from fnmatch import translate
from functools import cache
from typing import Literal

from flake8_hfmodels.facts import Repo
from flake8_hfmodels.loaders import named
from flake8_hfmodels.loaders.formats import NO_DATA, NO_PICKLES, PICKLED_DATA, PICKLED_ENDINGS
from flake8_hfmodels.loaders.row import Loader, RepoType
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex
from flake8_hfmodels.rules.pickle_words import happening
from flake8_hfmodels.rules.pickles import Danger, readings_of, unpickled, unpickled_data
from flake8_hfmodels.rules.wishes import Wish

Scanners = Literal["flagged", "nothing found", "not scanned yet", "not said"]
"""What the Hub's scanners say of a file: the word of theirs is beside it where it is flagged."""


@dataclass(frozen=True, slots=True)
class Family:
    """Loaders that read a repo alike, by the one that most programs call.

    `call` is its name in the catalogue; families without one hold no pickles, and read what fits
    `patterns`. A repo shows by `marks` (files) or `tags` that it is for them; without either, any
    repo may be that has something for them to read.
    """

    name: str
    call: str = ""
    marks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    @property
    def loader(self) -> Loader | None:
        """The row of the catalogue."""
        return named(self.call) if self.call else None


FAMILIES = (
    Family("transformers", "transformers.AutoModel.from_pretrained"),
    Family(
        "diffusers",
        "diffusers.DiffusionPipeline.from_pretrained",
        marks=("model_index.json",),
    ),
    Family(
        "sentence-transformers",
        "sentence_transformers.SentenceTransformer",
        marks=("modules.json", "config_sentence_transformers.json"),
        tags=("sentence-transformers",),
    ),
    Family(
        "peft",
        "peft.AutoPeftModel.from_pretrained",
        marks=("adapter_config.json",),
        tags=("peft",),
    ),
    Family("timm", "timm.create_model", tags=("timm",)),
    Family(
        "open_clip", "open_clip.create_model", marks=("open_clip_config.json",), tags=("open_clip",)
    ),
    Family(
        "gliner", "gliner.GLiNER.from_pretrained", marks=("gliner_config.json",), tags=("gliner",)
    ),
    Family(
        "setfit",
        "setfit.SetFitModel.from_pretrained",
        marks=("config_setfit.json",),
        tags=("setfit",),
    ),
    Family("flair", "flair.nn.Classifier.load", tags=("flair",)),
    Family("pyannote", "pyannote.audio.Model.from_pretrained", tags=("pyannote-audio",)),
    Family(
        "speechbrain",
        "speechbrain.inference.EncoderClassifier.from_hparams",
        marks=("hyperparams.yaml",),
        tags=("speechbrain",),
    ),
    Family("fastai", "huggingface_hub.from_pretrained_fastai", tags=("fastai",)),
    Family("vllm", "vllm.LLM", tags=("text-generation", "image-text-to-text", "vllm")),
    Family("llama.cpp", patterns=("*.gguf",)),
    Family("ONNX Runtime", patterns=("*.onnx",)),
    Family("OpenVINO", patterns=("*openvino*.xml", "*openvino*.bin")),
    Family("CTranslate2", marks=("vocabulary.*", "*_vocabulary.*"), patterns=("model.bin",)),
    Family("TensorFlow", patterns=("tf_model.h5", "tf_model-*.h5")),
    Family("Flax", patterns=("flax_model.msgpack", "flax_model-*.msgpack")),
)
"""One representative of each family that reads weights of models."""


@dataclass(frozen=True, slots=True)
class Read:
    """What one family would read of a repo: all its weights, and those that it unpickles.

    `happens` says in words what becomes of these.
    """

    family: str
    call: str
    files: tuple[str, ...]
    pickles: tuple[str, ...] = ()
    happens: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """The files of one format: how many, and their bytes where the Hub says them."""

    name: str
    number: int
    size: int | None


@dataclass(frozen=True, slots=True)
class Pickle:
    """A file that is a pickle by its name, what the scanners say of it, and who would read it.

    `level` is their word, where they flag it.
    """

    path: str
    size: int | None
    scanners: Scanners
    level: str
    read_by: tuple[str, ...]


def reads(repo: Repo, repo_type: RepoType) -> tuple[Read, ...]:
    """What each family would read, but for those that would find nothing."""
    match repo_type:
        case "model":
            found = (_read(one, repo) for one in FAMILIES if _is_for(one, repo))
            return tuple(one for one in found if one is not None)
        case "dataset":
            return _rows(repo)
        case _:
            return ()


def unpicklers(found: Iterable[Read]) -> Iterator[tuple[str, Loader]]:
    """The calls of the families that would unpickle something, with their rows."""
    for one in found:
        loader = named(one.call) if one.pickles else None
        if loader is not None:
            yield ".".join(one.call.split(".")[-2:]), loader


def formats(repo: Repo) -> tuple[Format, ...]:
    """The files by what they are, the largest first."""
    sizes = {one.path: one.size for one in repo.blobs}
    by_name: dict[str, list[str]] = defaultdict(list)
    pickles = set(pickled(repo.files))
    for path in repo.files:
        by_name["pickle" if path in pickles else _format(path)].append(path)
    found = [
        Format(name, len(paths), _sum([sizes.get(one) for one in paths]))
        for name, paths in by_name.items()
    ]
    return tuple(sorted(found, key=lambda one: (-(one.size or 0), -one.number, one.name)))


def pickles(repo: Repo, found: Iterable[Read]) -> tuple[Pickle, ...]:
    """The pickles of a repo: first those that are flagged, then those that somebody reads."""
    sizes = {one.path: one.size for one in repo.blobs}
    flagged = {one.path: one.level for one in repo.flagged}
    readers: dict[str, list[str]] = defaultdict(list)
    for one in found:
        for path in one.pickles:
            readers[path].append(one.family)
    every = [
        Pickle(
            path,
            sizes.get(path),
            _scanners(repo, path in flagged),
            flagged.get(path, ""),
            tuple(readers.get(path, ())),
        )
        for path in pickled(repo.files)
    ]
    return tuple(sorted(every, key=lambda one: (not one.level, not one.read_by, one.path)))


def pickled(files: Collection[str]) -> list[str]:
    """The files that are, or may be, pickles by their names and what lies beside them."""
    there = set(files)
    folders = {one.rpartition("/")[0] for one in files if _is(_name(one), ("*vocabulary.*",))}
    return [
        one
        for one in files
        if one.lower().endswith((*PICKLED_ENDINGS, *(end.lstrip("*") for end in PICKLED_DATA)))
        and not _is(_name(one), NO_PICKLES)
        and f"{one[:-4]}.xml" not in there
        and not (_name(one) == "model.bin" and one.rpartition("/")[0] in folders)
    ]


# One family


def _is_for(family: Family, repo: Repo) -> bool:
    names = {one for one in repo.files if "/" not in one}
    if not (family.marks or family.tags):
        return True
    has_mark = any(_is(one, family.marks) for one in names)
    return has_mark or any(one in family.tags for one in repo.tags)


def _read(family: Family, repo: Repo) -> Read | None:
    loader = family.loader
    if loader is None:
        files = tuple(one for one in repo.files if _is(_name(one), family.patterns))
        return Read(family.name, "", files) if files else None
    danger = unpickled(loader, [Wish()], repo.files)
    safe = _safe(loader, repo.files, danger)
    if danger is None:
        return Read(family.name, family.call, safe) if safe else None
    words = happening(danger.reading, runs=False).lstrip(", ")
    return Read(family.name, family.call, (*safe, *danger.files), danger.files, words)


def _safe(loader: Loader, files: Iterable[str], danger: Danger | None) -> tuple[str, ...]:
    """The safe weights that are read: none in a folder where pickles are taken instead."""
    taken = set()
    if danger is not None and (danger.beside or danger.reading.where == "components"):
        taken = {one.rpartition("/")[0] for one in danger.files}
    wanted = [
        (one.where, name)
        for one in readings_of(loader)
        for each in one.weights
        for name in each.safe
    ]
    return tuple(
        path
        for path in files
        if path.rpartition("/")[0] not in taken
        and any(_lies(where, path) and _is(_whole(path), (name,)) for where, name in wanted)
    )


# sentence_transformers 6.2.0: `2_Dense`, and `query_0_SparseStaticEmbedding` of a router.
_MODULE = regex(r"(?:[a-z]+_)?\d+_\w+")
_SHARD = regex(r"-\d+-of-\d+(?=\.safetensors$)")


def _lies(where: str, path: str) -> bool:
    """Whether a file lies where such a reading looks."""
    folder = path.rpartition("/")[0]
    match where:
        case "components":
            return bool(folder) and "/" not in folder
        case "modules":
            return not folder or _MODULE.fullmatch(folder) is not None
        case _:
            return not folder


def _whole(path: str) -> str:
    """The name of a file without the number of its shard.

    A variant (`fp16`) stays: it is read by who asks for it.
    """
    return _SHARD.sub("", _name(path))


def _rows(repo: Repo) -> tuple[Read, ...]:
    """What `load_dataset` reads: the rows, of which pickles are refused by newer versions."""
    rows = tuple(one for one in repo.files if not _is(_name(one), NO_DATA))
    refused = unpickled_data(repo.files, "", "")
    words = "run as code by older versions of datasets, refused by newer ones" if refused else ""
    found = Read("datasets", "datasets.load_dataset", rows, refused, words)
    return (found,) if rows else ()


# Files


def _format(path: str) -> str:
    name = _name(path).lower()
    return next((one for one, ends in _FORMATS if name.endswith(ends)), "other")


_FORMATS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("safetensors", (".safetensors",)),
    ("GGUF", (".gguf",)),
    ("ONNX", (".onnx", ".onnx_data", ".onnx.data")),
    ("OpenVINO", (".xml",)),
    ("Keras", (".h5", ".keras")),
    ("msgpack", (".msgpack",)),
    ("TFLite", (".tflite",)),
    ("NumPy", (".npy", ".npz")),
    ("Parquet", (".parquet",)),
    ("Arrow", (".arrow",)),
    ("CSV", (".csv", ".tsv")),
    ("JSON", (".json", ".jsonl")),
    ("Python", (".py",)),
    ("notebook", (".ipynb",)),
    ("binary", (".bin",)),
    ("native code", (".so", ".dll", ".dylib", ".exe", ".pyd", ".whl", ".jar")),
    ("archive", (".zip", ".tar", ".gz", ".tgz", ".7z", ".xz", ".zst", ".bz2")),
    ("text", (".md", ".txt", ".yaml", ".yml", ".model", "license", "readme", ".gitattributes")),
)


def _scanners(repo: Repo, is_flagged: bool) -> Scanners:
    if is_flagged:
        return "flagged"
    if repo.is_scanned is None:
        return "not said"
    return "nothing found" if repo.is_scanned else "not scanned yet"


def _sum(sizes: Iterable[int | None]) -> int | None:
    known = [one for one in sizes if one is not None]
    return sum(known) if known else None


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _is(name: str, patterns: tuple[str, ...]) -> bool:
    return bool(patterns) and _matcher(patterns).match(name) is not None


@cache
def _matcher(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(translate, patterns)))
