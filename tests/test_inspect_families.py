"""What the files of a repo are, and what each family of loaders would read of them."""

from __future__ import annotations

import pytest

from flake8_hfmodels.facts import Blob, Flagged, Repo
from flake8_hfmodels.inspecting.families import (
    FAMILIES,
    Format,
    Pickle,
    Read,
    formats,
    pickled,
    pickles,
    reads,
    unpicklers,
)
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.record import replace
from flake8_hfmodels.rules.pickles import readings_of


def holding(*files: str, tags: tuple[str, ...] = ()) -> Repo:
    return Repo("org/model", "621ffdc036468d709f17434d", "a" * 40, files, tags)


def test_every_family_reads_something() -> None:
    rows = {one.name: one.loader for one in FAMILIES if one.call}
    assert all(row is not None and readings_of(row) for row in rows.values())
    assert all(one.patterns for one in FAMILIES if not one.call)


@pytest.mark.parametrize(
    ("files", "tags", "found"),
    [
        pytest.param((), (), {}, id="nothing"),
        pytest.param(("README.md", "a.json"), (), {}, id="no-weights"),
        pytest.param(
            ("config.json", "model.safetensors", "pytorch_model.bin"),
            (),
            {"transformers": (("model.safetensors",), ())},
            id="safe-before-pickle",
        ),
        pytest.param(
            ("pytorch_model.bin",),
            (),
            {"transformers": (("pytorch_model.bin",), ("pytorch_model.bin",))},
            id="pickle-only",
        ),
        pytest.param(
            ("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"),
            (),
            {
                "transformers": (
                    ("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"),
                    (),
                )
            },
            id="shards",
        ),
        pytest.param(("model.fp16.safetensors",), (), {}, id="variant-nobody-asked-for"),
        pytest.param(("sub/model.safetensors",), (), {}, id="not-in-the-root"),
        pytest.param(
            ("modules.json", "model.safetensors", "2_Dense/pytorch_model.bin"),
            (),
            {
                "transformers": (("model.safetensors",), ()),
                "sentence-transformers": (
                    ("model.safetensors", "2_Dense/pytorch_model.bin"),
                    ("2_Dense/pytorch_model.bin",),
                ),
            },
            id="modules",
        ),
        pytest.param(
            (
                "model_index.json",
                "unet/diffusion_pytorch_model.bin",
                "unet/diffusion_pytorch_model.safetensors",
                "vae/diffusion_pytorch_model.bin",
            ),
            (),
            {
                "diffusers": (
                    ("unet/diffusion_pytorch_model.bin", "vae/diffusion_pytorch_model.bin"),
                    ("unet/diffusion_pytorch_model.bin", "vae/diffusion_pytorch_model.bin"),
                )
            },
            id="pipeline-of-one-format",
        ),
        pytest.param(
            ("config_setfit.json", "model.safetensors", "model_head.pkl"),
            (),
            {
                "transformers": (("model.safetensors",), ()),
                "setfit": (("model.safetensors", "model_head.pkl"), ("model_head.pkl",)),
            },
            id="two-readings",
        ),
        pytest.param(
            ("pytorch_model.bin",),
            ("flair",),
            {
                "transformers": (("pytorch_model.bin",), ("pytorch_model.bin",)),
                "flair": (("pytorch_model.bin",), ("pytorch_model.bin",)),
            },
            id="by-tag",
        ),
        pytest.param(
            ("a.Q4_K_M.gguf", "onnx/model.onnx", "tf_model.h5", "flax_model.msgpack"),
            (),
            {
                "llama.cpp": (("a.Q4_K_M.gguf",), ()),
                "ONNX Runtime": (("onnx/model.onnx",), ()),
                "TensorFlow": (("tf_model.h5",), ()),
                "Flax": (("flax_model.msgpack",), ()),
            },
            id="no-pickles",
        ),
        pytest.param(
            ("model.bin", "vocabulary.json"),
            (),
            {"CTranslate2": (("model.bin",), ())},
            id="ctranslate2",
        ),
        pytest.param(("model.bin",), (), {}, id="bin-of-nobody"),
    ],
)
def test_reads(
    files: tuple[str, ...],
    tags: tuple[str, ...],
    found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]],
) -> None:
    said = reads(holding(*files, tags=tags), "model")
    assert {one.family: (one.files, one.pickles) for one in said} == found


@pytest.mark.parametrize(
    ("repo_type", "files", "found"),
    [
        pytest.param("dataset", ("README.md",), (), id="no-rows"),
        pytest.param(
            "dataset",
            ("data/train.parquet", "a.pkl"),
            (Read("datasets", "datasets.load_dataset", ("data/train.parquet", "a.pkl")),),
            id="rows",
        ),
        pytest.param(
            "dataset",
            ("a.pkl",),
            (
                Read(
                    "datasets",
                    "datasets.load_dataset",
                    ("a.pkl",),
                    ("a.pkl",),
                    "run as code by older versions of datasets, refused by newer ones",
                ),
            ),
            id="pickled-rows",
        ),
        pytest.param("space", ("pytorch_model.bin",), (), id="space"),
        pytest.param("kernel", ("pytorch_model.bin",), (), id="kernel"),
    ],
)
def test_reads_of_other_types(
    repo_type: RepoType, files: tuple[str, ...], found: tuple[Read, ...]
) -> None:
    assert reads(holding(*files), repo_type) == found


def test_what_becomes_of_a_pickle() -> None:
    (read,) = reads(holding("pytorch_model.bin"), "model")
    assert read.happens == (
        "run as code before transformers 4.37, read with weights_only=True since"
    )


def test_unpicklers_are_rows_of_the_catalogue() -> None:
    repo = holding("pytorch_model.bin", "a.gguf", tags=("flair",))
    found = [(call, row.package) for call, row in unpicklers(reads(repo, "model"))]
    assert found == [
        ("AutoModel.from_pretrained", "transformers"),
        ("Classifier.load", "flair"),
    ]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param(("a.bin", "b.pt", "c.PKL", "d.joblib"), [0, 1, 2, 3], id="endings"),
        pytest.param(("rows.pkl.gz", "rows.p"), [0, 1], id="data"),
        pytest.param(("training_args.bin",), [0], id="read-by-nobody"),
        pytest.param(("openvino_model.bin", "tokenizer.bin"), [], id="names-of-others"),
        pytest.param(("x/net.bin", "x/net.xml", "net.bin"), [2], id="beside-its-description"),
        pytest.param(("a/model.bin", "a/vocabulary.txt", "b/model.bin"), [2], id="ctranslate2"),
        pytest.param(("model.safetensors", "a.json", "bin"), [], id="others"),
    ],
)
def test_pickled(files: tuple[str, ...], found: list[int]) -> None:
    assert pickled(files) == [files[one] for one in found]


def test_formats_are_by_size() -> None:
    names = ("a.bin", "model.safetensors", "b.json", "c.json", "setup.py", "odd", "x.bin", "x.xml")
    blobs = (Blob("a.bin", 10, ""), Blob("model.safetensors", 30, ""), Blob("b.json", None, ""))
    assert formats(replace(holding(*names), blobs=blobs)) == (
        Format("safetensors", 1, 30),
        Format("pickle", 1, 10),
        Format("JSON", 2, None),
        Format("OpenVINO", 1, None),
        Format("Python", 1, None),
        Format("binary", 1, None),
        Format("other", 1, None),
    )


@pytest.mark.parametrize(
    ("is_scanned", "said"),
    [
        pytest.param(True, "nothing found", id="done"),
        pytest.param(False, "not scanned yet", id="not-done"),
        pytest.param(None, "not said", id="not-said"),
    ],
)
def test_scanners(is_scanned: bool | None, said: str) -> None:
    repo = replace(holding("a.pt"), is_scanned=is_scanned)
    assert pickles(repo, ()) == (Pickle("a.pt", None, said, "", ()),)  # type: ignore[arg-type]


def test_order_of_pickles() -> None:
    repo = replace(
        holding("a.pt", "pytorch_model.bin", "z.pkl"),
        is_scanned=True,
        flagged=(Flagged("z.pkl", "unsafe"),),
    )
    found = [(one.path, one.level, one.read_by) for one in pickles(repo, reads(repo, "model"))]
    assert found == [
        ("z.pkl", "unsafe", ()),
        ("pytorch_model.bin", "", ("transformers",)),
        ("a.pt", "", ()),
    ]
