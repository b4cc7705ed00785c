"""What late interaction models load from the Hub: ColBERT, ColPali and what is built on them."""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FOLDER
from flake8_hfmodels.loaders.row import Loader, Param

PRETRAINED = Param(("pretrained_model_name_or_path",), 0)

# AutoConfig with trust_remote_code=True: colbert_ai 0.2.22 colbert/modeling/hf_colbert.py:60.
CODE = "the code that its config.json names"

LOADERS: tuple[Loader, ...] = (
    *(
        Loader(
            package="colbert",
            name=name,
            source=f"colbert_ai 0.2.22 colbert/{place}",
            repo_id=(Param((parameter,), position),),
            revision=None,
            instead=FOLDER,
            trust_by_default=True,
        )
        for name, parameter, position, place in (
            ("Checkpoint", "name", 0, "modeling/checkpoint.py:74"),
            ("Indexer", "checkpoint", 0, "indexer.py:16"),
            ("Searcher", "checkpoint", 1, "searcher.py:23"),
        )
    ),
    Loader(
        package="ragatouille",
        name="RAGPretrainedModel.from_pretrained",
        source="ragatouille 0.0.9 ragatouille/RAGPretrainedModel.py:52",
        repo_id=(PRETRAINED,),
        revision=None,
        instead=FOLDER,
        trust_by_default=True,
    ),
    Loader(
        package="ragatouille",
        name="RAGTrainer",
        source="ragatouille 0.0.9 ragatouille/RAGTrainer.py:15",
        repo_id=(Param(("pretrained_model_name",), 1),),
        revision=None,
        instead=FOLDER,
        trust_by_default=True,
    ),
    Loader(
        package="pylate",
        name="ColBERT",
        source="pylate 1.6.0 pylate/models/colbert.py:190",
        repo_id=(Param(("model_name_or_path",), 0),),
        revision=Param(("revision",), 8),
        code_revision=Param(("code_revision",), within="model_kwargs"),
        trust_remote_code=Param(("trust_remote_code",), 7),
    ),
    Loader(
        package="colpali_engine",
        name="*.from_pretrained",
        source="colpali_engine 0.3.18"
        " colpali_engine/models/paligemma/colpali/modeling_colpali.py:34",
        repo_id=(PRETRAINED,),
        revision=Param(("revision",)),
        trust_remote_code=Param(("trust_remote_code",)),
        options=("use_safetensors", "subfolder"),
    ),
    Loader(
        package="byaldi",
        name="RAGMultiModalModel.from_pretrained",
        source="Byaldi 0.0.7 byaldi/RAGModel.py:42",
        repo_id=(PRETRAINED,),
        revision=None,
        instead=FOLDER,
    ),
)
