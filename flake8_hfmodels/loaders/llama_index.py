"""What LlamaIndex loads from the Hub, in its core and in its integrations."""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FASTEMBED, FOLDER
from flake8_hfmodels.loaders.nested import IN_ENGINE, IN_MODEL, IN_SENTENCES
from flake8_hfmodels.loaders.row import Loader, Param

MODEL_NAME = Param(("model_name",), 0)

LOADERS: tuple[Loader, ...] = (
    Loader(
        package="llama_index",
        name="HuggingFaceEmbedding",
        source="llama-index-embeddings-huggingface 0.8.0"
        " llama_index/embeddings/huggingface/base.py:123",
        repo_id=(MODEL_NAME,),
        revision=Param(("revision",)),
        trust_remote_code=Param(("trust_remote_code",), 11),
        bare_owner="sentence-transformers",
        default_model=True,
        default_ids=(("", "BAAI/bge-small-en"),),
        options=IN_SENTENCES,
        reader="sentence_transformers",
    ),
    # `model` is a model in memory, beside which the name does not count.
    Loader(
        package="llama_index",
        name="HuggingFaceLLM",
        source="llama-index-llms-huggingface 0.8.0 llama_index/llms/huggingface/base.py:187",
        repo_id=(Param(("model_name", "model"), 4),),
        revision=Param(("revision",), within="model_kwargs"),
        trust_remote_code=Param(("trust_remote_code",), within="model_kwargs"),
        takes_object=True,
        options=IN_MODEL,
        default_model=True,
        default_ids=(("", "StabilityAI/stablelm-tuned-alpha-3b"),),
        also=(
            Loader(
                package="llama_index",
                name="HuggingFaceLLM",
                source="llama-index-llms-huggingface 0.8.0"
                " llama_index/llms/huggingface/base.py:187",
                repo_id=(Param(("tokenizer_name",), 3),),
                revision=Param(("revision",), within="tokenizer_kwargs"),
                trust_remote_code=Param(("trust_remote_code",), within="tokenizer_kwargs"),
                reads="config",
            ),
        ),
    ),
    Loader(
        package="llama_index",
        name="Vllm",
        source="llama-index-llms-vllm 0.8.0 llama_index/llms/vllm/base.py:161",
        repo_id=(Param(("model",), 0),),
        revision=Param(("revision",), within="vllm_kwargs"),
        trust_remote_code=Param(("trust_remote_code",), 3),
        default_model=True,
        default_ids=(("", "facebook/opt-125m"),),
        options=IN_ENGINE,
        reader="vllm",
    ),
    Loader(
        package="llama_index",
        name="SentenceTransformerRerank",
        source="llama-index-core 0.14.25 llama_index/core/postprocessor/sbert_rerank.py:29",
        repo_id=(Param(("model",), 1),),
        revision=None,
        trust_remote_code=Param(("trust_remote_code",), 4),
        trust_by_default=True,
        instead=FOLDER,
        bare_owner="cross-encoder",
        default_model=True,
        default_ids=(("", "cross-encoder/stsb-distilroberta-base"),),
    ),
    # Behind "local:" a name without a slash is a folder, as that which fine-tuning writes.
    Loader(
        package="llama_index",
        name="resolve_embed_model",
        source="llama-index-core 0.14.25 llama_index/core/embeddings/utils.py:30",
        repo_id=(Param(("embed_model",), 0),),
        revision=None,
        instead="make a HuggingFaceEmbedding(revision=...) and pass that",
        prefixes=("local:",),
        names_elsewhere=True,
        takes_object=True,
        reader="sentence_transformers",
    ),
    Loader(
        package="llama_index",
        name="get_transformer_tokenizer_fn",
        source="llama-index-core 0.14.25 llama_index/core/utils.py:419",
        repo_id=(MODEL_NAME,),
        revision=None,
        reads="config",
        instead=FOLDER,
    ),
    Loader(
        package="llama_index",
        name="FastEmbedEmbedding",
        source="llama-index-embeddings-fastembed 0.7.0 llama_index/embeddings/fastembed/base.py:64",
        repo_id=(MODEL_NAME,),
        revision=None,
        reads="files",
        instead=FASTEMBED,
        never_local=True,
        default_model=True,
        default_ids=(("", "Qdrant/bge-small-en-v1.5-onnx-Q"),),
    ),
    Loader(
        package="llama_index",
        name="FlagEmbeddingReranker",
        source="llama-index-postprocessor-flag-embedding-reranker 0.6.0"
        " llama_index/postprocessor/flag_embedding_reranker/base.py:24",
        repo_id=(Param(("model",), 1),),
        revision=None,
        instead=FOLDER,
        default_model=True,
        default_ids=(("", "BAAI/bge-reranker-large"),),
    ),
    Loader(
        package="llama_index",
        name="ColbertRerank",
        source="llama-index-postprocessor-colbert-rerank 0.6.0"
        " llama_index/postprocessor/colbert_rerank/base.py:36",
        repo_id=(Param(("model",), 1), Param(("tokenizer",), 2)),
        revision=None,
        instead=FOLDER,
        default_model=True,
        default_ids=(("", "colbert-ir/colbertv2.0"),),
    ),
    Loader(
        package="llama_index",
        name="InstructorEmbedding",
        source="llama-index-embeddings-instructor 0.6.0"
        " llama_index/embeddings/instructor/base.py:30",
        repo_id=(MODEL_NAME,),
        revision=None,
        instead=FOLDER,
        bare_owner="sentence-transformers",
        default_model=True,
        default_ids=(("", "hkunlp/instructor-base"),),
        reader="sentence_transformers",
    ),
    # The tokenizer is loaded from the default branch, whatever the model is pinned to.
    Loader(
        package="llama_index",
        name="*OptimumEmbedding.create_and_save_optimum_model",
        source="llama-index-embeddings-huggingface-optimum 0.4.1"
        " llama_index/embeddings/huggingface_optimum/base.py:86",
        repo_id=(Param(("model_name_or_path",), 0),),
        revision=Param(("revision",), within="export_kwargs"),
        trust_remote_code=Param(("trust_remote_code",), within="export_kwargs"),
        reads="files",
    ),
    Loader(
        package="llama_index",
        name="SentenceTransformersFinetuneEngine",
        source="llama-index-finetuning 0.4.2"
        " llama_index/finetuning/embeddings/sentence_transformer.py:15",
        repo_id=(Param(("model_id",), 1),),
        revision=None,
        trust_remote_code=Param(("trust_remote_code",), 10),
        instead=FOLDER,
        bare_owner="sentence-transformers",
        default_model=True,
        default_ids=(("", "BAAI/bge-small-en"),),
        reader="sentence_transformers",
    ),
    # Clients of a server: nothing is downloaded here.
    *(
        Loader(
            package="llama_index",
            name=name,
            source=source,
            repo_id=(Param(parameters, position),),
            revision=None,
            downloads=False,
            never_local=True,
        )
        for name, parameters, position, source in (
            (
                "HuggingFaceInferenceAPI",
                ("model_name", "model"),
                None,
                "llama-index-llms-huggingface-api 0.8.0"
                " llama_index/llms/huggingface_api/base.py:46",
            ),
            (
                "HuggingFaceInferenceAPIEmbedding",
                ("model_name",),
                None,
                "llama-index-embeddings-huggingface-api 0.6.0"
                " llama_index/embeddings/huggingface_api/base.py:25",
            ),
            (
                "VllmServer",
                ("model",),
                0,
                "llama-index-llms-vllm 0.8.0 llama_index/llms/vllm/base.py:385",
            ),
        )
    ),
)
