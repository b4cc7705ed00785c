"""Shell scripts: what their commands load, and where in the file that is written."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flake8_hfmodels.loaders.commands import COMMANDS
from flake8_hfmodels.reference import Known, Reference, Span, Value
from flake8_hfmodels.sources.placed import Placed, inserted, whole_file
from flake8_hfmodels.sources.reading import references as read_file
from flake8_hfmodels.sources.shell.script import script_references, words_references
from flake8_hfmodels.sources.shell.session import MOST_CALLS
from flake8_hfmodels.sources.shell.word import Word, placed_word
from flake8_hfmodels.sources.source import Context, TextSource
from tests.reading import SHA, Plain, plain


class Seen(NamedTuple):
    """One reference, in short: what it is called, the ids as they are written, where it stands."""

    call: str
    ids: Plain
    revision: Plain = "absent"
    trust: Plain = "absent"
    persona: str = "regular"
    confidence: str = "high"


def references(
    text: str, everything: bool = False, folders: tuple[str, ...] = ()
) -> list[Reference]:
    lines = tuple(text.split("\n"))
    source = TextSource("run.sh", "shell", whole_file(text), lines, lambda name: name in folders)
    return read_file(source, everything)


def read(text: str, everything: bool = False) -> list[Seen]:
    return [seen(one) for one in references(text, everything) if one.local is None]


def seen(one: Reference) -> Seen:
    return Seen(
        one.call,
        plain(one.repo_id),
        plain(one.revision),
        plain(one.trust_remote_code),
        one.persona.value,
        one.confidence.value,
    )


def cut(text: str, span: Span) -> str:
    """What stands at a place; line ends count as one character."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    begin = starts[span.line - 1] + span.column - 1
    return text[begin : starts[span.end_line - 1] + span.end_column - 1]


def written(text: str, value: Value) -> list[str]:
    """Where the values of something known stand."""
    assert isinstance(value, Known)
    return [cut(text, one.span) for one in value.values]


def only(text: str, everything: bool = False) -> Reference:
    (reference,) = [one for one in references(text, everything) if one.local is None]
    return reference


# --- what the rows of the commands say

PINNED = {
    "hf download": "hf download o/m --revision {}",
    "huggingface-cli download": "huggingface-cli download --revision={} o/m",
    "hf cp": "hf cp hf://o/m@{}/x.bin .",
    "git clone": "git clone https://huggingface.co/o/m && cd m && git checkout {}",
    "git submodule add": "git submodule add -b {} https://huggingface.co/o/m",
    "pip install": "pip install git+https://huggingface.co/spaces/o/m@{}",
    "pip install of a file": "pip3 install https://huggingface.co/o/m/resolve/{}/m.whl",
    "uv install": "uv pip install git+https://huggingface.co/spaces/o/m@{}",
    "uv install of a file": "uv pip install https://huggingface.co/o/m/resolve/{}/m.whl",
    "uv add": "uv add git+https://huggingface.co/spaces/o/m@{}",
    "uv add of a file": "uv add https://huggingface.co/o/m/resolve/{}/m.whl",
    "vllm serve": "vllm serve o/m --revision {}",
    "vllm serve --tokenizer": "vllm serve ./x --tokenizer o/m --tokenizer-revision {}",
    "vllm serve --speculative-config": 'vllm serve ./x --speculative-config \'{{"model": "o/m",'
    ' "revision": "{}"}}\'',
    "vllm serve --hf-config-path": "vllm serve ./x --hf-config-path o/m --revision {}",
    "text-generation-launcher": "text-generation-launcher --model-id o/m --revision {}",
    "text-generation-launcher --lora-adapters": "text-generation-launcher --lora-adapters a=o/m@{}",
    "text-generation-server": "text-generation-server serve o/m --revision {}",
    "text-embeddings-router": "text-embeddings-router --model-id o/m --revision {}",
    "infinity_emb v2": "infinity_emb v2 --model-id o/m --revision {}",
    "sglang serve": "python3 -m sglang.launch_server --model-path o/m --revision {}",
    "sglang serve --tokenizer-path": "sglang serve --tokenizer-path o/m --revision {}",
    "sglang serve --speculative-draft-model-path": "sglang serve --speculative-draft-model-path o/m"
    " --speculative-draft-model-revision {}",
    "git lfs clone": "git lfs clone https://huggingface.co/o/m -b {}",
    "lmdeploy serve": "lmdeploy serve api_server o/m --revision {}",
    "lmdeploy chat": "lmdeploy chat o/m --revision {}",
    "huggingfaceserver": "python -m huggingfaceserver --model_id=o/m --model_revision={}",
    "mlx_vlm.generate": "mlx_vlm.generate --model o/m --revision {}",
    "lm_eval": "lm_eval --model hf --model_args pretrained=o/m,revision={}",
    "lm_eval peft": "lm_eval --model hf --model_args peft=o/m,revision={}",
    "lm_eval delta": "lm_eval --model hf --model_args delta=o/m,revision={}",
    "lighteval accelerate": 'lighteval accelerate "model_name=o/m,revision={}" x',
    "inspect eval --model": "inspect eval x.py --model hf/o/m -M revision={}",
    "inspect eval": "inspect eval hf/o/m@{}",
    "trl vllm-serve": "trl vllm-serve --model o/m --revision {}",
    "trl sft": "trl sft --model_name_or_path o/m --model_revision {}",
    "axolotl train": "axolotl train x.yml --base-model o/m --revision-of-model {}",
    "llamafactory-cli train": "llamafactory-cli train --model_name_or_path o/m --model_revision {}",
    "swift sft": "swift sft --use_hf true --model o/m --model_revision {}",
    "lerobot-train --policy.path": "lerobot-train --policy.path=o/m"
    " --policy.pretrained_revision={}",
    "lerobot-train --dataset.repo_id": "lerobot-train --dataset.repo_id=o/m --dataset.revision={}",
    "transformers serve": "transformers serve --force-model o/m@{}",
    "transformers chat": "transformers chat o/m@{}",
    "ct2-transformers-converter": "ct2-transformers-converter --model o/m --revision {}",
    "pyannote-audio": "pyannote-audio apply o/m --revision {}",
}
TRUSTING = {
    "vllm serve": "vllm serve o/m --trust-remote-code",
    "text-generation-launcher": "text-generation-launcher --model-id o/m --trust-remote-code",
    "text-generation-server": "text-generation-server serve o/m --trust-remote-code",
    "infinity_emb v2": "infinity_emb v2 --model-id o/m --trust-remote-code",
    "sglang serve": "sglang serve --model-path o/m --trust-remote-code",
    "lmdeploy serve": "lmdeploy serve api_server o/m --trust-remote-code",
    "lmdeploy chat": "lmdeploy chat o/m --trust-remote-code",
    "huggingfaceserver": "python -m huggingfaceserver --model_id=o/m --trust_remote_code",
    "mlx_lm.convert": "mlx_lm.convert --hf-path o/m --trust-remote-code",
    "mlx_lm.generate": "mlx_lm.generate --model o/m --trust-remote-code",
    "mlx_vlm.generate": "mlx_vlm.generate --model o/m --trust-remote-code",
    "trtllm-serve": "trtllm-serve o/m --trust_remote_code",
    "lm_eval": "lm_eval --model_args pretrained=o/m --trust_remote_code",
    "lighteval accelerate": "lighteval vllm model_name=o/m,trust_remote_code=True x",
    "inspect eval --model": "inspect eval x.py --model hf/o/m -M trust_remote_code=true",
    "trl vllm-serve": "trl vllm-serve --model o/m --trust_remote_code",
    "trl sft": "trl sft --model_name_or_path o/m --trust_remote_code",
    "accelerate estimate-memory": "accelerate estimate-memory o/m --trust_remote_code",
    "axolotl train": "axolotl train x.yml --base-model o/m --trust-remote-code",
    "llamafactory-cli train": "llamafactory-cli train --model_name_or_path o/m"
    " --trust_remote_code True",
    "optimum-cli export onnx": "optimum-cli export onnx -m o/m --trust-remote-code out",
    "optimum-cli export openvino": "optimum-cli export openvino -m o/m --trust-remote-code out",
    "transformers download": "transformers download o/m --trust-remote-code",
    "transformers serve": "transformers serve --force-model o/m --trust-remote-code",
    "transformers chat": "transformers chat o/m --trust-remote-code",
    "ct2-transformers-converter": "ct2-transformers-converter --model o/m --trust_remote_code",
    "onnxruntime_genai.models.builder": "python -m onnxruntime_genai.models.builder -m o/m"
    " --extra_options hf_remote=true",
}
LOADERS = [load.loader for command in COMMANDS for load in command.loads]


def test_every_row_that_can_pin_has_a_line_with_a_pin() -> None:
    can = {one.name for one in LOADERS if one.revision is not None or one.at_revision}
    assert can == set(PINNED)


def test_every_row_with_a_trust_flag_has_a_line_with_it() -> None:
    can = {one.name for one in LOADERS if one.trust_remote_code is not None and one.repo_id}
    assert can == set(TRUSTING)


@pytest.mark.parametrize(("name", "line"), PINNED.items(), ids=PINNED)
def test_pin_is_read(name: str, line: str) -> None:
    text = line.format(SHA)
    found = [one for one in references(text) if one.loader.name == name]
    assert [(plain(one.repo_id), plain(one.revision)) for one in found] == [(("o/m",), (SHA,))]
    assert written(text, found[0].repo_id) == ["o/m"]
    assert written(text, found[0].revision) == [SHA]


@pytest.mark.parametrize(("name", "line"), TRUSTING.items(), ids=TRUSTING)
def test_trust_is_read(name: str, line: str) -> None:
    found = [one for one in references(line) if one.loader.name == name]
    assert [plain(one.trust_remote_code) for one in found] == [(True,)]
    (place,) = written(line, found[0].trust_remote_code)
    assert place.lower() in ("true", "--trust-remote-code", "--trust_remote_code")


# --- places


@pytest.mark.parametrize(
    ("text", "place", "ids"),
    [
        pytest.param("  hf download o/m -q; x", "hf download o/m -q", ["o/m"], id="plain"),
        pytest.param('hf download "o/m" > log', 'hf download "o/m"', ["o/m"], id="quoted"),
        pytest.param("hf \\\n  download \\\n  o/m\n", "hf \\\n  download \\\n  o/m", ["o/m"]),
        pytest.param("hf download \\\r\n  o/m\r\n", "hf download \\\r\n  o/m", ["o/m"], id="crlf"),
        pytest.param("é \t; hf download o/m 'é'", "hf download o/m 'é'", ["o/m"], id="unicode"),
        pytest.param('M="o/m"; vllm serve $M', "vllm serve $M", ["o/m"], id="variable"),
        pytest.param("vllm serve ${M:-o/m}", "vllm serve ${M:-o/m}", ["o/m"], id="default"),
        pytest.param('M="${1:-o/m}"\nvllm serve "$M"', 'vllm serve "$M"', ["o/m"], id="argument"),
        pytest.param(
            "for m in o/a 'o/b'; do hf download $m; done",
            "hf download $m",
            ["o/a", "o/b"],
            id="loop",
        ),
        pytest.param(
            'A=(o/a "o/b")\nfor m in "${A[@]}"; do hf download $m; done',
            "hf download $m",
            ["o/a", "o/b"],
            id="array",
        ),
        pytest.param("A=(hf download)\n${A[@]} o/m", "${A[@]} o/m", ["o/m"], id="command-in-array"),
        pytest.param('C="hf download o/m"; $C', "$C", ["o/m"], id="command-in-variable"),
        pytest.param('bash -c "hf download o/m -q"', "hf download o/m -q", ["o/m"], id="text"),
        pytest.param(
            "M=o/m; bash -c \"hf download '$M'\"",
            "hf download '$M'",
            ["o/m"],
            id="variable-in-a-text",
        ),
        pytest.param(
            "lm_eval --model_args x=1,pretrained=o/m,y=2",
            "lm_eval --model_args x=1,pretrained=o/m,y=2",
            ["o/m"],
            id="entry",
        ),
        pytest.param("hf sync hf://datasets/o/m/x .", "hf sync hf://datasets/o/m/x .", ["o/m"]),
        pytest.param("O=o; hf download $O/m", "hf download $O/m", ["$O/m"], id="put-together"),
        pytest.param("O=o; hf download o/$O-m", "hf download o/$O-m", ["o/$O-m"], id="around"),
        pytest.param(
            """vllm serve ./x --speculative-config '{"model": "o\\/m"}'""",
            """vllm serve ./x --speculative-config '{"model": "o\\/m"}'""",
            ['{"model": "o\\/m"}'],
            id="escaped-in-json",
        ),
        pytest.param("echo `hf download o/m`", "hf download o/m", ["o/m"], id="backticks"),
    ],
)
def test_place_is_that_of_the_command_and_of_the_id(text: str, place: str, ids: list[str]) -> None:
    found = only(text)
    assert written(text, found.repo_id) == ids
    assert cut(text, found.span) == place


FUNCTION = 'f() {\n  hf download "$1" --revision ${2:-main}\n}\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("f o/m", [(("o/m",), ("main",))], id="one"),
        pytest.param("f o/m v1", [(("o/m",), ("v1",))], id="two"),
        pytest.param("f o/a; f o/b", [(("o/a", "o/b"), ("main",))], id="twice"),
        pytest.param("for m in o/a o/b; do f $m; done", [(("o/a", "o/b"), ("main",))], id="loop"),
        pytest.param('g() { f "$1"; }\ng o/m', [(("o/m",), ("main",))], id="through-another"),
        pytest.param("", [("unknown", ("main",))], id="never"),
        pytest.param("f", [("unknown", ("main",))], id="without-arguments"),
        pytest.param("f $X", [("unknown", ("main",))], id="with-what-nobody-knows"),
    ],
)
def test_function_is_followed(text: str, expected: list[tuple[Plain, Plain]]) -> None:
    found = references(FUNCTION + text)
    assert [(plain(one.repo_id), plain(one.revision)) for one in found] == expected
    assert {one.span.line for one in found} == {2}


def test_all_arguments_of_a_function_are_followed() -> None:
    assert [one.ids for one in read('f() { hf download "$@"; }\nf o/m x.bin')] == [("o/m",)]


def test_function_that_calls_itself_comes_to_an_end() -> None:
    text = 'f() { hf download "$1"; f "$1"; }\nf o/m'
    assert [one.ids for one in read(text)] == [("o/m",)]


def test_calls_are_not_followed_for_ever() -> None:
    calls = "".join(f"f o/m{number}\n" for number in range(MOST_CALLS + 9))
    (found,) = references('f() { hf download "$1"; }\n' + calls)
    assert isinstance(found.repo_id, Known)
    assert len(found.repo_id.values) == MOST_CALLS


# --- other languages

PYTHON = "from transformers import AutoModel; AutoModel.from_pretrained({})"


@pytest.mark.parametrize(
    ("text", "ids", "place"),
    [
        pytest.param(f"python -c '{PYTHON}'".format('"o/m"'), ("o/m",), '"o/m"', id="c"),
        pytest.param(f'python3 -c "{PYTHON}"'.format("'o/m'"), ("o/m",), "'o/m'", id="c-double"),
        pytest.param(f"uv run --with x python -uc '{PYTHON}'".format('"o/m"'), ("o/m",), '"o/m"'),
        pytest.param(f"python <<'E'\n{PYTHON}\nE".format('"o/m"'), ("o/m",), '"o/m"', id="doc"),
        pytest.param(f"python - x <<E\n{PYTHON}\nE".format('"o/m"'), ("o/m",), '"o/m"', id="dash"),
        pytest.param(
            f"cat <<E | python\n{PYTHON}\nE".format('"o/m"'), ("o/m",), '"o/m"', id="pipe"
        ),
        pytest.param(f"python <<< '{PYTHON}'".format('"o/m"'), ("o/m",), '"o/m"', id="string"),
        pytest.param(
            f"cat > x.py <<'E'\n{PYTHON}\nE".format('"o/m"'), ("o/m",), '"o/m"', id="file"
        ),
        pytest.param(
            f'M=o/m; python -c "{PYTHON}"'.format("'$M'"), ("o/m",), "'$M'", id="variable"
        ),
    ],
)
def test_python_is_read(text: str, ids: Plain, place: str) -> None:
    found = only(text)
    assert (found.call, plain(found.repo_id)) == ("AutoModel.from_pretrained", ids)
    assert written(text, found.repo_id) == [place]


@pytest.mark.parametrize(
    ("code", "ids"),
    [
        pytest.param("'$M'", "unknown", id="in-a-string"),
        pytest.param("'o/$M'", "unknown", id="part-of-a-string"),
        pytest.param("$M", "unknown", id="a-name"),
        pytest.param("f'{$M}'", "unknown", id="f-string"),
        pytest.param("f'o/$M'", "unknown", id="part-of-an-f-string"),
        pytest.param("u'o/$M'", "unknown", id="u-string"),
        pytest.param("r'o/$M'", "unknown", id="raw-string"),
        pytest.param("'''o/$M'''", "unknown", id="long-string"),
        pytest.param("'o/m', revision='$M{}'", ("o/m",), id="braces"),
        pytest.param("'o/m', x=b'$M'", ("o/m",), id="bytes"),
        pytest.param("'o/m') # '$M'", ("o/m",), id="comment"),
    ],
)
def test_python_with_what_the_shell_knows_alone_is_read(code: str, ids: Plain) -> None:
    closing = "" if "#" in code else ")"
    text = PYTHON.replace("({})", "(") + code + closing
    found = only(f'python -c "{text}"')
    assert plain(found.repo_id) == ids


def test_python_that_is_none_is_left_alone() -> None:
    assert read("python -c 'from ('") == []
    assert read("python -c") == []


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        pytest.param("bash <<E\nhf download o/m\nE", ("o/m",), id="shell"),
        pytest.param("bash -s <<'E'\nhf download o/m\nE", ("o/m",), id="shell-of-input"),
        pytest.param("ssh -p 1 host <<E\nhf download o/m\nE", ("o/m",), id="ssh"),
        pytest.param("ssh me@host 'hf download o/m'", ("o/m",), id="ssh-text"),
        pytest.param("ssh host hf download o/m", ("o/m",), id="ssh-words"),
        pytest.param("eval 'hf download o/m'", ("o/m",), id="eval"),
        pytest.param("sbatch -n 1 --wrap='hf download o/m'", ("o/m",), id="sbatch"),
        pytest.param("sbatch --wrap 'hf download o/m'", ("o/m",), id="sbatch-apart"),
        pytest.param("su me -c 'hf download o/m'", ("o/m",), id="su"),
        pytest.param("bash -euo pipefail -c 'hf download o/m'", ("o/m",), id="options"),
        pytest.param("bash --norc +x -c 'hf download o/m'", ("o/m",), id="more-options"),
        pytest.param("cat > x.sh <<'E'\nhf download o/m\nE", ("o/m",), id="script"),
        pytest.param("tee -a x/y.sh <<'E' >/dev/null\nhf download o/m\nE", ("o/m",), id="tee"),
        pytest.param("cat <<'E' | sudo tee x.sh\nhf download o/m\nE", ("o/m",), id="pipe-to-tee"),
        pytest.param(
            "docker build - <<'E'\nFROM a\nRUN hf download o/m\nE", ("o/m",), id="dockerfile"
        ),
    ],
)
def test_document_is_read_as_what_it_is(text: str, ids: Plain) -> None:
    assert [one.ids for one in read(text)] == [ids]


def test_configuration_in_a_document_is_read() -> None:
    text = "cat > a.yaml <<'E'\nmodel_name_or_path: meta-llama/Llama-2-7b\nE\n"
    found = only(text)
    assert (found.kind, plain(found.repo_id)) == ("config", ("meta-llama/Llama-2-7b",))
    assert written(text, found.repo_id) == ["meta-llama/Llama-2-7b"]


@pytest.mark.parametrize(
    "text",
    [
        "cat <<E\nhf download o/m\nE",
        "cat > notes.unknown <<E\nhf download o/m\nE",
        "cat > x.sh",
        "tee",
        "psql <<E\nhf download o/m\nE",
        "bash x.sh <<E\nhf download o/m\nE",
        "echo x | bash",
        "echo <<E | bash\nhf download o/m\nE",
    ],
)
def test_other_documents_are_left_alone(text: str) -> None:
    assert read(text) == []


def test_files_in_files_are_left_alone_at_last() -> None:
    text = "hf download o/m"
    for number in range(6):
        text = f"cat > x.sh <<'E{number}'\n{text}\nE{number}"
    assert read(text) == []


# --- programs around the program


@pytest.mark.parametrize(
    "text",
    [
        "docker compose run --rm app hf download o/m",
        "docker exec -it box hf download o/m",
        "kubectl exec pod -- hf download o/m",
        "kubectl run x --image=python -- hf download o/m",
        "singularity exec --nv x.sif hf download o/m",
        "hf jobs run python:3.12 hf download o/m",
        "docker run -e A=b x sh -c 'hf download o/m'",
        "xargs -n 1 hf download o/m",
        "stdbuf -o L hf download o/m",
        "timeout 3 nohup nice -n 3 hf download o/m",
    ],
)
def test_program_is_found_in(text: str) -> None:
    assert read(text) == [Seen("hf download", ("o/m",))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "kubectl run x --image vllm/vllm-openai:v1 -- --model o/m",
            Seen("vllm/vllm-openai", ("o/m",)),
            id="kubectl",
        ),
        pytest.param(
            "MODEL_ID=o/m; export MODEL_ID\n"
            "docker run -e MODEL_ID ghcr.io/huggingface/text-generation-inference",
            Seen("ghcr.io/huggingface/text-generation-inference", ("o/m",)),
            id="variable-that-is-passed-on",
        ),
        pytest.param(
            "docker run --env=MODEL_ID=o/m ghcr.io/huggingface/text-generation-inference",
            Seen("ghcr.io/huggingface/text-generation-inference", ("o/m",)),
            id="variable-with-equals",
        ),
        pytest.param(
            "export REVISION=v1 MODEL_ID=o/m\ntext-generation-launcher",
            Seen("text-generation-launcher", ("o/m",), ("v1",)),
            id="exported",
        ),
        pytest.param(
            "docker run me/mine --model_name_or_path facebook/opt-125m",
            Seen("me/mine --model_name_or_path", ("facebook/opt-125m",), confidence="medium"),
            id="unknown-image",
        ),
        pytest.param("docker run -e X me/mine --port 1", None, id="unknown-image-alone"),
        pytest.param("kubectl run x --image=python", None, id="no-command"),
    ],
)
def test_container_is_read(text: str, expected: Seen | None) -> None:
    assert read(text) == ([expected] if expected else [])


def test_containers_in_containers_are_left_alone_at_last() -> None:
    inner = "hf download o/m"
    assert read("docker run x " * 3 + inner) == [Seen("hf download", ("o/m",))]
    assert read("docker run x " * 9 + inner) == []


# --- scripts that nobody knows


@pytest.mark.parametrize(
    ("text", "call", "persona", "confidence"),
    [
        ("python t.py --model_name_or_path meta-llama/x-7b", "_name_or_path", "regular", "high"),
        ("python t.py --model_name_or_path acme-ai/x-7b", "_name_or_path", "regular", "medium"),
        ("python t.py --model_name_or_path acme-ai/thing", "_name_or_path", "regular", "medium"),
        ("python t.py --model_name_or_path gpt2", "_name_or_path", "regular", "medium"),
        ("python t.py --model_name_or_path thing", "_name_or_path", "pedantic", "low"),
        ("python t.py --model_name_or_path $X", "_name_or_path", "pedantic", "low"),
        ("python -m a.b --hf_repo acme-ai/x-7b", "--hf_repo", "regular", "medium"),
        ("accelerate launch t.py --base-model a1/x-7b", "--base_model", "regular", "medium"),
        ("./bench --model_name_or_path acme-ai/x-7b", "_name_or_path", "regular", "medium"),
        ("python t.py --model acme-ai/x-7b", "--model", "regular", "medium"),
        ("python t.py --model acme-ai/thing", "--model", "auditor", "low"),
        ("python t.py --model acme-ai/thing --trust-remote-code", "--model", "regular", "medium"),
        ("./bench --model acme-ai/x-7b", "--model", "pedantic", "medium"),
        ("python t.py --dataset acme-ai/x-7b", "--dataset", "regular", "medium"),
        ("python upload.py --repo_id acme-ai/x-7b", "--repo_id", "auditor", "low"),
    ],
)
def test_flag_of_a_script_is_judged(text: str, call: str, persona: str, confidence: str) -> None:
    (found,) = read(text)
    assert found.call.endswith(call)
    assert (found.persona, found.confidence) == (persona, confidence)


@pytest.mark.parametrize(
    "text",
    [
        "python t.py --model thing",
        "python t.py --model ./x",
        "python t.py --model $X",
        "python t.py --dataset train/test",
        "./bench --port 1",
        "./bench",
        "curl --data @x",
        "python t.py --hub_model_id acme-ai/x-7b",
    ],
)
def test_flag_of_a_script_says_nothing(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "call"),
    [
        pytest.param("./run.sh --trust-remote-code", "run.sh", id="script"),
        pytest.param("python t.py --model ./x --trust_remote_code", "t.py", id="local"),
        pytest.param("bench --trust-remote-code true", "bench", id="program"),
        pytest.param("mergekit-yaml a.yml out --trust-remote-code", "mergekit-yaml", id="row"),
    ],
)
def test_trust_alone_is_for_everybody(text: str, call: str) -> None:
    assert read(text) == [Seen(call, "absent", trust=(True,))]


def test_trust_of_what_may_be_a_folder_is_for_everybody() -> None:
    assert read("vllm serve models/x --trust-remote-code") == [
        Seen("vllm serve", ("models/x",), persona="pedantic", confidence="low"),
        Seen("vllm serve", "absent", trust=(True,)),
    ]


@pytest.mark.parametrize("text", ["--no-trust-remote-code", "--trust-remote-code=false", ""])
def test_distrust_is_silent(text: str) -> None:
    assert [one.trust for one in read(f"./run.sh {text}")] == []


@pytest.mark.parametrize(
    "text",
    [
        "python a.py --output_dir saves/x-7b; vllm serve saves/x-7b",
        "O=saves/x-7b; python a.py --output-dir=$O; vllm serve $O/best",
        "mkdir -p saves; vllm serve saves/x-7b",
        "python a.py -o saves/x-7b; python b.py --model_name_or_path saves/x-7b",
        "hf download a1/x-7b --local-dir saves/x-7b; vllm serve saves/x-7b",
    ],
)
def test_what_the_script_writes_is_local(text: str) -> None:
    assert [one.ids for one in read(text) if "saves" in str(one.ids)] == []


def test_folder_beside_the_file_is_local() -> None:
    (found,) = references("vllm serve saves/x-7b", folders=("saves/x-7b",))
    assert found.local == "a local path"


# --- addresses

FILE = "https://huggingface.co/o/m/resolve/{}/x.bin"


@pytest.mark.parametrize(
    "text",
    [
        f"curl -L {FILE} -o x",
        f"wget -q '{FILE}'",
        f"aria2c {FILE}?download=true",
        f"U={FILE}\ncurl $U",
        f"python x.py --url={FILE}",
        f"sudo wget {FILE}",
    ],
)
def test_address_is_read(text: str) -> None:
    text = text.format("main")
    found = only(text)
    assert (found.kind, plain(found.repo_id), plain(found.revision)) == ("uri", ("o/m",), ("main",))
    assert written(text, found.repo_id) == ["o/m"]
    assert cut(text, found.span) == FILE.format("main")


def test_address_with_a_variable_is_read() -> None:
    (found,) = references("R=o/m\ncurl https://huggingface.co/$R/resolve/$X/x.bin")
    assert (found.call, plain(found.repo_id), plain(found.revision)) == (
        "https://huggingface.co/o/m/resolve/…/x.bin",
        ("o/m",),
        "unknown",
    )


def test_address_of_a_table_is_read_wherever_it_stands() -> None:
    assert read("duckdb -c \"select * from 'hf://datasets/o/m/x.csv'\"") == [
        Seen("hf://datasets/o/m/x.csv", ("o/m",))
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"echo {FILE}",
        f"log_info 'see {FILE}'",
        f"x 'see {FILE} for more'",
        f"# {FILE}",
        f"U={FILE}",
        "curl https://huggingface.co/o/m",
        "curl https://example.com/o/m/resolve/main/x",
        "curl https://huggingface.co/api/whoami-v2",
    ],
)
def test_address_is_only_shown(text: str) -> None:
    assert read(text) == []


def test_script_of_an_address_without_a_revision_is_run() -> None:
    assert read("uv run hf://datasets/o/m/s.py") == [Seen("run", ("o/m",))]


@pytest.mark.parametrize("run", ["uv run", "hf jobs uv run --flavor cpu -d", "uv run --with x"])
def test_script_of_an_address_is_run(run: str) -> None:
    text = f"{run} https://huggingface.co/datasets/o/m/raw/main/s.py --x"
    found = only(text)
    assert (found.kind, found.repo_type, found.loader.runs_code) == (
        "command",
        "dataset",
        "the script",
    )


# --- variables


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "export HF_MODEL_ID=acme-ai/x-7b",
            Seen("HF_MODEL_ID", ("acme-ai/x-7b",)),
            id="exported",
        ),
        pytest.param(
            "export HF_MODEL_ID=acme-ai/x-7b HF_MODEL_REVISION=v1",
            Seen("HF_MODEL_ID", ("acme-ai/x-7b",), ("v1",)),
            id="with-its-revision",
        ),
        pytest.param(
            "HF_MODEL_ID=acme-ai/x-7b docker compose up",
            Seen("HF_MODEL_ID", ("acme-ai/x-7b",)),
            id="of-one-command",
        ),
        pytest.param(
            "docker run -e HF_MODEL_ID=acme-ai/x-7b me/mine",
            Seen("HF_MODEL_ID", ("acme-ai/x-7b",)),
            id="of-a-container",
        ),
        pytest.param(
            "export LLAMA_ARG_HF_REPO=acme-ai/x-7b:Q4_K_M",
            Seen("LLAMA_ARG_HF_REPO", ("acme-ai/x-7b",)),
            id="without-its-quantization",
        ),
        pytest.param(
            "export HF_DATASETS_TRUST_REMOTE_CODE=1",
            Seen("HF_DATASETS_TRUST_REMOTE_CODE=1", "absent", trust=(True,)),
            id="switch",
        ),
        pytest.param(
            "TRUST_REMOTE_CODE=true python x.py",
            Seen("TRUST_REMOTE_CODE=true", "absent", trust=(True,)),
            id="switch-of-one-command",
        ),
        pytest.param("export HF_DATASETS_TRUST_REMOTE_CODE=0", None, id="switched-off"),
        pytest.param("export HF_MODEL_ID=./x", None, id="path"),
        pytest.param("HF_MODEL_ID=acme-ai/x-7b", None, id="kept"),
        pytest.param("export PATH=a/b", None, id="other"),
    ],
)
def test_variable_is_read(text: str, expected: Seen | None) -> None:
    assert read(text) == ([expected] if expected else [])


def test_variable_stands_with_its_value() -> None:
    text = "export A=b HF_MODEL_ID='acme-ai/x-7b'"
    found = only(text)
    assert written(text, found.repo_id) == ["acme-ai/x-7b"]
    assert cut(text, found.span) == "HF_MODEL_ID='acme-ai/x-7b"


def test_address_that_is_kept_is_for_the_curious() -> None:
    (found,) = read(f"U={FILE}".format("main"), everything=True)
    assert (found.ids, found.revision, found.persona) == (("o/m",), ("main",), "pedantic")


def test_variable_that_a_command_uses_is_not_told_twice() -> None:
    text = "export HF_MODEL_ID=acme-ai/x-7b\nvllm serve $HF_MODEL_ID"
    assert [one.call for one in read(text)] == ["vllm serve"]


@pytest.mark.parametrize(
    ("text", "call"),
    [
        pytest.param("MODEL=acme-ai/x-7b", "MODEL", id="plain"),
        pytest.param("MODEL_NAME=${1:-acme-ai/x-7b}", "MODEL_NAME", id="default"),
        pytest.param("MODELS=(./a acme-ai/x-7b)", "MODELS", id="array"),
    ],
)
def test_variable_that_is_kept_is_for_the_curious(text: str, call: str) -> None:
    assert read(text) == []
    assert read(text, everything=True) == [
        Seen(call, ("acme-ai/x-7b",), persona="pedantic", confidence="low")
    ]


# --- comments and everything else


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# hf download o/m", ("hf download", ("o/m",), "absent"), id="plain"),
        pytest.param("# $ hf download o/m", ("hf download", ("o/m",), "absent"), id="prompt"),
        pytest.param("x # hf download o/m", ("hf download", ("o/m",), "absent"), id="behind"),
        pytest.param("# # A=b hf download o/m", ("hf download", ("o/m",), "absent"), id="twice"),
        pytest.param(
            "# hf download o/m \\\n#   --revision v1\n# x",
            ("hf download", ("o/m",), ("v1",)),
            id="lines",
        ),
        pytest.param("# hf download o/m \\", ("hf download", ("o/m",), "absent"), id="open"),
        pytest.param(
            "# MODEL=acme-ai/x-7b", ("'acme-ai/x-7b'", ("acme-ai/x-7b",), "absent"), id="kept"
        ),
        pytest.param(
            "# export HF_MODEL_ID=acme-ai/x-7b",
            ("HF_MODEL_ID", ("acme-ai/x-7b",), "absent"),
            id="exported",
        ),
    ],
)
def test_command_that_is_commented_out_is_for_the_curious(
    text: str, expected: tuple[str, Plain, Plain]
) -> None:
    assert read(text) == []
    (found,) = read(text, everything=True)
    assert (found.call, found.ids, found.revision) == expected
    assert found.persona in ("pedantic", "auditor")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# the model acme-ai/x-7b", ["acme-ai/x-7b"], id="comment"),
        pytest.param("echo 'use acme-ai/x-7b'", ["acme-ai/x-7b"], id="text"),
        pytest.param("# https://huggingface.co/o/m", ["o/m"], id="page"),
        pytest.param("U=https://huggingface.co/o/m", ["o/m"], id="page-in-a-variable"),
        pytest.param("git clone https://huggingface.co/o/m", ["o/m"], id="known"),
        pytest.param("hf download a1/x-7b\n# a1/x-7b", ["a1/x-7b", "a1/x-7b"], id="again"),
        pytest.param("# see docs/a and 1/2", [], id="paths"),
        pytest.param("docker pull vllm/vllm-openai", [], id="image"),
        pytest.param("#", [], id="nothing"),
        pytest.param("# =", [], id="no-command"),
    ],
)
def test_auditors_hear_of_all_ids(text: str, expected: list[str]) -> None:
    found = references(text, everything=True)
    assert [str(value) for one in found for value in plain(one.repo_id)] == expected


def test_ids_in_what_another_reader_has_read_are_told_once() -> None:
    text = "python <<'E'\n" + PYTHON.format('"acme-ai/x-7b"') + "\nE\n# acme-ai/x-7b\n"
    found = references(text, everything=True)
    assert [one.span.line for one in found] == [2, 4]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "hf upload o/m ./x",
        "hf cache scan",
        "hf repo create o/m",
        "hf auth login",
        "huggingface-cli login --token x",
        "docker pull acme-ai/x-7b",
        "git clone https://github.com/o/m",
        "git remote add origin https://huggingface.co/o/m",
        "[ -d o/m ]",
        "cd o/m",
        "source o/m",
        "npm install @o/m",
        "apt-get install o/m",
        "pip install o/m",
        "aws s3 cp s3://o/m .",
        "mkdir -p o/m",
        "export PATH=o/m:$PATH",
        "case $1 in o/m) x;; esac",
        "VAR=o/m",
        "echo o/m",
    ],
)
def test_nothing_is_loaded(text: str) -> None:
    assert read(text) == []


# --- commands as lists of words


def listed(*texts: str) -> list[Placed]:
    """Words as they stand in a list, one a line."""
    return [
        whole_file("\n" * number + text).part(number, number + len(text))
        for number, text in enumerate(texts)
    ]


def in_list(
    *texts: str, image: str = "", everything: bool = False, **environment: str
) -> list[Seen]:
    known = {name: placed_word(whole_file(value)) for name, value in environment.items()}
    context = Context("x.yaml", everything=everything)
    return [seen(one) for one in words_references(listed(*texts), context, known, image)]


TGI = "ghcr.io/huggingface/text-generation-inference:1"


@pytest.mark.parametrize(
    ("texts", "image", "expected"),
    [
        pytest.param(("hf", "download", "o/m"), "", Seen("hf download", ("o/m",)), id="command"),
        pytest.param(
            ("sh", "-c", "hf download o/m"), "", Seen("hf download", ("o/m",)), id="shell"
        ),
        pytest.param(
            ("vllm", "serve", "o/m"), "vllm/vllm-openai", Seen("vllm serve", ("o/m",)), id="both"
        ),
        pytest.param(
            ("--model=o/m",), "vllm/vllm-openai@sha256:0", Seen("vllm/vllm-openai", ("o/m",))
        ),
        pytest.param(
            ("--model-id", "o/m", "--revision", "v1"),
            TGI,
            Seen(TGI[:-2], ("o/m",), ("v1",)),
            id="image",
        ),
        pytest.param(
            ("--model-id", "$(M)"), TGI, Seen(TGI[:-2], ("acme-ai/x-7b",)), id="kubernetes"
        ),
        pytest.param(("--model-id", "${M}"), TGI, Seen(TGI[:-2], ("acme-ai/x-7b",)), id="compose"),
        pytest.param(
            ("--model-id", "a-$(M)"),
            TGI,
            Seen(TGI[:-2], "unknown", persona="pedantic", confidence="low"),
            id="part",
        ),
        pytest.param(
            ("--model-id", "$X"),
            TGI,
            Seen(TGI[:-2], "unknown", persona="pedantic", confidence="low"),
            id="unknown",
        ),
        pytest.param(
            ("curl", "https://hf.co/o/m/resolve/main/x"),
            "",
            Seen("https://hf.co/o/m/resolve/main/x", ("o/m",), ("main",)),
            id="address",
        ),
        pytest.param(("--port", "80"), "me/mine", None, id="other-image"),
        pytest.param((), "vllm/vllm-openai", None, id="nothing"),
    ],
)
def test_list_of_words_is_read(texts: tuple[str, ...], image: str, expected: Seen | None) -> None:
    assert in_list(*texts, image=image, M="acme-ai/x-7b") == ([expected] if expected else [])


def test_variables_of_an_image_are_read() -> None:
    assert in_list("--port", "80", image=TGI, MODEL_ID="acme-ai/x-7b") == [
        Seen(TGI[:-2], ("acme-ai/x-7b",))
    ]


def test_list_of_words_has_the_place_of_all() -> None:
    (found,) = words_references(listed("hf", "download", "o/m"), Context("x.yaml"))
    assert found.span == Span(1, 1, 3, 4)
    assert isinstance(found.repo_id, Known)
    assert found.repo_id.values[0].span == Span(3, 1, 3, 4)


def test_auditors_hear_of_the_words_of_a_list() -> None:
    assert in_list("x", "the model acme-ai/x-7b", everything=True) == [
        Seen("'acme-ai/x-7b'", ("acme-ai/x-7b",), persona="auditor", confidence="low")
    ]


def test_word_of_the_environment_can_be_part_of_another() -> None:
    environment = {"M": placed_word(inserted("o", 1, 2))}
    (found,) = script_references(whole_file("\nhf download $M/m"), Context("x"), environment)
    assert isinstance(found.repo_id, Known)
    assert found.repo_id.values[0].span == Span(2, 13, 2, 17)


def test_environment_is_known_to_a_script() -> None:
    environment = {"M": Word(placed_word(inserted("o/m", 1, 2)).choices)}
    (found,) = script_references(whole_file("\nhf download $M"), Context("x"), environment)
    assert plain(found.repo_id) == ("o/m",)
    assert isinstance(found.repo_id, Known)
    assert found.repo_id.values[0].span.line == 1


# --- any text

PIECES = st.sampled_from(
    """hf download o/m vllm serve --model --trust-remote-code python -c 'x("a/b")' <<E E cat >
    x.yaml | && ; $( ) ` " ' ${A:-o/m} A=o/m A=( export MODEL_ID=o/m f() { } for m in if then fi
    do done bash -c ssh host # \\ $1 $@ ${A[@]} docker run -e M=o/m image eval "$A
    https://huggingface.co/o/m/resolve/main/x git clone checkout model:o/m tee hf://o/m@ \0
    é""".split(" ")
)
TEXTS = st.lists(
    st.tuples(PIECES, st.sampled_from([" ", " ", "\n", "", "\r\n", "\t"])), max_size=40
)


@given(TEXTS, st.booleans())
@example([("f() { f $1 $1; }\nf a b", "\n")], True)
@example([("cat <<E > x.sh\ncat <<F > y.sh\nE\nF", "\n")], True)
@settings(deadline=None, max_examples=200)
def test_any_script_is_read(parts: list[tuple[str, str]], everything: bool) -> None:
    text = "".join(word + behind for word, behind in parts)
    place = whole_file(text).span(len(text), len(text))
    end = (place.line, place.column)
    found = references(text, everything)
    known = [one.repo_id for one in found if isinstance(one.repo_id, Known)]
    spans = [*(one.span for one in found), *(one.span for value in known for one in value.values)]
    assert all((1, 1) <= (one.line, one.column) <= end for one in spans)
    assert all((one.line, one.column) <= (one.end_line, one.end_column) <= end for one in spans)


@given(st.lists(st.sampled_from(["a", "$(A)", "${A}", "$A", "--model", "o/m", "", "sh", "-c"])))
@settings(deadline=None, max_examples=100)
def test_any_list_is_read(texts: list[str]) -> None:
    assert in_list(*texts, image="vllm/vllm-openai") == in_list(*texts, image="vllm/vllm-openai")


# --- what is fed to commands, and what stands for several words


READING = "while read m; do hf download $m; done <<E\n"
MANY = "o/m\n" * 65


def ids(text: str) -> list[str]:
    """The ids that everybody hears of."""
    found = (one.repo_id for one in references(text) if one.local is None)
    return [str(value) for known in found if isinstance(known, Known) for value in plain(known)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("for m in o/{a,b}; do hf download $m; done", id="braces"),
        pytest.param("hf download o/a; set -- o/b; hf download $1", id="set"),
        pytest.param('set -- o/a o/b; for m in "$@"; do hf download $m; done', id="set-and-loop"),
        pytest.param("while read m; do hf download $m; done <<EOF\no/a\no/b\nEOF", id="document"),
        pytest.param(
            "while IFS=, read -r x m; do hf download $m; done <<EOF\n1,o/a\n2,o/b\nEOF", id="ifs"
        ),
        pytest.param("cat <<EOF | while read m; do\no/a\no/b\nEOF\nhf download $m; done", id="cat"),
        pytest.param("printf '%s\\n' o/a o/b | while read m; do hf download $m; done", id="printf"),
        pytest.param("L='o/a\no/b'; while read m; do hf download $m; done <<< \"$L\"", id="string"),
        pytest.param(
            "f() { while read m; do hf download $m; done <<E\no/a\no/b\nE\n}", id="in-a-function"
        ),
        pytest.param(
            "while read m; do\nf() { hf download $1; }; f $m; done <<E\no/a\no/b\nE",
            id="function-in",
        ),
        pytest.param("echo -n o/a o/b | xargs -n1 hf download", id="xargs"),
        pytest.param("cat <<E | xargs hf download\no/a\no/b\nE", id="xargs-of-a-document"),
        pytest.param("printf 'o/a o/b' | xargs -I{} hf download {}", id="xargs-into"),
        pytest.param("echo o/a o/b | xargs -I % hf download %", id="xargs-into-a-sign"),
        pytest.param("echo o/a o/b | xargs -i hf download {}", id="xargs-into-braces"),
        pytest.param("echo a b | xargs -I{} hf download o/{}", id="xargs-into-a-part"),
        pytest.param("parallel hf download ::: o/a o/b", id="parallel"),
        pytest.param("parallel -j2 hf download {} ::: o/a o/b", id="parallel-into"),
        pytest.param("parallel 'hf download {1} -q' ::: o/a o/b", id="parallel-of-a-text"),
        pytest.param("tmux new -d -s x 'hf download o/a && hf download o/b'", id="tmux"),
        pytest.param("tmux send-keys -t x 'hf download o/a;hf download o/b' C-m", id="tmux-keys"),
        pytest.param("screen -dmS x hf download o/a; hf download o/b", id="screen"),
        pytest.param("sbatch <<E\nhf download o/a\nhf download o/b\nE", id="batch"),
        pytest.param("A='hf download'; A+=' o/a'; $A; hf download o/b", id="added"),
    ],
)
def test_every_word_is_read(text: str) -> None:
    assert ids(text) == ["o/a", "o/b"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("while read m; do hf download $m; done < list.txt", id="file"),
        pytest.param("cat list.txt | while read m; do hf download $m; done", id="file-of-cat"),
        pytest.param("x o/a | while read m; do hf download $m; done", id="program"),
        pytest.param("while read m; do hf download $m; done <<E\n$(x)\nE", id="unknown"),
        pytest.param(f"{READING}{MANY}E", id="too-many"),
        pytest.param("while read; do hf download $m; done <<E\no/m\nE", id="no-variable"),
        pytest.param("xargs hf download < list.txt", id="xargs"),
        pytest.param(f"echo {'o/m ' * 65} | xargs hf download", id="xargs-of-too-many"),
        pytest.param("echo o/m | xargs -I", id="xargs-of-nothing"),
        pytest.param("echo o/m | xargs -I{} hf download {}{}", id="xargs-twice"),
        pytest.param("parallel hf download :::: list.txt", id="parallel"),
        pytest.param("qsub x.sh <<E\nhf download o/m\nE", id="batch-of-a-file"),
        pytest.param("read -a A <<< '$(x)'; hf download $A", id="array"),
        pytest.param("X={o/a,o/b} vllm", id="braces-in-a-variable"),
    ],
)
def test_words_that_nobody_knows_are_no_ids(text: str) -> None:
    assert ids(text) == []


def test_loops_in_loops_are_left_alone_at_last() -> None:
    begin, end = "while read x; do\n", "done <<< x\n"
    loop = "while read m; do hf download $m; done <<< o/m\n"
    assert ids(f"{begin * 2}{loop}{end * 2}") == ["o/m"]
    assert ids(f"{begin * 9}{loop}{end * 9}") == []


def test_function_that_is_called_with_who_knows_what_names_nothing() -> None:
    found = references("f() { vllm serve $1; }\nf models/m\nf $X")
    assert [isinstance(one.repo_id, Known) for one in found] == [False]


def test_place_in_what_is_put_together_is_that_of_the_template() -> None:
    text = "echo a | xargs -I{} hf download o/{}"
    assert written(text, only(text).repo_id) == ["o/{}"]


def test_place_of_what_is_fed_is_its_own() -> None:
    text = "echo o/m | xargs hf download"
    assert written(text, only(text).repo_id) == ["o/m"]


@pytest.mark.parametrize(
    ("text", "call"),
    [
        pytest.param(
            "accelerate launch --unheard_of --config_file z.yaml t.py --model_id t5-small",
            "t.py --model_id",
            id="switch-before-a-flag",
        ),
        pytest.param(
            "accelerate launch --unheard_of t.py --model_id t5-small",
            "t.py --model_id",
            id="script",
        ),
        pytest.param(
            "accelerate launch --config_file=z.yaml t.py --model_id t5-small",
            "t.py --model_id",
            id="equals",
        ),
        pytest.param("torchrun --nnodes", "", id="nothing"),
    ],
)
def test_script_of_a_launcher_is_found(text: str, call: str) -> None:
    assert "".join(one.call for one in read(text)) == call


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a.model.path=Qwen/Qwen2-7B", ["Qwen/Qwen2-7B"], id="path"),
        pytest.param("+model_name_or_path=Qwen/Qwen2-7B", ["Qwen/Qwen2-7B"], id="plus"),
        pytest.param("--m.model_name_or_path Qwen/Qwen2-7B", ["Qwen/Qwen2-7B"], id="flag"),
        pytest.param(
            "--m.model-id Qwen/a-7b --model-id Qwen/b-7b", ["Qwen/b-7b"], id="flag-beside-it"
        ),
        pytest.param("dataset.name=imdb", [], id="no-slash"),
        pytest.param("a.path=Qwen/Qwen2-7B", [], id="other-key"),
        pytest.param("--a.b Qwen/Qwen2-7B", [], id="other-flag"),
    ],
)
def test_key_with_dots_is_a_flag(text: str, expected: list[str]) -> None:
    assert ids(f"python -m v.main {text}") == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("python -m v a.trust_remote_code=True", id="key"),
        pytest.param("python t.py --tokenizer Qwen/Qwen2-7B --trust_remote_code", id="tokenizer"),
        pytest.param("vllm serve o/m ${T:+--trust-remote-code}", id="alternative"),
        pytest.param('A="--trust-remote-code --x"', id="variable"),
        pytest.param('A="--trust-remote-code"; vllm serve o/m $A', id="variable-that-is-used"),
        pytest.param('A=(--trust_remote_code); vllm serve o/m "${A[@]}"', id="array"),
        pytest.param('if x; then A="$A --trust-remote-code"; fi; vllm serve o/m $A', id="maybe"),
        pytest.param("A=''; A+=' --trust-remote-code'; vllm serve o/m $A", id="added"),
        pytest.param("python t.py --model_args pretrained=o/m,trust_remote_code=True", id="args"),
    ],
)
@pytest.mark.parametrize("everything", [False, True], ids=["everybody", "auditors"])
def test_trust_is_said_once(text: str, everything: bool) -> None:
    found = [one for one in references(text, everything) if plain(one.trust_remote_code) == (True,)]
    assert [one.persona.value for one in found] == ["regular"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('A="--no-trust-remote-code"', id="negated"),
        pytest.param('A="use trust-remote-code"', id="words"),
        pytest.param('A="--trust-remote-code-x"', id="longer"),
        pytest.param('echo "--trust-remote-code"', id="shown"),
    ],
)
def test_trust_is_not_said(text: str) -> None:
    assert [one for one in references(text) if plain(one.trust_remote_code) == (True,)] == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("R=openai/whisper-cpp\ngit clone https://github.com/$R.git", id="github"),
        pytest.param("R=openai/whisper-cpp\nx https://api.github.com/repos/$R/x", id="api"),
        pytest.param("gh release download -R openai/whisper-cpp", id="gh-flag"),
        pytest.param("gh repo clone openai/whisper-cpp", id="gh"),
        pytest.param("cd third_party/whisper-cpp", id="folder"),
        pytest.param("# vllm serve model", id="prose-about-a-command"),
        pytest.param("python t.py --model_name_or_path outputs/x-7b", id="folder-of-a-script"),
    ],
)
def test_auditors_do_not_hear_of_what_is_elsewhere(text: str) -> None:
    assert [
        one for one in references(text, everything=True) if isinstance(one.repo_id, Known)
    ] == []


def test_known_owner_is_heard_of_even_as_a_folder() -> None:
    found = references("mkdir -p meta-llama/Llama-2-7b", everything=True)
    assert [plain(one.repo_id) for one in found] == [("meta-llama/Llama-2-7b",)]


def test_what_is_loaded_is_heard_of_although_github_has_its_name() -> None:
    text = "git clone https://github.com/openai/gpt-2\nvllm serve openai/gpt-2"
    assert ids(text) == ["openai/gpt-2"]


def test_first_data_sets_of_scripts_are_for_everybody() -> None:
    assert ids("python t.py --dataset_name wikitext") == ["wikitext"]


def test_mirror_is_the_hub() -> None:
    assert ids("wget https://hf-mirror.com/o/m/resolve/main/m.bin") == ["o/m"]


def test_python_that_is_echoed_is_read() -> None:
    assert ids("echo \"from datasets import load_dataset; load_dataset('o/m')\" | python") == [
        "o/m"
    ]


def test_address_of_mlc_is_read() -> None:
    assert ids("mlc_llm chat HF://o/m") == ["o/m"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("trtllm-serve o/m", ["o/m"], id="model"),
        pytest.param("trtllm-serve serve o/m", ["o/m"], id="command"),
        pytest.param("trtllm-serve mm_embedding_serve o/m", ["o/m"], id="encoder"),
        pytest.param("trtllm-serve disaggregated -c x.yaml", [], id="command-without-a-model"),
    ],
)
def test_command_of_a_server_is_no_model(line: str, expected: list[str]) -> None:
    found = [one for one in references(line) if one.local is None]
    assert [one for ref in found for one in plain(ref.repo_id)] == expected
