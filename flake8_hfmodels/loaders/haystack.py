"""What Haystack loads from the Hub: its own components before 3.0, its integrations since."""

from __future__ import annotations

from flake8_hfmodels.loaders import nested
from flake8_hfmodels.loaders.advice import FASTEMBED, FOLDER
from flake8_hfmodels.loaders.row import Loader, Param

MODEL = Param(("model",), 0)
MODEL_KEYWORD = Param(("model",))
REVISION = Param(("revision",))
TRUST = Param(("trust_remote_code",))
IN_MODEL = Param(("revision",), within="model_kwargs")
TRUST_IN_MODEL = Param(("trust_remote_code",), within="model_kwargs")
IN_PIPELINE = Param(("revision",), within="huggingface_pipeline_kwargs")
TRUST_IN_PIPELINE = Param(("trust_remote_code",), within="huggingface_pipeline_kwargs")

MPNET = (("", "sentence-transformers/all-mpnet-base-v2"),)
CLIP = (("", "sentence-transformers/clip-ViT-B-32"),)
SPLADE = (("", "prithivida/Splade_PP_en_v2"),)
BGE_SMALL = (("", "Qdrant/bge-small-en-v1.5-onnx-Q"),)
MINILM = (("", "cross-encoder/ms-marco-MiniLM-L-6-v2"),)
ZERO_SHOT = (("", "MoritzLaurer/deberta-v3-base-zeroshot-v1.1-all-33"),)
SQUAD = (("", "deepset/roberta-base-squad2-distilled"),)

BEFORE = "haystack-ai 2.20.0 haystack/components"
SENTENCES = "sentence-transformers-haystack 2.0.0 haystack_integrations/components"
TRANSFORMERS = "transformers-haystack 2.0.0 haystack_integrations/components"
FAST = "fastembed-haystack 3.0.0 haystack_integrations/components"
OPTIMUM = "optimum-haystack 4.0.0 haystack_integrations/components"

LOADERS: tuple[Loader, ...] = (
    # Sentence Transformers, whose revision was positional in two components before 3.0.
    *(
        Loader(
            package=package,
            name=name,
            source=source,
            repo_id=(Param(("model",), position),),
            revision=Param(("revision",), pinned),
            trust_remote_code=Param(("trust_remote_code",), trusted),
            bare_owner="sentence-transformers",
            default_model=True,
            default_ids=default,
            options=nested.IN_MODEL,
            reader="sentence_transformers",
        )
        for package, name, position, pinned, trusted, default, source in (
            (
                "haystack",
                "SentenceTransformersTextEmbedder",
                0,
                17,
                8,
                MPNET,
                f"{BEFORE}/embedders/sentence_transformers_text_embedder.py:38",
            ),
            (
                "haystack",
                "SentenceTransformersDocumentEmbedder",
                0,
                19,
                10,
                MPNET,
                f"{BEFORE}/embedders/sentence_transformers_document_embedder.py:43",
            ),
            (
                "haystack",
                "SentenceTransformersDocumentImageEmbedder",
                None,
                None,
                None,
                CLIP,
                f"{BEFORE}/embedders/image/sentence_transformers_doc_image_embedder.py:60",
            ),
            (
                "haystack",
                "SentenceTransformersSparseTextEmbedder",
                None,
                None,
                None,
                SPLADE,
                f"{BEFORE}/embedders/sentence_transformers_sparse_text_embedder.py:39",
            ),
            (
                "haystack",
                "SentenceTransformersSparseDocumentEmbedder",
                None,
                None,
                None,
                SPLADE,
                f"{BEFORE}/embedders/sentence_transformers_sparse_document_embedder.py:44",
            ),
            (
                "haystack_integrations",
                "SentenceTransformersTextEmbedder",
                None,
                None,
                None,
                MPNET,
                f"{SENTENCES}/embedders/sentence_transformers"
                "/sentence_transformers_text_embedder.py:39",
            ),
            (
                "haystack_integrations",
                "SentenceTransformersDocumentEmbedder",
                None,
                None,
                None,
                MPNET,
                f"{SENTENCES}/embedders/sentence_transformers"
                "/sentence_transformers_document_embedder.py:45",
            ),
            (
                "haystack_integrations",
                "SentenceTransformersDocumentImageEmbedder",
                None,
                None,
                None,
                CLIP,
                f"{SENTENCES}/embedders/sentence_transformers"
                "/sentence_transformers_doc_image_embedder.py:60",
            ),
            (
                "haystack_integrations",
                "SentenceTransformersSparseTextEmbedder",
                None,
                None,
                None,
                SPLADE,
                f"{SENTENCES}/embedders/sentence_transformers"
                "/sentence_transformers_sparse_text_embedder.py:40",
            ),
            (
                "haystack_integrations",
                "SentenceTransformersSparseDocumentEmbedder",
                None,
                None,
                None,
                SPLADE,
                f"{SENTENCES}/embedders/sentence_transformers"
                "/sentence_transformers_sparse_document_embedder.py:46",
            ),
        )
    ),
    *(
        Loader(
            package=package,
            name="SentenceTransformersSimilarityRanker",
            source=f"{prefix}/sentence_transformers_similarity.py:{line}",
            repo_id=(MODEL_KEYWORD,),
            revision=IN_MODEL,
            trust_remote_code=TRUST,
            options=nested.IN_MODEL,
            bare_owner="cross-encoder",
            default_model=True,
            default_ids=MINILM,
        )
        for package, prefix, line in (
            ("haystack", f"{BEFORE}/rankers", 42),
            ("haystack_integrations", f"{SENTENCES}/rankers/sentence_transformers", 40),
        )
    ),
    *(
        Loader(
            package=package,
            name="SentenceTransformersDiversityRanker",
            source=f"{prefix}/sentence_transformers_diversity.py:{line}",
            repo_id=(Param(("model",), position),),
            revision=IN_MODEL,
            trust_remote_code=TRUST_IN_MODEL,
            options=nested.IN_MODEL,
            bare_owner="sentence-transformers",
            default_model=True,
            default_ids=(("", "sentence-transformers/all-MiniLM-L6-v2"),),
            reader="sentence_transformers",
        )
        for package, position, prefix, line in (
            ("haystack", 0, f"{BEFORE}/rankers", 112),
            ("haystack_integrations", None, f"{SENTENCES}/rankers/sentence_transformers", 116),
        )
    ),
    # Components around one transformers pipeline.
    *(
        Loader(
            package=package,
            name=name,
            source=source,
            repo_id=(MODEL,),
            revision=IN_PIPELINE,
            trust_remote_code=TRUST_IN_PIPELINE,
            options=nested.IN_HUGGINGFACE_PIPELINE,
            default_model=True,
            default_ids=(("", default),),
        )
        for package, name, default, source in (
            (
                "haystack",
                "HuggingFaceLocalGenerator",
                "google/flan-t5-base",
                f"{BEFORE}/generators/hugging_face_local.py:58",
            ),
            (
                "haystack",
                "HuggingFaceLocalChatGenerator",
                "HuggingFaceH4/zephyr-7b-beta",
                f"{BEFORE}/generators/chat/hugging_face_local.py:130",
            ),
            (
                "haystack_integrations",
                "TransformersChatGenerator",
                "Qwen/Qwen3-0.6B",
                f"{TRANSFORMERS}/generators/transformers/chat/chat_generator.py:117",
            ),
        )
    ),
    *(
        Loader(
            package=package,
            name="TransformersZeroShotTextRouter",
            source=source,
            repo_id=(Param(("model",), 2),),
            revision=IN_PIPELINE,
            trust_remote_code=TRUST_IN_PIPELINE,
            options=nested.IN_HUGGINGFACE_PIPELINE,
            default_model=True,
            default_ids=ZERO_SHOT,
        )
        for package, source in (
            ("haystack", f"{BEFORE}/routers/zero_shot_text_router.py:96"),
            (
                "haystack_integrations",
                f"{TRANSFORMERS}/routers/transformers/zero_shot_text_router.py:92",
            ),
        )
    ),
    # The router reads the configuration from the default branch first, in any case.
    *(
        Loader(
            package=package,
            name=name,
            source=source,
            repo_id=(MODEL,),
            revision=IN_PIPELINE,
            trust_remote_code=TRUST_IN_PIPELINE,
            options=nested.IN_HUGGINGFACE_PIPELINE,
        )
        for package, name, source in (
            (
                "haystack",
                "TransformersTextRouter",
                f"{BEFORE}/routers/transformers_text_router.py:72",
            ),
            (
                "haystack",
                "TransformersZeroShotDocumentClassifier",
                f"{BEFORE}/classifiers/zero_shot_document_classifier.py:75",
            ),
            (
                "haystack_integrations",
                "TransformersTextRouter",
                f"{TRANSFORMERS}/routers/transformers/text_router.py:66",
            ),
            (
                "haystack_integrations",
                "TransformersZeroShotDocumentClassifier",
                f"{TRANSFORMERS}/classifiers/transformers/zero_shot_document_classifier.py:75",
            ),
        )
    ),
    # With another backend the model is one of spaCy, whose names have no slash.
    *(
        Loader(
            package=package,
            name=name,
            source=source,
            repo_id=(MODEL_KEYWORD,),
            revision=Param(("revision",), within="pipeline_kwargs"),
            trust_remote_code=Param(("trust_remote_code",), within="pipeline_kwargs"),
            options=nested.IN_PIPELINE,
            names_elsewhere=True,
        )
        for package, name, source in (
            (
                "haystack",
                "NamedEntityExtractor",
                f"{BEFORE}/extractors/named_entity_extractor.py:108",
            ),
            (
                "haystack_integrations",
                "TransformersNamedEntityExtractor",
                f"{TRANSFORMERS}/extractors/transformers/named_entity_extractor.py:67",
            ),
        )
    ),
    *(
        Loader(
            package=package,
            name=name,
            source=source,
            repo_id=(MODEL,),
            revision=IN_MODEL,
            trust_remote_code=TRUST_IN_MODEL,
            options=nested.IN_MODEL,
            default_model=True,
            default_ids=default,
        )
        for package, name, default, source in (
            (
                "haystack",
                "TransformersSimilarityRanker",
                MINILM,
                f"{BEFORE}/rankers/transformers_similarity.py:51",
            ),
            ("haystack", "ExtractiveReader", SQUAD, f"{BEFORE}/readers/extractive.py:53"),
            (
                "haystack_integrations",
                "TransformersExtractiveReader",
                SQUAD,
                f"{TRANSFORMERS}/readers/transformers/extractive_reader.py:52",
            ),
            (
                "haystack_integrations",
                "OptimumTextEmbedder",
                MPNET,
                f"{OPTIMUM}/embedders/optimum/optimum_text_embedder.py:40",
            ),
            (
                "haystack_integrations",
                "OptimumDocumentEmbedder",
                MPNET,
                f"{OPTIMUM}/embedders/optimum/optimum_document_embedder.py:45",
            ),
        )
    ),
    Loader(
        package="haystack",
        name="SASEvaluator",
        source="haystack-ai 3.4.1 haystack/components/evaluators/sas_evaluator.py:55",
        repo_id=(MODEL,),
        revision=None,
        instead=FOLDER,
        default_model=True,
        default_ids=(("", "sentence-transformers/paraphrase-multilingual-mpnet-base-v2"),),
    ),
    *(
        Loader(
            package="haystack_integrations",
            name=name,
            source=f"{FAST}/{place}",
            repo_id=(Param((parameter,), 0),),
            revision=None,
            reads="files",
            instead=FASTEMBED,
            never_local=True,
            default_model=True,
            default_ids=default,
        )
        for name, parameter, default, place in (
            (
                "FastembedTextEmbedder",
                "model",
                BGE_SMALL,
                "embedders/fastembed/fastembed_text_embedder.py:47",
            ),
            (
                "FastembedDocumentEmbedder",
                "model",
                BGE_SMALL,
                "embedders/fastembed/fastembed_document_embedder.py:77",
            ),
            (
                "FastembedSparseTextEmbedder",
                "model",
                (),
                "embedders/fastembed/fastembed_sparse_text_embedder.py:36",
            ),
            (
                "FastembedSparseDocumentEmbedder",
                "model",
                (),
                "embedders/fastembed/fastembed_sparse_document_embedder.py:60",
            ),
            (
                "FastembedRanker",
                "model_name",
                (("", "Xenova/ms-marco-MiniLM-L-6-v2"),),
                "rankers/fastembed/ranker.py:55",
            ),
            (
                "FastembedLateInteractionRanker",
                "model_name",
                (("", "colbert-ir/colbertv2.0"),),
                "rankers/fastembed/late_interaction_ranker.py:58",
            ),
        )
    ),
    # Clients of a server: nothing is downloaded here.
    *(
        Loader(
            package="haystack",
            name=name,
            source=f"{BEFORE}/{place}",
            repo_id=(Param(("model",), within="api_params"),),
            revision=None,
            downloads=False,
            never_local=True,
        )
        for name, place in (
            ("HuggingFaceAPIGenerator", "generators/hugging_face_api.py:95"),
            ("HuggingFaceAPIChatGenerator", "generators/chat/hugging_face_api.py:292"),
            ("HuggingFaceAPITextEmbedder", "embedders/hugging_face_api_text_embedder.py:75"),
            (
                "HuggingFaceAPIDocumentEmbedder",
                "embedders/hugging_face_api_document_embedder.py:93",
            ),
        )
    ),
)
