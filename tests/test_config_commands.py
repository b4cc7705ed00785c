"""Commands in containers, workflows and task runners, with their environment."""

from __future__ import annotations

import pytest

from tests.configs import ids, messages, named
from tests.reading import SHA

POD = """\
spec:
  containers:
    - name: server
      image: vllm/vllm-openai:v0.8
      args: ["--model", "$(NAME)", "--trust-remote-code"]
      env:
        - name: NAME
          value: Qwen/Qwen2-7B
"""


def test_container_of_kubernetes() -> None:
    assert messages(POD) == [
        "5:15 `vllm/vllm-openai` loads 'Qwen/Qwen2-7B' without a revision; pass a full commit hash"
        " as --revision",
        "5:37 `vllm/vllm-openai` runs code that comes with the model: --trust-remote-code; read the"
        " code, and pin the commit you read",
    ]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        pytest.param(
            "pod.yaml",
            "image: x/y\ncommand: [/bin/sh, -c]\nargs:\n- |\n  hf download org/a\n  hf download"
            " org/b\n",
            [(5, "org/a"), (6, "org/b")],
            id="a shell in a container",
        ),
        pytest.param(
            "pod.yaml",
            "command: [/bin/sh, -c]\nargs:\n- hf download org/a\n",
            [(3, "org/a")],
            id="a shell without an image",
        ),
        pytest.param(
            "compose.yml",
            "services:\n  a:\n    image: ghcr.io/huggingface/text-generation-inference:2\n"
            "    command: --model-id ${MODEL:-tiiuae/falcon-7b}\n",
            [(4, "tiiuae/falcon-7b")],
            id="compose: arguments as a text",
        ),
        pytest.param(
            "compose.yml",
            "services:\n  a:\n    image: ghcr.io/huggingface/text-generation-inference:2\n"
            "    command: --model-id '$MODEL'\n    environment:\n      MODEL: tiiuae/falcon-7b\n",
            [(6, "tiiuae/falcon-7b")],
            id="compose: a variable",
        ),
        pytest.param(
            "compose.yml",
            "services:\n  a:\n    command: hf download org/a\n",
            [(3, "org/a")],
            id="compose: a command as a text",
        ),
        pytest.param(
            "compose.yml",
            "services:\n  a:\n    image: x\n    entrypoint: hf download\n    command: [org/a]\n",
            [(5, "org/a")],
            id="compose: entrypoint and command",
        ),
        pytest.param(
            "compose.yml",
            "services:\n  a:\n    entrypoint: python3 -m sglang.launch_server\n"
            "    command: --model-path nielsr/it --tp 8\n",
            [(4, "nielsr/it")],
            id="compose: entrypoint and command as texts",
        ),
        pytest.param(
            "service.yaml",
            "spec:\n  predictor:\n    model:\n      args:\n      - --model_id=org/a\n",
            [(5, "org/a")],
            id="KServe",
        ),
        pytest.param(
            ".github/workflows/a.yml",
            "env: {MODEL: org/a}\njobs:\n  t:\n    steps:\n    - uses: actions/checkout@v4\n"
            "    - run: hf download $MODEL\n    - run: hf download ${{ inputs.model }}\n",
            [(1, "org/a")],
            id="GitHub",
        ),
        pytest.param(
            ".github/workflows/a.yml",
            "steps:\n- shell: python\n  run: |\n    import transformers\n"
            "    transformers.AutoModel.from_pretrained('org/a')\n",
            [(5, "org/a")],
            id="GitHub: Python",
        ),
        pytest.param(
            ".gitlab-ci.yml",
            "a:\n  before_script: hf download org/a\n  script:\n  - make\n  - hf download org/b\n",
            [(2, "org/a"), (5, "org/b")],
            id="GitLab",
        ),
        pytest.param(
            "config.yml",
            "steps:\n- run: hf download org/a\n- run: {command: hf download org/b}\n",
            [(2, "org/a"), (3, "org/b")],
            id="CircleCI",
        ),
        pytest.param(
            "azure.yml",
            "steps:\n- script: hf download org/a\n- bash: hf download org/b\n",
            [(2, "org/a"), (3, "org/b")],
            id="Azure",
        ),
        pytest.param(
            "Taskfile.yml",
            "tasks:\n  a:\n    cmds:\n    - hf download org/a\n    - cmd: hf download org/b\n",
            [(4, "org/a"), (5, "org/b")],
            id="Taskfile",
        ),
        pytest.param(
            "dvc.yaml",
            "stages:\n  a:\n    cmd:\n    - hf download org/a\n    - hf download org/b\n",
            [(4, "org/a"), (5, "org/b")],
            id="DVC",
        ),
        pytest.param(
            "package.json",
            '{"scripts": {"a": "hf download org/a"}, "dependencies": {"@x/y": "1"}}',
            [(1, "org/a")],
            id="npm",
        ),
        pytest.param(
            "devcontainer.json",
            '{"postCreateCommand": ["hf", "download", "org/a"],\n'
            '"onCreateCommand": {"x": "hf download org/b"}, "postStartCommand": {"a": 1}}',
            [(1, "org/a"), (2, "org/b")],
            id="a container for developers",
        ),
        pytest.param(
            "cloud.yaml",
            "runcmd:\n- [hf, download, org/a]\n- hf download org/b\n- []\n",
            [(2, "org/a"), (3, "org/b")],
            id="cloud-init",
        ),
        pytest.param(
            "sky.yaml",
            "envs: {NAME: org/a}\nrun: |\n  hf download $NAME\nsetup: hf download org/b\n",
            [(1, "org/a"), (4, "org/b")],
            id="SkyPilot",
        ),
        pytest.param(
            "argo.yaml",
            "script:\n  command: [python]\n  source: |\n    import transformers\n"
            "    transformers.AutoModel.from_pretrained('org/a')\n",
            [(5, "org/a")],
            id="Argo",
        ),
        pytest.param(
            "play.yml",
            "tasks:\n- ansible.builtin.shell: hf download org/a\n- shell: {cmd: hf download"
            " org/b}\n",
            [(2, "org/a"), (3, "org/b")],
            id="Ansible",
        ),
        pytest.param(
            "launch.json",
            '{"configurations": [{"program": "train.py", "args": ["--model_name_or_path",\n'
            '"facebook/opt-125m"]}, {"module": "lm_eval",\n'
            '"args": ["--model", "hf", "--model_args", "pretrained=org/b"]}]}',
            [(2, "facebook/opt-125m"), (3, "org/b")],
            id="a debugger",
        ),
        pytest.param(
            "tasks.json",
            '{"tasks": [{"command": "hf", "args": ["download", "org/a"]}]}',
            [(1, "org/a")],
            id="an editor's tasks",
        ),
        pytest.param(
            "pyproject.toml",
            '[tool.poe.tasks]\na = "hf download org/a"\nb = {cmd = "hf download org/b"}\n'
            '[tool.hatch.envs.x.scripts]\nc = ["hf download org/c"]\n',
            [(2, "org/a"), (3, "org/b"), (5, "org/c")],
            id="task runners of Python",
        ),
        pytest.param(
            ".pre-commit-config.yaml",
            "repos:\n- repo: local\n  hooks:\n  - entry: hf download org/a\n",
            [(4, "org/a")],
            id="pre-commit",
        ),
    ],
)
def test_command(path: str, text: str, expected: list[tuple[int, str]]) -> None:
    assert ids(text, path) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "environment:\n  HF_MODEL_ID: nielsr/it\n", [(2, "nielsr/it")], id="a mapping"
        ),
        pytest.param("environment:\n- HF_MODEL_ID=nielsr/it\n", [(2, "nielsr/it")], id="a list"),
        pytest.param(
            "environment:\n- HF_MODEL_ID=${HF_MODEL_ID:-nielsr/it}\n",
            [(2, "nielsr/it")],
            id="a default",
        ),
        pytest.param("environment:\n- HF_MODEL_ID=${HF_MODEL_ID}\n", [], id="no default"),
        pytest.param(
            "env:\n- name: HF_MODEL_ID\n  value: nielsr/it\n- name: X\n  valueFrom: {a: b}\n",
            [(3, "nielsr/it")],
            id="names and values",
        ),
        pytest.param("environment: [a, {b: c}, [d]]\n", [], id="none"),
        pytest.param("environment:\n  A: nielsr/it\n  HF_MODEL_ID: {a: b}\n", [], id="others"),
    ],
)
def test_variables(text: str, expected: list[tuple[int, str]]) -> None:
    assert ids(text) == expected


def test_variable_that_pins() -> None:
    text = f"env:\n  MODEL_ID: tiiuae/falcon-7b\n  REVISION: {SHA}\n"
    assert [one.revision for one in named(text)] == [(SHA,)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("command: hf download $MODEL", id="a variable of nobody knows where"),
        pytest.param("args: [--model, $(MODEL)]\nimage: vllm/vllm-openai", id="the same, a word"),
        pytest.param("command: ''", id="no command"),
        pytest.param("command: []", id="no words"),
        pytest.param("command: ['']", id="an empty word"),
        pytest.param("script: 5", id="a number"),
        pytest.param("command: {a: {b: c}}", id="a mapping"),
        pytest.param("image: x/y\ncommand: serve ${MODEL}/x", id="an image that is not known"),
        pytest.param("args: ['a b', c]\ncommand: [[a]]", id="texts, not words"),
        pytest.param("shell: bash\nrun: echo org/a", id="another command"),
        pytest.param("module: a.b\nargs: [x]\ncommand: y", id="a module that is not run"),
    ],
)
def test_no_certain_repo(text: str) -> None:
    assert ids(text) == []


def test_word_with_a_hole() -> None:
    text = "image: vllm/vllm-openai\nargs: [--model, 'org/$SIZE', --revision, '${{ x }}']\n"
    assert ids(text) == []


def test_commands_of_a_long_list_are_not_read() -> None:
    text = "run:\n" + "- hf download org/a\n" * 600
    assert ids(text) == []
