"""What names of variables say of their values: a repo, its revision, or something else."""

from __future__ import annotations

import re

from flake8_hfmodels.loaders.row import Loader, Param
from flake8_hfmodels.regex import regex

VARIABLE = Loader(
    package="",
    name="a variable",
    source="text-generation-inference db931fcf launcher/src/main.rs; hub-docs 242f4a1e"
    " docs/hub/spaces-sdks-docker.md: programs read the repo from the environment",
    repo_id=(Param(("value",)),),
    revision=Param(("REVISION",)),
    reads="files",
    instead="give its full commit hash to whatever loads it",
)
"""A variable whose name and value say that a repo is meant."""

# text-generation-inference, text-embeddings-inference: MODEL_ID. sagemaker's containers:
# HF_MODEL_ID. huggingface_hub calls every id a repo_id, transformers' examples
# model_name_or_path.
HUB_NAME = regex(
    r"(?:^|_)(?:HF|HUGGING_?FACE)_(?:[A-Z0-9]+_)*"
    r"(?:MODELS?|REPO|REPOSITORY|DATASETS?|TOKENIZER|ADAPTER|LORA|EMBEDDINGS?|CHECKPOINT)"
    r"(?:_(?:IDS?|NAMES?|REPO|PATH|CATALOG|LIST))*$"
    r"|(?:^|_)(?:MODEL|ADAPTER|TOKENIZER|DATASET|EMBEDDING|RERANKER|LORA|DRAFT_MODEL)_(?:REPO_)?ID$"
    r"|(?:^|_)(?:MODEL|GGUF|DATASET|ADAPTER|LORA|WEIGHTS|TOKENIZER|EMBEDDING)_REPO(?:_NAME)?$"
    r"|(?:^|_)REPO_ID$|(?:^|_)(?:MODEL|TOKENIZER|PRETRAINED)_NAME_OR_PATH$"
    r"|(?:^|_)TRANSFORMERS?_MODEL(?:_NAME)?$"
)
"""A name, in upper case, whose value is the id of a repo wherever it has the form of one."""

MODEL_NAME = regex(
    r"(?:^|_)(?:MODELS?|TOKENIZER|EMBEDDER|EMBEDDINGS?|RERANKER|DATASETS?|DATA_SET|CHECKPOINT|LLM"
    r"|VLM|LORA|ADAPTER|ENCODER|BACKBONE|VAE|CONTROLNET|PRETRAINED)\d*"
    r"(?:_(?:NAMES?|IDS?|DEFAULT|TO_USE|STR|\d+|SMALL|BASE|LARGE|FALLBACK|LIST))*$"
    r"|(?:^|_)(?:MODEL|DATASET|TOKENIZER)_(?:NAME|CHECKPOINT|PATH)_?\w{0,12}$"
    r"|(?:^|_)(?:EMBEDDINGS?|EMBED|LLM|RERANK(?:ER)?|WHISPER|STT|TTS|ASR|VLM|BASE|CHAT|DRAFT)_MODEL"
    r"(?:_[A-Z0-9]+){0,2}$"
)
"""A name, in upper case, that speaks of a model or of data."""

OTHER_NAME = regex(
    r"(?:^|_)(?:IMAGE|DIR|DIRECTORY|FOLDER|FILE|FILENAME|TYPE|KIND|CLASS|FORMAT|PROVIDER|BACKEND"
    r"|REGISTRY|TAG|HOST|PORT|ALIAS|SIZE|DIM|DIMENSIONS?|KEY|TOKEN|SECRET|PASSWORD|VERSION|GROUP"
    r"|ENDPOINT|SERVED_MODEL_NAME|SERVED_NAME|USER|USERNAME|BRANCH|PACKAGE)$"
    r"|(?:^|_)(?:UPLOAD|PUSH|OUTPUT|OUT|DEST|TARGET|HUB_MODEL|DOCKER|GITHUB|GIT|S3|KAGGLE|WANDB"
    r"|MODELSCOPE|CONTAINER|OLLAMA)(?:_|$)"
)
"""A name, in upper case, that speaks of something else, or of where results go."""

PATH_NAME = regex(r"(?:^|_)PATH(?:_|$)")
"""A name that speaks of a path: an id may stand there, and hardly ever does."""

SERVED_NAME = regex(
    r"(?:^|_)(?:OPENROUTER|OPENAI|LITELLM|TOGETHER(?:AI)?|GROQ|FIREWORKS|DEEPINFRA|NOVITA|NEBIUS"
    r"|REPLICATE|ANTHROPIC|GEMINI|BEDROCK|AZURE|VERTEX|COHERE|SILICONFLOW|NVIDIA_NIM|API)(?:_|$)"
)
"""A name that speaks of somebody else's server, which loads what it wants."""

SERVED = regex(
    r"openrouter|api\.together|together_?ai|\bgroq\b|fireworks_?ai|deepinfra|litellm|siliconflow"
    r"|(?:api-inference|router)\.huggingface\.co|openai_(?:api_)?base|openai_api_key|api_base_url"
    r"|llm_base_url|integrate\.api\.nvidia|novita\.ai|nebius",
    re.IGNORECASE,
)
"""In a file that speaks so, the name of a model is likely one that a server is asked for."""

DATASET_NAME = regex(r"(?:^|_)DATA_?SETS?(?:_|$)")
SPACE_NAME = regex(r"(?:^|_)SPACE(?:_ID|_NAME|_REPO)?$")

REVISIONS = ("REVISION", "REV", "SHA", "COMMIT", "COMMIT_HASH", "COMMIT_SHA", "HASH")
"""How the name of the variable ends that holds the revision of another one."""

ENDINGS = ("_ID", "_NAME", "_REPO", "_PATH", "_NAME_OR_PATH", "_REPO_ID", "_MODEL", "_DEFAULT")
"""What a variable for an id has behind the words that it has in common with its revision."""

ANY_REVISION = ("REVISION", "MODEL_REVISION", "HF_MODEL_REVISION", "HF_REVISION", "MODEL_SHA")
"""The names of a revision where there is but one repo that it can be of."""

SECRET_NAME = regex(r"(?:^|_)(?:KEY|TOKEN|SECRETS?|PASS|PASSWORD|PASSWD|CREDENTIALS?)(?:_|$)")
"""A name whose value nobody is to be shown, whatever it looks like."""
