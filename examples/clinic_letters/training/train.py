"""Fine-tune a classifier of clinic letters."""

import evaluate
from datasets import load_dataset
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    Trainer,
    TrainingArguments,
)

BASE_MODEL = "google-bert/bert-base-uncased"
BASE_REVISION = "86b5e0934494bd15c9632b12f734a8a67f723594"
CORPUS = "stanfordnlp/imdb"


def letters(tokenizer, split):
    # HFM001: the owner of the dataset decides tomorrow what this loads
    corpus = load_dataset(CORPUS, split=split)
    return corpus.map(lambda row: tokenizer(row["text"], truncation=True), batched=True)


def local_letters(path):
    # clean: a builder of local files
    return load_dataset("csv", data_files=path)


def train(output_dir="out/letters", epochs=3):
    # clean: pinned by a constant, and by a dictionary that stands here
    loading = {"revision": BASE_REVISION, "torch_dtype": "auto"}
    tokenizer = AutoTokenizer.from_pretrained(BASE_MODEL, revision=BASE_REVISION)
    model = AutoModelForSequenceClassification.from_pretrained(BASE_MODEL, **loading)
    # HFM001: a branch is no pin
    accuracy = evaluate.load("accuracy", revision="main")
    trainer = Trainer(
        model=model,
        args=TrainingArguments(output_dir=output_dir, num_train_epochs=epochs),
        train_dataset=letters(tokenizer, "train"),
        eval_dataset=letters(tokenizer, "test"),
        compute_metrics=lambda batch: accuracy.compute(
            predictions=batch.predictions.argmax(-1), references=batch.label_ids
        ),
    )
    trainer.train()
    model.save_pretrained(output_dir)
    # clean: written a line above, nothing is downloaded
    return AutoModelForSequenceClassification.from_pretrained(output_dir)


if __name__ == "__main__":
    train()
