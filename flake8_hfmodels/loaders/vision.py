"""What libraries of computer vision load from the Hub: the annotators of ControlNet, SAM 2."""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FOLDER
from flake8_hfmodels.loaders.row import Loader, Param

MODEL_ID = Param(("model_id",), 0)
CHECKPOINT = (
    "download a pinned checkpoint with hf_hub_download(revision=...)"
    " and pass its path to build_sam2 as ckpt_path"
)

LOADERS: tuple[Loader, ...] = (
    # Checkpoints of several makers, read with torch.load and no more arguments.
    Loader(
        package="controlnet_aux",
        name="*.from_pretrained",
        source="controlnet_aux 0.0.10 controlnet_aux/hed/__init__.py:64",
        repo_id=(Param(("pretrained_model_or_path",), 0),),
        revision=None,
        reads="files",
        instead=FOLDER,
        reader="controlnet_aux",
    ),
    *(
        Loader(
            package="sam2",
            name=name,
            source=source,
            repo_id=(MODEL_ID,),
            revision=None,
            reads="files",
            instead=CHECKPOINT,
            never_local=True,
        )
        for name, source in (
            ("*.from_pretrained", "sam2 1.0 sam2/sam2_image_predictor.py:69"),
            ("build_sam2_hf", "sam2 1.0 sam2/build_sam.py:144"),
            ("build_sam2_video_predictor_hf", "sam2 1.0 sam2/build_sam.py:144"),
        )
    ),
)
