"""What peft loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

MODEL = Param(("pretrained_model_name_or_path",), 0)
ADAPTER = Param(("model_id",), 1)
REVISION = Param(("revision",))
SUBFOLDER = ("subfolder",)

LOADERS: tuple[Loader, ...] = (
    # The revision pins the adapter; adapter_config.json says which base model, and where.
    Loader(
        package="peft",
        name="AutoPeftModel*.from_pretrained",
        source="peft 0.21.2 peft/auto.py:89",
        repo_id=(MODEL,),
        revision=Param(("revision",), 4),
        reads="adapter",
        trust_remote_code=Param(("trust_remote_code",)),
        options=SUBFOLDER,
        follows_base=True,
    ),
    *(
        Loader(
            package="peft",
            name=name,
            source=source,
            repo_id=(ADAPTER,),
            revision=REVISION,
            reads="adapter",
            options=SUBFOLDER,
        )
        for name, source in (
            ("PeftModel*.from_pretrained", "peft 0.21.2 peft/peft_model.py:418"),
            ("PeftMixedModel.from_pretrained", "peft 0.21.2 peft/mixed_model.py:398"),
        )
    ),
    Loader(
        package="peft",
        name="Peft*.load_adapter",
        source="peft 0.21.2 peft/peft_model.py:1417",
        repo_id=(Param(("model_id",), 0),),
        revision=REVISION,
        reads="adapter",
        options=SUBFOLDER,
    ),
    Loader(
        package="peft",
        name="*Config.from_pretrained",
        source="peft 0.21.2 peft/config.py:231",
        repo_id=(MODEL,),
        revision=REVISION,
        reads="config",
        options=SUBFOLDER,
    ),
    Loader(
        package="peft",
        name="load_peft_weights",
        source="peft 0.21.2 peft/utils/save_and_load.py:682",
        repo_id=(Param(("model_id",), 0),),
        revision=REVISION,
        reads="adapter",
        options=SUBFOLDER,
    ),
    Loader(
        package="peft",
        name="hotswap_adapter",
        source="peft 0.21.2 peft/utils/hotswap.py:625",
        repo_id=(Param(("model_name_or_path",), 1),),
        revision=REVISION,
        reads="adapter",
        options=SUBFOLDER,
    ),
    Loader(
        package="peft",
        name="check_if_peft_model",
        source="peft 0.21.2 peft/helpers.py:149",
        repo_id=(Param(("model_name_or_path",), 0),),
        revision=None,
        reads="config",
        instead="download a pinned snapshot with snapshot_download(revision=...)"
        " and check that folder",
    ),
    # Uploads.
    Loader(
        package="peft",
        name="push_to_hub",
        source="peft 0.21.2 peft/peft_model.py:120",
        repo_id=(Param(("repo_id",), 0),),
        revision=None,
        downloads=False,
    ),
)
