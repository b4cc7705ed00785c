"""Which models `transformers.pipeline` takes for a task where none is named."""

from __future__ import annotations

# transformers 5.23.0 transformers/pipelines/__init__.py:214 and the aliases above it; tasks that
# 5.0 dropped: transformers 4.57.6 transformers/pipelines/__init__.py:150. The library asks for
# each at a short hash.
BY_TASK: tuple[tuple[str, str], ...] = (
    ("any-to-any", "google/gemma-3n-E4B-it"),
    ("audio-classification", "superb/wav2vec2-base-superb-ks"),
    ("automatic-speech-recognition", "facebook/wav2vec2-base-960h"),
    ("decision", "Qwen/Qwen2.5-0.5B-Instruct"),
    ("depth-estimation", "Intel/dpt-large"),
    ("document-question-answering", "impira/layoutlm-document-qa"),
    ("feature-extraction", "distilbert/distilbert-base-cased"),
    ("fill-mask", "distilbert/distilroberta-base"),
    ("image-classification", "google/vit-base-patch16-224"),
    ("image-feature-extraction", "google/vit-base-patch16-224"),
    ("image-segmentation", "facebook/detr-resnet-50-panoptic"),
    ("image-text-to-text", "Qwen/Qwen3-VL-2B-Instruct"),
    ("image-to-image", "caidas/swin2SR-classical-sr-x2-64"),
    ("image-to-text", "ydshieh/vit-gpt2-coco-en"),
    ("keypoint-matching", "magic-leap-community/superglue_outdoor"),
    ("mask-generation", "facebook/sam-vit-huge"),
    ("ner", "dbmdz/bert-large-cased-finetuned-conll03-english"),
    ("object-detection", "facebook/detr-resnet-50"),
    ("question-answering", "distilbert/distilbert-base-cased-distilled-squad"),
    ("sentiment-analysis", "distilbert/distilbert-base-uncased-finetuned-sst-2-english"),
    ("summarization", "sshleifer/distilbart-cnn-12-6"),
    ("table-question-answering", "google/tapas-base-finetuned-wtq"),
    ("text-classification", "distilbert/distilbert-base-uncased-finetuned-sst-2-english"),
    ("text-generation", "HuggingFaceTB/SmolLM3-3B"),
    ("text-to-audio", "suno/bark-small"),
    ("text-to-speech", "suno/bark-small"),
    ("text2text-generation", "google-t5/t5-base"),
    ("token-classification", "dbmdz/bert-large-cased-finetuned-conll03-english"),
    ("translation_en_to_de", "google-t5/t5-base"),
    ("translation_en_to_fr", "google-t5/t5-base"),
    ("translation_en_to_ro", "google-t5/t5-base"),
    ("video-classification", "MCG-NJU/videomae-base-finetuned-kinetics"),
    ("visual-question-answering", "dandelin/vilt-b32-finetuned-vqa"),
    ("vqa", "dandelin/vilt-b32-finetuned-vqa"),
    ("zero-shot-audio-classification", "laion/clap-htsat-fused"),
    ("zero-shot-classification", "facebook/bart-large-mnli"),
    ("zero-shot-image-classification", "openai/clip-vit-base-patch32"),
    ("zero-shot-object-detection", "google/owlvit-base-patch32"),
)
"""Pairs of a task and the id of its model."""
