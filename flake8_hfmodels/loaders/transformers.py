"""What transformers loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.default_models import BY_TASK
from flake8_hfmodels.loaders.nested import IN_MODEL
from flake8_hfmodels.loaders.row import Loader, Param

MODEL = Param(("pretrained_model_name_or_path",), 0)
REVISION = Param(("revision",))
REVISION_FIFTH = Param(("revision",), 5)
CODE_REVISION = Param(("code_revision",))
TRUST = Param(("trust_remote_code",))
WEIGHTS = ("use_safetensors", "weights_only", "gguf_file", "variant", "subfolder")
FOLDER = "download a pinned snapshot with snapshot_download(revision=...) and load that folder"

# It takes the name of an implementation or a dictionary of names too. Code of a publisher that
# the Hub calls trusted runs without a flag.
ATTENTION = Loader(
    package="transformers",
    name="*.from_pretrained",
    source="transformers 5.23.0 transformers/modeling_utils.py:1747",
    repo_id=(Param(("attn_implementation",)),),
    revision=None,
    repo_type="kernel",
    reads="code",
    instead="append @<commit hash> to the kernel's id",
    runs_code="the kernel's Python and native code",
    at_revision=True,
    names_elsewhere=True,
    takes_object=True,
)

# The revision is that of the model, which they are given too.
COMPONENTS = (
    *(
        Loader(
            package="transformers",
            name="pipeline",
            source="transformers 5.23.0 transformers/pipelines/__init__.py:759",
            repo_id=(Param((name,), position),),
            revision=Param(("revision",), 8),
            reads="config",
            takes_object=True,
        )
        for name, position in (
            ("config", 2),
            ("tokenizer", 3),
            ("feature_extractor", 4),
            ("image_processor", 5),
            ("video_processor", None),
            ("processor", None),
        )
    ),
    Loader(
        package="transformers",
        name="pipeline",
        source="transformers 5.23.0 transformers/pipelines/base.py:343",
        repo_id=(Param(("assistant_model",)),),
        revision=None,
        instead="load it with from_pretrained(revision=...) and pass the model",
        takes_object=True,
    ),
)

LOADERS: tuple[Loader, ...] = (
    *(
        Loader(
            package="transformers",
            name=name,
            source=source,
            repo_id=(MODEL,),
            revision=REVISION,
            code_revision=CODE_REVISION,
            trust_remote_code=TRUST,
            options=WEIGHTS,
            also=(ATTENTION,),
        )
        for name, source in (
            (
                "AutoModel*.from_pretrained",
                "transformers 5.23.0 transformers/models/auto/auto_factory.py:261",
            ),
            (
                "AutoBackbone.from_pretrained",
                "transformers 5.23.0 transformers/models/auto/auto_factory.py:465",
            ),
        )
    ),
    # Nothing is downloaded here but the code that the configuration names.
    Loader(
        package="transformers",
        name="AutoModel*.from_config",
        source="transformers 5.23.0 transformers/models/auto/auto_factory.py:204",
        repo_id=(),
        revision=None,
        reads="config",
        trust_remote_code=TRUST,
        also=(ATTENTION,),
    ),
    # They read .h5 or .msgpack, and a pickle only where from_pt is set.
    *(
        Loader(
            package="transformers",
            name=name,
            source="transformers 4.57.6 transformers/models/auto/auto_factory.py:469",
            repo_id=(MODEL,),
            revision=REVISION,
            reads="files",
            code_revision=CODE_REVISION,
            trust_remote_code=TRUST,
            options=("use_safetensors", "from_pt", "subfolder"),
        )
        for name in ("TFAutoModel*.from_pretrained", "FlaxAutoModel*.from_pretrained")
    ),
    *(
        Loader(
            package="transformers",
            name=name,
            source=source,
            repo_id=(MODEL,),
            revision=REVISION,
            reads="config",
            code_revision=CODE_REVISION,
            trust_remote_code=TRUST,
            options=("gguf_file", "subfolder"),
        )
        for name, source in (
            (
                "AutoConfig.from_pretrained",
                "transformers 5.23.0 transformers/models/auto/configuration_auto.py:311",
            ),
            (
                "AutoTokenizer.from_pretrained",
                "transformers 5.23.0 transformers/models/auto/tokenization_auto.py:675",
            ),
            (
                "AutoProcessor.from_pretrained",
                "transformers 5.23.0 transformers/models/auto/processing_auto.py:143",
            ),
            (
                "AutoImageProcessor.from_pretrained",
                "transformers 5.23.0 transformers/models/auto/image_processing_auto.py:515",
            ),
            (
                "AutoFeatureExtractor.from_pretrained",
                "transformers 5.23.0 transformers/models/auto/feature_extraction_auto.py:248",
            ),
            (
                "AutoVideoProcessor.from_pretrained",
                "transformers 5.23.0 transformers/models/auto/video_processing_auto.py:282",
            ),
        )
    ),
    Loader(
        package="transformers",
        name="GenerationConfig.from_pretrained",
        source="transformers 5.23.0 transformers/generation/configuration_utils.py:953",
        repo_id=(Param(("pretrained_model_name",), 0),),
        revision=Param(("revision",), 6),
        reads="config",
        trust_remote_code=TRUST,
        options=("subfolder",),
    ),
    Loader(
        package="transformers",
        name="*Config.from_pretrained",
        source="transformers 5.23.0 transformers/configuration_utils.py:798",
        repo_id=(MODEL,),
        revision=REVISION_FIFTH,
        reads="config",
        trust_remote_code=TRUST,
        options=("gguf_file", "subfolder"),
    ),
    Loader(
        package="transformers",
        name="*Config.get_config_dict",
        source="transformers 5.23.0 transformers/configuration_utils.py:910",
        repo_id=(MODEL,),
        revision=REVISION,
        reads="config",
        options=("gguf_file", "subfolder"),
    ),
    # It drops its keyword arguments, the revision among them.
    Loader(
        package="transformers",
        name="RagTokenizer.from_pretrained",
        source="transformers 5.23.0 transformers/models/rag/tokenization_rag.py:41",
        repo_id=(MODEL,),
        revision=None,
        instead=FOLDER,
        reads="config",
        trust_remote_code=TRUST,
    ),
    # A revision reaches its configuration only, not its tokenizers.
    Loader(
        package="transformers",
        name="RagRetriever.from_pretrained",
        source="transformers 5.23.0 transformers/models/rag/retrieval_rag.py:444",
        repo_id=(Param(("retriever_name_or_path",), 0),),
        revision=None,
        instead=FOLDER,
        reads="config",
        trust_remote_code=TRUST,
    ),
    *(
        Loader(
            package="transformers",
            name=name,
            source="transformers 5.23.0 transformers/tokenization_utils_base.py:1515",
            repo_id=(MODEL,),
            revision=REVISION,
            reads="config",
            trust_remote_code=TRUST,
            options=("gguf_file", "subfolder"),
        )
        for name in ("*Tokenizer.from_pretrained", "*TokenizerFast.from_pretrained")
    ),
    Loader(
        package="transformers",
        name="MistralCommonBackend.from_pretrained",
        source="transformers 5.23.0 transformers/tokenization_mistral_common.py:1438",
        repo_id=(MODEL,),
        revision=REVISION,
        reads="config",
        trust_remote_code=TRUST,
    ),
    *(
        Loader(
            package="transformers",
            name=name,
            source=source,
            repo_id=(MODEL,),
            revision=REVISION_FIFTH,
            reads="config",
            trust_remote_code=TRUST,
            options=("subfolder",),
        )
        for name, source in (
            (
                "*ImageProcessor.from_pretrained",
                "transformers 5.23.0 transformers/image_processing_base.py:85",
            ),
            (
                "*ImageProcessorFast.from_pretrained",
                "transformers 5.23.0 transformers/image_processing_base.py:85",
            ),
            (
                "*ImageProcessorPil.from_pretrained",
                "transformers 5.23.0 transformers/image_processing_base.py:85",
            ),
            (
                "*FeatureExtractor.from_pretrained",
                "transformers 5.23.0 transformers/feature_extraction_utils.py:287",
            ),
            (
                "*VideoProcessor.from_pretrained",
                "transformers 5.23.0 transformers/video_processing_utils.py:143",
            ),
            (
                "*Processor.from_pretrained",
                "transformers 5.23.0 transformers/processing_utils.py:1800",
            ),
        )
    ),
    Loader(
        package="transformers",
        name="ExportedModel.from_pretrained",
        source="transformers 5.23.0 transformers/exporters/base.py:207",
        repo_id=(MODEL,),
        revision=REVISION,
        reads="files",
        trust_remote_code=TRUST,
        options=("subfolder",),
    ),
    # They read .h5 or .msgpack, and a pickle only where from_pt is set.
    *(
        Loader(
            package="transformers",
            name=name,
            source=source,
            repo_id=(MODEL,),
            revision=REVISION,
            reads="files",
            trust_remote_code=TRUST,
            options=("use_safetensors", "from_pt", "subfolder"),
        )
        for name, source in (
            (
                "TF*.from_pretrained",
                "transformers 4.57.6 transformers/modeling_tf_utils.py:2520",
            ),
            (
                "Flax*.from_pretrained",
                "transformers 4.57.6 transformers/modeling_flax_utils.py:506",
            ),
        )
    ),
    # The flag lets custom_generate/generate.py of the repo run; the model's own code is local.
    *(
        Loader(
            package="transformers",
            name=name,
            source="transformers 5.23.0 transformers/modeling_utils.py:3894",
            repo_id=(MODEL,),
            revision=REVISION,
            trust_remote_code=TRUST,
            options=WEIGHTS,
            also=(ATTENTION,),
        )
        for name in ("*Model.from_pretrained", "*For*.from_pretrained")
    ),
    # 4.57.6 has another parameter at 7, but the model at 1 and the revision at 8 as well.
    Loader(
        package="transformers",
        name="pipeline",
        source="transformers 5.23.0 transformers/pipelines/__init__.py:759",
        repo_id=(Param(("model",), 1),),
        revision=Param(("revision",), 8),
        code_revision=CODE_REVISION,
        trust_remote_code=Param(("trust_remote_code",), 14),
        options=IN_MODEL,
        default_model=True,
        default_ids=BY_TASK,
        default_for=Param(("task",), 0),
        takes_object=True,
        also=COMPONENTS,
    ),
    # Each keyword argument is passed on without its prefix.
    *(
        Loader(
            package="transformers",
            name=name,
            source=source,
            repo_id=(Param((parameter,), 0),),
            revision=Param((f"{prefix}_revision",)),
            code_revision=Param((f"{prefix}_code_revision",)),
            trust_remote_code=Param((f"{prefix}_trust_remote_code",)),
            also=tuple(
                Loader(
                    package="transformers",
                    name=name,
                    source=source,
                    repo_id=(Param((other,), position),),
                    revision=Param((f"{its_prefix}_revision",)),
                    code_revision=Param((f"{its_prefix}_code_revision",)),
                    trust_remote_code=Param((f"{its_prefix}_trust_remote_code",)),
                )
                for position, (its_prefix, other) in enumerate(others, 1)
            ),
        )
        for name, source, (prefix, parameter), *others in (
            (
                "*.from_encoder_decoder_pretrained",
                "transformers 5.23.0"
                " transformers/models/encoder_decoder/modeling_encoder_decoder.py:183",
                ("encoder", "encoder_pretrained_model_name_or_path"),
                ("decoder", "decoder_pretrained_model_name_or_path"),
            ),
            (
                "*.from_sub_models_pretrained",
                "transformers 5.23.0 transformers/models/musicgen/modeling_musicgen.py:1224",
                ("text_encoder", "text_encoder_pretrained_model_name_or_path"),
                ("audio_encoder", "audio_encoder_pretrained_model_name_or_path"),
                ("decoder", "decoder_pretrained_model_name_or_path"),
            ),
            (
                "*.from_vision_text_pretrained",
                "transformers 5.23.0 transformers/models/vision_text_dual_encoder/"
                "modeling_vision_text_dual_encoder.py:295",
                ("vision", "vision_model_name_or_path"),
                ("text", "text_model_name_or_path"),
            ),
        )
    ),
    # It takes a name of an implementation or a dictionary of names too.
    Loader(
        package="transformers",
        name="*.set_attn_implementation",
        source="transformers 5.23.0 transformers/modeling_utils.py:1960",
        repo_id=(Param(("attn_implementation",), 0),),
        revision=None,
        repo_type="kernel",
        reads="code",
        instead="append @<commit hash> to the kernel's id",
        runs_code="the kernel's Python and native code",
        at_revision=True,
        names_elsewhere=True,
        takes_object=True,
    ),
    Loader(
        package="transformers",
        name="*.load_custom_generate",
        source="transformers 5.23.0 transformers/generation/utils.py:589",
        repo_id=(MODEL,),
        revision=REVISION,
        reads="code",
        trust_remote_code=Param(("trust_remote_code",), 1),
    ),
    Loader(
        package="transformers",
        name="*.generate",
        source="transformers 5.23.0 transformers/generation/utils.py:2582",
        repo_id=(Param(("custom_generate",)),),
        revision=REVISION,
        reads="code",
        only_if="custom_generate",
        trust_remote_code=TRUST,
    ),
    # The revision is positional 6 in 5.x and 7 in 4.x, the code revision 9 and 10.
    Loader(
        package="transformers",
        name="get_class_from_dynamic_module",
        source="transformers 5.23.0 transformers/dynamic_module_utils.py:518",
        repo_id=(Param(("pretrained_model_name_or_path",), 1),),
        revision=REVISION,
        reads="code",
        code_revision=CODE_REVISION,
        runs_code="the Python file that holds the class",
        bare=True,
    ),
    # The revision is positional 6 in 5.x and 7 in 4.x.
    Loader(
        package="transformers",
        name="get_cached_module_file",
        source="transformers 5.23.0 transformers/dynamic_module_utils.py:346",
        repo_id=(MODEL,),
        revision=REVISION,
        reads="code",
    ),
    # The revision is positional 6 in 5.x and 7 in 4.x.
    *(
        Loader(
            package="transformers",
            name=name,
            source=source,
            repo_id=(Param(("path_or_repo_id", "path_or_repo"), 0),),
            revision=REVISION,
            reads="files",
            repo_type_param=Param(("repo_type",)),
            options=("filename", "filenames", "subfolder"),
        )
        for name, source in (
            ("cached_file", "transformers 5.23.0 transformers/utils/hub.py:315"),
            ("cached_files", "transformers 5.23.0 transformers/utils/hub.py:375"),
            ("get_file_from_repo", "transformers 4.46.3 transformers/utils/hub.py:479"),
        )
    ),
    # It takes a language; the repo is the one that the model came from.
    Loader(
        package="transformers",
        name="Wav2Vec2*.load_adapter",
        source="transformers 5.23.0 transformers/models/wav2vec2/modeling_wav2vec2.py:1020",
        repo_id=(Param(("target_lang",), 0),),
        revision=REVISION,
        reads="adapter",
        options=("use_safetensors",),
        names_elsewhere=True,
    ),
    # 4.x took revision= as well; both majors take it in adapter_kwargs. Without an owner it is a
    # folder, or the language of a speech model whose class nobody sees.
    Loader(
        package="transformers",
        name="*.load_adapter",
        source="transformers 5.23.0 transformers/integrations/peft.py:80",
        repo_id=(Param(("peft_model_id",), 0),),
        revision=Param(("revision",), within="adapter_kwargs"),
        reads="adapter",
        options=("use_safetensors",),
        names_elsewhere=True,
    ),
    Loader(
        package="transformers",
        name="*.from_pretrained",
        source="transformers 5.23.0 transformers/modeling_utils.py:3894",
        repo_id=(MODEL,),
        revision=REVISION,
        trust_remote_code=TRUST,
        options=WEIGHTS,
        also=(ATTENTION,),
    ),
    # Agents were part of it until 4.51; smolagents has them since. A task is no repo.
    *(
        Loader(
            package="transformers",
            name=name,
            source=f"transformers 4.46.3 transformers/agents/tools.py:{line}",
            repo_id=(Param(names, 0),),
            revision=REVISION,
            repo_type="space",
            repo_type_param=Param(("repo_type",)),
            reads="code",
            runs_code="the tool's Python file from its Space",
            names_elsewhere=True,
            never_local=True,
        )
        for name, names, line in (
            ("load_tool", ("task_or_repo_id",), 693),
            ("*Tool.from_hub", ("repo_id",), 240),
        )
    ),
    # Uploads, on a model, a tokenizer, a configuration.
    Loader(
        package="transformers",
        name="push_to_hub",
        source="transformers 5.23.0 transformers/utils/hub.py:822",
        repo_id=(Param(("repo_id",), 0),),
        revision=None,
        downloads=False,
    ),
)
