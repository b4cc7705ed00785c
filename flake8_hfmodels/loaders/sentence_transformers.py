"""What sentence-transformers loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.nested import IN_MODEL
from flake8_hfmodels.loaders.row import Loader, Param

MODEL = Param(("model_name_or_path",), 0)
REVISION = Param(("revision",))
# Before 6.0 it was positional in SentenceTransformer and SparseEncoder.
REVISION_EIGHTH = Param(("revision",), 8)
CODE_REVISION = Param(("code_revision",), within="model_kwargs")
TRUST = Param(("trust_remote_code",))
TRUST_SEVENTH = Param(("trust_remote_code",), 7)
BODY: tuple[str | Param, ...] = (
    "backend",
    *(one for one in IN_MODEL if "subfolder" not in one.names),
)
FOLDER = "download a pinned snapshot with snapshot_download(revision=...) and load that folder"

LOADERS: tuple[Loader, ...] = (
    # Names of the original transformers models, such as bert-base-uncased, get no owner.
    Loader(
        package="sentence_transformers",
        name="SentenceTransformer",
        source="sentence_transformers 6.2.0"
        " sentence_transformers/sentence_transformer/model.py:154",
        repo_id=(MODEL,),
        revision=REVISION_EIGHTH,
        code_revision=CODE_REVISION,
        trust_remote_code=TRUST_SEVENTH,
        options=BODY,
        bare=True,
        bare_owner="sentence-transformers",
    ),
    # Revision and flag were positional 7 and 6 in 4.x and 5.x, 9 and 8 before.
    Loader(
        package="sentence_transformers",
        name="CrossEncoder",
        source="sentence_transformers 6.2.0 sentence_transformers/cross_encoder/model.py:161",
        repo_id=(Param(("model_name_or_path", "model_name"), 0),),
        revision=REVISION,
        code_revision=CODE_REVISION,
        trust_remote_code=TRUST,
        options=BODY,
        bare=True,
        bare_owner="cross-encoder",
        reader="transformers",
    ),
    Loader(
        package="sentence_transformers",
        name="SparseEncoder",
        source="sentence_transformers 6.2.0 sentence_transformers/sparse_encoder/model.py:146",
        repo_id=(MODEL,),
        revision=REVISION_EIGHTH,
        code_revision=CODE_REVISION,
        trust_remote_code=TRUST_SEVENTH,
        options=BODY,
        bare_owner="sparse-encoder",
    ),
    Loader(
        package="sentence_transformers",
        name="MultiVectorEncoder",
        source="sentence_transformers 6.2.0"
        " sentence_transformers/multi_vector_encoder/model.py:157",
        repo_id=(MODEL,),
        revision=REVISION,
        code_revision=CODE_REVISION,
        trust_remote_code=TRUST,
        options=BODY,
    ),
    # The dictionary was model_args before 6.0.
    Loader(
        package="sentence_transformers",
        name="Transformer",
        source="sentence_transformers 6.2.0 sentence_transformers/base/modules/transformer.py:776",
        repo_id=(MODEL,),
        revision=Param(("revision",), within="model_kwargs"),
        code_revision=CODE_REVISION,
        trust_remote_code=Param(("trust_remote_code",), within="model_kwargs"),
        options=BODY,
        reader="transformers",
    ),
    *(
        Loader(
            package="sentence_transformers",
            name=name,
            source=source,
            repo_id=(Param((parameter,), 0),),
            revision=None,
            instead=FOLDER,
            reader=reader,
        )
        for name, parameter, reader, source in (
            (
                "StaticEmbedding.from_model2vec",
                "model_id_or_path",
                "nothing",
                "sentence_transformers 6.2.0"
                " sentence_transformers/sentence_transformer/modules/static_embedding.py:267",
            ),
            (
                "StaticEmbedding.from_distillation",
                "model_name",
                "transformers",
                "sentence_transformers 6.2.0"
                " sentence_transformers/sentence_transformer/modules/static_embedding.py:189",
            ),
        )
    ),
    *(
        Loader(
            package="sentence_transformers",
            name=name,
            source=f"sentence_transformers 6.2.0 sentence_transformers/{place}",
            repo_id=(Param(("dataset_id",), 1),),
            revision=None,
            repo_type="dataset",
            reads="data",
            instead="load the pinned datasets with load_dataset(revision=...)"
            " and pass them to InformationRetrievalEvaluator",
            default_model=True,
            default_ids=(("", "sentence-transformers/NanoBEIR-en"),),
        )
        for name, place in (
            ("NanoBEIREvaluator", "sentence_transformer/evaluation/nano_beir.py:214"),
            ("SparseNanoBEIREvaluator", "sparse_encoder/evaluation/sparse_nano_beir.py:200"),
            ("MultiVectorNanoBEIREvaluator", "multi_vector_encoder/evaluation/nano_beir.py:82"),
            ("CrossEncoderNanoBEIREvaluator", "cross_encoder/evaluation/nano_beir.py:197"),
        )
    ),
    # Uploads.
    Loader(
        package="sentence_transformers",
        name="push_to_hub",
        source="sentence_transformers 6.2.0 sentence_transformers/base/model.py:1048",
        repo_id=(Param(("repo_id",), 0),),
        revision=None,
        downloads=False,
    ),
    # The name of push_to_hub before 3.0.
    Loader(
        package="sentence_transformers",
        name="save_to_hub",
        source="sentence_transformers 6.2.0 sentence_transformers/base/model.py:982",
        repo_id=(Param(("repo_id",), 0),),
        revision=None,
        downloads=False,
    ),
)
