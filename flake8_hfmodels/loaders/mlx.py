"""What the MLX libraries load from the Hub.

Repos with weights for MLX have an owner; a name without a slash is a folder, such as `mlx_model`,
to which convert() writes, or a name of the library's own.
"""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FOLDER
from flake8_hfmodels.loaders.row import Loader, Param

MODEL = Param(("path_or_hf_repo",), 0)
SOURCE_MODEL = Param(("hf_path",), 0)
MODEL_PATH = Param(("model_path",), 0)
REPO = Param(("repo",), 0)

LOADERS: tuple[Loader, ...] = (
    # The flag runs the model_file of config.json; the tokenizer's stands in tokenizer_config.
    Loader(
        package="mlx_lm",
        name="load",
        source="mlx_lm 0.32.2 mlx_lm/utils.py:648",
        repo_id=(MODEL,),
        revision=Param(("revision",), 6),
        trust_remote_code=Param(("trust_remote_code",), within="tokenizer_config"),
        reads="files",
        names_elsewhere=True,
    ),
    *(
        Loader(
            package="mlx_lm",
            name=name,
            source=source,
            repo_id=(REPO,),
            revision=None,
            trust_remote_code=flag,
            reads="files",
            instead=FOLDER,
        )
        for name, flag, source in (
            (
                "sharded_load",
                Param(("trust_remote_code",)),
                "mlx_lm 0.32.2 mlx_lm/utils.py:709",
            ),
            ("pipeline_load", None, "mlx_lm 0.32.2 mlx_lm/utils.py:819"),
        )
    ),
    Loader(
        package="mlx_lm",
        name="convert",
        source="mlx_lm 0.32.2 mlx_lm/convert.py:85",
        repo_id=(SOURCE_MODEL,),
        revision=Param(("revision",), 8),
        trust_remote_code=Param(("trust_remote_code",), 11),
        reads="files",
    ),
    Loader(
        package="mlx_vlm",
        name="load",
        source="mlx_vlm 0.7.10 mlx_vlm/utils.py:794",
        repo_id=(MODEL,),
        revision=Param(("revision",), 3),
        trust_remote_code=Param(("trust_remote_code",)),
        reads="files",
        names_elsewhere=True,
    ),
    Loader(
        package="mlx_vlm",
        name="convert",
        source="mlx_vlm 0.7.10 mlx_vlm/convert.py:270",
        repo_id=(SOURCE_MODEL,),
        revision=Param(("revision",), 11),
        trust_remote_code=Param(("trust_remote_code",), 13),
        trust_by_default=True,
        reads="files",
    ),
    Loader(
        package="mlx_whisper",
        name="transcribe",
        source="mlx_whisper 0.4.3 mlx_whisper/transcribe.py:62",
        repo_id=(Param(("path_or_hf_repo",)),),
        revision=None,
        reads="files",
        instead=FOLDER,
        default_model=True,
        default_ids=(("", "mlx-community/whisper-tiny"),),
    ),
    Loader(
        package="mlx_whisper",
        name="*load_models.load_model",
        source="mlx_whisper 0.4.3 mlx_whisper/load_models.py:20",
        repo_id=(MODEL,),
        revision=None,
        reads="files",
        instead=FOLDER,
    ),
    *(
        Loader(
            package="mlx_audio",
            name=name,
            source=source,
            repo_id=(MODEL_PATH,),
            revision=Param(("revision",)),
            reads="files",
            names_elsewhere=True,
        )
        for name, source in (
            ("load_model", "mlx_audio 0.6.2 mlx_audio/tts/utils.py:106"),
            ("load", "mlx_audio 0.6.2 mlx_audio/tts/utils.py:138"),
        )
    ),
    Loader(
        package="mlx_audio",
        name="generate_audio",
        source="mlx_audio 0.6.2 mlx_audio/tts/generate.py:151",
        repo_id=(Param(("model",), 1),),
        revision=None,
        reads="files",
        instead="load the model with load_model(revision=...) and pass it as model",
        takes_object=True,
    ),
    Loader(
        package="mlx_audio",
        name="*.from_pretrained",
        source="mlx_audio 0.6.2 mlx_audio/utils.py:109",
        repo_id=(Param(("path_or_repo", "repo_id", "path_or_hf_repo"), 0),),
        revision=Param(("revision",)),
        reads="files",
        names_elsewhere=True,
    ),
)
