"""Every command line of the table is read as its program reads it."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flake8_hfmodels.loaders.commands import COMMANDS
from flake8_hfmodels.loaders.commands.row import Command
from flake8_hfmodels.loaders.commands.scripts import SCRIPT
from flake8_hfmodels.loaders.row import Loader, Param
from flake8_hfmodels.reference import Known, Reference, Span, Written
from flake8_hfmodels.sources.shell.grammar import simple_commands
from flake8_hfmodels.sources.shell.loads import Place
from flake8_hfmodels.sources.shell.session import read_command, read_script
from flake8_hfmodels.sources.shell.word import HOLE, Text, Word, known_word
from tests.reading import SHA, Plain, plain

HERE = Span(1, 1, 1, 9)
PLACE = Place("example.sh", HERE)
TABLE = Path(__file__).parents[2] / "shared" / "loaders" / "cli.csv"


class Seen(NamedTuple):
    """One reference, in short."""

    call: str
    ids: Plain
    revision: Plain = "absent"
    trust: Plain = "absent"
    local: str | None = None
    persona: str = "regular"


def references(text: str) -> list[Reference]:
    commands = simple_commands(Text(text, Written(text, HERE)))
    return read_script([(words, PLACE) for words in commands])


def read(text: str) -> list[Seen]:
    return [seen(reference) for reference in references(text)]


def seen(one: Reference) -> Seen:
    return Seen(
        one.call,
        plain(one.repo_id),
        plain(one.revision),
        plain(one.trust_remote_code),
        one.local,
        one.persona.value,
    )


def only(text: str) -> Reference:
    (reference,) = references(text)
    return reference


# How each form of the shared table begins, a command line of that form, and the repo it loads.
FORMS = {
    "hf download": "hf download o/m",
    "huggingface-cli download": "huggingface-cli download o/m",
    "hf cp / hf sync": "hf sync hf://o/m ./here",
    "git clone": "git clone https://huggingface.co/o/m",
    "pip install git+": "pip install git+https://huggingface.co/spaces/o/m",
    "vllm serve": "vllm serve o/m",
    "text-generation-launcher": "text-generation-launcher --model-id o/m",
    "text-generation-server": "text-generation-server download-weights o/m",
    "text-embeddings-router": "text-embeddings-router --model-id o/m",
    "infinity_emb": "infinity_emb v2 --model-id o/m",
    "python -m sglang": "python -m sglang.launch_server --model-path o/m",
    "lmdeploy serve": "lmdeploy serve api_server o/m",
    "llama-server": "llama-server -hf o/m:Q4_K_M",
    "python convert_hf_to_gguf": "python convert_hf_to_gguf.py --remote o/m",
    "python -m llama_cpp.server": "python -m llama_cpp.server --hf_model_repo_id o/m",
    "ollama run": "ollama run hf.co/o/m:Q8_0",
    "docker model": "docker model pull hf.co/o/m",
    "mlx_lm.generate": "mlx_lm.generate --model o/m --prompt hi",
    "mlx_lm.convert": "mlx_lm.convert --hf-path o/m -q",
    "mlx_vlm": "python -m mlx_vlm.generate --model o/m",
    "mlx_whisper": "mlx_whisper audio.mp3 --model o/m",
    "optimum-cli export onnx": "optimum-cli export onnx -m o/m out",
    "optimum-cli export openvino": "optimum-cli export openvino --model o/m out",
    "lm_eval run": "lm_eval run --model hf --model_args pretrained=o/m,dtype=float",
    "lighteval": "lighteval accelerate model_name=o/m,batch_size=1 'leaderboard|x|0'",
    "inspect eval": "inspect eval task.py --model hf/o/m",
    "trl sft": "trl sft --model_name_or_path o/m",
    "trl vllm-serve": "trl vllm-serve --model o/m",
    "accelerate estimate": "accelerate estimate-memory o/m",
    "transformers download": "transformers download o/m",
    "transformers serve": "transformers serve --force-model o/m",
    "axolotl": "axolotl train cfg.yml --base-model o/m",
    "llamafactory-cli": "llamafactory-cli train --model_name_or_path o/m",
    "swift": "swift sft --model o/m --use_hf true",
    "tune download": "tune download o/m --output-dir d",
    "litgpt": "litgpt download o/m",
    "ct2-": "ct2-transformers-converter --force --model o/m --output_dir d",
    "whisperx": "whisperx a.wav --model o/m",
    "docling-tools": "docling-tools models download-hf-repo o/m",
    "pyannote-audio": "pyannote-audio download o/m",
    "lerobot-train": "lerobot-train --policy.path=o/m",
    "garak": "garak --model_type huggingface --model_name o/m",
    "smolagent": "smolagent --model-type TransformersModel --model-id o/m",
    "args: --model_id": "python -m huggingfaceserver --model_id=o/m",
    "python -m onnxruntime": "python -m onnxruntime_genai.models.builder -m o/m -o out",
    "unsloth": "unsloth run --model o/m",
    "hf jobs uv run": "hf jobs uv run https://huggingface.co/o/m/resolve/main/s.py",
    "pip install https": "pip install https://huggingface.co/o/m/resolve/main/m.whl",
    "picklescan": "picklescan --huggingface o/m",
}
# Forms without a row, and why.
ELSEWHERE = {
    "curl": "a URL, read as one",
    "tiny-agents": "names a folder of one fixed dataset, not a repo",
    "docker run registry.hf.space": "the hyphen between owner and Space is in their names as well",
    "mergekit-yaml": "the repos are in a file; its trust flag has a test of its own",
    "kernels download": "the repos are in pyproject.toml",
    "env HF_MODEL_ID": "variables of a container, not a command line",
    "bentoml serve": "the repos are in a file",
}


def table() -> list[str]:
    if not TABLE.exists():
        return []
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return [line["command_form"] for line in csv.DictReader(lines)]


@pytest.mark.skipif(not TABLE.exists(), reason="the shared table is not beside us")
def test_every_form_of_the_table_is_read_or_left_out_for_a_reason() -> None:
    known = (*FORMS, *ELSEWHERE)
    assert [form for form in table() if not form.startswith(known)] == []


@pytest.mark.skipif(not TABLE.exists(), reason="the shared table is not beside us")
@pytest.mark.parametrize("beginning", [*FORMS, *ELSEWHERE])
def test_every_known_form_is_in_the_table(beginning: str) -> None:
    assert [form for form in table() if form.startswith(beginning)] != []


@pytest.mark.parametrize("line", FORMS.values(), ids=FORMS)
def test_form_names_its_repo(line: str) -> None:
    assert [plain(one.repo_id) for one in references(line)] == [("o/m",)]


ROWS = [load.loader for command in (*COMMANDS, SCRIPT) for load in command.loads]
FLAG = re.compile(r"--?[A-Za-z][\w.-]*")


def params(row: Loader) -> list[Param]:
    maybe = (row.revision, row.code_revision, row.trust_remote_code, row.repo_type_param)
    return [*row.repo_id, *(param for param in maybe if param is not None)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_row_names_flags_or_a_position(row: Loader) -> None:
    flags = [param for param in params(row) if param.within is None]
    assert all(FLAG.fullmatch(name) for param in flags for name in param.names)
    assert all(param.names or param.position is not None for param in flags)


@pytest.mark.parametrize("row", [row for row in ROWS if row.repo_id], ids=lambda row: row.name)
def test_row_says_how_to_pin(row: Loader) -> None:
    assert (row.revision is not None or row.at_revision) or re.fullmatch("[a-z].*[^.]", row.instead)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_row_says_what_was_read(row: Loader) -> None:
    assert re.match(r"[\w.-]+ \S", row.source)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.words))
def test_row_has_a_name_to_be_found_by(command: Command) -> None:
    assert command.words or command.modules


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"hf download o/m --revision {SHA}", (SHA,), id="flag"),
        pytest.param("hf download --revision=main o/m", ("main",), id="with-equals"),
        pytest.param("hf download o/m --revision a --revision b", ("b",), id="last-one-counts"),
        pytest.param("hf download o/m --revision $R", "unknown", id="variable"),
        pytest.param("hf download o/m --revision=$R", "unknown", id="variable-with-equals"),
        pytest.param("R=v1; hf download o/m --revision $R", ("v1",), id="variable-that-is-set"),
        pytest.param("hf download o/m $EXTRA_ARGS", "unknown", id="may-be-in-other-words"),
        pytest.param("hf download o/m --revision", "absent", id="flag-without-a-value"),
        pytest.param("hf download o/m -- --revision a", "absent", id="behind-two-dashes"),
        pytest.param("hf download hf://datasets/o/m@v1/x.csv", ("v1",), id="uri"),
        pytest.param("hf cp hf://o/m@v1/a b", ("v1",), id="copied-uri"),
        pytest.param("transformers chat o/m@v1", ("v1",), id="at-sign"),
        pytest.param("transformers chat o/m@$R", "unknown", id="at-sign-and-variable"),
        pytest.param("llama-cli -hf o/m:v1", "absent", id="colon-is-no-revision"),
        pytest.param("lm_eval --model_args=pretrained=o/m,revision=v1", ("v1",), id="in-a-list"),
        pytest.param(
            """lm_eval --model_args '{"pretrained": "o/m", "revision": "v1"}'""",
            ("v1",),
            id="in-json",
        ),
        pytest.param(
            "lm_eval --model_args pretrained=o/m,revision=$R", "unknown", id="variable-in-a-list"
        ),
        pytest.param("lm_eval --model_args pretrained=o/m,dtype=$D", "absent", id="other-variable"),
        pytest.param("lm_eval --model_args pretrained=o/m,$X", "unknown", id="other-entries"),
        pytest.param(
            "inspect eval t.py --model hf/o/m -M revision=v1", ("v1",), id="key-and-value"
        ),
        pytest.param("trl sft --model-name-or-path o/m --model-revision v1", ("v1",), id="dashes"),
        pytest.param("vllm serve o/m --config c.yaml", "unknown", id="may-be-in-a-file"),
        pytest.param("git clone -b v1 https://hf.co/o/m", ("v1",), id="branch"),
        pytest.param("pip install git+https://hf.co/spaces/o/m@v1#egg=m", ("v1",), id="pip"),
        pytest.param(
            "REVISION=v1 text-generation-launcher --model-id o/m", ("v1",), id="environment"
        ),
    ],
)
def test_revision_is_read(text: str, expected: Plain) -> None:
    assert plain(only(text).revision) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("vllm serve o/m", "absent", id="not-given"),
        pytest.param("vllm serve --trust-remote-code o/m", (True,), id="flag"),
        pytest.param("vllm serve --trust_remote_code o/m", (True,), id="underscores"),
        pytest.param("vllm serve o/m --trust-remote-code true", (True,), id="true"),
        pytest.param("vllm serve o/m --trust-remote-code=False", (False,), id="false"),
        pytest.param("vllm serve o/m --no-trust-remote-code", (False,), id="negated"),
        pytest.param("vllm serve o/m --trust-remote-code=$T", "unknown", id="variable"),
        pytest.param("vllm serve o/m --trust-remote-code=maybe", "unknown", id="neither"),
        pytest.param("vllm serve o/m $ARGS", "unknown", id="may-be-in-other-words"),
        pytest.param(
            "lighteval vllm model_name=o/m,trust_remote_code=True t", (True,), id="in-a-list"
        ),
        pytest.param(
            "lm_eval --model_args pretrained=o/m --trust_remote_code", (True,), id="beside"
        ),
        pytest.param(
            "python -m onnxruntime_genai.models.builder -m o/m --extra_options hf_remote=true",
            (True,),
            id="of-another-name",
        ),
        pytest.param("hf download o/m --trust-remote-code", "absent", id="of-another-program"),
        pytest.param(
            "TRUST_REMOTE_CODE=1 text-generation-launcher --model-id o/m", (True,), id="env"
        ),
    ],
)
def test_trust_flag_is_read(text: str, expected: Plain) -> None:
    assert plain(references(text)[0].trust_remote_code) == expected


@pytest.mark.parametrize(
    "before",
    [
        "sudo",
        "sudo -u me",
        "env -u A B=c",
        "A=b C=d",
        "time",
        "nohup",
        "timeout -k 5 10m",
        "uv run --with hf",
        "uv run --",
        "uvx --from huggingface_hub",
        "poetry run",
        "pipx run",
        "conda run -n me",
        "srun --gres gpu:1 --pty",
        "/usr/local/bin",
        "bash -c",
        "docker run --rm -it -v a:b python:3.12",
        "docker run --rm image bash -lc",
        "sudo docker run me/image:tag env A=b",
        "C:\\bin\\uv.exe run",
    ],
)
def test_program_is_found_behind(before: str) -> None:
    line = "hf download o/m"
    shell = before.endswith("c") and "bash" in before
    quoted = before.replace("\\", "\\\\")
    text = f"{quoted} '{line}'" if shell else f"{quoted} {line}".replace("bin hf", "bin/hf")
    assert read(text) == [Seen("hf download", ("o/m",))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("python -m lm_eval --model_args pretrained=o/m", "python -m lm_eval"),
        pytest.param(
            "python3.12 -u -X dev -m lm_eval --model_args pretrained=o/m", "python -m lm_eval"
        ),
        pytest.param(
            "accelerate launch -m lm_eval --model_args pretrained=o/m", "python -m lm_eval"
        ),
        pytest.param("uv run -m lm_eval --model_args pretrained=o/m", "python -m lm_eval"),
        pytest.param(
            "python -m torch.distributed.run --nnodes 2 -m lm_eval --model_args pretrained=o/m",
            "python -m lm_eval",
        ),
        pytest.param("docker run vllm/vllm-openai:v1 --model o/m", "vllm/vllm-openai"),
        pytest.param(
            "docker run -e MODEL_ID=o/m -d ghcr.io/huggingface/text-generation-inference@sha256:0",
            "ghcr.io/huggingface/text-generation-inference",
        ),
        pytest.param(
            "docker run michaelf34/infinity:1 v2 --model-id o/m", "michaelf34/infinity v2"
        ),
    ],
)
def test_module_or_image_is_the_program(text: str, expected: str) -> None:
    assert read(text) == [Seen(expected, ("o/m",))]


@pytest.mark.parametrize(
    "before",
    [
        "python",
        "accelerate launch --num_processes 2 --multi_gpu",
        "torchrun --standalone --nproc_per_node=2",
        "deepspeed --include localhost:0",
        "uv run",
        "CUDA_VISIBLE_DEVICES=0",
        "bash",
    ],
)
def test_script_is_for_the_curious(before: str) -> None:
    assert read(f"{before} ./src/train.py --model_name_or_path o/m --trust_remote_code") == [
        Seen("train.py --model_name_or_path", ("o/m",), trust=(True,), persona="pedantic")
    ]


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        pytest.param("--base_model o/m", Seen("t.py --base_model", ("o/m",))),
        pytest.param("--model-id=o/m --revision v1", Seen("t.py --model_id", ("o/m",), ("v1",))),
        pytest.param("--dataset_name squad", Seen("t.py --dataset_name", ("squad",))),
        pytest.param("--tokenizer_name gpt2", Seen("t.py --tokenizer_name", ("gpt2",))),
    ],
)
def test_flag_of_a_script_is_known_by_custom(flags: str, expected: Seen) -> None:
    assert read(f"python t.py {flags}") == [expected._replace(persona="pedantic")]


def test_trust_alone_is_reported() -> None:
    assert read("mergekit-yaml cfg.yml out --trust-remote-code") == [
        Seen("mergekit-yaml", "absent", trust=(True,))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "vllm serve o/m --tokenizer o/t --tokenizer-revision v1",
            [Seen("vllm serve", ("o/m",)), Seen("vllm serve --tokenizer", ("o/t",), ("v1",))],
            id="tokenizer",
        ),
        pytest.param(
            "vllm serve o/m --lora-modules a=o/a ./b --port 1",
            [
                Seen("vllm serve", ("o/m",)),
                Seen("vllm serve --lora-modules", ("o/a",)),
                Seen("vllm serve --lora-modules", ("./b",), local="a local path"),
            ],
            id="adapters",
        ),
        pytest.param(
            """vllm serve o/m --lora-modules '{"name": "a", "path": "o/a"}' '{"name": 1}' '{"x'""",
            [
                Seen("vllm serve", ("o/m",)),
                Seen("vllm serve --lora-modules", ("o/a",)),
                Seen("vllm serve --lora-modules", ('{"x',), local="a local path"),
            ],
            id="adapters-in-json",
        ),
        pytest.param(
            """vllm serve o/m --speculative-config '{"model": "o/d", "method": "eagle"}'""",
            [Seen("vllm serve", ("o/m",)), Seen("vllm serve --speculative-config", ("o/d",))],
            id="draft-in-json",
        ),
        pytest.param(
            "vllm serve o/m --speculative-config.model o/d --speculative-config.revision v1",
            [
                Seen("vllm serve", ("o/m",)),
                Seen("vllm serve --speculative-config", ("o/d",), ("v1",)),
            ],
            id="draft-by-a-dotted-flag",
        ),
        pytest.param(
            "infinity_emb v2 --model-id o/a --model-id o/b --revision v1 --revision v2",
            [
                Seen("infinity_emb v2", ("o/a",), ("v1",)),
                Seen("infinity_emb v2", ("o/b",), ("v2",)),
            ],
            id="pairs",
        ),
        pytest.param(
            "text-generation-launcher --lora-adapters a=o/a@v1,o/b",
            [
                Seen("text-generation-launcher --lora-adapters", ("o/a",), ("v1",)),
                Seen("text-generation-launcher --lora-adapters", ("o/b",)),
            ],
            id="adapters-with-commas",
        ),
        pytest.param(
            "lm_eval --model_args pretrained=o/m,peft=o/a",
            [Seen("lm_eval", ("o/m",)), Seen("lm_eval --model_args", ("o/a",))],
            id="adapter-in-a-list",
        ),
        pytest.param(
            "inspect eval hf/o/d@v1 --model openai/gpt-4o",
            [Seen("inspect eval", ("o/d",), ("v1",))],
            id="dataset-by-position",
        ),
        pytest.param(
            "for m in o/a o/b; do hf download $m; done",
            [Seen("hf download", ("o/a", "o/b"))],
            id="loop",
        ),
        pytest.param(
            "for m in o/a ./b; do vllm serve $m; done",
            [Seen("vllm serve", ("o/a",))],
            id="loop-with-a-path",
        ),
    ],
)
def test_every_repo_of_a_line_is_read(text: str, expected: list[Seen]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hf download o/m --repo-type dataset", "dataset"),
        ("hf download o/m --type=space", "space"),
        ("hf download o/m --repo-type $T", "model"),
        ("hf download datasets/o/m", "dataset"),
        ("hf download hf://spaces/o/m", "space"),
        ("git clone https://huggingface.co/datasets/o/m", "dataset"),
        ("git clone git@hf.co:spaces/o/m", "space"),
        ("git clone https://user:secret@huggingface.co/o/m.git", "model"),
    ],
)
def test_type_of_the_repo_is_read(text: str, expected: str) -> None:
    reference = only(text)
    assert (plain(reference.repo_id), reference.repo_type) == (("o/m",), expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("vllm serve ./out", "a local path", id="path"),
        pytest.param("vllm serve $HOME/out.bin", "a local path", id="file"),
        pytest.param("vllm serve ./$NAME", "a local path", id="path-with-a-variable"),
        pytest.param("vllm serve a/b/c", "a local path", id="three-parts"),
        pytest.param("vllm serve ''", "no repo is named", id="nothing"),
        pytest.param("hf download a/b/c", "no id that a repo could have", id="no-id"),
        pytest.param("hf download hf://-/-", "no id that a repo could have", id="no-uri"),
        pytest.param("whisperx a.wav --model large-v3", "a name of the library's own", id="name"),
    ],
)
def test_what_is_no_repo_is_local(text: str, expected: str) -> None:
    assert only(text).local == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("hf download $M", ("regular", "medium"), id="only-repos"),
        pytest.param("vllm serve $M", ("pedantic", "low"), id="repos-and-folders"),
        pytest.param("vllm serve models/m", ("pedantic", "low"), id="like-a-folder"),
        pytest.param("vllm serve o/m", ("regular", "high"), id="known"),
        pytest.param("git clone https://hf.co/$M", ("regular", "medium"), id="url"),
    ],
)
def test_doubt_is_said(text: str, expected: tuple[str, str]) -> None:
    reference = only(text)
    assert (reference.persona.value, reference.confidence.value) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hf",
        "hf upload o/m ./out",
        "hf download --help",
        "hf cp ./a hf://buckets/o/b",
        "hf sync hf://buckets/o/b .",
        "git clone https://github.com/o/m",
        "git clone $URL",
        "git status",
        "git",
        "ollama run llama3",
        "ollama run $M",
        "docker run python:3.12 pip install x",
        "docker run",
        "docker run --rm",
        "docker pull o/m",
        "python",
        "python -c 'hf download o/m'",
        "python -m pytest",
        "python train.py",
        "bash script.sh",
        "bash -c",
        "sudo",
        "bash",
        "bash -x",
        "lm_eval --model_args $ARGS_TEXT",
        'lm_eval --model_args "$X"',
        "A=b",
        "cd",
        "vllm serve",
        "vllm serve $ARGS",
        "vllm --version",
        "swift sft --model o/m",
        "swift sft --model o/m --use_hf false",
        "garak --model_type openai --model_name o/m",
        "garak --model_type --model_name o/m",
        "lm_eval --model_args dtype=float",
        "python convert_hf_to_gguf.py o/m",
        "python -m torch.distributed.run",
        "pip install transformers",
        "inspect eval task.py --model openai/gpt-4o",
        "echo hf download o/m",
    ],
)
def test_nothing_is_loaded(text: str) -> None:
    assert read(text) == []


CLONE = "git clone https://huggingface.co/o/m"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"{CLONE} && cd m && git checkout {SHA}", (SHA,), id="in-its-folder"),
        pytest.param(f"{CLONE}\ngit -C m checkout {SHA}", (SHA,), id="by-its-folder"),
        pytest.param(
            f"{CLONE} x/y; cd x/y/; git reset --hard {SHA}", (SHA,), id="folder-of-choice"
        ),
        pytest.param(f"{CLONE}; git checkout -b mine {SHA}", (SHA,), id="new-branch"),
        pytest.param(f"{CLONE}; git switch --detach {SHA}", (SHA,), id="switched"),
        pytest.param(
            f"{CLONE}; git fetch origin {SHA}; git checkout FETCH_HEAD", (SHA,), id="fetched"
        ),
        pytest.param(f"{CLONE}; git checkout v1", ("v1",), id="tag"),
        pytest.param(f"{CLONE}; git checkout $COMMIT", "unknown", id="variable"),
        pytest.param(f"{CLONE}; git checkout", "absent", id="nothing"),
        pytest.param(f"{CLONE}; git fetch", "absent", id="fetched-nothing"),
        pytest.param(f"{CLONE}; git fetch origin main", "absent", id="fetched-a-branch"),
        pytest.param(f"{CLONE}; git checkout {SHA} README.md", "absent", id="one-file"),
        pytest.param(f"{CLONE}; cd other; git checkout {SHA}", "absent", id="other-folder"),
        pytest.param(f"git checkout {SHA}; {CLONE}", "absent", id="before"),
        pytest.param(f"{CLONE}; cd $X; git checkout {SHA}", (SHA,), id="unknown-folder"),
        pytest.param(
            f"{CLONE}; git clone https://github.com/a/b; git checkout {SHA}",
            "absent",
            id="other-clone",
        ),
    ],
)
def test_commit_that_is_checked_out_pins_the_clone(text: str, expected: Plain) -> None:
    assert plain(only(text).revision) == expected


def test_document_before_a_command_is_passed_over() -> None:
    assert read("cat <<-E\n\thf download o/a\n\tE\nhf download o/m") == [
        Seen("hf download", ("o/m",))
    ]


def test_command_keeps_its_place() -> None:
    spans = [Span(1, 1, 1, 3), Span(1, 4, 1, 12), Span(1, 13, 1, 16)]
    texts = zip(("hf", "download", "o/m"), spans, strict=True)
    words = [known_word(Known((Written(*one),))) for one in texts]
    (reference,) = read_command(words, PLACE)
    assert reference.span == HERE
    assert reference.repo_id == Known((Written("o/m", spans[2]),))


def test_format_option_is_read() -> None:
    assert plain(only("vllm serve o/m --load-format safetensors").option("load_format")) == (
        "safetensors",
    )


def test_shells_in_shells_are_left_alone_at_last() -> None:
    text = "hf download o/m"
    for _ in range(5):
        text = "bash -c '" + text.replace("'", "'\\''") + "'"
    assert read(text) == []


NAMES = st.sampled_from(
    """hf download vllm serve git clone checkout python -m lm_eval docker run bash -c o/m ./x
    --model --revision --trust-remote-code --model_args pretrained=o/m,revision= hf://o/m@x -- -e
    A=b sudo uv accelerate launch train.py --model_name_or_path {"model": --lora-modules a=o/b cd
    https://hf.co/o/m $( " ' \0 --model=\0 infinity_emb v2 --model-id --revision=a""".split(" ")
)
WORDS = st.builds(
    lambda texts, spread: known_word(_either(texts), spread),
    st.lists(NAMES, min_size=1, max_size=2),
    st.booleans(),
)


def _either(texts: list[str]) -> Known:
    return Known(tuple(Written(text, HERE) for text in texts))


@given(st.lists(st.lists(WORDS, max_size=8), max_size=4))
@example([[known_word(_either([text])) for text in ("hf", "download", HOLE)]])
@settings(deadline=None, max_examples=150)
def test_any_words_are_read(commands: list[list[Word]]) -> None:
    found = read_script([(words, PLACE) for words in commands])
    texts = [one.value for ref in found for one in _values(ref) if ref.local is None]
    assert all(HOLE not in str(text) for text in texts)


def _values(reference: Reference) -> tuple[Written, ...]:
    known = (reference.repo_id, reference.revision)
    return tuple(one for value in known if isinstance(value, Known) for one in value.values)


def test_program_behind_endless_wrappers_is_not_looked_for() -> None:
    assert read("sudo " * 10 + "hf download o/m") != []
    assert read("sudo " * 100 + "hf download o/m") == []
