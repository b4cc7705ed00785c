"""What GLiNER, of both versions, loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

REVISION = Param(("revision",))

# The flag is always on for the backbone that the repo's configuration names, and that backbone is
# read from main: gliner/modeling/encoder.py:132, gliner2/models/base.py:585.
LOADERS: tuple[Loader, ...] = (
    Loader(
        package="gliner",
        name="GLiNER.from_pretrained",
        source="gliner 0.2.29 gliner/model.py:6915",
        repo_id=(Param(("model_id",), 0),),
        revision=Param(("revision",), 1),
        trust_by_default=True,
        options=("load_onnx_model",),
    ),
    Loader(
        package="gliner",
        name="*.from_pretrained",
        source="gliner 0.2.29 gliner/model.py:1599",
        repo_id=(Param(("model_id",), 0),),
        revision=Param(("revision",), 2),
        trust_by_default=True,
        options=("load_onnx_model",),
    ),
    *(
        Loader(
            package="gliner",
            name=name,
            source=f"gliner 0.2.29 gliner/multitask/{place}",
            repo_id=(Param(("model_id",), 0),),
            revision=None,
            instead="pass model=GLiNER.from_pretrained(..., revision=...)",
            trust_by_default=True,
        )
        for name, place in (
            ("GLiNERClassifier", "classification.py:14"),
            ("GLiNEROpenExtractor", "open_extraction.py:13"),
            ("GLiNERQuestionAnswerer", "question_answering.py:14"),
            ("GLiNERSquadEvaluator", "question_answering.py:139"),
            ("GLiNERRelationExtractor", "relation_extraction.py:13"),
            ("GLiNERDocREDEvaluator", "relation_extraction.py:184"),
            ("GLiNERSummarizer", "summarization.py:13"),
        )
    ),
    Loader(
        package="gliner2",
        name="*AutoExtractor.from_pretrained",
        source="gliner2 2.1.0 gliner2/auto.py:91",
        repo_id=(Param(("pretrained_model_name_or_path",), 0),),
        revision=REVISION,
        trust_by_default=True,
    ),
    Loader(
        package="gliner2",
        name="*.from_pretrained",
        source="gliner2 2.1.0 gliner2/models/span/model.py:795",
        repo_id=(Param(("repo_or_dir",), 0),),
        revision=REVISION,
        trust_by_default=True,
    ),
)
