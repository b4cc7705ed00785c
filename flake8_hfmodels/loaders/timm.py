"""What timm loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

MODEL_ID = Param(("model_id",), 0)
# Without it the weights are not read.
PRETRAINED = Param(("pretrained",), 1)
AT_ID = "append @<commit hash> to the id"

CONFIGURED = Loader(
    package="timm",
    name="create_model",
    source="timm 1.0.31 timm/models/_builder.py:211",
    repo_id=(Param(("hf_hub_id",), within="pretrained_cfg"),),
    revision=None,
    instead="append @<commit hash> to hf_hub_id",
    options=(PRETRAINED,),
    at_revision=True,
)

LOADERS: tuple[Loader, ...] = (
    Loader(
        package="timm",
        name="create_model",
        source="timm 1.0.31 timm/models/_factory.py:162",
        repo_id=(Param(("model_name",), 0),),
        revision=None,
        instead="append @<commit hash> to the name",
        prefixes=("hf-hub:", "hf_hub:"),
        options=(PRETRAINED,),
        at_revision=True,
        also=(CONFIGURED,),
    ),
    Loader(
        package="timm",
        name="load_model_config_from_hf",
        source="timm 1.0.31 timm/models/_hub.py:206",
        repo_id=(MODEL_ID,),
        revision=None,
        instead=AT_ID,
        reads="config",
        at_revision=True,
    ),
    *(
        Loader(
            package="timm",
            name=name,
            source=source,
            repo_id=(MODEL_ID,),
            revision=None,
            instead=AT_ID,
            options=options,
            reader=reader,
            at_revision=True,
        )
        for name, options, reader, source in (
            (
                "load_state_dict_from_hf",
                (Param(("filename",), 1), Param(("weights_only",), 2)),
                "timm",
                "timm 1.0.31 timm/models/_hub.py:230",
            ),
            # The model reads the files itself.
            ("load_custom_from_hf", (), "unknown", "timm 1.0.31 timm/models/_hub.py:328"),
        )
    ),
    Loader(
        package="timm",
        name="create_dataset",
        source="timm 1.0.31 timm/data/dataset_factory.py:63",
        repo_id=(Param(("name",), 0),),
        revision=None,
        repo_type="dataset",
        reads="data",
        instead="load the dataset with datasets.load_dataset(revision=...)",
        trust_remote_code=Param(("trust_remote_code",), 13),
        prefixes=("hfds/", "hfids/"),
    ),
)
