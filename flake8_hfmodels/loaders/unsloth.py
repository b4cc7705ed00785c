"""What unsloth loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

MODEL = Param(("model_name",), 0)
TRUST = Param(("trust_remote_code",))

# With load_in_4bit, which is on, a name is changed for one of unsloth's own repos and the revision
# dropped, unless use_exact_model_name is set: unsloth/models/loader.py:1545.
LOADERS: tuple[Loader, ...] = (
    Loader(
        package="unsloth",
        name="FastLanguageModel.from_pretrained",
        source="unsloth 2026.10.9 unsloth/models/loader.py:1241",
        repo_id=(MODEL,),
        revision=Param(("revision",), 15),
        trust_remote_code=TRUST,
        options=("use_safetensors",),
        default_model=True,
        default_ids=(("", "unsloth/Llama-3.2-1B-Instruct"),),
    ),
    *(
        Loader(
            package="unsloth",
            name=name,
            source="unsloth 2026.10.9 unsloth/models/loader.py:2202",
            repo_id=(MODEL,),
            revision=Param(("revision",), 15),
            trust_remote_code=TRUST,
            options=("use_safetensors",),
            default_model=True,
            default_ids=(("", "unsloth/Llama-3.2-11B-Vision-Instruct-bnb-4bit"),),
        )
        for name in (
            "*FastModel.from_pretrained",
            "*FastVisionModel.from_pretrained",
            "*FastTextModel.from_pretrained",
        )
    ),
    Loader(
        package="unsloth",
        name="FastSentenceTransformer.from_pretrained",
        source="unsloth 2026.10.9 unsloth/models/sentence_transformer.py:2450",
        repo_id=(MODEL,),
        revision=Param(("revision",), 14),
        trust_remote_code=TRUST,
        options=("use_safetensors",),
        reader="sentence_transformers",
    ),
    Loader(
        package="unsloth",
        name="*.from_pretrained",
        source="unsloth 2026.10.9 unsloth/models/loader.py:1241",
        repo_id=(MODEL,),
        revision=Param(("revision",)),
        trust_remote_code=TRUST,
        options=("use_safetensors",),
    ),
)
