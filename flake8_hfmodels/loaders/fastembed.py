"""What fastembed loads from the Hub: ONNX files of repos that its own names stand for.

`BAAI/bge-small-en-v1.5` is such a name; the files come from `Qdrant/bge-small-en-v1.5-onnx-Q`.
"""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FASTEMBED
from flake8_hfmodels.loaders.row import Loader, Param

LOADERS: tuple[Loader, ...] = (
    Loader(
        package="fastembed",
        name="TextEmbedding",
        source="fastembed 0.9.1 fastembed/text/text_embedding.py:89",
        repo_id=(Param(("model_name",), 0),),
        revision=None,
        reads="files",
        instead=FASTEMBED,
        never_local=True,
        default_model=True,
        default_ids=(("", "Qdrant/bge-small-en-v1.5-onnx-Q"),),
    ),
    *(
        Loader(
            package="fastembed",
            name=name,
            source=f"fastembed 0.9.1 fastembed/{place}",
            repo_id=(Param(("model_name",), 0),),
            revision=None,
            reads="files",
            instead=FASTEMBED,
            never_local=True,
        )
        for name, place in (
            ("SparseTextEmbedding", "sparse/sparse_text_embedding.py:61"),
            (
                "LateInteractionTextEmbedding",
                "late_interaction/late_interaction_text_embedding.py:57",
            ),
            (
                "LateInteractionMultimodalEmbedding",
                "late_interaction_multimodal/late_interaction_multimodal_embedding.py:59",
            ),
            ("ImageEmbedding", "image/image_embedding.py:54"),
            ("TextCrossEncoder", "rerank/cross_encoder/text_cross_encoder.py:54"),
        )
    ),
)
