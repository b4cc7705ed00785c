"""Which functions of JavaScript packages read from the Hub."""

from __future__ import annotations

import re

from flake8_hfmodels.loaders.row import Loader, Param
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex


@dataclass(frozen=True, slots=True)
class Function:
    """One function, or one method of any class, of a package.

    The parameters of `loader` are arguments with a position, or entries of the object at the
    position `options`. `designated`: the id may stand in an object `{type, name}`, and may begin
    with its type (`datasets/…`). A `name` that begins with `*.` is a method of every class.
    """

    package: str
    name: str
    loader: Loader
    options: int
    designated: bool = False


_IN_OPTIONS = "pass { revision: '<full commit hash>' } in its options"
_REVISION = Param(("revision",))
_MODEL = Param(("pretrained_model_name_or_path",), 0)

# Pairs of a task and the id of its model, for the aliases too.
_ALIASES = (
    ("sentiment-analysis", "text-classification"),
    ("ner", "token-classification"),
    ("asr", "automatic-speech-recognition"),
    ("text-to-speech", "text-to-audio"),
    ("embeddings", "feature-extraction"),
)
_SECOND = {
    "text-classification": "Xenova/distilbert-base-uncased-finetuned-sst-2-english",
    "token-classification": "Xenova/bert-base-multilingual-cased-ner-hrl",
    "question-answering": "Xenova/distilbert-base-cased-distilled-squad",
    "fill-mask": "Xenova/bert-base-uncased",
    "summarization": "Xenova/distilbart-cnn-6-6",
    "translation": "Xenova/t5-small",
    "text2text-generation": "Xenova/flan-t5-small",
    "text-generation": "Xenova/gpt2",
    "zero-shot-classification": "Xenova/distilbert-base-uncased-mnli",
    "audio-classification": "Xenova/wav2vec2-base-superb-ks",
    "zero-shot-audio-classification": "Xenova/clap-htsat-unfused",
    "automatic-speech-recognition": "Xenova/whisper-tiny.en",
    "text-to-audio": "Xenova/speecht5_tts",
    "image-to-text": "Xenova/vit-gpt2-image-captioning",
    "image-classification": "Xenova/vit-base-patch16-224",
    "image-segmentation": "Xenova/detr-resnet-50-panoptic",
    "zero-shot-image-classification": "Xenova/clip-vit-base-patch32",
    "object-detection": "Xenova/detr-resnet-50",
    "zero-shot-object-detection": "Xenova/owlvit-base-patch32",
    "document-question-answering": "Xenova/donut-base-finetuned-docvqa",
    "image-to-image": "Xenova/swin2SR-classical-sr-x2-64",
    "depth-estimation": "Xenova/dpt-large",
    "feature-extraction": "Xenova/all-MiniLM-L6-v2",
    "image-feature-extraction": "Xenova/vit-base-patch16-224-in21k",
}
_FOURTH = {
    **_SECOND,
    "fill-mask": "onnx-community/ettin-encoder-32m-ONNX",
    "text-generation": "onnx-community/Qwen3-0.6B-ONNX",
    "text-to-audio": "onnx-community/Supertonic-TTS-ONNX",
    "background-removal": "Xenova/modnet",
    "depth-estimation": "onnx-community/depth-anything-v2-small",
    "feature-extraction": "onnx-community/all-MiniLM-L6-v2-ONNX",
    "image-feature-extraction": "onnx-community/dinov3-vits16-pretrain-lvd1689m-ONNX",
}


def _transformers(
    package: str, version: str, pipelines: str, models: str, defaults: dict[str, str]
) -> tuple[Function, ...]:
    """What both packages of transformers.js have, the old one and the new one."""
    aliased = ((alias, defaults[task]) for alias, task in _ALIASES)
    return (
        Function(
            package,
            "pipeline",
            Loader(
                package=package,
                name="pipeline",
                source=f"{package} {version} {pipelines}",
                repo_id=(Param(("model",), 1),),
                revision=_REVISION,
                reads="files",
                instead=_IN_OPTIONS,
                default_model=True,
                default_ids=(*defaults.items(), *aliased),
                default_for=Param(("task",), 0),
            ),
            options=2,
        ),
        Function(
            package,
            "*.from_pretrained",
            Loader(
                package=package,
                name="*.from_pretrained",
                source=f"{package} {version} {models}",
                repo_id=(_MODEL,),
                revision=_REVISION,
                reads="files",
                instead=_IN_OPTIONS,
            ),
            options=1,
        ),
    )


_SPEECH = Function(
    "kokoro-js",
    "*.from_pretrained",
    Loader(
        package="kokoro-js",
        name="KokoroTTS.from_pretrained",
        source="kokoro-js 1.2.1 types/kokoro.d.ts:21",
        repo_id=(Param(("model_id",), 0),),
        revision=None,
        reads="files",
        instead="serve the files of a pinned commit yourself and set env.remoteHost to them",
    ),
    options=1,
)


def _of_hub(name: str, source: str, key: str = "repo", downloads: bool = False) -> Function:
    loader = Loader(
        package="@huggingface/hub",
        name=name,
        source=f"@huggingface/hub 2.17.5 src/lib/{source}",
        repo_id=(Param((key,)),),
        revision=_REVISION,
        repo_type="space"
        if name == "spaceInfo"
        else "dataset"
        if name == "datasetInfo"
        else "model",
        reads="files",
        instead=_IN_OPTIONS,
        downloads=downloads,
        never_local=True,
    )
    return Function("@huggingface/hub", name, loader, options=0, designated=True)


_HUB = (
    _of_hub("downloadFile", "download-file.ts:13", downloads=True),
    _of_hub("snapshotDownload", "snapshot-download.ts:20", downloads=True),
    _of_hub("downloadFileToCacheDir", "download-file-to-cache-dir.ts:46", downloads=True),
    _of_hub("fileDownloadInfo", "file-download-info.ts:27"),
    _of_hub("fileExists", "file-exists.ts:7"),
    _of_hub("listFiles", "list-files.ts:53"),
    _of_hub("listCommits", "list-commits.ts:17"),
    _of_hub("pathsInfo", "paths-info.ts:51"),
    _of_hub("parseSafetensorsMetadata", "parse-safetensors-metadata.ts"),
    _of_hub("checkRepoAccess", "check-repo-access.ts:13"),
    _of_hub("repoExists", "repo-exists.ts:6"),
    _of_hub("modelInfo", "model-info.ts:16", key="name"),
    _of_hub("datasetInfo", "dataset-info.ts:9", key="name"),
    _of_hub("spaceInfo", "space-info.ts:10", key="name"),
    _of_hub("createRepo", "create-repo.ts"),
    _of_hub("deleteRepo", "delete-repo.ts"),
    _of_hub("commit", "commit.ts"),
    _of_hub("uploadFile", "upload-file.ts"),
    _of_hub("uploadFiles", "upload-files.ts"),
    _of_hub("deleteFile", "delete-file.ts"),
)

FUNCTIONS: tuple[Function, ...] = (
    *_transformers(
        "@huggingface/transformers",
        "4.3.1",
        "src/pipelines.js:100, src/pipelines/index.js:60",
        "src/models/modeling_utils.js:274, src/models/auto/tokenization_auto.js:45",
        _FOURTH,
    ),
    *_transformers(
        "@xenova/transformers",
        "2.17.2",
        "src/pipelines.js:2831",
        "src/models.js, src/tokenizers.js",
        _SECOND,
    ),
    _SPEECH,
    *_HUB,
)

MODULE = regex(
    r"(?:^|[/:])(@huggingface/(?:transformers|hub|inference)|@xenova/transformers|kokoro-js)(?=[@/+]|$)"
)
"""A package in what is imported: its name, `npm:name@version`, the address of a server of files."""

# @huggingface/transformers 4.3.1 src/env.js:255: what it is set to decides for all loads.
REMOTE_SWITCH = "allowRemoteModels"
REMOTE_HOST = "remoteHost"
HUB_HOSTS = regex(r"https?://(?:[\w-]+\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com)(?:/|$)")
"""Servers of the Hub's own files."""

KEYS = regex(r"model|repo|checkpoint|dataset|tokenizer|adapter", re.IGNORECASE)
"""Names of constants and entries whose texts are ids, in files that import one of the packages."""
