"""What readers of documents load from the Hub: Docling, Surya, Texify, Nougat, docTR."""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FOLDER
from flake8_hfmodels.loaders.row import Loader, Param

REVISION = Param(("revision",))
TRUST = Param(("trust_remote_code",))
CHECKPOINT = Param(("checkpoint",), 0)

LOADERS: tuple[Loader, ...] = (
    Loader(
        package="docling",
        name="download_hf_model",
        source="docling-slim 2.143.0 docling/models/utils/hf_model_download.py:94",
        repo_id=(Param(("repo_id",), 0),),
        revision=Param(("revision",), 4),
        trust_remote_code=Param(("trust_remote_code",), 5),
        reads="files",
        never_local=True,
    ),
    Loader(
        package="docling",
        name="InlineVlmOptions",
        source="docling-slim 2.143.0 docling/datamodel/pipeline_options_vlm_model.py:138",
        repo_id=(Param(("repo_id",)),),
        revision=REVISION,
        trust_remote_code=TRUST,
        never_local=True,
    ),
    *(
        Loader(
            package=package,
            name=name,
            source="docling_core 2.104.0"
            " docling_core/transforms/chunker/tokenizer/huggingface.py:70",
            repo_id=(Param(("model_name",), 0),),
            revision=REVISION,
            reads="config",
        )
        for package, name in (
            ("docling_core", "HuggingFaceTokenizer.from_pretrained"),
            ("docling", "*HuggingFaceTokenizer.from_pretrained"),
        )
    ),
    # The tokenizer may be given by its name, or made by HuggingFaceTokenizer.
    *(
        Loader(
            package=package,
            name="HybridChunker",
            source="docling_core 2.104.0 docling_core/transforms/chunker/hybrid_chunker.py:56",
            repo_id=(Param(("tokenizer",)),),
            revision=None,
            reads="config",
            instead="pass HuggingFaceTokenizer.from_pretrained(revision=...) as tokenizer",
            takes_object=True,
            default_model=True,
            default_ids=(("", "sentence-transformers/all-MiniLM-L6-v2"),),
        )
        for package in ("docling_core", "docling")
    ),
    # Most of its models come from a server of its own: "s3://...".
    *(
        Loader(
            package="surya",
            name=name,
            source=source,
            repo_id=(CHECKPOINT,),
            revision=None,
            instead=FOLDER,
            prefixes=("hf://",),
        )
        for name, source in (
            ("FastLayoutPredictor", "surya_ocr 0.22.1 surya/fast_layout/__init__.py:141"),
            ("OCRErrorPredictor", "surya_ocr 0.22.1 surya/ocr_error/__init__.py:28"),
            ("DetectionPredictor", "surya_ocr 0.22.1 surya/detection/__init__.py:35"),
        )
    ),
    Loader(
        package="surya",
        name="*.from_pretrained",
        source="surya_ocr 0.22.1 surya/common/s3.py:147",
        repo_id=(Param(("pretrained_model_name_or_path",), 0),),
        revision=REVISION,
    ),
    Loader(
        package="texify",
        name="load_model",
        source="texify 0.2.1 texify/model/model.py:49",
        repo_id=(CHECKPOINT,),
        revision=None,
        instead=FOLDER,
        default_model=True,
    ),
    Loader(
        package="nougat",
        name="NougatModel.from_pretrained",
        source="nougat_ocr 0.1.17 nougat/model.py:671",
        repo_id=(Param(("model_path",), 0),),
        revision=REVISION,
    ),
    # pytorch_model.bin, read with torch.load and no more arguments.
    Loader(
        package="doctr",
        name="from_hub",
        source="python_doctr 1.1.0 doctr/models/factory/hub.py:192",
        repo_id=(Param(("repo_id",), 0),),
        revision=REVISION,
        never_local=True,
        reader="torch.load",
    ),
)
