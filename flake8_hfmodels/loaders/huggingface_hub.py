"""What huggingface_hub itself loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param, RepoType

REPO_ID = Param(("repo_id",), 0)
MODEL = Param(("pretrained_model_name_or_path",), 0)
REVISION = Param(("revision",))
REPO_TYPE = Param(("repo_type",))
FILE = (Param(("filename",), 1), "subfolder")
PATTERNS = ("allow_patterns", "ignore_patterns")

QUESTION_NAMES: tuple[tuple[str, RepoType, int], ...] = (
    ("model_info", "model", 3145),
    ("dataset_info", "dataset", 3220),
    ("space_info", "space", 3360),
    ("kernel_info", "kernel", 3430),
    ("repo_info", "model", 3470),
    ("resolve_revision", "model", 3546),
    ("repo_exists", "model", 3678),
    ("file_exists", "model", 3769),
    ("list_repo_files", "model", 3830),
    ("list_repo_tree", "model", 3867),
    ("verify_repo_checksums", "model", 4036),
    ("list_repo_refs", "model", 4112),
    ("list_repo_commits", "model", 4184),
    ("get_paths_info", "model", 4270),
    ("get_safetensors_metadata", "model", 6669),
    ("parse_safetensors_file_metadata", "model", 6882),
    ("auth_check", "model", 12047),
    ("list_repo_likers", "model", 3106),
    ("get_space_runtime", "space", 8240),
)
# fsspec's other readers hand their keywords to these: hf_file_system.py:1444, fsspec/spec.py.
FILE_SYSTEM: tuple[tuple[str, str, int | None, int], ...] = (
    ("open", "path", None, 704),
    ("get_file", "rpath", None, 1444),
    ("get", "rpath", None, 1444),
    ("download", "rpath", None, 1444),
    ("read_text", "path", None, 704),
    ("read_bytes", "path", None, 704),
    ("cat", "path", None, 704),
    ("cat_file", "path", None, 704),
)
LISTINGS: tuple[tuple[str, str, int | None, int], ...] = (
    ("ls", "path", 3, 788),
    ("glob", "path", None, 1033),
    ("find", "path", 5, 1051),
    ("info", "path", 2, 1226),
    ("exists", "path", None, 1344),
)
CHANGE_NAMES: tuple[tuple[str, tuple[tuple[str, int | None], ...], str], ...] = (
    ("create_repo", (("repo_id", 0),), "hf_api.py:4577"),
    ("delete_repo", (("repo_id", 0),), "hf_api.py:4789"),
    ("update_repo_settings", (("repo_id", 0),), "hf_api.py:4839"),
    ("move_repo", (("from_id", 0), ("to_id", 1)), "hf_api.py:4918"),
    ("duplicate_repo", (("from_id", 0), ("to_id", 1)), "hf_api.py:8864"),
    ("create_commit", (("repo_id", 0),), "hf_api.py:5018"),
    ("preupload_lfs_files", (("repo_id", 0),), "hf_api.py:5311"),
    ("upload_file", (("repo_id", None),), "hf_api.py:5623"),
    ("upload_folder", (("repo_id", None),), "hf_api.py:5810"),
    ("delete_file", (("repo_id", 1),), "hf_api.py:6046"),
    ("delete_files", (("repo_id", 0),), "hf_api.py:6136"),
    ("delete_folder", (("repo_id", 1),), "hf_api.py:6215"),
    ("create_branch", (("repo_id", 0),), "hf_api.py:6964"),
    ("delete_branch", (("repo_id", 0),), "hf_api.py:7044"),
    ("create_tag", (("repo_id", 0),), "hf_api.py:7096"),
    ("delete_tag", (("repo_id", 0),), "hf_api.py:7170"),
    ("super_squash_history", (("repo_id", 0),), "hf_api.py:4347"),
    ("create_discussion", (("repo_id", 0),), "hf_api.py:7441"),
    ("create_pull_request", (("repo_id", 0),), "hf_api.py:7530"),
    ("get_repo_discussions", (("repo_id", 0),), "hf_api.py:7257"),
    ("get_discussion_details", (("repo_id", 0),), "hf_api.py:7365"),
    ("metadata_update", (("repo_id", 0),), "repocard.py:689"),
    ("push_to_hub_fastai", (("repo_id", None),), "fastai_utils.py:335"),
    ("CommitScheduler", (("repo_id", None),), "_commit_scheduler.py:101"),
    ("push_to_hub", (("repo_id", 0),), "hub_mixin.py:610"),
)
CARD_NAMES: tuple[tuple[str, RepoType], ...] = (
    ("*DatasetCard.load", "dataset"),
    ("*SpaceCard.load", "space"),
    ("*Card.load", "model"),
)

# Questions about a repo: no file of it is read whole.
QUESTIONS = tuple(
    Loader(
        package="huggingface_hub",
        name=name,
        source=f"huggingface_hub 2.4.0 huggingface_hub/hf_api.py:{line}",
        repo_id=(REPO_ID,),
        revision=REVISION,
        repo_type=repo_type,
        reads="config",
        repo_type_param=REPO_TYPE,
        downloads=False,
        never_local=True,
    )
    for name, repo_type, line in QUESTION_NAMES
)

CHANGES = tuple(
    Loader(
        package="huggingface_hub",
        name=name,
        source=f"huggingface_hub 2.4.0 huggingface_hub/{place}",
        repo_id=tuple(Param((parameter,), at) for parameter, at in parameters),
        revision=None,
        reads="config",
        repo_type_param=REPO_TYPE,
        downloads=False,
        writes=True,
        never_local=True,
    )
    for name, parameters, place in CHANGE_NAMES
)

# A card is README.md, and is read at main.
CARDS = tuple(
    Loader(
        package="huggingface_hub",
        name=name,
        source="huggingface_hub 2.4.0 huggingface_hub/repocard.py:136",
        repo_id=(Param(("repo_id_or_path",), 0),),
        revision=None,
        repo_type=repo_type,
        reads="config",
        repo_type_param=Param(("repo_type",), 1),
        downloads=False,
    )
    for name, repo_type in CARD_NAMES
)

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
        reader="fastai",
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
    *QUESTIONS,
    *CHANGES,
    *CARDS,
    # A model that somebody else runs; an address is none of the Hub's.
    *(
        Loader(
            package="huggingface_hub",
            name=name,
            source=source,
            repo_id=(Param(("model",), 0),),
            revision=None,
            downloads=False,
        )
        for name, source in (
            (
                "InferenceClient",
                "huggingface_hub 2.4.0 huggingface_hub/inference/_client.py:168",
            ),
            (
                "AsyncInferenceClient",
                "huggingface_hub 2.4.0 huggingface_hub/inference/_generated/_async_client.py:156",
            ),
        )
    ),
    *(
        Loader(
            package="huggingface_hub",
            name=f"HfFileSystem.{name}",
            source=f"huggingface_hub 2.4.0 huggingface_hub/hf_file_system.py:{line}",
            repo_id=(Param((parameter,), 0),),
            revision=Param(("revision",), position),
            reads="files",
            downloads=rows is FILE_SYSTEM,
            never_local=True,
            hub_path=True,
        )
        for rows in (FILE_SYSTEM, LISTINGS)
        for name, parameter, position, line in rows
    ),
)
