"""Which files of a repo hold weights, which of them are pickles, and which a loader prefers."""

from __future__ import annotations

from collections.abc import Mapping

from flake8_hfmodels.loaders.row import Reads

# transformers 5.23.0 modeling_utils.py:639-707; peft 0.21.2 utils/save_and_load.py:745;
# diffusers 0.42.1 pipelines/pipeline_loading_utils.py:1127, loaders/lora_base.py.
SAFE_WEIGHTS: Mapping[Reads, tuple[str, ...]] = {
    "weights": ("model*.safetensors", "*/model*.safetensors"),
    "diffusers": ("*.safetensors", "*/*.safetensors"),
    "adapter": ("*.safetensors", "*/*.safetensors"),
}
"""File names that the loader can take instead of a pickle, by what it reads."""

PICKLED_WEIGHTS: Mapping[Reads, tuple[str, ...]] = {
    "weights": ("pytorch_model*.bin", "*/pytorch_model*.bin"),
    "diffusers": (
        "*/pytorch_model*.bin",
        "*/diffusion_pytorch_model*.bin",
        "diffusion_pytorch_model*.bin",
    ),
    "adapter": (
        "adapter_model*.bin",
        "pytorch_lora_weights*.bin",
        "learned_embeds*.bin",
        "ip-adapter*.bin",
        "*/ip-adapter*.bin",
        "*.pt",
        "*.ckpt",
    ),
}
"""File names that the loader would unpickle when there is nothing safe."""

# picklescan 1.0.5 scanner.py:253; setfit 1.2.0 setfit/modeling.py:823;
# huggingface_hub 2.4.0 fastai_utils.py:331.
ALWAYS_PICKLED = ("*.pkl", "*.pickle", "*.joblib", "*.bin", "*.pt", "*.pth", "*.ckpt")
"""File names that a loader without a safe way unpickles."""

# transformers 5.23.0 trainer.py:4177: written beside a model, read by nobody who loads it.
# OpenVINO's `.bin` holds plain tensors.
NEVER_READ = (
    "training_args.bin",
    "*/training_args.bin",
    "optimizer.bin",
    "openvino*.bin",
    "*/openvino*.bin",
    "openvino/*",
)
