"""What the names of keys say of their values, in files of which nobody knows who reads them.

Names are in one spelling: `modelId`, `model-id` and `MODEL_ID` are all `model_id`.
"""

from __future__ import annotations

import re

from flake8_hfmodels.loaders.row import Loader, Param, Reads, RepoType
from flake8_hfmodels.regex import regex

SOURCE = (
    "transformers 5.23.0 examples; trl 1.16.0 trl/trainer/model_config.py; huggingface_hub 2.4.0:"
    " the names that their parameters have"
)

_WHAT = (
    r"(?:models?|repos?|repository|datasets?|data_sets?|tokenizers?|checkpoints?|ckpt|adapters?|loras?"
    r"|embeddings?|embedders?|rerankers?|base_model|processor|encoder|decoder|vae|unet|llm|vlm)"
)
_FORMS = r"(?:_(?:names?|ids?|paths?|repos?|repo_ids?|names_or_paths|name_or_path|id_or_path))?"

HUB_KEY = regex(
    r"(?:\w+_)?name_or_path|(?:\w+_)?repo_ids?|(?:\w+_)?(?:name|id)_or_path"
    rf"|(?:\w+_)?(?:hf|hugging_?face)_(?:hub_)?(?:\w+_)??{_WHAT}{_FORMS}"
    rf"|(?:\w+_)?(?:hf|hugging_?face)(?:_hub)?_(?:names?|ids?|paths?)|{_WHAT}_hf(?:_id|_name|_path)?"
    rf"|base_model{_FORMS}"
)
"""The value is the id of a repo wherever it has the form of one."""

MODEL_KEY = regex(
    r"(?:\w+_)?(?:models?|tokenizers?|processor|checkpoints?|ckpt|adapters?|loras?|encoder|embedder"
    r"|embeddings?|embed|reranker|cross_encoder|backbone|vae|unet|controlnet|teacher|student|llm"
    r"|vlm|vision_tower|text_encoder|draft|pretrained|base|pipeline)\d*"
    r"(?:_(?:names?|ids?|paths?|repos?|uri|checkpoint|tag|default|weights|source|\d+|to_use|s))*"
    r"|(?:\w+_)?models?_(?:list|to_\w+|names?_\w+)|(?:init_)?(?:from_)?pretrained(?:_\w+)?"
    r"|lora_weights|supported_models|weights|transformers?|sentence_transformers?"
    r"|hugging_?face(?:_hub)?|hf|gliner|diffusers|vllm"
)
"""The value names a model, or what belongs to one; its own look has to say the rest."""

DATASET_KEY = regex(
    r"(?:\w+_)?(?:datasets?|data_sets?|corpus|corpora)(?:_(?:names?|ids?|paths?|repos?|uri))*"
    r"|(?:\w+_)?datasets?_(?:list|mixer|mixture)|(?:train|eval|test|val|valid|validation)_data"
)

DATA_KEY = regex(r"(?:\w+_)?data")
"""What it speaks of may be data of the Hub, if what stands beside it says so."""

HINTED_KEY = frozenset({"id", "path", "repo"})
"""A key that names a repo where what stands beside it says that the Hub is read."""

PART_KEY = frozenset(
    """
    name id path source repo repository uri url default value values key train test eval validation
    primary fallback main base small medium large first second target
    """.split()
)
"""A key that is part of what the key above it speaks of: `model: {name: …}`."""

DATA_WORD = regex(r"(?:^|_)(?:datasets?|data_sets?|corpus|corpora)(?:_|$)|_data$")
SPACE_WORD = regex(r"(?:^|_)spaces?(?:_id|_name)?$")

NAMES_OF_THINGS = frozenset(
    "annotations defaults labels match_labels node_selector selector tags".split()
)
"""What stands under these keys says how a thing is called: Kubernetes, compose, Hydra."""

OTHER_KEY = regex(
    r"(?:\w+_)?(?:image|images|dir|directory|folder|file|files|filename|filenames|type|kind|class|cls"
    r"|format|registry|tag|tags|host|port|alias|size|dim|token|secret|password|group|user|username"
    r"|branch|package|packages|uses|license|licence|mime|mime_type|content_type|media_type|mediatype"
    r"|target|_target_|component|_component_|class_path|module|import|schema|api_version|group_kind"
    r"|project|project_name|project_id|entity|experiment|experiment_name|run_name"
    r"|route|routes|endpoint|prefix|key|topic|queue|bucket|volume|volumes|mount|mount_path|workdir"
    r"|working_dir|cwd|context|dockerfile|label|labels|selector|annotations|timezone|tz|locale"
    r"|unit|units|local|members?|exclude|includes?|workspaces?|paths|globs?|@type|author|authors|maintainer|organization|sha|digest|integrity|resolved|checksum)"
    r"|repository|chart|defaults|(?:upload|push|output|out|save|export|dest|destination|log|cache|served)_\w+"
    r"|\w+_(?:upload|output)(?:_\w+)?|ms_\w+|(?:\w+_)?modelscope(?:_\w+)?|hub_model_id|served_name|(?:\w+_)?(?:prompt|template|glob)\w*"
)
"""The value is something else, or the place where results go."""

SUBSETS = {"dataset_name": "dataset_path"}
"""A key that names a part of the repo that the other key beside it names (lm-eval's tasks)."""

UPLOAD_KEY = regex(
    r"push_to_hub|private|(?:\w+_)?path_in_repo|commit_message|(?:\w+_)?repo_(?:visibility|private)"
)
"""A key beside `repo_id` that only what writes to a repo understands: lerobot, sd-scripts."""

UPLOADED_KEY = regex(
    r"(?:\w+_)?hub_(?:model|repo|dataset)_id|push_to_hub_\w+|(?:upload|push)_(?:to_)?repo(?:_id)?"
)
"""The value is the repo that results are written to."""

TAKING_IDS = frozenset(
    "deepinfra featherless_ai hf hosted_vllm huggingface openai sglang tgi vllm".split()
)
"""Providers that take a model by its id on the Hub, behind their own name and a slash."""

DOMAIN = regex(r".+\.(?:com|net|org|io|dev|ai|cloud|sh|co|k8s|app|tech|local|internal)", re.I)
"""Instead of an owner: where an API group, an image or a type comes from."""

IMAGE_KEYS = frozenset({"image", "images", "tags", "cache_from", "cache_to"})
"""The value is a list of images in one text: docker/metadata-action, docker/build-push-action."""

LINK_KEY = regex(
    r"(?:\w+_)?(?:description\w*|comments?|note|notes|doc|docs|documentation|homepage|help|summary"
    r"|readme|citation|reference|references|title|about|website|issues|bugs|changelog|link|links"
    r"|see|see_also|paper|message|text|prompt|prompts|question|answer|content|abstract|license_link"
    r"|repository|funding|author|authors|tooltip|label|headline|body|source_code|\$?schema|\$id)"
)
"""What people read: nothing loads what is named there."""

SAYS_HUB = regex(
    r"(?:\w+_)?revision|trust_remote_code|use_auth_token|(?:hf|hugging_?face)_\w+|(?:torch_)?dtype"
    r"|device_map|load_in_[48]bit|attn_implementation|use_safetensors|repo_type|model_kwargs"
    r"|tokenizer_kwargs|quantization_config|use_fast|use_flash_attention(?:_2)?|bnb_4bit_\w+"
    r"|gguf_file|max_model_len|tensor_parallel_size|gpu_memory_utilization|low_cpu_mem_usage"
    r"|pretrained_model_name_or_path|model_name_or_path|is_fast_tokenizer"
)
"""A key beside it that only what reads the Hub understands."""

SAYS_DATASET = regex(
    r"splits?|(?:\w+_)?split|streaming|subset|data_files|text_column|(?:\w+_)column|config_name"
    r"|dataset_config(?:_name)?|trust_remote_code|revision|hf_\w+|num_proc"
)
"""The same, of data: parameters of `datasets.load_dataset`, and columns."""

LIBRARIES = frozenset(
    """
    huggingface hugging_face hf huggingface_hub hf_hub hub transformers sentence_transformers
    sentence-transformers vllm sglang tgi tei peft diffusers hf_transformers huggingface_local
    hf-local hflm local-hf
    """.split()
)
"""A provider, a backend or a type that loads from the Hub by itself."""

CHOICE_KEY = regex(
    r"_type|(?:\w+_)?(?:provider|backend|engine|framework|library|vendor|type|source|loader|platform"
    r"|api_type|client|model_provider|custom_llm_provider|hosted_by)"
)
"""A key that says who loads or serves."""

REMOTE = frozenset(
    """
    ai21 anthropic anyscale azure azure_openai azureopenai bedrock cerebras cloudflare cohere
    dashscope deepinfra deepseek fireworks fireworks_ai gemini google google_genai googleai groq
    hf-inference hf_inference huggingface_api huggingface_endpoint huggingfacehub
    huggingfaceendpoint huggingfaceinferenceapi huggingface_inference huggingface_inference_api
    inference-api inference_api serverless_inference_api inference_endpoints api_params
    litellm lmstudio mistral mistralai moonshot nebius nim novita nvidia nvidia_nim ollama openai
    openai_compatible openai-compatible openrouter perplexity replicate sambanova siliconflow
    together together_ai togetherai vertex vertexai vertex_ai volcengine voyage xai zhipu
    """.split()
)
"""A provider whose server loads what it wants; `hf-inference` is the Hub's own server."""

REMOTE_KEY = regex(
    r"(?:\w+_)?api_(?:base|key|key_\w+|url|endpoint|version|type)|(?:\w+_)?base_url|azure_endpoint"
    r"|(?:\w+_)?endpoint(?:_url)?|openai_\w+|litellm_params|inference_provider|api_params"
    r"|(?:\w+_)?server_(?:url|address|auth)|huggingfacehub_api_token"
    # What a server was asked, and what it answered: platform.openai.com/docs/api-reference
    r"|choices|messages|usage|system_fingerprint|finish_reason|completion|generated_text"
)
"""A key beside it that only a client of a server understands, or that its answers have."""

REVISION_NAMES = (
    *("revision", "model_revision", "revision_of_model", "commit", "commit_hash", "commit_sha"),
    *("sha", "git_revision", "hf_revision", "rev", "commit_id", "git_sha", "hf_hub_revision"),
)
"""Keys beside an id that hold its revision, whatever the key of the id is."""

ENDINGS = (
    *("_name_or_path", "_id_or_path", "_repo_id", "_name", "_id", "_repo", "_path", "_model"),
    *("_uri", "_hf"),
)
"""What the key of an id has behind the word that it has in common with that of its revision."""

TRUST_KEY = regex(r"(?:\w+_)?trust_remote_code")

OPTIONS_KEY = regex(r"(?:\w+_)?(?:kwargs|args|arguments|options|params|parameters|config|init)")
"""A mapping of options for what is named beside it."""

TOOL_KEYS = frozenset({"no_trust_remote_code", "dont_trust_remote_code", "allow_trust_remote_code"})
"""Keys that only sound as if they let code run."""

PREFIXES = ("hf-hub:", "hf_hub:", "huggingface:", "hf:/", "hf:", "local:")
"""What stands before an id that means the Hub: timm 1.0.31, open_clip 3.3, mlflow 3.18, llama_index
0.14 (which loads `local:org/name` here)."""


def generic_loader(key: str, pin: str, repo_type: RepoType, reads: Reads) -> Loader:
    """The row for a key of which only the name is known; `pin` is where its revision belongs."""
    return Loader(
        package="",
        name=key,
        source=SOURCE,
        repo_id=(Param((key,)),),
        revision=Param((pin,)),
        repo_type=repo_type,
        reads=reads,
        trust_remote_code=Param(("trust_remote_code",)),
    )
