"""What libraries that measure models load from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FOLDER
from flake8_hfmodels.loaders.row import Loader, Param

REVISION = Param(("revision",))
TRUST = Param(("trust_remote_code",))
PRETRAINED = Param(("pretrained",), 0)
IN_ARGUMENTS = Param(("revision",), within="model_args")

# bert_score 0.3.13 bert_score/utils.py: the models for a language; all others share one.
BERT_SCORE_MODELS = (("en", "roberta-large"), ("zh", "bert-base-chinese"))

LOADERS: tuple[Loader, ...] = (
    *(
        Loader(
            package="bert_score",
            name=name,
            source=source,
            repo_id=(Param(("model_type",), position),),
            revision=None,
            instead=FOLDER,
            default_model=True,
            default_ids=BERT_SCORE_MODELS,
            default_for=Param(("lang",), language),
        )
        for name, position, language, source in (
            ("score", 2, 10, "bert_score 0.3.13 bert_score/score.py:21"),
            ("BERTScorer", 0, 8, "bert_score 0.3.13 bert_score/scorer.py:25"),
        )
    ),
    # Names without a slash are models of the years before the Hub.
    Loader(
        package="comet",
        name="download_model",
        source="unbabel_comet 2.2.7 comet/models/__init__.py:42",
        repo_id=(Param(("model",), 0),),
        revision=None,
        reads="files",
        instead="download a pinned snapshot with snapshot_download(revision=...)"
        " and load its checkpoints/model.ckpt",
        names_elsewhere=True,
        never_local=True,
        reader="comet",
    ),
    Loader(
        package="mteb",
        name="get_model",
        source="mteb 2.26.24 mteb/models/get_model_meta.py:116",
        repo_id=(Param(("model_name",), 0),),
        revision=Param(("revision",), 1),
        trust_remote_code=TRUST,
        bare_owner="sentence-transformers",
    ),
    Loader(
        package="mteb",
        name="SentenceTransformerEncoderWrapper",
        source="mteb 2.26.24 mteb/models/sentence_transformer_wrapper.py:380",
        repo_id=(Param(("model",), 0),),
        revision=Param(("revision",), 1),
        trust_remote_code=TRUST,
        bare_owner="sentence-transformers",
        takes_object=True,
    ),
    # One revision for the model, the adapter and the delta: lm_eval/models/huggingface.py:887.
    # Arguments in one string, "pretrained=org/name,revision=...", are not read.
    Loader(
        package="lm_eval",
        name="simple_evaluate",
        source="lm_eval 0.4.13 lm_eval/evaluator.py:55",
        repo_id=(Param(("pretrained",), within="model_args", only_within=True),),
        revision=IN_ARGUMENTS,
        trust_remote_code=Param(("trust_remote_code",), within="model_args"),
        also=(
            Loader(
                package="lm_eval",
                name="simple_evaluate",
                source="lm_eval 0.4.13 lm_eval/models/huggingface.py:887",
                repo_id=(
                    Param(("peft",), within="model_args", only_within=True),
                    Param(("delta",), within="model_args", only_within=True),
                ),
                revision=IN_ARGUMENTS,
            ),
        ),
    ),
    Loader(
        package="lm_eval",
        name="HFLM",
        source="lm_eval 0.4.13 lm_eval/models/huggingface.py:72",
        repo_id=(PRETRAINED, Param(("peft",)), Param(("delta",))),
        revision=Param(("revision",), 2),
        trust_remote_code=TRUST,
        takes_object=True,
    ),
    Loader(
        package="lm_eval",
        name="VLLM",
        source="lm_eval 0.4.13 lm_eval/models/vllm_causallms.py:63",
        repo_id=(PRETRAINED,),
        revision=Param(("revision",), 2),
        trust_remote_code=Param(("trust_remote_code",), 3),
        reader="vllm",
        also=(
            Loader(
                package="lm_eval",
                name="VLLM",
                source="lm_eval 0.4.13 lm_eval/models/vllm_causallms.py:63",
                repo_id=(Param(("tokenizer",), 4),),
                revision=Param(("tokenizer_revision", "revision"), 6),
                reads="config",
            ),
        ),
    ),
    # The revision goes on to the engine with all other keywords.
    Loader(
        package="lm_eval",
        name="SGLangLM",
        source="lm_eval 0.4.13 lm_eval/models/sglang_causallms.py:37",
        repo_id=(PRETRAINED,),
        revision=REVISION,
        trust_remote_code=Param(("trust_remote_code",), 9),
        trust_by_default=True,
        reader="sglang",
    ),
    Loader(
        package="lighteval",
        name="TransformersModelConfig",
        source="lighteval 0.13.0 lighteval/models/transformers/transformers_model.py:73",
        repo_id=(Param(("model_name",)),),
        revision=REVISION,
        trust_remote_code=TRUST,
    ),
    Loader(
        package="inspect_ai",
        name="hf_dataset",
        source="inspect_ai 0.3.285 inspect_ai/dataset/_sources/hf.py:123",
        repo_id=(Param(("path",), 0),),
        revision=Param(("revision",), 4),
        repo_type="dataset",
        reads="data",
        trust_remote_code=Param(("trust",), 11),
        builders=True,
    ),
    # The revision reaches the model only; the tokenizer is loaded from the default branch.
    Loader(
        package="inspect_ai",
        name="get_model",
        source="inspect_ai 0.3.285 inspect_ai/model/_model.py:2339",
        repo_id=(Param(("model",), 0),),
        revision=REVISION,
        trust_remote_code=TRUST,
        prefixes=("hf/",),
        takes_object=True,
    ),
    Loader(
        package="inspect_ai",
        name="eval",
        source="inspect_ai 0.3.285 inspect_ai/_eval/eval.py:130",
        repo_id=(Param(("model",), 1),),
        revision=IN_ARGUMENTS,
        trust_remote_code=Param(("trust_remote_code",), within="model_args"),
        prefixes=("hf/",),
        takes_object=True,
        # A task that eval.yaml of a dataset describes.
        also=(
            Loader(
                package="inspect_ai",
                name="eval",
                source="inspect_ai 0.3.285 inspect_ai/_eval/task/hf.py:100",
                repo_id=(Param(("tasks",), 0),),
                revision=None,
                repo_type="dataset",
                reads="files",
                instead="append @<commit hash> to the name",
                prefixes=("hf/",),
                at_revision=True,
                takes_object=True,
            ),
        ),
    ),
)
