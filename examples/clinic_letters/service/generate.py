"""Answer a question from the passages that were found."""

import os

from transformers import AutoModelForCausalLM, AutoTokenizer, pipeline

GENERATOR = os.environ.get("GENERATOR", "microsoft/Phi-3-mini-4k-instruct")
OPTIONS = {"device_map": "auto", "trust_remote_code": True}

PROMPT = "Answer from these passages only.\n\n{passages}\n\nQuestion: {question}\nAnswer:"


def load_generator(name=GENERATOR):
    # HFM001 and HFM003: code of the repo, at whatever commit it has when this starts
    model = AutoModelForCausalLM.from_pretrained(name, **OPTIONS)
    tokenizer = AutoTokenizer.from_pretrained(name)  # hfmodels: ignore[HFM001] pinned in May
    return pipeline("text-generation", model=model, tokenizer=tokenizer)


def answer(generator, question, passages):
    prompt = PROMPT.format(passages="\n".join(passages), question=question)
    return generator(prompt, max_new_tokens=200, return_full_text=False)[0]["generated_text"]
