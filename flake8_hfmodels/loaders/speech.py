"""What libraries of speech and sound load from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FOLDER
from flake8_hfmodels.loaders.row import Loader, Param

REPO_ID = Param(("repo_id",), 0)
KOKORO = (("", "hexgrad/Kokoro-82M"),)
AT_ID = "append @<commit hash> to the id"

LOADERS: tuple[Loader, ...] = (
    Loader(
        package="kokoro",
        name="KModel",
        source="kokoro 0.9.4 kokoro/model.py:31",
        repo_id=(REPO_ID,),
        revision=None,
        reads="files",
        instead="download pinned files with hf_hub_download(revision=...)"
        " and pass them as config and model",
        default_model=True,
        default_ids=KOKORO,
    ),
    Loader(
        package="kokoro",
        name="KPipeline",
        source="kokoro 0.9.4 kokoro/pipeline.py:63",
        repo_id=(Param(("repo_id",), 1),),
        revision=None,
        reads="files",
        instead="pass model= with a KModel that was made of pinned files",
        default_model=True,
        default_ids=KOKORO,
    ),
    Loader(
        package="snac",
        name="SNAC.from_pretrained",
        source="snac 1.2.1 snac/snac.py:101",
        repo_id=(REPO_ID,),
        revision=Param(("revision",)),
        reader="torch.load",
    ),
    # config.yaml names the classes that are made: vocos/pretrained.py:70.
    Loader(
        package="vocos",
        name="Vocos.from_pretrained",
        source="vocos 0.1.0 vocos/pretrained.py:63",
        repo_id=(REPO_ID,),
        revision=Param(("revision",), 1),
        runs_code="what its config.yaml names",
        reader="torch.load",
    ),
    # Names of a catalogue of its own, "tts_models/en/ljspeech/glow-tts", some of which are repos.
    Loader(
        package="TTS",
        name="TTS",
        source="coqui-tts 0.28.0 TTS/api.py:23",
        repo_id=(Param(("model_name",), 0),),
        revision=None,
        instead=FOLDER,
        names_elsewhere=True,
    ),
    *(
        Loader(
            package="espnet_model_zoo",
            name=f"*ModelDownloader.{method}",
            source=f"espnet_model_zoo 0.1.11 espnet_model_zoo/downloader.py:{line}",
            repo_id=(Param(("name",), 0),),
            revision=None,
            reads="files",
            instead=AT_ID,
            at_revision=True,
            names_elsewhere=True,
            reader="espnet",
        )
        for method, line in (
            ("download_and_unpack", 367),
            ("download", 314),
            ("huggingface_download", 246),
        )
    ),
    Loader(
        package="espnet2",
        name="*.from_pretrained",
        source="espnet_model_zoo 0.1.11 espnet_model_zoo/downloader.py:421",
        repo_id=(Param(("model_tag",), 0),),
        revision=None,
        reads="files",
        instead=AT_ID,
        at_revision=True,
        names_elsewhere=True,
        reader="espnet",
    ),
)
