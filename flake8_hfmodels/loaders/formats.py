"""Names of files that are pickles, that only look like it, and that hold the rows of a dataset."""

from __future__ import annotations

from collections.abc import Mapping

NO_PICKLES = (
    # OpenVINO, GGML, fastText, MLC, TensorFlow.js, ONNX, tables of tokenizers.
    *("openvino*.bin", "ggml*.bin", "*.ggml*.bin", "tokenizer.bin", "vocab*.bin"),
    *("lid.176.bin", "cc.*.bin", "wiki.*.bin", "params_shard_*.bin", "group*-shard*.bin"),
    *("*onnx*.bin", "kmeans*.bin"),
)
"""Names of files that look like pickles and are none."""

NEVER_READ = (
    # transformers 5.23.0 trainer.py:4177 and 3867-4006: only resumed training reads them.
    *("training_args.bin", "optimizer*", "*scheduler*", "scaler.pt", "rng_state*"),
    # accelerate, deepspeed: only resumed training reads them.
    *("*_fsdp*", "mp_rank_*", "*zero_pp_rank*"),
    # speechbrain 1.1.2 speechbrain/utils/checkpoints.py: the state of a training.
    *("brain.ckpt", "counter.ckpt", "dataloader-*.ckpt"),
    *NO_PICKLES,
)
"""Names of files that look like pickles and are none, or that no loader reads."""

PICKLED_ENDINGS = (
    # pickle, joblib, dill; torch 2.x serialization.py: what torch.save writes is a zip of pickles.
    *(".pkl", ".pickle", ".joblib", ".dill", ".cloudpickle", ".bin", ".pt", ".pth", ".ckpt"),
)
"""Endings of files that are, or may be, pickles."""

BESIDE: tuple[tuple[str, tuple[str, ...]], ...] = (
    # CTranslate2 and fastText.
    ("model.bin", ("vocabulary.*", "*_vocabulary.*", "*.ftz")),
)
"""A name that is no pickle where a file of the others lies beside it."""

SAFE_ENDINGS = (
    *(".safetensors", ".gguf", ".onnx", ".json", ".txt", ".yaml", ".yml", ".h5", ".keras"),
    *(".msgpack", ".tflite", ".ot", ".model", ".xml", ".csv", ".parquet"),
)
"""Files that hold no pickle, whoever reads them."""

BESIDE_WEIGHTS = (
    *(".md", ".py", ".gitattributes", ".gitignore", "LICENSE", "NOTICE", ".pdf", ".jpg", ".png"),
    *(".jinja", ".tiktoken", ".spm"),
)
"""Endings of what else lies in most repos; no loader takes it for weights."""

# vllm 0.33.0 config/load.py; sglang 0.5.23 configs/load_config.py. Other formats hold no pickles.
LOAD_FORMATS: Mapping[str, tuple[str, ...]] = {
    "auto": (),
    "hf": (),
    "pt": ("*.pt",),
    "npcache": ("*.bin",),
}
"""What `load_format` makes a server read: these names alone, or as ever where there are none."""

OTHER_FORMATS: Mapping[str, tuple[str | bool, ...]] = {
    "backend": ("onnx", "openvino"),
    "load_onnx_model": (True,),
}
"""Options, and their values with which something else than torch reads the repo."""

COMPONENTS = (
    *("safety_checker", "vae", "unet", "transformer", "text_encoder", "text_encoder_2"),
    *("text_encoder_3", "image_encoder", "controlnet", "prior", "decoder"),
)
"""Keywords of a pipeline that bring a component along, so that its folder is not read."""

# datasets 5.2.0 packaged_modules/pandas/pandas.py:12 refuses them; before, pandas unpickled.
PICKLED_DATA = (
    *("*.pkl", "*.pickle", "*.p", "*.joblib", "*.jbl", "*.dill", "*.cloudpickle"),
    *("*.pkl.gz", "*.pkl.bz2", "*.pkl.xz", "*.pkl.zst", "*.pickle.gz"),
)
"""Files of a dataset whose rows are pickled."""

NO_DATA = (
    *(".*", "*.md", "*.py", "*.yaml", "*.yml", "*.ipynb", "LICENSE*", "CITATION*", "README*"),
    *("dataset_infos.json", "requirements.txt"),
)
"""Files of a dataset that hold no rows."""
