"""What WhisperX loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

MODEL = Param(("model_name",), 0)
FOLDER = "download a pinned snapshot with snapshot_download(revision=...) and pass its folder"

LOADERS: tuple[Loader, ...] = (
    # Sizes ("large-v2") are names of the library's own.
    Loader(
        package="whisperx",
        name="load_model",
        source="whisperx 3.8.6 whisperx/asr.py:315",
        repo_id=(Param(("whisper_arch",), 0),),
        revision=None,
        reads="files",
        instead=FOLDER,
        names_elsewhere=True,
    ),
    # Without a name it takes a model for the language.
    Loader(
        package="whisperx",
        name="load_align_model",
        source="whisperx 3.8.6 whisperx/alignment.py:80",
        repo_id=(Param(("model_name",), 2),),
        revision=None,
        instead=FOLDER,
        names_elsewhere=True,
        default_model=True,
    ),
    # It unpickles what pyannote.audio unpickles.
    Loader(
        package="whisperx",
        name="DiarizationPipeline",
        source="whisperx 3.8.6 whisperx/diarize.py:92",
        repo_id=(MODEL,),
        revision=None,
        instead=FOLDER,
        default_model=True,
        default_ids=(("", "pyannote/speaker-diarization-community-1"),),
        reader="pyannote",
    ),
)
