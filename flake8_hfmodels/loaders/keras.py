"""What Keras, with KerasHub under its two names and within TensorFlow, loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param, Reads

# Everything else is a file, a preset of the library's own or of another hub.
HUB = ("hf://",)
PRESET = Param(("preset",), 0)
FOLDER = "download a pinned snapshot with snapshot_download(revision=...) and load that folder"

PRESETS: tuple[tuple[str, Reads, str], ...] = (
    ("*Tokenizer.from_preset", "config", "tokenizers/tokenizer.py:214"),
    ("*Backbone.from_preset", "files", "models/backbone.py:121"),
    ("*.from_preset", "files", "models/task.py:133"),
)

LOADERS: tuple[Loader, ...] = (
    # It takes an open h5py.File too.
    *(
        Loader(
            package=package,
            name="load_model",
            source="keras 3.15.1 keras/src/saving/saving_api.py:126",
            repo_id=(Param(("filepath",), 0),),
            revision=None,
            reads="files",
            instead=FOLDER,
            options=("safe_mode",),
            prefixes=HUB,
            takes_object=True,
        )
        for package in ("keras", "tensorflow")
    ),
    *(
        Loader(
            package=package,
            name=name,
            source=f"keras_hub 0.32.0 keras_hub/src/{place}",
            repo_id=(PRESET,),
            revision=None,
            reads=reads,
            instead=FOLDER,
            prefixes=HUB,
        )
        for package in ("keras_hub", "keras_nlp")
        for name, reads, place in PRESETS
    ),
)
