"""What libraries that look into models load from the Hub: nnsight, SAE Lens, TransformerLens."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

REVISION = Param(("revision",))
TRUST = Param(("trust_remote_code",))

LOADERS: tuple[Loader, ...] = (
    *(
        Loader(
            package="nnsight",
            name=name,
            source="nnsight 0.8.1 nnsight/modeling/huggingface.py:92",
            repo_id=(Param(("repo_id",), 0),),
            revision=REVISION,
            trust_remote_code=TRUST,
            takes_object=True,
        )
        for name in ("LanguageModel", "VisionLanguageModel")
    ),
    # A release is a name of the library's own unless it is a repo.
    Loader(
        package="sae_lens",
        name="*SAE.from_pretrained",
        source="sae_lens 6.54.12 sae_lens/saes/sae.py:658",
        repo_id=(Param(("release",), 0),),
        revision=None,
        reads="files",
        instead="download a pinned snapshot with snapshot_download(revision=...)"
        " and load it with load_from_disk",
        names_elsewhere=True,
    ),
    # Which file, and so whether it is a pickle, is said by the second argument.
    Loader(
        package="transformer_lens",
        name="download_file_from_hf",
        source="transformer_lens 4.3.0 transformer_lens/utilities/hf_utils.py:163",
        repo_id=(Param(("repo_name",), 0),),
        revision=REVISION,
        reads="files",
        never_local=True,
        options=(Param(("filename", "file_name"), 1),),
        reader="named by the call",
    ),
    # Names without a slash may be short ones of the library's own.
    *(
        Loader(
            package="transformer_lens",
            name=name,
            source=source,
            repo_id=(Param(("model_name", "name_or_path"), 0),),
            revision=REVISION,
            trust_remote_code=TRUST,
            names_elsewhere=True,
        )
        for name, source in (
            (
                "*TransformerBridge.boot_transformers",
                "transformer_lens 4.3.0 transformer_lens/model_bridge/sources"
                "/transformers/source.py:46",
            ),
            (
                "*.from_pretrained",
                "transformer_lens 4.3.0 transformer_lens/lit/model.py:641",
            ),
        )
    ),
)
