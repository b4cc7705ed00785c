"""What datasets loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

PATH = Param(("path",), 0)
# Gone in 4.0 with the loading scripts that it allowed.
TRUST = Param(("trust_remote_code",))
FILES = ("data_files", "data_dir")

LOADERS: tuple[Loader, ...] = (
    # The revision is positional 12 in 3.x to 5.x, 13 in 2.x.
    Loader(
        package="datasets",
        name="load_dataset",
        source="datasets 5.2.0 datasets/load.py:1446",
        repo_id=(PATH,),
        revision=Param(("revision",)),
        repo_type="dataset",
        reads="data",
        trust_remote_code=TRUST,
        options=FILES,
        builders=True,
    ),
    Loader(
        package="datasets",
        name="load_dataset_builder",
        source="datasets 5.2.0 datasets/load.py:1187",
        repo_id=(PATH,),
        revision=Param(("revision",), 8),
        repo_type="dataset",
        reads="data",
        trust_remote_code=TRUST,
        options=FILES,
        bare=True,
        builders=True,
    ),
    # The flag is positional 8 in 2.x and 3.x.
    Loader(
        package="datasets",
        name="dataset_module_factory",
        source="datasets 5.2.0 datasets/load.py:957",
        repo_id=(PATH,),
        revision=Param(("revision",), 1),
        repo_type="dataset",
        reads="config",
        trust_remote_code=Param(("trust_remote_code",), 8),
        options=FILES,
        builders=True,
    ),
    *(
        Loader(
            package="datasets",
            name=name,
            source=source,
            repo_id=(PATH,),
            revision=Param(("revision",), position),
            repo_type="dataset",
            reads="config",
            trust_remote_code=TRUST,
            options=FILES,
            builders=True,
        )
        for name, position, source in (
            ("get_dataset_config_names", 1, "datasets 5.2.0 datasets/inspect.py:109"),
            ("get_dataset_default_config_name", 1, "datasets 5.2.0 datasets/inspect.py:175"),
            ("get_dataset_config_info", 5, "datasets 5.2.0 datasets/inspect.py:237"),
            ("get_dataset_split_names", 5, "datasets 5.2.0 datasets/inspect.py:295"),
            ("get_dataset_infos", 4, "datasets 5.2.0 datasets/inspect.py:42"),
        )
    ),
    # Gone in 3.0. The script comes from GitHub, at a tag, branch or commit of the library's own
    # repository; the Spaces of evaluate took its place. The flag is from 2.16 on.
    Loader(
        package="datasets",
        name="load_metric",
        source="datasets 2.21.0 datasets/load.py:2049",
        repo_id=(PATH,),
        revision=Param(("revision",), 9),
        repo_type="space",
        reads="code",
        trust_remote_code=Param(("trust_remote_code",), 10),
        runs_code="the metric's Python file from GitHub",
    ),
    # Uploads.
    Loader(
        package="datasets",
        name="push_to_hub",
        source="datasets 5.2.0 datasets/arrow_dataset.py:6092",
        repo_id=(Param(("repo_id",), 0),),
        revision=None,
        repo_type="dataset",
        downloads=False,
    ),
)
