"""What vector stores load from the Hub to embed and to rank: Chroma, LanceDB, Milvus, Qdrant."""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FASTEMBED, FOLDER
from flake8_hfmodels.loaders.row import Loader, Param

MODEL_NAME = Param(("model_name",), 0)
REVISION = Param(("revision",))
TRUST = Param(("trust_remote_code",))
NAME = Param(("name",))
ALL_MINILM = (("", "sentence-transformers/all-MiniLM-L6-v2"),)

CHROMA = "chromadb 1.5.9 chromadb/utils/embedding_functions"
LANCE = "lancedb 0.40.0 lancedb"
MILVUS = "pymilvus-model 0.3.4 pymilvus/model"

LOADERS: tuple[Loader, ...] = (
    Loader(
        package="chromadb",
        name="SentenceTransformerEmbeddingFunction",
        source=f"{CHROMA}/sentence_transformer_embedding_function.py:13",
        repo_id=(MODEL_NAME,),
        revision=REVISION,
        trust_remote_code=TRUST,
        bare_owner="sentence-transformers",
        default_model=True,
        default_ids=ALL_MINILM,
    ),
    Loader(
        package="chromadb",
        name="HuggingFaceSparseEmbeddingFunction",
        source=f"{CHROMA}/huggingface_sparse_embedding_function.py:23",
        repo_id=(MODEL_NAME,),
        revision=REVISION,
        trust_remote_code=TRUST,
        bare_owner="sparse-encoder",
    ),
    *(
        Loader(
            package="chromadb",
            name=name,
            source=f"{CHROMA}/{place}",
            repo_id=(MODEL_NAME,),
            revision=None,
            instead=FOLDER,
            bare_owner=owner,
            default_model=True,
            default_ids=(("", default),),
        )
        for name, owner, default, place in (
            (
                "InstructorEmbeddingFunction",
                "sentence-transformers",
                "hkunlp/instructor-base",
                "instructor_embedding_function.py:14",
            ),
            (
                "Text2VecEmbeddingFunction",
                None,
                "shibing624/text2vec-base-chinese",
                "text2vec_embedding_function.py:12",
            ),
        )
    ),
    # The name of an architecture of open_clip, whose checkpoint stands for a repo.
    Loader(
        package="chromadb",
        name="OpenCLIPEmbeddingFunction",
        source=f"{CHROMA}/open_clip_embedding_function.py:24",
        repo_id=(MODEL_NAME,),
        revision=None,
        instead="download a pinned checkpoint with hf_hub_download(revision=...)"
        " and pass its path as checkpoint",
        names_elsewhere=True,
        default_model=True,
        reader="open_clip",
    ),
    Loader(
        package="chromadb",
        name="FastembedSparseEmbeddingFunction",
        source=f"{CHROMA}/fastembed_sparse_embedding_function.py:19",
        repo_id=(MODEL_NAME,),
        revision=None,
        reads="files",
        instead=FASTEMBED,
        never_local=True,
    ),
    # A client of a server.
    Loader(
        package="chromadb",
        name="HuggingFaceEmbeddingFunction",
        source=f"{CHROMA}/huggingface_embedding_function.py:15",
        repo_id=(Param(("model_name",), 1),),
        revision=None,
        downloads=False,
        never_local=True,
    ),
    *(
        Loader(
            package="lancedb",
            name=name,
            source=f"{LANCE}/embeddings/{place}",
            repo_id=(NAME,),
            revision=None,
            trust_remote_code=TRUST,
            trust_by_default=trusting,
            instead=FOLDER,
            bare_owner=owner,
            default_model=True,
            default_ids=(("", default),),
        )
        for name, trusting, owner, default, place in (
            (
                "SentenceTransformerEmbeddings",
                True,
                "sentence-transformers",
                "sentence-transformers/all-MiniLM-L6-v2",
                "sentence_transformers.py:16",
            ),
            (
                "TransformersEmbeddingFunction",
                False,
                None,
                "colbert-ir/colbertv2.0",
                "transformers.py:19",
            ),
            ("ColbertEmbeddings", False, None, "colbert-ir/colbertv2.0", "transformers.py:84"),
            (
                "InstructorEmbeddingFunction",
                False,
                "sentence-transformers",
                "hkunlp/instructor-base",
                "instructor.py:16",
            ),
            (
                "GteEmbeddings",
                False,
                "sentence-transformers",
                "thenlper/gte-large",
                "gte.py:17",
            ),
        )
    ),
    # Which function the registry gives is said in another call: get_registry().get(kind). Names
    # of paid services have no slash.
    Loader(
        package="lancedb",
        name="*get_registry().get().create",
        source=f"{LANCE}/embeddings/sentence_transformers.py:16",
        repo_id=(NAME,),
        revision=None,
        trust_remote_code=TRUST,
        instead=FOLDER,
        names_elsewhere=True,
    ),
    Loader(
        package="lancedb",
        name="CrossEncoderReranker",
        source=f"{LANCE}/rerankers/cross_encoder.py:42",
        repo_id=(MODEL_NAME,),
        revision=None,
        trust_remote_code=Param(("trust_remote_code",), 4),
        trust_by_default=True,
        instead=FOLDER,
        bare_owner="cross-encoder",
        default_model=True,
        default_ids=(("", "cross-encoder/ms-marco-TinyBERT-L-6"),),
    ),
    *(
        Loader(
            package="lancedb",
            name=name,
            source=f"{LANCE}/rerankers/{place}",
            repo_id=(Param(("model_name",), position),),
            revision=None,
            instead=FOLDER,
            default_model=True,
            default_ids=(("", default),),
        )
        for name, position, default, place in (
            ("ColbertReranker", 0, "colbert-ir/colbertv2.0", "colbert.py:25"),
            (
                "AnswerdotaiRerankers",
                1,
                "answerdotai/answerai-colbert-small-v1",
                "answerdotai.py:32",
            ),
        )
    ),
    Loader(
        package="pymilvus",
        name="SentenceTransformerEmbeddingFunction",
        source=f"{MILVUS}/dense/sentence_transformer.py:10",
        repo_id=(MODEL_NAME,),
        revision=REVISION,
        trust_remote_code=TRUST,
        bare_owner="sentence-transformers",
        default_model=True,
        default_ids=ALL_MINILM,
    ),
    *(
        Loader(
            package="pymilvus",
            name=name,
            source=f"{MILVUS}/{place}",
            repo_id=(Param((parameter,), 0),),
            revision=None,
            instead=FOLDER,
            bare_owner=owner,
            default_model=True,
            default_ids=(("", default),),
        )
        for name, parameter, owner, default, place in (
            ("BGEM3EmbeddingFunction", "model_name", None, "BAAI/bge-m3", "hybrid/bge_m3.py:17"),
            (
                "MGTEEmbeddingFunction",
                "model_name",
                None,
                "Alibaba-NLP/gte-multilingual-base",
                "hybrid/mgte.py:21",
            ),
            (
                "SpladeEmbeddingFunction",
                "model_name",
                None,
                "naver/splade-cocondenser-ensembledistil",
                "sparse/splade.py:44",
            ),
            (
                "InstructorEmbeddingFunction",
                "model_name",
                "sentence-transformers",
                "hkunlp/instructor-xl",
                "dense/instructor.py:8",
            ),
            (
                "Model2VecEmbeddingFunction",
                "model_source",
                None,
                "minishlab/potion-base-8M",
                "dense/model2vec_embed.py:9",
            ),
            (
                "BGERerankFunction",
                "model_name",
                None,
                "BAAI/bge-reranker-v2-m3",
                "reranker/bgereranker.py:8",
            ),
        )
    ),
    Loader(
        package="pymilvus",
        name="CrossEncoderRerankFunction",
        source=f"{MILVUS}/reranker/cross_encoder.py:8",
        repo_id=(MODEL_NAME,),
        revision=None,
        instead=FOLDER,
        bare_owner="cross-encoder",
    ),
    # fastembed runs here unless the client was made with cloud_inference=True.
    *(
        Loader(
            package="qdrant_client",
            name=name,
            source="qdrant_client 1.20.0 qdrant_client/http/models/models.py:915",
            repo_id=(Param(("model",)),),
            revision=None,
            reads="files",
            instead=FASTEMBED,
            never_local=True,
        )
        for name in ("Document", "Image")
    ),
)
