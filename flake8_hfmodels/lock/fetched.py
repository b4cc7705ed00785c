"""Which files of a repo a reference fetches, by its loader and its options.

What is not sure counts as fetched: a hash too many costs a line, one too few lets a change pass.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from fnmatch import fnmatchcase, translate

from flake8_hfmodels.reference import Absent, Known, Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.rules.pickles import readings_of, unpickled
from flake8_hfmodels.rules.wishes import wishes

_NAMES = ("filename", "file_name", "filenames", "gguf_file", "weight_name")
"""Options that name files."""

_PROSE = regex(
    "|".join(
        map(
            translate,
            (
                # What the Hub shows, and no library reads.
                *(".gitattributes", ".gitignore", "*README*", "*LICENSE*", "*LICENCE*", "*NOTICE*"),
                *("*.md", "*.pdf", "*.png", "*.jpg", "*.jpeg", "*.gif", "*.svg", "*.webp"),
                *("*.mp4", "*.wav", "*.mp3", "*.flac", "*.ipynb", "*.html"),
            ),
        )
    )
)
_WEIGHTS = regex(
    "|".join(
        map(
            translate,
            (
                *("*.safetensors", "*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl", "*.pickle"),
                *("*.h5", "*.keras", "*.msgpack", "*.ot", "*.tflite", "*.onnx", "*.onnx_data*"),
                *("*.gguf", "*.ggml", "*.npz", "*.npy", "*.zip", "*.nemo", "*.joblib", "*.dill"),
                *("*.data", "*.pb", "*.mlmodel", "*.mlpackage*", "*.xml", "*.param", "*.engine"),
                *("*.safetensors.index*.json", "*.bin.index*.json", "*.index.*.json"),
            ),
        )
    )
)
# huggingface_hub 2.4.0 serialization: shards, and the index that names them.
_PART = regex(r"-\d+-of-\d+|\.index(?=\.)|\.json$")
# datasets 5.2.0 load.py: the card holds the configurations, and older ones are a script.
_OF_A_DATASET = ("README.md", "dataset_infos.json", "*.py")


def fetched(ref: Reference, files: Sequence[str]) -> Collection[str]:
    """The files, of those of the repo, that a reference makes a program download."""
    if not ref.loader.downloads or ref.kind == "mention" or ref.local is not None:
        return ()
    match ref.loader.reads:
        case "files" if ref.kind == "uri":
            found = _in_address(ref, files)
        case "files":
            found = _in_patterns(ref, _named(ref, files) or files)
        case "data":
            found = _data(ref, files)
        case "code":
            found = [*files]
        case "config":
            found = [one for one in files if not (_is_prose(one) or _is_weights(one))]
        case _:
            found = _with_weights(ref, files)
    return found


def loadable(files: Iterable[str]) -> Collection[str]:
    """All that some library may read: what there is but for documents and pictures."""
    return [one for one in files if not _is_prose(one)]


def weights(files: Iterable[str]) -> Collection[str]:
    """The files that hold weights, or name those that do."""
    return [one for one in files if _is_weights(one)]


def _in_address(ref: Reference, files: Sequence[str]) -> list[str]:
    """The file that an address ends with, or all of the repo."""
    path = ref.call.partition("?")[0]
    longest = max((one for one in files if path.endswith(f"/{one}")), key=len, default=None)
    return [*files] if longest is None else [longest]


def _in_patterns(ref: Reference, files: Sequence[str]) -> list[str]:
    """What `allow_patterns` and `ignore_patterns` leave: huggingface_hub 2.4.0 utils/_paths.py."""
    allowed, ignored = _literal(ref, "allow_patterns"), _literal(ref, "ignore_patterns")
    return [
        one
        for one in files
        if (not allowed or _fits(one, allowed)) and not (ignored and _fits(one, ignored))
    ]


def _named(ref: Reference, files: Sequence[str]) -> list[str]:
    """The files that options name; none where they name none, or nobody knows which."""
    if any(not isinstance(ref.option(name), (Known, Absent)) for name in _NAMES):
        return []
    names = [one for name in _NAMES for one in _literal(ref, name)]
    folders = _literal(ref, "subfolder") or [""]
    patterns = [f"{folder.strip('/')}/{name}".lstrip("/") for folder in folders for name in names]
    return [one for one in files if _fits(one, patterns)]


def _data(ref: Reference, files: Sequence[str]) -> list[str]:
    """The files of a dataset that hold its rows, and those that describe it."""
    names, folders = _literal(ref, "data_files"), _literal(ref, "data_dir")
    inside = [f"{one.strip('/')}/*" for one in folders]
    return [
        one
        for one in files
        if _fits(one, _OF_A_DATASET)
        or ((not names or _fits(one, _anywhere(names))) and (not inside or _fits(one, inside)))
    ]


def _anywhere(names: Iterable[str]) -> list[str]:
    """Names as they are from the root, and from a folder that `data_dir` names."""
    return [each for one in names for each in (one.lstrip("/"), f"*/{one.lstrip('/')}")]


def _with_weights(ref: Reference, files: Sequence[str]) -> list[str]:
    """Configurations, vocabularies and code, and the weights that are chosen."""
    weights = [one for one in files if _is_weights(one)]
    chosen = {*map(_whole, _named(ref, weights) or _chosen(ref, weights) or weights)}
    return [
        one for one in files if (_whole(one) in chosen if _is_weights(one) else not _is_prose(one))
    ]


def _chosen(ref: Reference, weights: Sequence[str]) -> list[str]:
    """The weights that the loader is known to take; none where it is not known."""
    names = [
        name
        for reading in readings_of(ref.loader)
        for each in reading.weights
        for name in each.safe
    ]
    found: list[str] = []
    for wish in wishes(ref):
        danger = unpickled(ref.loader, [wish], weights)
        found += () if danger is None else danger.files
        found += (one for one in weights if _is_of(one, names, wish.variant))
    return found


def _is_of(path: str, names: Collection[str], variant: str) -> bool:
    """Whether a file is, or is a part of, weights of one of the names, of that variant or none."""
    name = _whole(path).rpartition("/")[2]
    plain = name.replace(f".{variant}.", ".") if variant else name
    return _fits(plain, names) or _fits(name, names)


def _whole(path: str) -> str:
    """The file of which this one is a shard or the index, or itself."""
    return _PART.sub("", path)


def _literal(ref: Reference, name: str) -> list[str]:
    """The texts that an option holds, where it can be nothing else."""
    value = ref.option(name)
    if not (isinstance(value, Known) and value.closed):
        return []
    texts = [str(one.value) for one in value.strings()]
    return texts if len(texts) == len(value.values) else []


def _fits(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(path, f"{one}*" if one.endswith("/") else one) for one in patterns)


def _is_prose(path: str) -> bool:
    return _PROSE.match(path.rpartition("/")[2]) is not None


def _is_weights(path: str) -> bool:
    return _WEIGHTS.match(path) is not None
