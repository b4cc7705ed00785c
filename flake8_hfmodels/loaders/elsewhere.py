"""Names that look as if they meant the Hub and do not: other hubs, local builders, legacy ids."""

from __future__ import annotations

OTHER_HUBS = frozenset(
    {
        # hubs of their own with the same method names: the documentation of modelscope,
        # kagglehub, mindnlp, paddlenlp
        "modelscope",
        "kagglehub",
        "mindnlp",
        "mindspore",
        "paddlenlp",
        "paddle",
        # weights from the projects' own servers or release pages: their READMEs
        "efficientnet_pytorch",
        "pytorch_pretrained_vit",
        "pretrainedmodels",
        "pytorch_pretrained_bert",
        "resnet_pytorch",
        # Embedding.from_pretrained takes a tensor: torch 2.13 torch/nn/modules/sparse.py
        "torch",
        "torchvision",
        "spacy",
        "seaborn",
        "sklearn",
        "tensorflow_hub",
        "builtins",
    }
)
"""Root packages whose `from_pretrained`, `snapshot_download` … do not read the Hub."""

HUB_PACKAGES = frozenset(
    {
        "transformers",
        "diffusers",
        "datasets",
        "huggingface_hub",
        "sentence_transformers",
        "peft",
        "evaluate",
        "vllm",
        "timm",
        "tokenizers",
        "accelerate",
        "optimum",
        "trl",
        "adapters",
        "setfit",
        "safetensors",
        "gliner",
        "unsloth",
        "auto_gptq",
        "awq",
        "ctransformers",
        "open_clip",
        "kernels",
    }
)
"""Root packages whose import says that a file works with the Hub."""

# datasets 5.2.0 datasets/packaged_modules/__init__.py: read local or remote files, not a repo.
PACKAGED_BUILDERS = frozenset(
    {
        "arrow",
        "audiofolder",
        "cache",
        "csv",
        "generator",
        "hdf5",
        "imagefolder",
        "json",
        "lance",
        "nifti",
        "pandas",
        "parquet",
        "pdffolder",
        "spark",
        "sql",
        "text",
        "videofolder",
        "webdataset",
        "xml",
    }
)

# Folders that programs write checkpoints to. `outputs/best` may be a repo, and hardly ever is;
# `datasets/…` and `spaces/…` are pages of the Hub itself.
FOLDERS = frozenset(
    """
    artifacts assets cache checkpoint checkpoints ckpt ckpts data datasets dist exp experiments
    files finetuned fine_tuned local logs model models out output outputs path pretrained
    pretrained_models result results runs save saved saved_model saved_models spaces src temp tmp
    trained_models weights work_dir work_dirs
    """.split()
)

# What manuals write where the reader is to put a name of their own, and how paths and buckets
# begin. Nobody is to be asked of it.
PLACEHOLDERS = frozenset(
    """
    _ gs hf.co home huggingface.co mnt s3
    my-org my_org myorg namespace org_name org-name organization organisation owner user
    user_name user-name username your-name your_name your-org your_org your-username your_username
    your-hf-username your_hf_username
    """.split()
)

# sentence-transformers 6.2.0 sentence_transformers/util/misc.py:307: the first repos of
# transformers, which no library puts a namespace of its own in front of.
FIRST_REPOS = frozenset(
    """
    albert-base-v1 albert-base-v2 albert-large-v1 albert-large-v2 albert-xlarge-v1
    albert-xlarge-v2 albert-xxlarge-v1 albert-xxlarge-v2 bert-base-cased
    bert-base-cased-finetuned-mrpc bert-base-chinese bert-base-german-cased
    bert-base-german-dbmdz-cased bert-base-german-dbmdz-uncased bert-base-multilingual-cased
    bert-base-multilingual-uncased bert-base-uncased bert-large-cased
    bert-large-cased-whole-word-masking bert-large-cased-whole-word-masking-finetuned-squad
    bert-large-uncased bert-large-uncased-whole-word-masking
    bert-large-uncased-whole-word-masking-finetuned-squad camembert-base ctrl
    distilbert-base-cased distilbert-base-cased-distilled-squad distilbert-base-german-cased
    distilbert-base-multilingual-cased distilbert-base-uncased
    distilbert-base-uncased-distilled-squad distilbert-base-uncased-finetuned-sst-2-english
    distilgpt2 distilroberta-base gpt2 gpt2-large gpt2-medium gpt2-xl openai-gpt roberta-base
    roberta-base-openai-detector roberta-large roberta-large-mnli roberta-large-openai-detector
    t5-11b t5-3b t5-base t5-large t5-small transfo-xl-wt103 xlm-clm-ende-1024 xlm-clm-enfr-1024
    xlm-mlm-100-1280 xlm-mlm-17-1280 xlm-mlm-en-2048 xlm-mlm-ende-1024 xlm-mlm-enfr-1024
    xlm-mlm-enro-1024 xlm-mlm-tlm-xnli15-1024 xlm-mlm-xnli15-1024 xlm-roberta-base
    xlm-roberta-large xlm-roberta-large-finetuned-conll02-dutch
    xlm-roberta-large-finetuned-conll02-spanish xlm-roberta-large-finetuned-conll03-english
    xlm-roberta-large-finetuned-conll03-german xlnet-base-cased xlnet-large-cased
    """.split()
)

# Keywords that only loaders of the Hub take: huggingface_hub 2.4.0 hub_mixin.py:453,
# transformers 5.23.0 modeling_utils.py.
HUB_KEYWORDS = frozenset(
    {
        "revision",
        "trust_remote_code",
        "use_auth_token",
        "token",
        "cache_dir",
        "force_download",
        "local_files_only",
        "torch_dtype",
        "device_map",
        "subfolder",
    }
)
