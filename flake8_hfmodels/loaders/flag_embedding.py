"""What FlagEmbedding loads from the Hub: the BGE embedders and rerankers."""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FOLDER
from flake8_hfmodels.loaders.row import Loader, Param

MODEL = Param(("model_name_or_path",), 0)
TRUST = Param(("trust_remote_code",))
INFERENCE = "FlagEmbedding 1.4.2 FlagEmbedding/inference"

ADAPTER = Loader(
    package="FlagEmbedding",
    name="FlagLLMReranker",
    source=f"{INFERENCE}/reranker/decoder_only/base.py:60",
    repo_id=(Param(("peft_path",)),),
    revision=None,
    reads="adapter",
    instead=FOLDER,
)

LOADERS: tuple[Loader, ...] = (
    *(
        Loader(
            package="FlagEmbedding",
            name=name,
            source=f"{INFERENCE}/embedder/encoder_only/m3.py:51",
            repo_id=(MODEL,),
            revision=None,
            trust_remote_code=TRUST,
            instead=FOLDER,
        )
        for name in ("FlagModel", "BGEM3FlagModel", "FlagLLMModel", "FlagICLModel")
    ),
    # Without the flag a table of the library's own decides: inference/embedder/model_mapping.py.
    *(
        Loader(
            package="FlagEmbedding",
            name=name,
            source=f"{INFERENCE}/{place}",
            repo_id=(MODEL,),
            revision=None,
            trust_remote_code=TRUST,
            instead=FOLDER,
        )
        for name, place in (
            ("*FlagAutoModel.from_finetuned", "auto_embedder.py:23"),
            ("*FlagAutoReranker.from_finetuned", "auto_reranker.py:24"),
        )
    ),
    # The tokenizer is loaded with the flag on, whatever the call says.
    *(
        Loader(
            package="FlagEmbedding",
            name=name,
            source=f"{INFERENCE}/reranker/decoder_only/base.py:60",
            repo_id=(MODEL,),
            revision=None,
            trust_remote_code=TRUST,
            instead=FOLDER,
            trust_by_default=True,
            also=(ADAPTER,),
        )
        for name in ("FlagLLMReranker", "LayerWiseFlagLLMReranker", "LightWeightFlagLLMReranker")
    ),
    Loader(
        package="FlagEmbedding",
        name="FlagReranker",
        source=f"{INFERENCE}/reranker/encoder_only/base.py:35",
        repo_id=(MODEL,),
        revision=None,
        trust_remote_code=TRUST,
        instead=FOLDER,
    ),
)
