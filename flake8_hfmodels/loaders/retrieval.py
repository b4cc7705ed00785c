"""What small libraries of embeddings, topics and rerankers load from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FOLDER
from flake8_hfmodels.loaders.row import Loader, Param

PATH = Param(("path",), 0)
OBJECT = "load it with SentenceTransformer(revision=...) and pass the object"

LOADERS: tuple[Loader, ...] = (
    # Names such as "cross-encoder" stand for a default, those of paid services have no slash.
    Loader(
        package="rerankers",
        name="Reranker",
        source="rerankers 0.10.0 rerankers/reranker.py:196",
        repo_id=(Param(("model_name",), 0),),
        revision=Param(("revision",), within="model_kwargs"),
        trust_remote_code=Param(("trust_remote_code",), within="model_kwargs"),
        names_elsewhere=True,
    ),
    # force_download is on by default: the newest commit is fetched each time.
    Loader(
        package="model2vec",
        name="StaticModel.from_pretrained",
        source="model2vec 0.10.0 model2vec/model.py:189",
        repo_id=(PATH,),
        revision=None,
        instead=FOLDER,
    ),
    Loader(
        package="model2vec",
        name="StaticModelPipeline.from_pretrained",
        source="model2vec 0.10.0 model2vec/inference/model.py:34",
        repo_id=(PATH,),
        revision=None,
        instead=FOLDER,
    ),
    Loader(
        package="model2vec",
        name="distill",
        source="model2vec 0.10.0 model2vec/distill/distillation.py:195",
        repo_id=(Param(("model_name",), 0),),
        revision=None,
        trust_remote_code=Param(("trust_remote_code",), 6),
        instead="load model and tokenizer at a full commit hash and call distill_from_model",
        reader="transformers",
    ),
    # Its configuration names an embedding model too, which a string cannot pin either.
    Loader(
        package="bertopic",
        name="*BERTopic.load",
        source="bertopic 0.17.4 bertopic/_bertopic.py:3534",
        repo_id=(PATH,),
        revision=None,
        instead=FOLDER,
        also=(
            Loader(
                package="bertopic",
                name="BERTopic",
                source="bertopic 0.17.4 bertopic/_bertopic.py:3534",
                repo_id=(Param(("embedding_model",), 1),),
                revision=None,
                instead=OBJECT,
                bare_owner="sentence-transformers",
                takes_object=True,
                reader="sentence_transformers",
            ),
        ),
        reader="bertopic",
    ),
    # Without a model one is loaded by fit(), unless that is given embeddings:
    # bertopic/backend/_utils.py:145.
    Loader(
        package="bertopic",
        name="BERTopic",
        source="bertopic 0.17.4 bertopic/_bertopic.py:145",
        repo_id=(Param(("embedding_model",), 10),),
        revision=None,
        instead=OBJECT,
        bare_owner="sentence-transformers",
        takes_object=True,
        reader="sentence_transformers",
    ),
    Loader(
        package="keybert",
        name="KeyBERT",
        source="keybert 0.9.0 keybert/_model.py:42",
        repo_id=(Param(("model",), 0),),
        revision=None,
        instead=OBJECT,
        bare_owner="sentence-transformers",
        takes_object=True,
        default_model=True,
        default_ids=(("", "sentence-transformers/all-MiniLM-L6-v2"),),
    ),
)
