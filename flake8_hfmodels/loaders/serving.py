"""What servers of models load from the Hub: SGLang, LMDeploy, Infinity, BentoML."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

REVISION = Param(("revision",))
TRUST = Param(("trust_remote_code",))

# Fields of ServerArgs, which Engine takes as keywords; the tokenizer gets the model's revision.
SGLANG_TOKENIZER = Loader(
    package="sglang",
    name="Engine",
    source="sglang 0.5.23 sglang/srt/managers/tokenizer_manager.py:642",
    repo_id=(Param(("tokenizer_path",)),),
    revision=REVISION,
    reads="config",
)
SGLANG_DRAFT = Loader(
    package="sglang",
    name="Engine",
    source="sglang 0.5.23 sglang/srt/arg_groups/field_order.py:267",
    repo_id=(Param(("speculative_draft_model_path",)),),
    revision=Param(("speculative_draft_model_revision",)),
)

LOADERS: tuple[Loader, ...] = (
    *(
        Loader(
            package="sglang",
            name=name,
            source="sglang 0.5.23 sglang/srt/arg_groups/field_order.py:18",
            repo_id=(Param(("model_path",)),),
            revision=REVISION,
            trust_remote_code=TRUST,
            options=("load_format",),
            also=(SGLANG_TOKENIZER, SGLANG_DRAFT),
        )
        for name in ("Engine", "Runtime", "ServerArgs")
    ),
    # The pin stands in an object: backend_config=TurbomindEngineConfig(revision=...).
    *(
        Loader(
            package="lmdeploy",
            name=name,
            source=source,
            repo_id=(Param(("model_path",), 0),),
            revision=Param(("revision",), within="backend_config"),
            trust_remote_code=trust,
        )
        for name, trust, source in (
            ("pipeline", Param(("trust_remote_code",), 5), "lmdeploy 0.18.0 lmdeploy/api.py:15"),
            ("serve", TRUST, "lmdeploy 0.18.0 lmdeploy/api.py:86"),
        )
    ),
    # Model, revision and flag have defaults in the environment; env.py:95 names the model's.
    Loader(
        package="infinity_emb",
        name="EngineArgs",
        source="infinity_emb 0.0.78 infinity_emb/args.py:31",
        repo_id=(Param(("model_name_or_path",), 0),),
        revision=Param(("revision",), 2),
        trust_remote_code=Param(("trust_remote_code",), 3),
        trust_by_default=True,
        default_model=True,
        default_ids=(("", "michaelfeil/bge-small-en-v1.5"),),
    ),
    Loader(
        package="bentoml",
        name="HuggingFaceModel",
        source="bentoml 1.4.40 bentoml/models.py:23",
        repo_id=(Param(("model_id",)),),
        revision=REVISION,
        reads="files",
        never_local=True,
    ),
    *(
        Loader(
            package="bentoml",
            name=name,
            source=source,
            repo_id=(Param(("model_name_or_path",), 1),),
            revision=REVISION,
            trust_remote_code=trust,
            reader=reader,
        )
        for name, trust, reader, source in (
            (
                "*transformers.import_model",
                TRUST,
                "transformers",
                "bentoml 1.4.40 bentoml/_internal/frameworks/transformers.py:615",
            ),
            (
                "*diffusers.import_model",
                None,
                "diffusers pipeline",
                "bentoml 1.4.40 bentoml/_internal/frameworks/diffusers.py:377",
            ),
        )
    ),
)
