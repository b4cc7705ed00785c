"""huggingface_hub as we use it: it says nothing of its own, and sends nothing unasked."""

from __future__ import annotations

import logging
import warnings
from importlib import import_module


def quieten() -> None:
    """Have huggingface_hub show no bars, and tell nobody what is installed here, or who we are.

    Its version 0.23 sends the token of whoever runs this also where a call says that none is to be
    sent. Here every call says which one is.
    """
    from huggingface_hub import constants
    from huggingface_hub.utils import (  # type: ignore[attr-defined] # where 0.23 has it, too
        disable_progress_bars,
    )

    constants.HF_HUB_DISABLE_IMPLICIT_TOKEN = True
    constants.HF_HUB_DISABLE_TELEMETRY = True
    import_module("huggingface_hub.utils.logging")  # which sets a level as it is imported
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the variable that wants bars is for other programs
        disable_progress_bars()
