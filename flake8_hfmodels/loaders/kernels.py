"""What kernels loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

REPO_ID = Param(("repo_id",), 0)
# `version` stands for a branch.
REVISION = Param(("revision",))
TRUST = Param(("trust_remote_code",))

LOADERS: tuple[Loader, ...] = (
    # Code of a publisher that the Hub calls trusted runs without the flag.
    *(
        Loader(
            package="kernels",
            name=name,
            source=source,
            repo_id=(REPO_ID,),
            revision=REVISION,
            repo_type="kernel",
            reads="code",
            trust_remote_code=TRUST,
            runs_code="the kernel's Python and native code",
            never_local=True,
        )
        for name, source in (
            ("get_kernel", "kernels 0.17.2 kernels/load.py:96"),
            ("LayerRepository", "kernels 0.17.2 kernels/layer/layer.py:104"),
            ("FuncRepository", "kernels 0.17.2 kernels/layer/func.py:77"),
        )
    ),
    Loader(
        package="kernels",
        name="install_kernel",
        source="kernels 0.17.2 kernels/install.py:11",
        repo_id=(REPO_ID,),
        revision=REVISION,
        repo_type="kernel",
        reads="files",
        never_local=True,
    ),
    Loader(
        package="kernels",
        name="has_kernel",
        source="kernels 0.17.2 kernels/load.py:230",
        repo_id=(REPO_ID,),
        revision=REVISION,
        repo_type="kernel",
        reads="config",
        downloads=False,
        never_local=True,
    ),
)
