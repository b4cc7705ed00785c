"""Translate letters into plain language; every model here was right once."""

from transformers import AutoModel, AutoModelForSeq2SeqLM, AutoTokenizer


def load_tokenizer():
    # HFM001, and HFM005: the tokenizer moved, whoever has the old name can make a repo there
    return AutoTokenizer.from_pretrained("nina-vogel/lung-nodules")


def load_glossary():
    # HFM001, and HFM006: the model is gone, or private, though its owner is still there
    return AutoModel.from_pretrained("acme/retired-model")


def load_translator():
    # HFM007: the commit belongs to a stranger's pull request, to no branch and no tag
    return AutoModelForSeq2SeqLM.from_pretrained(
        "acme/translator", revision="035e251a144ead7ae35adc6c46d80b07ca6ce2bd"
    )


def load_street_names():
    # HFM002, and HFM010: the Hub's scanners call files in it unsafe
    return AutoModel.from_pretrained(
        "mcpotato/42-eicar-street", revision="f68399537d7e2cef7f998d8ff11dce03550e8be1"
    )


def load_encoder():
    # HFM003, and HFM011: the weights are pinned, the code that runs follows another repo's main
    return AutoModel.from_pretrained(
        "acme/encoder",
        revision="d3a6045143717ff60a733f7b7ffb83cadefc86e1",
        trust_remote_code=True,
    )
