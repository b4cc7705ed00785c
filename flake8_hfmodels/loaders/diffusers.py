"""What diffusers loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.formats import COMPONENTS
from flake8_hfmodels.loaders.row import Loader, Param

MODEL = Param(("pretrained_model_name_or_path",), 0)
MODEL_OR_PATH = Param(("pretrained_model_or_path",), 0)
MODEL_OR_DICT = Param(("pretrained_model_name_or_path_or_dict",), 0)
REVISION = Param(("revision",))
TRUST = Param(("trust_remote_code",))
TRUST_FIRST = Param(("trust_remote_code",), 1)
PIPELINE = (
    *("use_safetensors", "variant", "use_onnx", "custom_pipeline", "custom_revision"),
    *COMPONENTS,
)
COMPONENT = ("use_safetensors", "variant", "subfolder")
COMMUNITY = "the pipeline's Python file that custom_pipeline names"
CUSTOM = Param(("custom_pipeline",))
ADAPTER = ("use_safetensors", "weight_name", "subfolder")
FOLDER = "download a pinned snapshot with snapshot_download(revision=...) and load that folder"

# A name without a slash is a file of the community's, and its revision a version of diffusers.
# Since 0.36 a repo needs trust_remote_code.
OTHER_PIPELINE = Loader(
    package="diffusers",
    name="*Pipeline.from_pretrained",
    source="diffusers 0.42.1 diffusers/pipelines/pipeline_utils.py:791",
    repo_id=(CUSTOM,),
    revision=Param(("custom_revision",)),
    reads="code",
    names_elsewhere=True,
)

# Flux takes it beside the adapter, and never with a revision.
IMAGE_ENCODER = Loader(
    package="diffusers",
    name="*.load_ip_adapter",
    source="diffusers 0.42.1 diffusers/loaders/ip_adapter.py:616",
    repo_id=(Param(("image_encoder_pretrained_model_name_or_path",)),),
    revision=None,
    instead=FOLDER,
    reader="transformers",
)

LOADERS: tuple[Loader, ...] = (
    Loader(
        package="diffusers",
        name="AutoPipelineFor*.from_pretrained",
        source="diffusers 0.42.1 diffusers/pipelines/auto_pipeline.py:405",
        repo_id=(MODEL_OR_PATH,),
        revision=REVISION,
        reads="diffusers",
        trust_remote_code=TRUST,
        options=PIPELINE,
        runs_code=COMMUNITY,
        code_if=CUSTOM,
        also=(OTHER_PIPELINE,),
    ),
    Loader(
        package="diffusers",
        name="*ModularPipeline.from_pretrained",
        source="diffusers 0.42.1 diffusers/modular_pipelines/modular_pipeline.py:1920",
        repo_id=(MODEL,),
        revision=REVISION,
        reads="config",
        trust_remote_code=TRUST_FIRST,
        options=COMPONENT,
    ),
    Loader(
        package="diffusers",
        name="*Blocks.from_pretrained",
        source="diffusers 0.42.1 diffusers/modular_pipelines/modular_pipeline.py:485",
        repo_id=(MODEL,),
        revision=REVISION,
        reads="code",
        trust_remote_code=TRUST_FIRST,
    ),
    Loader(
        package="diffusers",
        name="*Pipeline.from_pretrained",
        source="diffusers 0.42.1 diffusers/pipelines/pipeline_utils.py:640",
        repo_id=(MODEL,),
        revision=REVISION,
        reads="diffusers",
        trust_remote_code=TRUST,
        options=PIPELINE,
        runs_code=COMMUNITY,
        code_if=CUSTOM,
        also=(OTHER_PIPELINE,),
    ),
    Loader(
        package="diffusers",
        name="*Pipeline.download",
        source="diffusers 0.42.1 diffusers/pipelines/pipeline_utils.py:1503",
        repo_id=(Param(("pretrained_model_name",), 0),),
        revision=REVISION,
        reads="diffusers",
        trust_remote_code=TRUST,
        options=PIPELINE,
        runs_code=COMMUNITY,
        code_if=CUSTOM,
        also=(OTHER_PIPELINE,),
    ),
    # A name without a slash is a community pipeline, and its revision a version of diffusers.
    Loader(
        package="diffusers",
        name="*Pipeline.from_pipe",
        source="diffusers 0.42.1 diffusers/pipelines/pipeline_utils.py:2102",
        repo_id=(Param(("custom_pipeline",)),),
        revision=Param(("custom_revision",)),
        reads="code",
        only_if="custom_pipeline",
        trust_remote_code=TRUST,
        names_elsewhere=True,
    ),
    Loader(
        package="diffusers",
        name="AutoModel.from_pretrained",
        source="diffusers 0.42.1 diffusers/models/auto_model.py:157",
        repo_id=(MODEL_OR_PATH,),
        revision=REVISION,
        trust_remote_code=TRUST,
        options=COMPONENT,
    ),
    Loader(
        package="diffusers",
        name="AutoModel.from_config",
        source="diffusers 0.42.1 diffusers/models/auto_model.py:39",
        repo_id=(MODEL_OR_DICT,),
        revision=REVISION,
        reads="config",
        trust_remote_code=TRUST,
        options=("subfolder",),
    ),
    # It reads ONNX, and splits the id on @.
    Loader(
        package="diffusers",
        name="OnnxRuntimeModel.from_pretrained",
        source="diffusers 0.42.1 diffusers/pipelines/onnx_utils.py:217",
        repo_id=(Param(("model_id",), 0),),
        revision=None,
        instead="append @<commit hash> to the id",
        reads="files",
        at_revision=True,
    ),
    Loader(
        package="diffusers",
        name="EMAModel.from_pretrained",
        source="diffusers 0.42.1 diffusers/training_utils.py:714",
        repo_id=(Param(("path",), 0),),
        revision=None,
        instead=FOLDER,
    ),
    Loader(
        package="diffusers",
        name="*Scheduler.from_pretrained",
        source="diffusers 0.42.1 diffusers/schedulers/scheduling_utils.py:101",
        repo_id=(MODEL,),
        revision=REVISION,
        reads="config",
        options=("subfolder",),
    ),
    *(
        Loader(
            package="diffusers",
            name=name,
            source="diffusers 0.42.1 diffusers/models/modeling_utils.py:905",
            repo_id=(MODEL,),
            revision=REVISION,
            options=COMPONENT,
        )
        for name in (
            "*Model.from_pretrained",
            "Autoencoder*.from_pretrained",
            "ControlNet*.from_pretrained",
            "MotionAdapter.from_pretrained",
            "T2IAdapter.from_pretrained",
            "MultiAdapter.from_pretrained",
        )
    ),
    # The first argument is a file or an address; a repo can stand in `config`.
    *(
        Loader(
            package="diffusers",
            name=name,
            source=source,
            repo_id=(Param(("config",)),),
            revision=Param((revision,)),
            reads="config",
            only_if="config",
        )
        for name, revision, source in (
            (
                "*Pipeline.from_single_file",
                "revision",
                "diffusers 0.42.1 diffusers/loaders/single_file.py:405",
            ),
            (
                "*.from_single_file",
                "config_revision",
                "diffusers 0.42.1 diffusers/loaders/single_file_model.py:377",
            ),
        )
    ),
    # A declaration: its load() reads what stands here. The parameter was `repo` at first.
    Loader(
        package="diffusers",
        name="ComponentSpec",
        source="diffusers 0.42.1 diffusers/modular_pipelines/modular_pipeline_utils.py:98",
        repo_id=(Param(("pretrained_model_name_or_path", "repo"), 4),),
        revision=Param(("revision",), 7),
        options=("subfolder", "variant"),
    ),
    Loader(
        package="diffusers",
        name="*.load_config",
        source="diffusers 0.42.1 diffusers/configuration_utils.py:324",
        repo_id=(MODEL,),
        revision=REVISION,
        reads="config",
        options=("subfolder",),
    ),
    Loader(
        package="diffusers",
        name="*.load_lora_weights",
        source="diffusers 0.42.1 diffusers/loaders/lora_pipeline.py:149",
        repo_id=(MODEL_OR_DICT,),
        revision=REVISION,
        reads="adapter",
        options=ADAPTER,
        bare=True,
    ),
    Loader(
        package="diffusers",
        name="*.lora_state_dict",
        source="diffusers 0.42.1 diffusers/loaders/lora_pipeline.py:245",
        repo_id=(MODEL_OR_DICT,),
        revision=REVISION,
        reads="adapter",
        options=ADAPTER,
    ),
    Loader(
        package="diffusers",
        name="*.load_lora_adapter",
        source="diffusers 0.42.1 diffusers/loaders/peft.py:84",
        repo_id=(MODEL_OR_DICT,),
        revision=REVISION,
        reads="adapter",
        options=ADAPTER,
    ),
    Loader(
        package="diffusers",
        name="*.load_attn_procs",
        source="diffusers 0.42.1 diffusers/loaders/unet.py:63",
        repo_id=(MODEL_OR_DICT,),
        revision=REVISION,
        reads="adapter",
        options=ADAPTER,
        bare=True,
        reader="diffusers processors",
    ),
    Loader(
        package="diffusers",
        name="*.load_textual_inversion",
        source="diffusers 0.42.1 diffusers/loaders/textual_inversion.py:272",
        repo_id=(MODEL,),
        revision=REVISION,
        reads="adapter",
        options=ADAPTER,
        bare=True,
        reader="diffusers embedding",
    ),
    # The revision pins the adapter; the image encoder beside it is always read from main.
    Loader(
        package="diffusers",
        name="*.load_ip_adapter",
        source="diffusers 0.42.1 diffusers/loaders/ip_adapter.py:59",
        repo_id=(MODEL_OR_DICT,),
        revision=REVISION,
        reads="adapter",
        options=(
            Param(("subfolder",), 1),
            Param(("weight_name",), 2),
            "image_encoder_folder",
        ),
        reader="diffusers named",
        also=(IMAGE_ENCODER,),
        bare=True,
    ),
    Loader(
        package="diffusers",
        name="*.from_pretrained",
        source="diffusers 0.42.1 diffusers/models/modeling_utils.py:905",
        repo_id=(MODEL,),
        revision=REVISION,
        options=COMPONENT,
    ),
    # Uploads.
    Loader(
        package="diffusers",
        name="push_to_hub",
        source="diffusers 0.42.1 diffusers/utils/hub_utils.py:526",
        repo_id=(Param(("repo_id",), 0),),
        revision=None,
        downloads=False,
    ),
)
