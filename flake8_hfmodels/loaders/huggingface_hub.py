"""What huggingface_hub itself loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

REPO_ID = Param(("repo_id",), 0)
MODEL = Param(("pretrained_model_name_or_path",), 0)
REVISION = Param(("revision",))
REPO_TYPE = Param(("repo_type",))
FILE = ("filename", "subfolder")
PATTERNS = ("allow_patterns", "ignore_patterns")

LOADERS: tuple[Loader, ...] = (
    Loader(
        package="huggingface_hub",
        name="HfApi.hf_hub_download",
        source="huggingface_hub 2.4.0 huggingface_hub/hf_api.py:6365",
        repo_id=(REPO_ID,),
        never_local=True,
        revision=REVISION,
        reads="files",
        repo_type_param=REPO_TYPE,
        options=FILE,
    ),
    Loader(
        package="huggingface_hub",
        name="hf_hub_download",
        source="huggingface_hub 2.4.0 huggingface_hub/file_download.py:857",
        repo_id=(REPO_ID,),
        never_local=True,
        revision=REVISION,
        reads="files",
        repo_type_param=REPO_TYPE,
        options=FILE,
        bare=True,
    ),
    Loader(
        package="huggingface_hub",
        name="HfApi.snapshot_download",
        source="huggingface_hub 2.4.0 huggingface_hub/hf_api.py:6547",
        repo_id=(REPO_ID,),
        never_local=True,
        revision=REVISION,
        reads="files",
        repo_type_param=REPO_TYPE,
        options=PATTERNS,
    ),
    Loader(
        package="huggingface_hub",
        name="snapshot_download",
        source="huggingface_hub 2.4.0 huggingface_hub/_snapshot_download.py:123",
        repo_id=(REPO_ID,),
        never_local=True,
        revision=REVISION,
        reads="files",
        repo_type_param=REPO_TYPE,
        options=PATTERNS,
        bare=True,
    ),
    Loader(
        package="huggingface_hub",
        name="hf_hub_url",
        source="huggingface_hub 2.4.0 huggingface_hub/file_download.py:211",
        repo_id=(REPO_ID,),
        never_local=True,
        revision=REVISION,
        reads="files",
        repo_type_param=REPO_TYPE,
        options=FILE,
    ),
    Loader(
        package="huggingface_hub",
        name="PyTorchModelHubMixin.from_pretrained",
        source="huggingface_hub 2.4.0 huggingface_hub/hub_mixin.py:453",
        repo_id=(MODEL,),
        revision=REVISION,
    ),
    # What is read beside config.json is the subclass's own affair.
    Loader(
        package="huggingface_hub",
        name="ModelHubMixin.from_pretrained",
        source="huggingface_hub 2.4.0 huggingface_hub/hub_mixin.py:453",
        repo_id=(MODEL,),
        revision=REVISION,
        reads="files",
    ),
    # It unpickles model.pkl with fastai's load_learner.
    Loader(
        package="huggingface_hub",
        name="from_pretrained_fastai",
        source="huggingface_hub 2.4.0 huggingface_hub/fastai_utils.py:290",
        repo_id=(REPO_ID,),
        never_local=True,
        revision=Param(("revision",), 1),
        bare=True,
        always_pickle=True,
    ),
    # They read a TensorFlow SavedModel; gone in 1.0.
    Loader(
        package="huggingface_hub",
        name="from_pretrained_keras",
        source="huggingface_hub 0.36.2 huggingface_hub/keras_mixin.py:240",
        repo_id=(MODEL,),
        revision=REVISION,
        reads="files",
        bare=True,
    ),
    Loader(
        package="huggingface_hub",
        name="KerasModelHubMixin.from_pretrained",
        source="huggingface_hub 0.36.2 huggingface_hub/hub_mixin.py:464",
        repo_id=(MODEL,),
        revision=REVISION,
        reads="files",
    ),
    # A git clone; gone in 1.0.
    Loader(
        package="huggingface_hub",
        name="Repository",
        source="huggingface_hub 0.36.2 huggingface_hub/repository.py:452",
        repo_id=(Param(("clone_from",), 1),),
        revision=Param(("revision",), 6),
        reads="files",
        repo_type_param=Param(("repo_type",), 2),
    ),
)
