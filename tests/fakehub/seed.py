"""One small Hub with a repository for every situation that a lookup can meet."""

from __future__ import annotations

import json
from functools import cache

from tests.fakehub.contents import BERT, HOSTILE_PICKLE, MEGABYTE
from tests.fakehub.objects import Content, Issue
from tests.fakehub.seed_formats import add_adapters, add_flagged, add_other_formats, add_pipelines
from tests.fakehub.seed_histories import add_histories, add_kernels, add_pull_requests
from tests.fakehub.seed_names import add_borrowed_code, add_renamed_accounts
from tests.fakehub.world import World

ALICE = "alice"
VALID_TOKEN = "hf_valid_token_for_tests"
BAD_TOKEN = "hf_expired_token_for_tests"

# The head of acme/squashed-lm before its history was squashed.
SQUASHED_AWAY = "8eef7729afac958d0e3ad6195bbd4f31013dd087"

# What the real repositories' newest commits were called when they were recorded.
GPT2 = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
BERT_BASE = "86b5e0934494bd15c9632b12f734a8a67f723594"
MINILM = "c9745ed1d9f207416be6d2e6f8de32d1f16199bf"

IMPORT_NIGHT = "2022-03-02T23:29:04"
SAFE_CODE = "class AcmeModel:\n    pass\n"
DANGEROUS_CODE = (
    "import os\nimport socket\nimport subprocess\n\n"
    "subprocess.run(['true'])\nos.system('true')\neval('1')\n\n\n"
    "class FastModel:\n    home = socket.gethostname\n"
)
PHI_MAP = {
    "AutoConfig": "configuration_phi3.Phi3Config",
    "AutoModelForCausalLM": "modeling_phi3.Phi3ForCausalLM",
}
ACME_MAP = {"AutoModel": "acme/encoder-code--modeling_acme.AcmeModel"}
FAST_MAP = {"AutoModel": "modeling_fast.FastModel"}


def small_world() -> World:
    """A World of one's own; the same ids and hashes each time."""
    return _seeded().copy()


@cache
def _seeded() -> World:
    return build_world()


def build_world() -> World:
    """The small world from nothing, which takes ten times as long as a copy of it."""
    world = World()
    _add_accounts(world)
    _add_well_known(world)
    _add_formats(world)
    _add_custom_code(world)
    _add_restricted(world)
    _add_gone(world)
    _add_moved(world)
    _add_revisions(world)
    _add_other_types(world)
    add_adapters(world)
    add_pipelines(world)
    add_other_formats(world)
    add_flagged(world)
    add_histories(world)
    add_pull_requests(world)
    add_kernels(world)
    add_borrowed_code(world)
    add_renamed_accounts(world)
    return world


def _add_accounts(world: World) -> None:
    # The control question: if this one is "gone", the answers are not the Hub's.
    world.create_organization(
        "huggingface", fullname="Hugging Face", verified=True, plan="enterprise", at="2019-11-26"
    )
    world.create_user(ALICE, fullname="Alice Example", pro=True, at="2021-05-04")
    world.create_user("TheBloke", fullname="Tom Jobbins", at="2023-03-31")
    world.create_user("mallory", at="2025-02-01")
    world.create_organization("acme", fullname="Acme Research", members=[ALICE], at="2021-06-01")
    for name, founded in (
        ("google-bert", "2024-01-10"),
        ("sentence-transformers", "2020-10-01"),
        ("facebook", "2020-02-01"),
        ("bigscience", "2021-04-15"),
        ("kernels-community", "2025-03-01"),
        ("evaluate-metric", "2022-05-24"),
        ("cross-encoder", "2020-10-01"),
        ("rajpurkar", "2022-02-01"),
        ("stanfordnlp", "2021-03-01"),
        ("laion", "2021-09-01"),
        ("hf-internal-testing", "2021-07-08"),
    ):
        world.create_organization(name, at=founded)
    world.create_organization("openai-community", fullname="OpenAI community", at="2024-01-10")
    world.create_organization("meta-llama", fullname="Meta Llama", verified=True, at="2023-07-17")
    world.create_organization("microsoft", fullname="Microsoft", verified=True, at="2020-06-01")
    world.create_user("ykilcher", fullname="Yannic Kilcher", at="2022-01-30")
    world.create_user("mcpotato", at="2021-12-01")
    world.add_token(VALID_TOKEN, ALICE)


def _add_well_known(world: World) -> None:
    world.create_repo(
        "model",
        "openai-community/gpt2",
        {
            ".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n",
            "README.md": "---\nlicense: mit\n---\n# GPT-2\n",
            "config.json": json.dumps({"architectures": ["GPT2LMHeadModel"], "model_type": "gpt2"}),
            "model.safetensors": 548 * MEGABYTE,
            "onnx/decoder_model.onnx": 653 * MEGABYTE,
            "pytorch_model.bin": 548 * MEGABYTE,
            "vocab.json": 1_042_301,
        },
        tags=("gpt2", "en", "license:mit"),
        config={"architectures": ["GPT2LMHeadModel"], "model_type": "gpt2"},
        library_name="transformers",
        pipeline_tag="text-generation",
        downloads=11_500_000,
        likes=2_900,
        situation="safetensors beside pickle and onnx; younger owner than repository",
        at=IMPORT_NIGHT,
    )
    world.call_head("model", "openai-community/gpt2", GPT2)
    world.redirect("model", "gpt2", "openai-community/gpt2")
    world.note("gpt2", "legacy one-word name, redirects to openai-community/gpt2")
    world.create_repo(
        "model",
        "google-bert/bert-base-uncased",
        {
            "config.json": BERT,
            "model.safetensors": 440 * MEGABYTE,
            "pytorch_model.bin": 440 * MEGABYTE,
            "tf_model.h5": 536 * MEGABYTE,
            "vocab.txt": 231_508,
        },
        tags=("bert", "en", "license:apache-2.0"),
        config={"architectures": ["BertForMaskedLM"], "model_type": "bert"},
        library_name="transformers",
        pipeline_tag="fill-mask",
        downloads=65_000_000,
        situation="safetensors beside pickle and h5",
        at=IMPORT_NIGHT,
    )
    world.call_head("model", "google-bert/bert-base-uncased", BERT_BASE)
    world.redirect("model", "bert-base-uncased", "google-bert/bert-base-uncased")
    world.note("bert-base-uncased", "legacy one-word name, redirects to google-bert/...")
    world.create_repo(
        "model",
        "hf-internal-testing/tiny-random-bert",
        {
            "README.md": "# Tiny\n",
            "config.json": BERT,
            "model.safetensors": b"\x02\0\0\0\0\0\0\0{}",
            "onnx/model.onnx": b"\x08\x07",
            "vocab.txt": "[PAD]\n[UNK]\n",
        },
        library_name="transformers",
        pipeline_tag="fill-mask",
        situation="small enough to download: every byte and hash is true",
        at="2021-07-09",
    )


def _add_formats(world: World) -> None:
    world.create_repo(
        "model",
        "sentence-transformers/all-MiniLM-L6-v2",
        {
            "config.json": BERT,
            "model.safetensors": 90 * MEGABYTE,
            "onnx/model.onnx": 90 * MEGABYTE,
            "openvino/openvino_model.bin": 90 * MEGABYTE,
            "openvino/openvino_model.xml": 211_315,
            "train_script.py": "print('training')\n",
        },
        library_name="sentence-transformers",
        pipeline_tag="sentence-similarity",
        downloads=140_000_000,
        situation="a .bin that is no pickle, a .py that is no custom code",
        at=IMPORT_NIGHT,
    )
    world.call_head("model", "sentence-transformers/all-MiniLM-L6-v2", MINILM)
    world.create_repo(
        "model",
        "cross-encoder/ms-marco-MiniLM-L6-v2",
        {"config.json": BERT, "model.safetensors": 90 * MEGABYTE, "vocab.txt": 231_508},
        library_name="sentence-transformers",
        pipeline_tag="text-ranking",
        situation="safetensors only",
        at=IMPORT_NIGHT,
    )
    world.create_repo(
        "model",
        "facebook/detr-resnet-50-panoptic",
        {"config.json": "{}", "preprocessor_config.json": "{}", "pytorch_model.bin": 172_000_000},
        library_name="transformers",
        pipeline_tag="image-segmentation",
        downloads=67_335,
        situation="pickle only",
        at=IMPORT_NIGHT,
    )
    world.create_repo(
        "model",
        "bigscience/bloom-7b1-sharded",
        {
            "config.json": "{}",
            "pytorch_model-00001-of-00002.bin": 9_976 * MEGABYTE,
            "pytorch_model-00002-of-00002.bin": 4_160 * MEGABYTE,
            "pytorch_model.bin.index.json": json.dumps({"weight_map": {}}),
        },
        library_name="transformers",
        pipeline_tag="text-generation",
        situation="pickle only, in shards",
        at="2022-05-19",
    )
    world.create_repo(
        "model",
        "TheBloke/Llama-2-7B-GGUF",
        {"README.md": "# Llama 2\n", "llama-2-7b.Q4_K_M.gguf": 4_081 * MEGABYTE},
        tags=("base_model:meta-llama/Llama-2-7b-hf", "license:llama2"),
        situation="GGUF only; owner's name in mixed case",
        at="2023-09-04",
    )
    world.create_repo(
        "model",
        "mcpotato/42-eicar-street",
        {
            "build_pickles.py": "import pickle\n",
            "danger.dat": HOSTILE_PICKLE,
            "eicar_test_file": "stand-in for the EICAR text\n",
            "pytorch_model.bin": b"\x80\x03}q\x00.",
            "supposedly_safe.pkl": b"\x80\x03}q\x00.",
        },
        issues=(
            Issue("danger.dat", "unsafe"),
            Issue("build_pickles.py", "caution"),
            Issue("eicar_test_file", "unsafe"),
        ),
        situation="flagged by the Hub's scanners",
        at=IMPORT_NIGHT,
    )
    world.create_repo(
        "model",
        "alice/fresh-upload",
        {"pytorch_model.bin": 12_000},
        scans_done=False,
        situation="not scanned yet: scansDone is false",
        at="2026-11-01",
    )


def _add_custom_code(world: World) -> None:
    world.create_repo(
        "model",
        "microsoft/Phi-3-mini-4k-instruct",
        {
            "config.json": json.dumps({"auto_map": PHI_MAP, "model_type": "phi3"}),
            "configuration_phi3.py": "class Phi3Config:\n    pass\n",
            "model-00001-of-00002.safetensors": 4_972 * MEGABYTE,
            "model-00002-of-00002.safetensors": 2_669 * MEGABYTE,
            "model.safetensors.index.json": "{}",
            "modeling_phi3.py": "class Phi3ForCausalLM:\n    pass\n",
            "sample_finetune.py": "print('example')\n",
        },
        tags=("phi3", "custom_code", "license:mit"),
        config={"architectures": ["Phi3ForCausalLM"], "auto_map": PHI_MAP, "model_type": "phi3"},
        library_name="transformers",
        pipeline_tag="text-generation",
        situation="custom code, in the repository itself",
        at="2024-04-22T16:18:17",
    )
    world.create_repo(
        "model",
        "acme/encoder",
        {"config.json": json.dumps({"auto_map": ACME_MAP}), "model.safetensors": 2_000},
        tags=("custom_code",),
        config={"auto_map": ACME_MAP, "model_type": "acme"},
        library_name="transformers",
        situation="custom code that comes from another repository, acme/encoder-code",
        at="2024-02-01",
    )
    world.create_repo(
        "model",
        "acme/encoder-code",
        {"modeling_acme.py": SAFE_CODE},
        situation="holds the code of acme/encoder",
        at="2024-01-20",
    )
    world.create_repo(
        "model",
        "mallory/fast-loader",
        {
            "config.json": json.dumps({"auto_map": FAST_MAP}),
            "model.safetensors": 2_000,
            "modeling_fast.py": DANGEROUS_CODE,
        },
        tags=("custom_code",),
        config={"auto_map": FAST_MAP, "model_type": "fast"},
        library_name="transformers",
        situation="custom code that starts processes, opens sockets, evaluates text",
        at="2025-03-01",
    )


def _add_restricted(world: World) -> None:
    world.create_repo(
        "model",
        "meta-llama/Meta-Llama-3.1-8B",
        {
            "config.json": json.dumps({"model_type": "llama"}),
            "model.safetensors": 16_060 * MEGABYTE,
            "original/consolidated.00.pth": 16_060 * MEGABYTE,
        },
        gated="manual",
        config={"architectures": ["LlamaForCausalLM"], "model_type": "llama"},
        library_name="transformers",
        pipeline_tag="text-generation",
        situation="gated: info is open, files and commits are not",
        at="2024-07-14T22:20:15",
    )
    world.rename("model", "meta-llama/Meta-Llama-3.1-8B", "meta-llama/Llama-3.1-8B")
    world.note("meta-llama/Meta-Llama-3.1-8B", "renamed within its owner, redirects")
    world.create_repo(
        "model",
        "ykilcher/gpt-4chan",
        {"config.json": "{}", "pytorch_model.bin": 24_200 * MEGABYTE},
        gated="auto",
        disabled=True,
        situation="disabled and gated: info 200 with disabled true, files 401",
        at="2022-06-01",
    )
    world.create_repo(
        "model",
        "acme/withdrawn",
        {"model.safetensors": 2_000},
        disabled=True,
        situation="disabled, not gated: info 200 with disabled true, files 403",
        at="2023-01-01",
    )
    world.create_repo(
        "dataset",
        "laion/laion-art",
        {"data/train.parquet": 2_000},
        blocked=True,
        situation="disabled so that even info is 403",
        at="2022-06-10",
    )
    world.create_repo(
        "model",
        "alice/secret-model",
        {"model.safetensors": b"\x02\0\0\0\0\0\0\0{}"},
        private=True,
        situation="private, of the user whose token is valid",
        at="2025-05-05",
    )
    world.create_repo(
        "model",
        "acme/internal-lm",
        {"model.safetensors": 2_000},
        private=True,
        situation="private, of an organization with alice as a member",
        at="2025-05-06",
    )
    world.create_repo(
        "model",
        "mallory/hidden-model",
        {"model.safetensors": 2_000},
        private=True,
        situation="private, of a stranger: as good as missing",
        at="2025-05-07",
    )


def _add_gone(world: World) -> None:
    # Deleted model, living owner.
    world.create_repo("model", "acme/retired-model", {"model.safetensors": 2_000}, at="2022-01-05")
    world.delete_repo("model", "acme/retired-model")
    world.note("acme/retired-model", "deleted model, its owner lives")
    # Orphan 1: the account is gone with all it had; anybody can take the name.
    world.create_organization("dentalai", fullname="DentalAI", at="2022-08-01")
    world.create_repo("model", "dentalai/toothfairy", {"pytorch_model.bin": 2_000}, at="2022-08-02")
    world.delete_account("dentalai")
    world.note("dentalai/toothfairy", "orphan 1: account and model deleted, name free")
    # Orphan 2: transferred first, then the old account was deleted; the redirect still works.
    world.create_organization("dentalai-labs", at="2022-09-01")
    world.create_organization("medvision", fullname="MedVision", verified=True, at="2021-02-01")
    world.create_repo(
        "model",
        "dentalai-labs/segmenter",
        {"config.json": "{}", "model.safetensors": 2_000},
        situation="transferred from an owner that was deleted afterwards",
        at="2022-09-02",
    )
    world.transfer("model", "dentalai-labs/segmenter", "medvision")
    world.delete_account("dentalai-labs")
    world.note("dentalai-labs/segmenter", "orphan 2: redirects out of a namespace nobody owns")
    # Re-registered: the same id, another owner and another repository than code once meant.
    world.create_organization("runtimes", fullname="Runtimes Inc", at="2021-10-01")
    world.create_repo("model", "runtimes/finetuned-bert", {"model.safetensors": 2_000})
    world.delete_account("runtimes")
    world.create_user("runtimes", at="2026-06-15")
    world.create_repo(
        "model",
        "runtimes/finetuned-bert",
        {"config.json": BERT, "pytorch_model.bin": HOSTILE_PICKLE},
        library_name="transformers",
        pipeline_tag="fill-mask",
        scans_done=False,
        situation="re-registered in June 2026 by a stranger, with a hostile pickle",
        at="2026-06-15T09:00:00",
    )
    world.note("never-existed/at-all", "neither the account nor the model was ever there")


def _add_moved(world: World) -> None:
    # Moved, and the old owner still holds the old name.
    world.create_user("nina-vogel", at="2021-11-11")
    world.create_organization("radiolab", at="2023-01-15")
    world.create_repo(
        "model",
        "nina-vogel/lung-nodules",
        {"config.json": "{}", "model.safetensors": 2_000},
        situation="moved here by an owner who still exists",
        at="2022-12-01",
    )
    world.transfer("model", "nina-vogel/lung-nodules", "radiolab")
    world.note("nina-vogel/lung-nodules", "moved to radiolab/lung-nodules, old owner lives")
    # The redirect lands on a re-upload: another _id than the original had.
    world.create_organization("runwayml", fullname="Runway", verified=True, at="2022-10-01")
    world.create_organization("stable-diffusion-v1-5", at="2024-08-30")
    world.create_repo(
        "model",
        "stable-diffusion-v1-5/stable-diffusion-v1-5",
        {
            "model_index.json": "{}",
            "unet/diffusion_pytorch_model.bin": 3_438 * MEGABYTE,
            "unet/diffusion_pytorch_model.safetensors": 3_438 * MEGABYTE,
        },
        library_name="diffusers",
        pipeline_tag="text-to-image",
        situation="a re-upload that an old id was redirected to by hand",
        at="2024-08-30T09:48:48",
    )
    new = "stable-diffusion-v1-5/stable-diffusion-v1-5"
    world.redirect("model", "runwayml/stable-diffusion-v1-5", new)
    world.note("runwayml/stable-diffusion-v1-5", f"redirects to the re-upload {new}")


def _add_revisions(world: World) -> None:
    # The pull request's commit can be loaded by its hash although no branch or tag has it.
    world.create_repo(
        "model",
        "acme/translator",
        {"config.json": "{}", "model.safetensors": 2_000},
        library_name="transformers",
        situation="refs/pr/1 holds a stranger's commit that no branch has (impostor)",
        at="2023-03-01",
    )
    world.open_pull_request(
        "model",
        "acme/translator",
        {"pytorch_model.bin": HOSTILE_PICKLE},
        title="Add PyTorch weights",
        author="mallory",
    )
    # Hashes written down before the squash lead nowhere.
    world.create_repo(
        "model",
        "acme/squashed-lm",
        {"model.safetensors": 1_000},
        situation="history squashed: the commits before are gone",
        at="2023-04-01",
    )
    world.commit("model", "acme/squashed-lm", {"model.safetensors": 2_000}, title="Train longer")
    world.squash_history("model", "acme/squashed-lm")
    world.create_repo(
        "model",
        "acme/forecaster",
        {"config.json": "{}", "pytorch_model.bin": 2_000},
        library_name="transformers",
        situation="tag v1.0 is pickle only, main has safetensors, branch dev is ahead of main",
        at="2023-05-01",
    )
    world.tag("model", "acme/forecaster", "v1.0")
    world.commit("model", "acme/forecaster", {"model.safetensors": 2_000}, title="Add safetensors")
    world.branch("model", "acme/forecaster", "dev")
    world.commit("model", "acme/forecaster", {"notes.md": "# Next\n"}, branch="dev")


def _add_other_types(world: World) -> None:
    parquet: dict[str, Content] = {"README.md": "# Data\n", "data/train.parquet": 2_000}
    world.create_repo(
        "dataset",
        "rajpurkar/squad",
        parquet,
        tags=("task_categories:question-answering", "language:en"),
        downloads=254_152,
        situation="a dataset of parquet files",
        at="2022-03-02T23:29:22",
    )
    world.redirect("dataset", "squad", "rajpurkar/squad")
    world.note("datasets/squad", "legacy one-word dataset name")
    world.create_repo(
        "dataset",
        "stanfordnlp/imdb",
        parquet,
        downloads=180_000,
        situation="a dataset of parquet files with a converted branch",
        at="2022-03-02T23:29:22",
    )
    world.convert("dataset", "stanfordnlp/imdb", "parquet")
    world.create_repo(
        "dataset",
        "acme/pickled-records",
        {"test.pkl": 1_000, "train.pkl": 2_000},
        situation="a dataset of pickles only",
        at="2023-06-01",
    )
    world.create_repo(
        "space",
        "evaluate-metric/accuracy",
        {"README.md": "# Accuracy\n", "accuracy.py": "print()\n", "app.py": "print()\n"},
        tags=("evaluate", "metric"),
        situation="a space whose code evaluate.load runs",
        at="2022-05-24",
    )
    world.create_repo(
        "kernel",
        "kernels-community/flash-attn2",
        {"build.toml": "[general]\n", "torch-ext/flash_attn2/__init__.py": ""},
        downloads=7_199,
        situation="a kernel",
        at="2026-04-03",
    )
