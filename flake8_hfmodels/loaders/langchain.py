"""What LangChain loads from the Hub, under each of the root packages that offer its classes.

The names of the classes are distinctive, and the paths that they are imported by are many.
"""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FASTEMBED, FOLDER
from flake8_hfmodels.loaders.nested import IN_ENGINE, IN_MODEL, IN_SENTENCES
from flake8_hfmodels.loaders.row import Loader, Param

REVISION = Param(("revision",), within="model_kwargs")
TRUST = Param(("trust_remote_code",), within="model_kwargs")
MODEL_NAME = Param(("model_name", "model"))
MODEL_ID = Param(("model_id",), 0)

HUGGINGFACE = "langchain_huggingface 1.2.3 langchain_huggingface"
COMMUNITY = "langchain_community 0.4.2 langchain_community"
SPLITTERS = "langchain_text_splitters 1.1.3 langchain_text_splitters"

COPIES = ("langchain_community", "langchain", "langchain_classic")
EMBEDDERS = (
    ("langchain_huggingface", f"{HUGGINGFACE}/embeddings/huggingface.py:10"),
    *((package, f"{COMMUNITY}/embeddings/huggingface.py:27") for package in COPIES),
)
PIPELINES = (
    ("langchain_huggingface", f"{HUGGINGFACE}/llms/huggingface_pipeline.py:114"),
    *((package, f"{COMMUNITY}/llms/huggingface_pipeline.py:78") for package in COPIES),
)
CLIENTS = (
    ("HuggingFaceEndpoint", f"{COMMUNITY}/llms/huggingface_endpoint.py:34"),
    ("HuggingFaceHub", f"{COMMUNITY}/llms/huggingface_hub.py:28"),
    ("HuggingFaceHubEmbeddings", f"{COMMUNITY}/embeddings/huggingface_hub.py:19"),
    ("HuggingFaceInferenceAPIEmbeddings", f"{COMMUNITY}/embeddings/huggingface.py:413"),
)

LOADERS: tuple[Loader, ...] = (
    *(
        Loader(
            package=package,
            name="HuggingFaceEmbeddings",
            source=source,
            repo_id=(MODEL_NAME,),
            revision=REVISION,
            trust_remote_code=TRUST,
            bare_owner="sentence-transformers",
            default_model=True,
            default_ids=(("", "sentence-transformers/all-mpnet-base-v2"),),
            options=IN_SENTENCES,
            reader="sentence_transformers",
        )
        for package, source in EMBEDDERS
    ),
    *(
        Loader(
            package=package,
            name=name,
            source=f"{COMMUNITY}/embeddings/huggingface.py:{line}",
            repo_id=(MODEL_NAME,),
            revision=REVISION,
            trust_remote_code=TRUST,
            bare_owner="sentence-transformers",
            default_model=True,
            default_ids=(("", default),),
            options=IN_SENTENCES,
            reader="sentence_transformers",
        )
        for package in COPIES
        for name, default, line in (
            ("HuggingFaceInstructEmbeddings", "hkunlp/instructor-large", 138),
            ("HuggingFaceBgeEmbeddings", "BAAI/bge-large-en", 257),
        )
    ),
    *(
        Loader(
            package=package,
            name="HuggingFaceCrossEncoder",
            source=f"{COMMUNITY}/cross_encoders/huggingface.py:10",
            repo_id=(MODEL_NAME,),
            revision=REVISION,
            trust_remote_code=TRUST,
            bare_owner="cross-encoder",
            default_model=True,
            default_ids=(("", "BAAI/bge-reranker-base"),),
            options=IN_SENTENCES,
        )
        for package in COPIES
    ),
    *(
        Loader(
            package=package,
            name="*HuggingFacePipeline.from_model_id",
            source=source,
            repo_id=(MODEL_ID,),
            revision=REVISION,
            trust_remote_code=TRUST,
            options=IN_MODEL,
        )
        for package, source in PIPELINES
    ),
    # The tokenizer is loaded from the default branch, whatever the model is pinned to.
    Loader(
        package="langchain_huggingface",
        name="ChatHuggingFace",
        source=f"{HUGGINGFACE}/chat_models/huggingface.py:1015",
        repo_id=(MODEL_ID,),
        revision=None,
        reads="config",
        instead="pass tokenizer= with one that was loaded at a full commit hash",
    ),
    Loader(
        package="langchain_huggingface",
        name="*ChatHuggingFace.from_model_id",
        source=f"{HUGGINGFACE}/chat_models/huggingface.py:612",
        repo_id=(MODEL_ID,),
        revision=REVISION,
        trust_remote_code=TRUST,
        options=IN_MODEL,
    ),
    *(
        Loader(
            package=package,
            name="VLLM",
            source=f"{COMMUNITY}/llms/vllm.py:13",
            repo_id=(Param(("model",)),),
            revision=Param(("revision",), within="vllm_kwargs"),
            trust_remote_code=Param(("trust_remote_code",)),
            options=IN_ENGINE,
            reader="vllm",
        )
        for package in COPIES
    ),
    *(
        Loader(
            package=package,
            name="CTransformers",
            source=f"{COMMUNITY}/llms/ctransformers.py:12",
            repo_id=(Param(("model",)),),
            revision=Param(("revision",), within="config"),
            reads="files",
        )
        for package in COPIES
    ),
    Loader(
        package="langchain_community",
        name="*MLXPipeline.from_model_id",
        source=f"{COMMUNITY}/llms/mlx_pipeline.py:83",
        repo_id=(MODEL_ID,),
        revision=None,
        reads="files",
        instead="load model and tokenizer with mlx_lm.load(revision=...) and pass both",
    ),
    Loader(
        package="langchain_community",
        name="*IpexLLM.from_model_id",
        source=f"{COMMUNITY}/llms/ipex_llm.py:40",
        repo_id=(MODEL_ID,),
        revision=REVISION,
        trust_remote_code=TRUST,
        options=IN_MODEL,
    ),
    Loader(
        package="langchain_community",
        name="FastEmbedEmbeddings",
        source=f"{COMMUNITY}/embeddings/fastembed.py:13",
        repo_id=(Param(("model_name",)),),
        revision=None,
        reads="files",
        instead=FASTEMBED,
        never_local=True,
        default_model=True,
        default_ids=(("", "Qdrant/bge-small-en-v1.5-onnx-Q"),),
    ),
    # The tokenizer is loaded from the default branch, whatever the model is pinned to.
    *(
        Loader(
            package="langchain_community",
            name=name,
            source=f"{COMMUNITY}/{place}",
            repo_id=(Param((parameter,), position),),
            revision=REVISION,
            trust_remote_code=TRUST,
            reads="files",
        )
        for name, parameter, position, place in (
            ("OpenVINOEmbeddings", "model_name_or_path", None, "embeddings/openvino.py:16"),
            ("OpenVINOBgeEmbeddings", "model_name_or_path", None, "embeddings/openvino.py:297"),
            (
                "OpenVINOReranker",
                "model_name_or_path",
                None,
                "document_compressors/openvino_rerank.py:19",
            ),
            (
                "QuantizedBiEncoderEmbeddings",
                "model_name",
                0,
                "embeddings/optimum_intel.py:41",
            ),
            ("QuantizedBgeEmbeddings", "model_name", 0, "embeddings/itrex.py:47"),
        )
    ),
    Loader(
        package="langchain_community",
        name="IpexLLMBgeEmbeddings",
        source=f"{COMMUNITY}/embeddings/ipex_llm.py:16",
        repo_id=(MODEL_NAME,),
        revision=REVISION,
        trust_remote_code=TRUST,
        bare_owner="sentence-transformers",
        default_model=True,
        default_ids=(("", "BAAI/bge-small-en-v1.5"),),
        reader="sentence_transformers",
    ),
    Loader(
        package="langchain_community",
        name="Model2vecEmbeddings",
        source=f"{COMMUNITY}/embeddings/model2vec.py:29",
        repo_id=(Param(("model",), 0),),
        revision=None,
        instead=FOLDER,
        reader="nothing",
    ),
    *(
        Loader(
            package=package,
            name="HuggingFaceDatasetLoader",
            source=f"{COMMUNITY}/document_loaders/hugging_face_dataset.py:12",
            repo_id=(Param(("path",), 0),),
            revision=None,
            repo_type="dataset",
            reads="data",
            instead="load the rows with load_dataset(revision=...) and make documents of them",
            builders=True,
        )
        for package in COPIES
    ),
    *(
        Loader(
            package=package,
            name="ImageCaptionLoader",
            source=f"{COMMUNITY}/document_loaders/image_captions.py:19",
            repo_id=(Param(("blip_model",), 2), Param(("blip_processor",), 1)),
            revision=None,
            instead=FOLDER,
            default_model=True,
            default_ids=(("", "Salesforce/blip-image-captioning-base"),),
        )
        for package in COPIES
    ),
    # transformers before 5.0 only; a name without a slash is a task.
    *(
        Loader(
            package=package,
            name="load_huggingface_tool",
            source=f"{COMMUNITY}/agent_toolkits/load_tools.py:568",
            repo_id=(Param(("task_or_repo_id",), 0),),
            revision=Param(("revision",)),
            repo_type="space",
            reads="code",
            runs_code="the tool's own Python file",
            names_elsewhere=True,
        )
        for package in COPIES
    ),
    *(
        Loader(
            package=package,
            name=name,
            source=f"{SPLITTERS}/sentence_transformers.py:16",
            repo_id=(Param(("model_name",), 1),),
            revision=REVISION,
            trust_remote_code=TRUST,
            reads="config",
            bare_owner="sentence-transformers",
            default_model=True,
            default_ids=(("", "sentence-transformers/all-mpnet-base-v2"),),
        )
        for package, name in (
            ("langchain_text_splitters", "SentenceTransformersTokenTextSplitter"),
            ("langchain", "SentenceTransformersTokenTextSplitter"),
            ("langchain_classic", "SentenceTransformersTokenTextSplitter"),
        )
    ),
    # Clients of a server: nothing is downloaded here.
    *(
        Loader(
            package="langchain_huggingface",
            name=name,
            source=f"{HUGGINGFACE}/{place}",
            repo_id=(Param(("repo_id", "model")),),
            revision=None,
            downloads=False,
            never_local=True,
        )
        for name, place in (
            ("HuggingFaceEndpoint", "llms/huggingface_endpoint.py:45"),
            ("HuggingFaceEndpointEmbeddings", "embeddings/huggingface_endpoint.py:15"),
        )
    ),
    *(
        Loader(
            package=package,
            name=name,
            source=source,
            repo_id=(Param(("repo_id", "model", "model_name")),),
            revision=None,
            downloads=False,
            never_local=True,
        )
        for package in COPIES
        for name, source in CLIENTS
    ),
)
