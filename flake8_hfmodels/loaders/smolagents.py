"""What smolagents loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.nested import IN_MODEL
from flake8_hfmodels.loaders.row import Loader, Param

REPO_ID = Param(("repo_id",), 0)
MODEL = Param(("model_id",), 0)
REVISION = Param(("revision",))

LOADERS: tuple[Loader, ...] = (
    Loader(
        package="smolagents",
        name="load_tool",
        source="smolagents 1.26.0 smolagents/tools.py:840",
        repo_id=(REPO_ID,),
        revision=REVISION,
        repo_type="space",
        reads="code",
        trust_remote_code=Param(("trust_remote_code",), 3),
    ),
    # A collection is no repo; every Space of it is read from main.
    Loader(
        package="smolagents",
        name="*Collection.from_hub",
        source="smolagents 1.26.0 smolagents/tools.py:910",
        repo_id=(),
        revision=None,
        repo_type="space",
        reads="code",
        trust_remote_code=Param(("trust_remote_code",), 2),
    ),
    *(
        Loader(
            package="smolagents",
            name=name,
            source=source,
            repo_id=(REPO_ID,),
            revision=REVISION,
            repo_type="space",
            reads="code",
            trust_remote_code=Param(("trust_remote_code",), 2),
        )
        for name, source in (
            ("*Tool.from_hub", "smolagents 1.26.0 smolagents/tools.py:517"),
            ("*Agent.from_hub", "smolagents 1.26.0 smolagents/agents.py:1065"),
        )
    ),
    # The Space runs where it is.
    Loader(
        package="smolagents",
        name="*Tool.from_space",
        source="smolagents 1.26.0 smolagents/tools.py:600",
        repo_id=(Param(("space_id",), 0),),
        revision=None,
        repo_type="space",
        reads="config",
        downloads=False,
    ),
    # The revision reaches the model; its tokenizer is read from main.
    Loader(
        package="smolagents",
        name="TransformersModel",
        source="smolagents 1.26.0 smolagents/models.py:906",
        repo_id=(MODEL,),
        revision=Param(("revision",), within="model_kwargs"),
        trust_remote_code=Param(("trust_remote_code",), 3),
        default_model=True,
        default_ids=(("", "HuggingFaceTB/SmolLM2-1.7B-Instruct"),),
        options=IN_MODEL,
    ),
    Loader(
        package="smolagents",
        name="VLLMModel",
        source="smolagents 1.26.0 smolagents/models.py:648",
        repo_id=(MODEL,),
        revision=Param(("revision",), within="model_kwargs"),
        reader="vllm",
    ),
    Loader(
        package="smolagents",
        name="MLXModel",
        source="smolagents 1.26.0 smolagents/models.py:791",
        repo_id=(MODEL,),
        revision=Param(("revision",), within="load_kwargs"),
        trust_remote_code=Param(("trust_remote_code",), 1),
        reads="files",
    ),
    # A model that somebody else runs.
    Loader(
        package="smolagents",
        name="InferenceClientModel",
        source="smolagents 1.26.0 smolagents/models.py:1514",
        repo_id=(MODEL,),
        revision=None,
        downloads=False,
    ),
    # Uploads, of a tool or an agent.
    Loader(
        package="smolagents",
        name="push_to_hub",
        source="smolagents 1.26.0 smolagents/tools.py:421",
        repo_id=(REPO_ID,),
        revision=None,
        repo_type="space",
        reads="config",
        downloads=False,
    ),
)
