"""What small libraries of training load from the Hub: torchtune, LitGPT, Stable Baselines."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

SOURCE = Param(("source",))
REVISION = Param(("revision",))
TUNE = "torchtune 0.6.1 torchtune/datasets"
DIRECTORY = (
    "download a pinned snapshot with snapshot_download(revision=...), convert it"
    " with litgpt convert_to_litgpt and load that directory"
)

LOADERS: tuple[Loader, ...] = (
    # All other keywords go to load_dataset.
    *(
        Loader(
            package="torchtune",
            name=f"{name}_dataset",
            source=f"{TUNE}/{place}",
            repo_id=(SOURCE,),
            revision=REVISION,
            repo_type="dataset",
            reads="data",
            builders=True,
            default_model=True,
            default_ids=(("", default),),
        )
        for name, default, place in (
            ("alpaca", "tatsu-lab/alpaca", "_alpaca.py:21"),
            ("wikitext", "EleutherAI/wikitext_document_level", "_wikitext.py:21"),
            ("grammar", "liweili/c4_200m", "_grammar.py:19"),
            ("cnn_dailymail_articles", "ccdv/cnn_dailymail", "_cnn_dailymail.py:16"),
            ("slimorca", "Open-Orca/SlimOrca-Dedup", "_slimorca.py:19"),
            ("samsum", "Samsung/samsum", "_samsum.py:19"),
            (
                "stack_exchange_paired",
                "lvwerra/stack-exchange-paired",
                "_stack_exchange_paired.py:78",
            ),
            ("hh_rlhf_helpful", "RLHFlow/HH-RLHF-Helpful-standard", "_hh_rlhf_helpful.py:17"),
            (
                "the_cauldron",
                "HuggingFaceM4/the_cauldron",
                "multimodal/_the_cauldron.py:128",
            ),
            (
                "llava_instruct",
                "liuhaotian/LLaVA-Instruct-150K",
                "multimodal/_llava_instruct.py:18",
            ),
        )
    ),
    *(
        Loader(
            package="torchtune",
            name=name,
            source=f"{TUNE}/{place}",
            repo_id=(SOURCE,),
            revision=REVISION,
            repo_type="dataset",
            reads="data",
            builders=True,
        )
        for name, place in (
            ("SFTDataset", "_sft.py:100"),
            ("PreferenceDataset", "_preference.py:19"),
            ("TextCompletionDataset", "_text_completion.py:16"),
            ("instruct_dataset", "_instruct.py:15"),
            ("chat_dataset", "_chat.py:15"),
            ("preference_dataset", "_preference.py:163"),
            ("text_completion_dataset", "_text_completion.py:80"),
        )
    ),
    Loader(
        package="litgpt",
        name="*LLM.load",
        source="litgpt 0.5.13 litgpt/api.py:149",
        repo_id=(Param(("model",), 0),),
        revision=None,
        instead=DIRECTORY,
        names_elsewhere=True,
    ),
    Loader(
        package="litgpt",
        name="download_from_hub",
        source="litgpt 0.5.13 litgpt/scripts/download.py:13",
        repo_id=(Param(("repo_id",), 0),),
        revision=None,
        instead=DIRECTORY,
        never_local=True,
    ),
    # The archive goes to the load() of stable_baselines3, which unpickles.
    Loader(
        package="huggingface_sb3",
        name="load_from_hub",
        source="huggingface_sb3 3.0 huggingface_sb3/load_from_hub.py:1",
        repo_id=(Param(("repo_id",), 0),),
        revision=None,
        reads="files",
        instead="download a pinned file with hf_hub_download(revision=...)",
        never_local=True,
        reader="stable_baselines3",
        options=(Param(("filename",), 1),),
    ),
)
