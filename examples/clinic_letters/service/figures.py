"""Find figures and X-ray pictures in scanned guidelines."""

from huggingface_hub import hf_hub_download, snapshot_download
from transformers import AutoModel, DetrForSegmentation

DETECTOR = "facebook/detr-resnet-50-panoptic"


def load_detector():
    # HFM001, and HFM002: the repo has nothing but pickled weights
    return DetrForSegmentation.from_pretrained(DETECTOR)


def load_teeth():
    # HFM004: the author deleted the account, anybody can have the name
    return AutoModel.from_pretrained("dentalai/toothfairy")


def load_segmenter():
    # HFM004: the model moved, the old account is gone, the redirect lasts until it is taken
    return AutoModel.from_pretrained("dentalai-labs/segmenter")


def download_weights():
    # clean: pinned; and what was downloaded is a local folder
    folder = snapshot_download(
        "openai-community/gpt2", revision="607a30d783dfa663caf39e06633721c8d4cfcd7e"
    )
    hf_hub_download(
        repo_id="openai-community/gpt2",
        filename="config.json",
        revision="607a30d783dfa663caf39e06633721c8d4cfcd7e",
    )
    return AutoModel.from_pretrained(folder)
