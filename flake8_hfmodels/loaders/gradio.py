"""What Gradio reads from the Hub: themes, and apps and models that stay on a server."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

# "org/name@1.0.0" is the version of a theme's file, not of the Space that holds it.
FILE = "save the theme with Theme.dump() and load that file with Theme.load()"

LOADERS: tuple[Loader, ...] = (
    # Nothing is downloaded: a server computes. Another prefix is that of an app.
    Loader(
        package="gradio",
        name="load",
        source="gradio 6.31.0 gradio/external.py:45",
        repo_id=(Param(("name",), 0),),
        revision=None,
        downloads=False,
        prefixes=("models/", "huggingface/"),
        never_local=True,
    ),
    Loader(
        package="gradio_client",
        name="Client",
        source="gradio_client 2.7.2 gradio_client/client.py:84",
        repo_id=(Param(("src",), 0),),
        revision=None,
        repo_type="space",
        downloads=False,
        never_local=True,
    ),
    Loader(
        package="gradio",
        name="*.from_hub",
        source="gradio 6.31.0 gradio/themes/base.py:192",
        repo_id=(Param(("repo_name",), 0),),
        revision=None,
        repo_type="space",
        reads="config",
        instead=FILE,
        at_revision=True,
        never_local=True,
    ),
    # Themes without a slash are Gradio's own.
    *(
        Loader(
            package="gradio",
            name=name,
            source="gradio 6.31.0 gradio/themes/base.py:192",
            repo_id=(Param(("theme",)),),
            revision=None,
            repo_type="space",
            reads="config",
            instead=FILE,
            only_if="theme",
            names_elsewhere=True,
            at_revision=True,
            takes_object=True,
        )
        for name in ("Blocks", "Interface")
    ),
)
