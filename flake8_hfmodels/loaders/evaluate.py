"""What evaluate loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

PATH = Param(("path",), 0)
METRIC = "the metric's Python file from its Space"

DATA = Loader(
    package="evaluate",
    name="*.compute",
    source="evaluate 0.4.6 evaluate/evaluator/base.py:379",
    repo_id=(Param(("data",), 1),),
    revision=None,
    repo_type="dataset",
    reads="data",
    instead="load the dataset with datasets.load_dataset(revision=...) and pass it",
    takes_object=True,
)

LOADERS: tuple[Loader, ...] = (
    Loader(
        package="evaluate",
        name="EvaluationSuite.load",
        source="evaluate 0.4.6 evaluate/evaluation_suite/__init__.py:76",
        repo_id=(PATH,),
        revision=Param(("revision",), 2),
        repo_type="space",
        reads="code",
        runs_code="the suite's Python file from its Space",
    ),
    # Where no revision is given it tries the tag v<version of evaluate>, then main.
    Loader(
        package="evaluate",
        name="load",
        source="evaluate 0.4.6 evaluate/loading.py:689",
        repo_id=(PATH,),
        revision=Param(("revision",), 10),
        repo_type="space",
        reads="code",
        runs_code=METRIC,
        bare_owner="evaluate-metric",
    ),
    Loader(
        package="evaluate",
        name="evaluation_module_factory",
        source="evaluate 0.4.6 evaluate/loading.py:559",
        repo_id=(PATH,),
        revision=Param(("revision",), 2),
        repo_type="space",
        reads="code",
        runs_code=METRIC,
        bare_owner="evaluate-metric",
    ),
    # What evaluate.evaluator(task) makes.
    *(
        Loader(
            package="evaluate",
            name=name,
            source="evaluate 0.4.6 evaluate/evaluator/base.py:218",
            repo_id=(Param(("model_or_pipeline",), 0),),
            revision=None,
            instead="build the pipeline with pipeline(revision=...) and pass it",
            takes_object=True,
            also=(DATA,),
        )
        for name in ("*Evaluator.compute", "*evaluator().compute")
    ),
)
