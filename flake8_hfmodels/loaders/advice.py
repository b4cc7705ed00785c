"""What to do where a call has no way to pin, in the words that rows of several libraries share."""

from __future__ import annotations

FOLDER = "download a pinned snapshot with snapshot_download(revision=...) and load that folder"

# The name stands for another repo, which fastembed 0.9.1 fastembed/common/model_management.py:191
# downloads without a revision; a folder is taken as it is.
FASTEMBED = (
    "pass specific_model_path= with the folder of a pinned snapshot, as fastembed's own classes"
    " take it"
)
