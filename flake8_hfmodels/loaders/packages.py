"""Which packages the catalogue knows, and the module of rows that each stands in."""

from __future__ import annotations

FAMILIES: dict[str, tuple[str, ...]] = {
    "transformers": ("transformers",),
    "diffusers": ("diffusers",),
    "datasets": ("datasets",),
    "huggingface_hub": ("huggingface_hub",),
    "sentence_transformers": ("sentence_transformers",),
    "peft": ("peft",),
    "evaluate": ("evaluate",),
    "vllm": ("vllm",),
    "timm": ("timm",),
}
"""Family (a module of this package) to the root packages whose rows it holds."""

PACKAGES = frozenset(package for packages in FAMILIES.values() for package in packages)
"""Every root package with a row: an import of one makes a file worth parsing."""
