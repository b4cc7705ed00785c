"""Summarise guidelines; the names of these models were found in a chat."""

from transformers import AutoModelForCausalLM


def load_writer():
    # HFM001, HFM004, and HFM009: it is mistralai, with a small l
    return AutoModelForCausalLM.from_pretrained("mistraIai/Mistral-7B-Instruct-v0.3")


def load_reader():
    # HFM003, HFM012: what runs starts a program; and HFM013: the policy denies it
    return AutoModelForCausalLM.from_pretrained(
        "mallory/fast-loader",
        revision="f7e5be835ef7dc9c863553f1c81bf286f944cf32",
        trust_remote_code=True,
    )
