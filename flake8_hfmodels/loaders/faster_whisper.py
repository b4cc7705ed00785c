"""What faster-whisper loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

LOADERS: tuple[Loader, ...] = (
    # Sizes ("large-v3") are names of the library's own. CTranslate2's model.bin is no pickle.
    *(
        Loader(
            package="faster_whisper",
            name=name,
            source=source,
            repo_id=(Param((parameter,), 0),),
            revision=Param(("revision",), position),
            reads="files",
            names_elsewhere=True,
        )
        for name, parameter, position, source in (
            (
                "WhisperModel",
                "model_size_or_path",
                9,
                "faster_whisper 1.2.1 faster_whisper/transcribe.py:621",
            ),
            (
                "download_model",
                "size_or_id",
                4,
                "faster_whisper 1.2.1 faster_whisper/utils.py:49",
            ),
        )
    ),
)
