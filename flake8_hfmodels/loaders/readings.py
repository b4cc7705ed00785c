"""How each library reads the weights of a repo: which names, in which folders, which first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from flake8_hfmodels.loaders.row import Reads
from flake8_hfmodels.record import dataclass

How = Literal["tensors", "torch", "code", "unknown"]
"""What happens to a pickle.

tensors: the library passes weights_only=True, so that nothing else is made of it. torch: the
version of torch decides. code: what is in it runs. unknown: nobody has looked.
"""

Where = Literal["folder", "modules", "components", "anywhere"]
"""Which folders are read.

folder: the root, or the subfolder that the call names. modules: the root and each folder of a
module (`2_Dense`). components: each folder of a pipeline, all of them in the same format.
anywhere: every file whose whole path matches.
"""

First = Literal["safe", "pickle", "asked"]
"""Which of two files is taken; asked: the pickle only where use_safetensors=False asks for it."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One set of weights: what can be taken safely, and what is unpickled otherwise.

    A name stands for its shards, its index and its variants too, and a `*` for any characters.
    Of several pickled names the first one that is there is read.
    """

    safe: tuple[str, ...]
    pickled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a library reads the weights of a repo.

    `since` is the version of `library` that began to pass weights_only=True. `strict`:
    use_safetensors=True never falls back to a pickle. `twins`: a file that the call names gives
    way to a .safetensors file of the same name.
    """

    weights: tuple[Weights, ...]
    how: How = "tensors"
    library: str = ""
    since: str = ""
    where: Where = "folder"
    first: First = "safe"
    strict: bool = True
    twins: bool = False


_MODEL = Weights(("model.safetensors",), ("pytorch_model.bin",))
_ADAPTER = Weights(("adapter_model.safetensors",), ("adapter_model.bin",))

# transformers 5.23.0 modeling_utils.py:639-707, integrations/peft.py:267; 4.37.0 is the first
# version that restricts (modeling_utils.py:485).
_TRANSFORMERS = Reading((_MODEL, _ADAPTER), library="transformers", since="4.37")
# sentence_transformers 6.2.0 base/modules/module.py:383; 3.1.0 is the first that restricts.
_SENTENCES = Reading(
    (_MODEL, _ADAPTER), library="sentence-transformers", since="3.1", where="modules"
)
# diffusers 0.42.1 pipelines/pipeline_loading_utils.py:1127; its names are those of :97. 0.28.0 is
# the first version that restricts (models/modeling_utils.py, pull request 7393).
_PIPELINE = Reading(
    (
        Weights(
            ("diffusion_pytorch_model.safetensors", "model.safetensors"),
            ("diffusion_pytorch_model.bin", "pytorch_model.bin"),
        ),
    ),
    library="diffusers",
    since="0.28",
    where="components",
)
# vllm 0.33.0 model_executor/model_loader/weight_utils.py:1491; 0.7.0 is the first version that
# restricts (GHSA-rh4j-5rhw-hr54).
_ANY_NAME = Weights(("*.safetensors",), ("*.bin", "*.pt"))

READINGS: Mapping[str, tuple[Reading, ...]] = {
    "transformers": (_TRANSFORMERS,),
    "sentence_transformers": (_SENTENCES,),
    # huggingface_hub 2.4.0 hub_mixin.py:767; 0.25.0 is the first that restricts.
    "huggingface_hub": (Reading((_MODEL,), library="huggingface_hub", since="0.25"),),
    # peft 0.21.2 utils/save_and_load.py:745; 0.13.0 is the first that restricts.
    "peft": (Reading((_ADAPTER,), library="peft", since="0.13"),),
    # adapters 1.3.0 adapters/loading.py:167, utils.py:46; 1.1.0 is the first that restricts.
    "adapters": (
        Reading(
            (
                Weights(("adapter.safetensors",), ("pytorch_adapter.bin",)),
                Weights(("model_head.safetensors",), ("pytorch_model_head.bin",)),
            ),
            library="adapters",
            since="1.1",
            first="pickle",
            strict=False,
        ),
    ),
    # timm 1.0.31 timm/models/_hub.py:543; 1.0.9 is the first that restricts.
    "timm": (
        Reading(
            (
                _MODEL,
                Weights(("open_clip_model.safetensors",), ("open_clip_pytorch_model.bin",)),
            ),
            library="timm",
            since="1.0.9",
            twins=True,
        ),
    ),
    # open_clip_torch 3.3.0 open_clip/pretrained.py:866; 2.27.0 is the first that restricts.
    "open_clip": (
        Reading(
            (Weights(("open_clip_model.safetensors",), ("open_clip_pytorch_model.bin",)),),
            library="open_clip",
            since="2.27",
        ),
    ),
    # gliner, commit a6001a6 of 2024-09-12 (gliner/model.py).
    "gliner": (Reading((_MODEL,), library="gliner", since="0.2.21"),),
    "diffusers pipeline": (_PIPELINE,),
    # diffusers 0.42.1 models/modeling_utils.py:1074; models of transformers are components too.
    "diffusers": (Reading(_PIPELINE.weights, library="diffusers", since="0.28"),),
    # diffusers 0.42.1 loaders/lora_base.py:289: whichever file of the repo has the ending.
    "diffusers lora": (
        Reading(
            (Weights(("*.safetensors",), ("pytorch_lora_weights.bin", "*.bin")),),
            library="diffusers",
            since="0.28",
        ),
    ),
    # diffusers 0.42.1 loaders/unet.py:142.
    "diffusers processors": (
        Reading(
            (Weights(("pytorch_lora_weights.safetensors",), ("pytorch_lora_weights.bin",)),),
            library="diffusers",
            since="0.28",
        ),
    ),
    # diffusers 0.42.1 loaders/textual_inversion.py:40.
    "diffusers embedding": (
        Reading(
            (Weights(("learned_embeds.safetensors",), ("learned_embeds.bin",)),),
            library="diffusers",
            since="0.28",
        ),
    ),
    # diffusers 0.42.1 loaders/ip_adapter.py:59: the file is named by the call always.
    "diffusers named": (Reading((), library="diffusers", since="0.28"),),
    "vllm": (Reading((_ANY_NAME,), library="vllm", since="0.7"),),
    "vllm adapter": (
        Reading(
            (Weights(_ADAPTER.safe, ("adapter_model.bin", "adapter_model.pt")),),
            library="vllm",
            since="0.7",
        ),
    ),
    # sglang 0.5.10 still read a legacy archive without restriction: weight_utils.py:879.
    "sglang": (Reading((_ANY_NAME,), library="sglang", since="0.5.23"),),
    # text-generation-inference db931fcf server/text_generation_server/cli.py:233; 2.0.0 is the
    # first that restricts (pull request 1710).
    "text-generation-inference": (
        Reading((_ANY_NAME,), library="text-generation-inference", since="2.0"),
    ),
    # auto_gptq 0.7.1 modeling/_base.py; autoawq 0.2.9 awq/models/base.py: use_safetensors=True.
    "quantized": (Reading((_ANY_NAME,), how="unknown", first="asked"),),
    # bertopic 0.17.4 bertopic/_save_utils.py.
    "bertopic": (
        Reading(
            (
                Weights(("topic_embeddings.safetensors",), ("topic_embeddings.bin",)),
                Weights(("ctfidf.safetensors",), ("ctfidf.bin",)),
            ),
            how="unknown",
        ),
    ),
    # setfit 1.2.0 setfit/modeling.py:823: joblib.load, beside a body of sentence-transformers.
    "setfit": (Reading((Weights((), ("model_head.pkl",)),), how="code"), _SENTENCES),
    # huggingface_hub 2.4.0 fastai_utils.py:331.
    "fastai": (Reading((Weights((), ("model.pkl",)),), how="code"),),
    # flair 0.15.1 flair/file_utils.py:385.
    "flair": (Reading((Weights((), ("pytorch_model.bin",)),), how="code"),),
    # pyannote_audio 4.0.7 pyannote/audio/core/model.py:602; the folders are those of a pipeline.
    "pyannote": (Reading((Weights((), ("*pytorch_model.bin",)),), how="code", where="anywhere"),),
    # speechbrain 1.1.2: hyperparams.yaml names them.
    "speechbrain": (
        Reading(
            (Weights((), ("*.ckpt",)), Weights((), ("*.pt",)), Weights((), ("*.pth",))),
            how="code",
            where="anywhere",
        ),
    ),
    # speechbrain 1.1.2 integrations/audio_tokenizers/discrete_ssl.py:161: joblib.load.
    "k-means": (Reading((Weights((), ("*.pt",)),), how="code", where="anywhere"),),
    # The load() of stable_baselines3 unpickles members of the archive.
    "stable_baselines3": (
        Reading((Weights((), ("*.zip",)), Weights((), ("*.pkl",))), how="code", where="anywhere"),
    ),
    # unbabel_comet 2.2.7: download_model is followed by load_from_checkpoint.
    "comet": (Reading((Weights((), ("checkpoints/*.ckpt",)),), how="torch", where="anywhere"),),
    # espnet_model_zoo 0.1.11 downloader.py:421.
    "espnet": (Reading((Weights((), ("*.pth",)),), how="torch", where="anywhere"),),
    # doctr, snac 1.2.1 snac/snac.py:101, vocos 0.1.0 vocos/pretrained.py:63.
    "torch.load": (Reading((Weights((), ("pytorch_model.bin",)),), how="torch"),),
    # hqq 0.2.8 hqq/models/base.py:464.
    "hqq": (Reading((Weights((), ("qmodel.pt",)),), how="torch"),),
    # scvi_tools 1.5.1 scvi/hub/_model.py:242.
    "scvi": (Reading((Weights((), ("model.pt",)),), how="torch"),),
    # controlnet_aux 0.0.10: each annotator has a name of its own.
    "controlnet_aux": (
        Reading(
            (Weights((), ("*.pth",)), Weights((), ("*.pt",)), Weights((), ("*.ckpt",))),
            how="torch",
            where="anywhere",
        ),
    ),
    # transformer_lens 4.3.0 transformer_lens/utilities/hf_utils.py:163: torch.load.
    "named by the call": (Reading((), how="torch"),),
    "unknown": (Reading((_MODEL, _ADAPTER), how="unknown"),),
    "nothing": (),
}
"""How repos are read, under names that rows and packages refer to."""

BY_READS: Mapping[Reads, str] = {
    "weights": "unknown",
    "diffusers": "diffusers pipeline",
    "adapter": "peft",
}
"""What a loader reads, where its package is not in `BY_PACKAGE`; other kinds hold no pickles."""

BY_PACKAGE: Mapping[Reads, Mapping[str, tuple[str, ...]]] = {
    "weights": {
        "transformers": (
            *("transformers", "evaluate", "trl", "unsloth", "span_marker", "adapters", "flair"),
            *("speechbrain", "optimum", "whisperx", "smolagents", "gptqmodel", "auto_gptq"),
            *("ctranslate2", "llmcompressor", "langchain_huggingface", "langchain_community"),
            *("langchain", "langchain_classic", "llama_index", "haystack", "txtai"),
            *("haystack_integrations", "colbert", "ragatouille", "colpali_engine"),
            *("byaldi", "FlagEmbedding", "rerankers", "semantic_kernel", "llmlingua", "guidance"),
            *("presidio_analyzer", "llm_guard", "garak", "bert_score", "lm_eval", "lighteval"),
            *("inspect_ai", "wtpsplit", "spacy_transformers", "pysentimiento", "fastcoref"),
            *("docling", "surya", "texify", "nougat", "chronos", "nnsight", "transformer_lens"),
            *("distilabel", "bentoml", "axolotl", "llamafactory", "swift", "onnxruntime_genai"),
        ),
        "sentence_transformers": (
            *("sentence_transformers", "infinity_emb", "pylate", "keybert", "mteb", "chromadb"),
            *("lancedb", "pymilvus"),
        ),
        "huggingface_hub": ("huggingface_hub",),
        "diffusers": ("diffusers",),
        "timm": ("timm",),
        "open_clip": ("open_clip",),
        "gliner": ("gliner",),
        "vllm": ("vllm",),
        "sglang": ("sglang",),
        "text-generation-inference": ("text-generation-inference",),
        # Safetensors only, GGUF, or a reader of pickles that is not Python's.
        "nothing": (
            *("lerobot", "model2vec", "mlx_lm", "mlx_vlm", "mlx_whisper", "llama.cpp"),
            *("llama_cpp", "ollama", "docker", "text-embeddings-inference"),
        ),
    },
    "adapter": {
        "adapters": ("adapters",),
        "diffusers lora": ("diffusers",),
        "vllm adapter": ("vllm",),
    },
}
"""The reading of each package's rows, by what they read; a row's own `reader` goes before."""
