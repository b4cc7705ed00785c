"""What libraries that make and curate data load from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FOLDER
from flake8_hfmodels.loaders.row import Loader, Param

REVISION = Param(("revision",))
TRUST = Param(("trust_remote_code",))
MODEL = Param(("model",))
REPO_ID = Param(("repo_id",), 0)
DISTILABEL = "distilabel 1.5.3 distilabel"

LOADERS: tuple[Loader, ...] = (
    Loader(
        package="datatrove",
        name="HuggingFaceDatasetReader",
        source="datatrove 0.10.1 datatrove/pipeline/readers/huggingface.py:36",
        repo_id=(Param(("dataset",), 0),),
        revision=Param(("revision",), within="dataset_options"),
        repo_type="dataset",
        reads="data",
        trust_remote_code=Param(("trust_remote_code",), within="dataset_options"),
        builders=True,
    ),
    # The settings beside the records are read from the default branch in any case.
    Loader(
        package="argilla",
        name="*Dataset.from_hub",
        source="argilla 2.8.0 argilla/datasets/_io/_hub.py:114",
        repo_id=(REPO_ID,),
        revision=REVISION,
        repo_type="dataset",
        reads="data",
        never_local=True,
    ),
    Loader(
        package="distilabel",
        name="LoadDataFromHub",
        source=f"{DISTILABEL}/steps/generators/huggingface.py:60",
        repo_id=(Param(("repo_id",)),),
        revision=REVISION,
        repo_type="dataset",
        reads="data",
        builders=True,
    ),
    *(
        Loader(
            package="distilabel",
            name=name,
            source=f"{DISTILABEL}/{place}",
            repo_id=(MODEL,),
            revision=REVISION,
            trust_remote_code=TRUST,
            bare_owner=owner,
            reader=reader,
            also=also,
        )
        for name, owner, reader, place, also in (
            ("RewardModelScore", None, "transformers", "steps/reward_model.py:31", ()),
            (
                "TransformersLLM",
                None,
                "transformers",
                "models/llms/huggingface/transformers.py:43",
                (),
            ),
            (
                "vLLM",
                None,
                "vllm",
                "models/llms/vllm.py:70",
                (
                    Loader(
                        package="distilabel",
                        name="vLLM",
                        source=f"{DISTILABEL}/models/llms/vllm.py:70",
                        repo_id=(Param(("tokenizer",)),),
                        revision=Param(("tokenizer_revision", "revision")),
                        reads="config",
                    ),
                ),
            ),
            ("vLLMEmbeddings", None, "vllm", "models/embeddings/vllm.py:27", ()),
            (
                "SentenceTransformerEmbeddings",
                "sentence-transformers",
                "sentence_transformers",
                "models/embeddings/sentence_transformers.py:27",
                (),
            ),
        )
    ),
    Loader(
        package="distilabel",
        name="MlxLLM",
        source=f"{DISTILABEL}/models/llms/mlx.py:41",
        repo_id=(Param(("path_or_hf_repo",)),),
        revision=None,
        reads="files",
        instead=FOLDER,
    ),
    # A client of a server.
    Loader(
        package="distilabel",
        name="InferenceEndpointsLLM",
        source=f"{DISTILABEL}/models/llms/huggingface/inference_endpoints.py:59",
        repo_id=(Param(("model_id",)),),
        revision=None,
        downloads=False,
        never_local=True,
    ),
    Loader(
        package="fiftyone",
        name="load_from_hub",
        source="fiftyone 1.22.1 fiftyone/utils/huggingface.py:262",
        repo_id=(REPO_ID,),
        revision=Param(("revision",), 1),
        repo_type="dataset",
        reads="data",
    ),
    Loader(
        package="dspy",
        name="*DataLoader.from_huggingface",
        source="dspy 3.4.1 dspy/datasets/dataloader.py:16",
        repo_id=(Param(("dataset_name",), 0),),
        revision=REVISION,
        repo_type="dataset",
        reads="data",
        trust_remote_code=TRUST,
        builders=True,
    ),
)
