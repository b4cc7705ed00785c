"""Which calls unpickle a file, and which hand the path of a downloaded file on to them."""

from __future__ import annotations

from collections.abc import Mapping

from flake8_hfmodels.loaders.row import Param
from flake8_hfmodels.record import dataclass


@dataclass(frozen=True, slots=True)
class Unpickler:
    """One call that unpickles.

    `name` is its canonical name, `source` where all of this was read; `file` is the parameter
    that takes the file, its path or its bytes.

    restricted_by: the keyword with which nothing but plain data comes out; `None`: there is none.
    restricted: what that keyword is where the call does not give it.
    only_if: the call unpickles only where this parameter is given and is not false.
    """

    name: str
    source: str
    file: Param
    restricted_by: str | None = None
    restricted: bool = False
    only_if: Param | None = None


UNPICKLERS: tuple[Unpickler, ...] = (
    # torch 2.6 turned the default; pytorch.org/docs/stable/generated/torch.load.html.
    Unpickler(
        "torch.load",
        "torch 2.15 torch/serialization.py:1479",
        Param(("f",), 0),
        restricted_by="weights_only",
        restricted=True,
    ),
    # It takes an address, and kept the old default.
    Unpickler(
        "torch.hub.load_state_dict_from_url",
        "torch 2.15 torch/hub.py:829",
        Param(("url",), 0),
        restricted_by="weights_only",
    ),
    Unpickler("pickle.load", "Python 3.11.7 Lib/pickle.py:1762", Param(("file",), 0)),
    Unpickler("pickle.loads", "Python 3.11.7 Lib/pickle.py:1767", Param(("data",), 0)),
    Unpickler("pickle.Unpickler", "Python 3.11.7 Lib/pickle.py:1137", Param(("file",), 0)),
    Unpickler("joblib.load", "joblib 1.6.0 joblib/numpy_pickle.py:680", Param(("filename",), 0)),
    Unpickler("dill.load", "dill 0.4.1 dill/_dill.py:292", Param(("file",), 0)),
    Unpickler("dill.loads", "dill 0.4.1 dill/_dill.py:300", Param(("str",), 0)),
    # They are those of pickle.
    Unpickler(
        "cloudpickle.load", "cloudpickle 3.1.2 cloudpickle/cloudpickle.py:1549", Param(("file",), 0)
    ),
    Unpickler(
        "cloudpickle.loads",
        "cloudpickle 3.1.2 cloudpickle/cloudpickle.py:1549",
        Param(("data",), 0),
    ),
    Unpickler(
        "pandas.read_pickle",
        "pandas 3.1.1 pandas/io/pickle.py:132",
        Param(("filepath_or_buffer",), 0),
    ),
    Unpickler(
        "numpy.load",
        "numpy 2.4.6 numpy/lib/_npyio_impl.py:312",
        Param(("file",), 0),
        only_if=Param(("allow_pickle",), 2),
    ),
)

BY_NAME: Mapping[str, Unpickler] = {row.name: row for row in UNPICKLERS}
METHODS = frozenset(row.name.rpartition(".")[2] for row in UNPICKLERS)
PACKAGES = frozenset(row.name.partition(".")[0] for row in UNPICKLERS)

# huggingface_hub 2.4.0 file_download.py:857, :211, hf_api.py:6365; transformers 5.23.0
# utils/hub.py:315; huggingface_sb3 3.0 load_from_hub.py:1; speechbrain 1.1.2 utils/fetching.py:288.
FILES: Mapping[str, Param] = {
    **dict.fromkeys(
        (
            "huggingface_hub.hf_hub_download",
            "huggingface_hub.HfApi.hf_hub_download",
            "huggingface_hub.hf_hub_url",
            "transformers.cached_file",
            "transformers.get_file_from_repo",
            "huggingface_sb3.load_from_hub",
        ),
        Param(("filename",), 1),
    ),
    "speechbrain.fetch": Param(("filename",), 0),
}
"""Loaders that return the path or the address of one file: where its name is passed."""

# huggingface_hub 2.4.0 _snapshot_download.py:123, hf_api.py:6547.
FOLDERS = frozenset(
    {"huggingface_hub.snapshot_download", "huggingface_hub.HfApi.snapshot_download"}
)
"""Loaders that return the path of a folder, to which the name of a file is added."""

# docs.python.org/3/library: functions, io, os, os.path, pathlib, gzip, bz2, lzma;
# huggingface_hub 0.25.2 file_download.py (`cached_download`, gone in 0.26).
PASSING = frozenset(
    {
        "builtins.open",
        "builtins.str",
        "io.open",
        "io.BytesIO",
        "io.BufferedReader",
        "os.fspath",
        *(f"os.path.{name}" for name in ("abspath", "expanduser", "normpath", "realpath")),
        "gzip.open",
        "bz2.open",
        "lzma.open",
        "huggingface_hub.cached_download",
    }
)
"""Calls that make of a path another form of it, or what it holds: their first argument."""

JOINING = frozenset({"os.path.join", "pathlib.Path"})
"""Calls that put a path together out of all their arguments."""

READING = frozenset(
    {"open", "read", "read_bytes", "getvalue", "getbuffer"}
    | {"absolute", "as_posix", "expanduser", "resolve", "result"}
)
"""Methods that do the same with the object that they belong to: a path, a file, a future."""
