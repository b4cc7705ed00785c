"""What LeRobot loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

REPO_ID = Param(("repo_id",), 0)
REVISION = Param(("revision",))

LOADERS: tuple[Loader, ...] = (
    *(
        Loader(
            package="lerobot",
            name=name,
            source=source,
            repo_id=(Param(("pretrained_model_name_or_path",), 0),),
            revision=REVISION,
            reads="config",
        )
        for name, source in (
            (
                "*ProcessorPipeline.from_pretrained",
                "lerobot 0.6.1 lerobot/processor/pipeline.py:619",
            ),
        )
    ),
    Loader(
        package="lerobot",
        name="*Config.from_pretrained",
        source="lerobot 0.6.1 lerobot/configs/policies.py:172",
        repo_id=(Param(("pretrained_name_or_path",), 0),),
        revision=REVISION,
        reads="config",
    ),
    # Backbones that the configuration names come from main, some of them with their code.
    Loader(
        package="lerobot",
        name="*.from_pretrained",
        source="lerobot 0.6.1 lerobot/policies/pretrained.py:169",
        repo_id=(Param(("pretrained_name_or_path",), 0),),
        revision=REVISION,
    ),
    # Where no revision is given they take the tag of the format's version.
    *(
        Loader(
            package="lerobot",
            name=name,
            source=source,
            repo_id=(REPO_ID,),
            revision=Param(("revision",), position),
            repo_type="dataset",
            reads="data",
        )
        for name, position, source in (
            ("LeRobotDataset", 7, "lerobot 0.6.1 lerobot/datasets/lerobot_dataset.py:47"),
            ("LeRobotDatasetMetadata", 2, "lerobot 0.6.1 lerobot/datasets/dataset_metadata.py:71"),
            (
                "StreamingLeRobotDataset",
                6,
                "lerobot 0.6.1 lerobot/datasets/streaming_dataset.py:246",
            ),
        )
    ),
    # It starts a new dataset.
    Loader(
        package="lerobot",
        name="*Dataset.create",
        source="lerobot 0.6.1 lerobot/datasets/lerobot_dataset.py:684",
        repo_id=(REPO_ID,),
        revision=None,
        repo_type="dataset",
        reads="data",
        downloads=False,
    ),
    # The string is owner/name@revision:file.py, of which a row cannot take the file away.
    Loader(
        package="lerobot",
        name="make_env",
        source="lerobot 0.6.1 lerobot/envs/factory.py:58",
        repo_id=(),
        revision=None,
        reads="code",
        trust_remote_code=Param(("trust_remote_code",), 4),
    ),
)
