"""What evaluate loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

PATH = Param(("path",), 0)
METRIC = "the metric's Python file from its Space"

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
)
