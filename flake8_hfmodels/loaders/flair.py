"""What flair loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

MODEL = Param(("model",), 0)

LOADERS: tuple[Loader, ...] = (
    # Names without a slash are flair's own. It unpickles anything: flair/file_utils.py:385.
    Loader(
        package="flair",
        name="*.load",
        source="flair 0.15.1 flair/nn/model.py:580",
        repo_id=(Param(("model_path",), 0),),
        revision=None,
        instead="append @<commit hash> to the id",
        at_revision=True,
        names_elsewhere=True,
        reader="flair",
    ),
    # What it does not know of goes to the configuration, the tokenizer and the model.
    *(
        Loader(
            package="flair",
            name=name,
            source="flair 0.15.1 flair/embeddings/transformer.py:1007",
            repo_id=(MODEL,),
            revision=Param(("revision",)),
            trust_remote_code=Param(("trust_remote_code",)),
            default_model=True,
            default_ids=(("", "bert-base-uncased"),),
        )
        for name in (
            "TransformerEmbeddings",
            "TransformerWordEmbeddings",
            "TransformerDocumentEmbeddings",
        )
    ),
    Loader(
        package="flair",
        name="BIGBIO_NER_CORPUS",
        source="flair 0.15.1 flair/datasets/biomedical.py:5135",
        repo_id=(Param(("dataset_name",), 0),),
        revision=None,
        repo_type="dataset",
        reads="data",
        instead="load the dataset with datasets.load_dataset(revision=...)",
    ),
)
