"""What tokenizers loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

LOADERS: tuple[Loader, ...] = (
    Loader(
        package="tokenizers",
        name="*Tokenizer.from_pretrained",
        source="tokenizers 0.23.3 tokenizers/__init__.pyi:1085",
        repo_id=(Param(("identifier",), 0),),
        revision=Param(("revision",), 1),
        reads="config",
    ),
)
