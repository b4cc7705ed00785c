"""Seeded repositories that differ in what their files are: adapters, pipelines, formats, flags."""

from __future__ import annotations

import json
from collections.abc import Mapping

from tests.fakehub.contents import BERT, HOSTILE_PICKLE, MEGABYTE
from tests.fakehub.objects import Content, Issue
from tests.fakehub.world import World

ADAPTED = "acme/translator"
PEFT = {"base_model_name_or_path": ADAPTED, "task_type": "SEQ_2_SEQ_LM"}
PIPELINE = json.dumps(
    {
        "_class_name": "StableDiffusionPipeline",
        "text_encoder": ["transformers", "CLIPTextModel"],
        "unet": ["diffusers", "UNet2DConditionModel"],
        "vae": ["diffusers", "AutoencoderKL"],
    }
)
MODULES = json.dumps(
    [
        {"idx": 0, "path": "", "type": "sentence_transformers.models.Transformer"},
        {"idx": 1, "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        {"idx": 2, "path": "2_Dense", "type": "sentence_transformers.models.Dense"},
    ]
)


def add_adapters(world: World) -> None:
    """Adapters, which are put on a model of their own choice."""
    for repo_id, weights, situation in (
        ("acme/summary-lora", "adapter_model.safetensors", f"an adapter for {ADAPTED}"),
        ("acme/pickled-lora", "adapter_model.bin", f"an adapter for {ADAPTED}, pickle only"),
    ):
        world.create_repo(
            "model",
            repo_id,
            {"adapter_config.json": json.dumps(PEFT), weights: 2_000},
            tags=(f"base_model:{ADAPTED}", f"base_model:adapter:{ADAPTED}"),
            config={"peft": PEFT},
            library_name="peft",
            situation=situation,
            at="2024-05-01",
        )


def add_pipelines(world: World) -> None:
    """Pipelines of diffusers, whose components lie in folders."""
    for repo_id, weights, situation in (
        (
            "acme/painter",
            (
                "text_encoder/model.safetensors",
                "unet/diffusion_pytorch_model.safetensors",
                "vae/diffusion_pytorch_model.safetensors",
            ),
            "a pipeline whose every component is safetensors",
        ),
        (
            "acme/painter-mixed",
            (
                "text_encoder/pytorch_model.bin",
                "unet/diffusion_pytorch_model.safetensors",
                "vae/diffusion_pytorch_model.bin",
                "vae/diffusion_pytorch_model.safetensors",
            ),
            "a pipeline with one component that is pickle only",
        ),
        (
            "acme/painter-fp16",
            (
                "text_encoder/model.fp16.safetensors",
                "unet/diffusion_pytorch_model.fp16.safetensors",
                "vae/diffusion_pytorch_model.fp16.safetensors",
            ),
            "a pipeline that has only the variant fp16",
        ),
    ):
        world.create_repo(
            "model",
            repo_id,
            {"model_index.json": PIPELINE} | dict.fromkeys(weights, 2_000),
            library_name="diffusers",
            pipeline_tag="text-to-image",
            situation=situation,
            at="2024-05-02",
        )


def add_other_formats(world: World) -> None:
    """One repository for each other way to keep weights."""
    rows: tuple[tuple[str, str, Mapping[str, Content], str], ...] = (
        (
            "acme/sentences-dense",
            "sentence-transformers",
            {
                "1_Pooling/config.json": "{}",
                "2_Dense/config.json": "{}",
                "2_Dense/pytorch_model.bin": 2_000,
                "config.json": BERT,
                "model.safetensors": 90 * MEGABYTE,
                "modules.json": MODULES,
            },
            "safetensors, but a Dense module that is pickle only",
        ),
        (
            "acme/reviews-setfit",
            "setfit",
            {
                "config.json": BERT,
                "config_setfit.json": "{}",
                "model.safetensors": 90 * MEGABYTE,
                "model_head.pkl": HOSTILE_PICKLE,
            },
            "safetensors, and a head that joblib unpickles",
        ),
        (
            "acme/flair-tagger",
            "flair",
            {"loss.tsv": "EPOCH\n", "pytorch_model.bin": 2_000},
            "flair: pytorch_model.bin holds whole objects",
        ),
        (
            "acme/diarizer",
            "pyannote-audio",
            {"config.yaml": "task: {}\n", "pytorch_model.bin": 2_000},
            "pyannote: pytorch_model.bin is a Lightning checkpoint",
        ),
        (
            "acme/whisper-ct2",
            "ctranslate2",
            {
                "config.json": "{}",
                "model.bin": 75 * MEGABYTE,
                "tokenizer.json": "{}",
                "vocabulary.json": "[]",
            },
            "CTranslate2: a model.bin that is no pickle",
        ),
        (
            "acme/encoder-openvino",
            "openvino",
            {"config.json": BERT, "openvino_model.bin": 2_000, "openvino_model.xml": "<net/>\n"},
            "OpenVINO only: a .bin that is no pickle",
        ),
        (
            "acme/encoder-onnx",
            "transformers",
            {"config.json": BERT, "onnx/model.onnx": 2_000},
            "ONNX only",
        ),
        (
            "acme/encoder-h5",
            "transformers",
            {"config.json": BERT, "pytorch_model.bin": 2_000, "tf_model.h5": 2_000},
            "pickle and H5, no safetensors",
        ),
    )
    for repo_id, library, files, situation in rows:
        world.create_repo(
            "model", repo_id, files, library_name=library, situation=situation, at="2024-05-03"
        )


def add_flagged(world: World) -> None:
    """Repositories that the Hub's scanners complain about. They do so of all revisions at once."""
    world.create_repo(
        "model",
        "acme/cleaned-up",
        {"config.json": BERT, "model.safetensors": 2_000, "optimizer.pkl": HOSTILE_PICKLE},
        library_name="transformers",
        issues=(Issue("optimizer.pkl", "unsafe"),),
        situation="flagged is a file of tag v1 that main no longer has",
        at="2024-05-04",
    )
    world.tag("model", "acme/cleaned-up", "v1")
    world.commit("model", "acme/cleaned-up", {}, delete=["optimizer.pkl"], title="Clean up")
    world.create_repo(
        "model",
        "acme/odd-weights",
        {"config.json": BERT, "model.safetensors": 2_000, "pytorch_model.bin": 2_000},
        library_name="transformers",
        issues=(Issue("pytorch_model.bin", "suspicious"),),
        situation="a file that the scanners call suspicious",
        at="2024-05-05",
    )
    world.create_repo(
        "dataset",
        "acme/flagged-records",
        {"data/train.parquet": 2_000, "index.pkl": HOSTILE_PICKLE},
        issues=(Issue("index.pkl", "unsafe"),),
        situation="a dataset with a file that the scanners call unsafe",
        at="2024-05-06",
    )
