"""What pyannote.audio loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

FOLDER = "download a pinned snapshot with snapshot_download(revision=...) and pass its folder"

LOADERS: tuple[Loader, ...] = (
    # 3.x takes id@revision and has no parameter for it, 4.x the other way round. The
    # revision does not reach other repos that config.yaml names. It unpickles without
    # restriction: pyannote/audio/core/model.py:602.
    *(
        Loader(
            package="pyannote",
            name=name,
            source=source,
            repo_id=(Param(("checkpoint", "checkpoint_path"), 0),),
            revision=Param(("revision",), position),
            at_revision=True,
            reader="pyannote",
        )
        for name, position, source in (
            (
                "*Model.from_pretrained",
                4,
                "pyannote_audio 4.0.7 pyannote/audio/core/model.py:498",
            ),
            (
                "*.from_pretrained",
                1,
                "pyannote_audio 4.0.7 pyannote/audio/core/pipeline.py:153",
            ),
        )
    ),
    # The revision stands in a dictionary in the place of the id.
    *(
        Loader(
            package="pyannote",
            name=name,
            source=source,
            repo_id=(Param(("model",), 0),),
            revision=None,
            instead="load the model with Model.from_pretrained(revision=...) and pass it",
            takes_object=True,
            reader="pyannote",
        )
        for name, source in (
            ("Inference", "pyannote_audio 4.0.7 pyannote/audio/core/inference.py:78"),
            ("get_model", "pyannote_audio 4.0.7 pyannote/audio/pipelines/utils/getter.py:74"),
        )
    ),
)
