"""What libraries that watch over texts load from the Hub: Presidio, LLM Guard, garak."""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FOLDER
from flake8_hfmodels.loaders.row import Loader, Param

RECOGNIZERS = "presidio_analyzer 2.2.366 presidio_analyzer/predefined_recognizers/ner"

LOADERS: tuple[Loader, ...] = (
    # gliner loads the encoder that its configuration names with the flag on.
    Loader(
        package="presidio_analyzer",
        name="GLiNERRecognizer",
        source=f"{RECOGNIZERS}/gliner_recognizer.py:29",
        repo_id=(Param(("model_name",), 6),),
        revision=Param(("revision",)),
        trust_by_default=True,
        default_model=True,
        default_ids=(("", "urchade/gliner_multi_pii-v1"),),
    ),
    Loader(
        package="presidio_analyzer",
        name="HuggingFaceNerRecognizer",
        source=f"{RECOGNIZERS}/huggingface_ner_recognizer.py:107",
        repo_id=(Param(("model_name",), 5),),
        revision=None,
        instead=FOLDER,
    ),
    # What scanners are given; their own defaults are pinned to full commit hashes.
    Loader(
        package="llm_guard",
        name="Model",
        source="llm_guard 0.3.16 llm_guard/model.py:9",
        repo_id=(Param(("path",), 0),),
        revision=Param(("revision",), 2),
        trust_remote_code=Param(("trust_remote_code",), within="kwargs"),
        also=(
            Loader(
                package="llm_guard",
                name="Model",
                source="llm_guard 0.3.16 llm_guard/model.py:9",
                repo_id=(Param(("onnx_path",), 3),),
                revision=Param(("onnx_revision",), 4),
                reads="files",
            ),
        ),
    ),
    *(
        Loader(
            package="garak",
            name=f"*huggingface.{name}",
            source=f"garak 0.17.1 garak/generators/huggingface.py:{line}",
            repo_id=(Param(("name",), 0),),
            revision=None,
            instead=FOLDER,
        )
        for name, line in (("Pipeline", 64), ("Model", 378))
    ),
    Loader(
        package="garak",
        name="*huggingface.InferenceAPI",
        source="garak 0.17.1 garak/generators/huggingface.py:202",
        repo_id=(Param(("name",), 0),),
        revision=None,
        downloads=False,
        never_local=True,
    ),
)
