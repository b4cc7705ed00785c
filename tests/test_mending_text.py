"""Fixes in scripts, build files, manuals, addresses and calls of other languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from flake8_hfmodels.check import conclude
from flake8_hfmodels.facts import Facts, Found, Repo
from flake8_hfmodels.finding import Edit, Finding
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.loaders.row import Param
from flake8_hfmodels.mending import mended, text_trial
from flake8_hfmodels.mending.job import Job, Task
from flake8_hfmodels.mending.text import mend_ground
from flake8_hfmodels.mending.text_ground import Change, Changed, Ground
from flake8_hfmodels.patching import patched
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import ABSENT, Known, Reference, Span, Target, Written
from flake8_hfmodels.referring import Referring, refer
from flake8_hfmodels.rules import chosen
from flake8_hfmodels.sources.placed import split_lines, whole_file
from flake8_hfmodels.sources.source import TextSource

SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
OTHER = "0123456789abcdef0123456789abcdef01234567"


def referring_to(kind: KindName, text: str, path: str = "example") -> Referring:
    source = TextSource(path, kind, whole_file(text), split_lines(text))
    found = refer(source, everything=True)
    assert found is not None
    return found


def facts_of(references: Sequence[Reference]) -> Mapping[Target, Facts]:
    targets = (target for one in references for _written, target in one.targets())
    repos = ((one, SHA if one.repo_id.startswith("a") else OTHER) for one in targets)
    return {
        one: Found(Repo(one.repo_id, "621ffdc036468d709f17434d", sha, ("config.json",)))
        for one, sha in repos
    }


def findings_in(
    kind: KindName, text: str, path: str = "example", codes: Sequence[str] = ("HFM001",)
) -> Sequence[Finding]:
    """The findings of a file of which the Hub knows everything, with their fixes."""
    referring = referring_to(kind, text, path)
    facts = facts_of(referring.references)
    rules = chosen(codes, ())
    told = conclude([referring], lambda _: facts, rules, Persona.AUDITOR, with_fixes=False)
    return mended(told.findings, referring, facts)


def fixed(
    kind: KindName, text: str, path: str = "example", codes: Sequence[str] = ("HFM001",)
) -> str:
    """The text with all fixes, and the refs that they follow as comments; `@` is a commit."""
    edits: list[Edit] = []
    for one in findings_in(kind, text, path, codes):
        if one.fix is not None:
            edits += one.fix.edits
            if one.fix.comment is not None:
                edits.append(Edit(one.fix.comment, f"  # {one.fix.follows}"))
    return patched(text, edits).replace(SHA, "@").replace(OTHER, "%")


def refusals(
    kind: KindName, text: str, path: str = "example", codes: Sequence[str] = ("HFM001",)
) -> Sequence[str]:
    """Why the findings of a file have no fixes; all of them have none."""
    found = findings_in(kind, text, path, codes)
    assert [one.fix for one in found] == [None] * len(found)
    return [one.unfixable for one in found]


def done(kind: KindName, text: str, task: Task, path: str = "example") -> str:
    """The text after one task is done for its first reference that it can be done for."""
    ref = referring_to(kind, text, path).references[0]
    params: Mapping[Task, Param | None] = {
        "pin": ref.loader.revision,
        "pin the code": ref.loader.code_revision,
        "trust no code": ref.loader.trust_remote_code,
    }
    job = Job(0, task, ref, params[task], () if task == "trust no code" else (("a/b", SHA),))
    fix = mend_ground([job], Ground(path, kind, text))[0]
    if isinstance(fix, str):
        return fix
    assert fix.is_safe is (task != "trust no code")
    return patched(text, fix.edits).replace(SHA, "@")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("hf download a/b\n", "hf download a/b --revision @  # main\n", id="end"),
        pytest.param("hf download a/b", "hf download a/b --revision @  # main", id="no-line-end"),
        pytest.param(
            'vllm serve "a/b" --port 1\n',
            'vllm serve "a/b" --revision @ --port 1  # main\n',
            id="quotes",
        ),
        pytest.param(
            "vllm serve a/b \\\n  --port 1\n",
            "vllm serve a/b --revision @ \\\n  --port 1\n",
            id="goes-on",
        ),
        pytest.param(
            "vllm serve --model='a/b' >log 2>&1 &\n",
            "vllm serve --model='a/b' --revision @ >log 2>&1 &  # main\n",
            id="redirected",
        ),
        pytest.param(
            "vllm serve a/b;echo\n", "vllm serve a/b --revision @;echo  # main\n", id="semicolon"
        ),
        pytest.param(
            'bash -c "vllm serve a/b"\n', 'bash -c "vllm serve a/b --revision @"\n', id="in-quotes"
        ),
        pytest.param(
            "huggingface-cli download a/b x.bin\n",
            "huggingface-cli download --revision @ a/b x.bin  # main\n",
            id="words-follow",
        ),
        pytest.param(
            "hf download 'a/b' 'x.bin'\n",
            "hf download --revision @ 'a/b' 'x.bin'  # main\n",
            id="quoted-words-follow",
        ),
        pytest.param(
            "hf download a/b --revision main\n",
            "hf download a/b --revision @  # main\n",
            id="value",
        ),
        pytest.param(
            "hf download a/b --revision='v1.0'\n",
            "hf download a/b --revision='@'  # v1.0\n",
            id="value-in-quotes",
        ),
        pytest.param(
            "hf download a/b --revision 607a30d\n",
            "hf download a/b --revision @  # \n",
            id="short-hash",
        ),
        pytest.param(
            "R=main\nhf download a/b --revision $R\n",
            "R=@\nhf download a/b --revision $R\n",
            id="value-of-a-variable",
        ),
        pytest.param(
            'M=a/b\nvllm serve "$M"\nvllm serve ${M} --port 1\n',
            'M=a/b\nvllm serve "$M" --revision @  # main\n'
            "vllm serve ${M} --revision @ --port 1  # main\n",
            id="name-in-a-variable",
        ),
        pytest.param(
            "lm_eval --model_args pretrained=a/b,dtype=auto --tasks x\n",
            "lm_eval --model_args pretrained=a/b,revision=@,dtype=auto --tasks x  # main\n",
            id="entry",
        ),
        pytest.param(
            'lm_eval --model_args \'{"pretrained": "a/b"}\' --tasks x\n',
            'lm_eval --model_args \'{"pretrained": "a/b", "revision": "@"}\' --tasks x  # main\n',
            id="entry-of-json",
        ),
        pytest.param(
            "python run.py --model-name-or-path a/b --do-it\n",
            "python run.py --model-name-or-path a/b --model-revision @ --do-it  # main\n",
            id="hyphens",
        ),
        pytest.param(
            "python run.py --model_name_or_path a/b\n",
            "python run.py --model_name_or_path a/b --model_revision @  # main\n",
            id="underscores",
        ),
        pytest.param(
            "wget https://huggingface.co/a/b/resolve/main/x.bin\n",
            "wget https://huggingface.co/a/b/resolve/@/x.bin  # main\n",
            id="address",
        ),
        pytest.param(
            "curl -L https://huggingface.co/datasets/a/b/resolve/refs%2Fpr%2F1/x.bin\n",
            "curl -L https://huggingface.co/datasets/a/b/resolve/@/x.bin  # refs/pr/1\n",
            id="address-of-a-dataset",
        ),
        pytest.param("hf cp hf://a/b/x.bin x\n", "hf cp hf://a/b@@/x.bin x  # main\n", id="uri"),
        pytest.param(
            "pip install git+https://huggingface.co/a/b.git\n",
            "pip install git+https://huggingface.co/a/b.git@@  # main\n",
            id="pip",
        ),
        pytest.param(
            "pip install git+https://huggingface.co/spaces/a/b@main\n",
            "pip install git+https://huggingface.co/spaces/a/b@@  # main\n",
            id="pip-at-a-branch",
        ),
        pytest.param(
            "python - <<'EOF'\nfrom transformers import AutoModel\n"
            "AutoModel.from_pretrained('a/b')\nEOF\n",
            "python - <<'EOF'\nfrom transformers import AutoModel\n"
            "AutoModel.from_pretrained('a/b', revision='@')\nEOF\n",
            id="python",
        ),
        pytest.param(
            'python -c \'from transformers import AutoModel; N="a/b";'
            " AutoModel.from_pretrained(N)'\n",
            'python -c \'from transformers import AutoModel; N="a/b";'
            ' AutoModel.from_pretrained(N, revision="@")\'\n',
            id="python-with-a-constant",
        ),
        pytest.param(
            "python - <<'EOF'\nfrom transformers import AutoModel\n"
            "AutoModel.from_pretrained('a' '/b')\n"
            "AutoModel.from_pretrained('a/b', revision='v1')\nEOF\n",
            "python - <<'EOF'\nfrom transformers import AutoModel\n"
            "AutoModel.from_pretrained('a' '/b', revision=\"@\")\n"
            "AutoModel.from_pretrained('a/b', revision='@')\nEOF\n",
            id="python-with-pieces",
        ),
        pytest.param(
            "hf download $X --revision main\nhf download a/b\n",
            "hf download $X --revision main\nhf download a/b --revision @  # main\n",
            id="beside-an-unknown-name",
        ),
        pytest.param(
            'bash -c \'bash -c "vllm serve \\"a/b\\""\'\n',
            'bash -c \'bash -c "vllm serve \\"a/b\\" --revision @"\'\n',
            id="quotes-in-quotes",
        ),
        pytest.param(
            "hf download a/b | tee 'x\ny'\n",
            "hf download a/b --revision @ | tee 'x\ny'\n",
            id="quotes-stay-open",
        ),
        pytest.param(
            'echo "$(hf download a/b\n)"\n',
            'echo "$(hf download a/b --revision @\n)"\n',
            id="within-open-quotes",
        ),
        pytest.param(
            "hf download a/b\r\necho\r\n",
            "hf download a/b --revision @  # main\r\necho\r\n",
            id="carriage-returns",
        ),
    ],
)
def test_scripts(before: str, after: str) -> None:
    assert fixed("shell", before, "run.sh") == after


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        pytest.param(
            "dockerfile",
            "FROM x\nRUN hf download a/b && ls\n",
            "FROM x\nRUN hf download a/b --revision @ && ls\n",
            id="run",
        ),
        pytest.param(
            "dockerfile",
            'FROM x\nCMD ["vllm", "serve", "a/b", "--port", "1"]\n',
            'FROM x\nCMD ["vllm", "serve", "a/b", "--revision", "@", "--port", "1"]\n',
            id="exec",
        ),
        pytest.param(
            "dockerfile",
            'FROM x\nRUN ["hf", "download", "a/b", "x.bin"]\n',
            'FROM x\nRUN ["hf", "download", "--revision", "@", "a/b", "x.bin"]\n',
            id="exec-with-words-behind",
        ),
        pytest.param(
            "dockerfile",
            "FROM x\nENV M=a/b\nRUN hf download $M\n",
            "FROM x\nENV M=a/b\nRUN hf download $M --revision @\n",
            id="env",
        ),
        pytest.param(
            "makefile",
            "get:\n\thf download a/b\n",
            "get:\n\thf download a/b --revision @\n",
            id="make",
        ),
        pytest.param(
            "makefile",
            "M := a/b\nget:\n\tvllm serve $(M)\n",
            "M := a/b\nget:\n\tvllm serve $(M) --revision @\n",
            id="make-variable",
        ),
        pytest.param(
            "justfile",
            "get:\n  hf download a/b\n",
            "get:\n  hf download a/b --revision @\n",
            id="just",
        ),
        pytest.param(
            "requirements",
            "git+https://huggingface.co/a/b@main\n",
            "git+https://huggingface.co/a/b@@\n",
            id="requirement",
        ),
        pytest.param(
            "env",
            "HF_MODEL_ID=facebook/opt-125m\nHF_MODEL_REVISION=main\n",
            "HF_MODEL_ID=facebook/opt-125m\nHF_MODEL_REVISION=%\n",
            id="variable",
        ),
        pytest.param(
            "javascript",
            'import { pipeline } from "@huggingface/transformers";\n'
            'pipeline("x", "a/b");\npipeline("x", "a/b", { dtype: "q8" });\n'
            'pipeline("x", "a/b", {});\n',
            'import { pipeline } from "@huggingface/transformers";\n'
            'pipeline("x", "a/b", { revision: "@" });\n'
            'pipeline("x", "a/b", { dtype: "q8", revision: "@" });\n'
            'pipeline("x", "a/b", { revision: "@"});\n',
            id="javascript",
        ),
        pytest.param(
            "markdown",
            "See [it](https://huggingface.co/a/b).\n\n```sh\n$ hf download a/b\n```\n",
            "See [it](https://huggingface.co/a/b).\n\n```sh\n$ hf download a/b --revision @\n```\n",
            id="fence",
        ),
        pytest.param(
            "markdown",
            "```python\nfrom transformers import AutoModel\n"
            "AutoModel.from_pretrained(\n    'a/b',\n)\n```\n",
            "```python\nfrom transformers import AutoModel\n"
            "AutoModel.from_pretrained(\n    'a/b', revision='@',\n)\n```\n",
            id="fence-of-python",
        ),
        pytest.param(
            "markdown",
            "---\nbase_model: acme/bert-base-uncased\n---\n\n"
            "```yaml\nmodel_name_or_path: facebook/opt-125m\n```\n",
            "---\nbase_model: acme/bert-base-uncased\n---\n\n"
            "```yaml\nmodel_name_or_path: facebook/opt-125m\n"
            "model_revision: %\n```\n",
            id="fence-of-yaml",
        ),
        pytest.param(
            "rst",
            "Get it::\n\n   $ hf download a/b\n",
            "Get it::\n\n   $ hf download a/b --revision @\n",
            id="rst",
        ),
    ],
)
def test_other_files(kind: KindName, before: str, after: str) -> None:
    assert fixed(kind, before) == after


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        pytest.param(
            "shell",
            "git clone https://huggingface.co/a/b\n",
            "check out a full commit hash after it (git checkout <commit>)",
            id="clone",
        ),
        pytest.param(
            "shell",
            "M=${M:-a/b}\nhf download $M\n",
            "another name can be passed instead",
            id="default",
        ),
        pytest.param(
            "shell",
            "read M <<< a/b; vllm serve $M\n",
            "there is no place for a revision here",
            id="read",
        ),
        pytest.param(
            "shell",
            "M=a; vllm serve $M/b\n",
            "there is no place for a revision here",
            id="two-parts",
        ),
        pytest.param(
            "shell",
            "R=ma; hf download a/b --revision ${R}in\n",
            "there is no place for a revision here",
            id="revision-of-two-parts",
        ),
        pytest.param(
            "markdown",
            "- x:\n  ```yaml\n  model_name_or_path: facebook/opt-125m\n  ```\n",
            "there is no place for a revision here",
            id="indented-fence",
        ),
        pytest.param(
            "json",
            '{"x": "https:\\/\\/huggingface.co\\/a\\/b\\/resolve\\/main\\/y.bin"}',
            "put the full commit hash where the branch stands: …/resolve/<hash>/…",
            id="escapes",
        ),
        pytest.param(
            "shell",
            "python -c 'from langchain_huggingface import HuggingFaceEmbeddings;"
            ' HuggingFaceEmbeddings(model_name="a/b")\'\n',
            "there is no place for a revision here",
            id="within",
        ),
        pytest.param(
            "shell",
            "docker run -e MODEL_ID=a/b ghcr.io/huggingface/text-generation-inference\n",
            "there is no place where this loader would surely read it",
            id="environment-of-a-container",
        ),
        pytest.param(
            "shell",
            'python -c \'from transformers import pipeline; pipeline(model="a/b",'
            ' model_kwargs={"x": 1})\'\n',
            "there is no place where this loader would surely read it",
            id="dictionary",
        ),
        pytest.param(
            "shell",
            'python -c \'from transformers import AutoModel; AutoModel.from_pretrained("a/b",'
            " revision=None)'\n",
            "there is no place for a revision here",
            id="none",
        ),
        pytest.param(
            "shell",
            "for m in a/b c/d; do hf download $m; done\n",
            "several names are possible here",
            id="loop",
        ),
        pytest.param(
            "shell",
            "get() { hf download $1; }\nget a/b\n",
            "there is no place for a revision here",
            id="function",
        ),
        pytest.param(
            "shell",
            "M=a/b\nvllm serve $M --served-model-name $M\n",
            "there is no place for a revision here",
            id="variable-twice",
        ),
        pytest.param(
            "env",
            "HF_MODEL_ID=facebook/opt-125m\n",
            "give its full commit hash to whatever loads it",
            id="variable",
        ),
        pytest.param(
            "markdown",
            "It reads [it](https://huggingface.co/a/b/resolve/main/x.bin).\n",
            "it is only named here, and nothing loads it",
            id="link",
        ),
        pytest.param(
            "dockerfile",
            "FROM x\nENV M=a/b\nCMD docker run -e MODEL_ID=$M"
            " ghcr.io/huggingface/text-generation-inference\n",
            "there is no place where this loader would surely read it",
            id="environment",
        ),
    ],
)
def test_refusals(kind: KindName, text: str, why: str) -> None:
    assert refusals(kind, text) == [why]


def test_one_revision_of_two_names_is_left_alone() -> None:
    text = "R=main\nhf download a/b --revision $R\nhf download c/d --revision $R\n"
    assert refusals("shell", text, "run.sh") == ["several names share one revision here"] * 2


def test_a_second_run_changes_nothing() -> None:
    text = "hf download a/b\n"
    (finding,) = findings_in("shell", text)
    assert finding.fix is not None
    assert findings_in("shell", patched(text, finding.fix.edits)) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "vllm serve a/b --code-revision main\n",
            "vllm serve a/b --code-revision @\n",
            id="value",
        ),
        pytest.param("vllm serve a/b\n", "vllm serve a/b --code-revision @\n", id="flag"),
    ],
)
def test_the_code_is_pinned(before: str, after: str) -> None:
    assert done("shell", before, "pin the code") == after


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        pytest.param(
            "shell",
            "vllm serve a/b --trust-remote-code --port 1\n",
            "vllm serve a/b --port 1\n",
            id="flag",
        ),
        pytest.param(
            "shell",
            "vllm serve a/b \\\n  --trust-remote-code \\\n  --port 1\n",
            "vllm serve a/b \\\n  --port 1\n",
            id="line",
        ),
        pytest.param(
            "shell", "vllm serve a/b\n", "the flag does not stand there by itself", id="no-flag"
        ),
        pytest.param(
            "shell",
            "vllm serve a/b --trust-remote-code=true\n",
            "the flag does not stand there by itself",
            id="value",
        ),
        pytest.param(
            "shell",
            "F=--trust-remote-code\nvllm serve a/b $F\n",
            "the flag does not stand there by itself",
            id="variable",
        ),
        pytest.param(
            "dockerfile",
            'FROM x\nCMD ["vllm", "serve", "a/b", "--trust-remote-code", "--port", "1"]\n',
            'FROM x\nCMD ["vllm", "serve", "a/b", "--port", "1"]\n',
            id="element",
        ),
        pytest.param(
            "yaml",
            "image: vllm/vllm-openai\ncommand:\n  - --model\n  - a/b\n  - --trust-remote-code\n",
            "image: vllm/vllm-openai\ncommand:\n  - --model\n  - a/b\n",
            id="item",
        ),
    ],
)
def test_a_flag_is_taken_away(kind: KindName, before: str, after: str) -> None:
    assert done(kind, before, "trust no code") == after


def test_no_two_changes_are_in_the_way_of_each_other() -> None:
    ground = Ground("x", "shell", "abc")
    with pytest.raises(ValueError, match="two changes"):
        Changed(ground, [Change(0, 2, "x"), Change(1, 3, "y")])


def test_a_file_is_not_read_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_trial, "MOST_READ", 10)
    assert refusals("shell", "hf download a/b\n") == [
        "the file is too large for so many fixes to be tried out"
    ]


def test_what_is_written_in_another_file_is_left_alone() -> None:
    text = "hf download a/b\n"
    ref = referring_to("shell", text).references[0]
    away = Known((Written("a/b", Span(1, 1, 1, 4), "other.sh"),))
    job = Job(0, "pin", replace(ref, repo_id=away), ref.loader.revision, (("a/b", SHA),))
    assert mend_ground([job], Ground("x", "shell", text)) == {0: "it is written in another file"}


def test_what_is_not_there_is_left_alone() -> None:
    text = "hf download a/b\n"
    ref = referring_to("shell", text).references[0]
    known = replace(ref, span=Span(1, 2, 1, 16), revision=ABSENT)
    job = Job(0, "pin", known, ref.loader.revision, (("a/b", SHA),))
    assert mend_ground([job], Ground("x", "shell", text)) == {0: "the name is written elsewhere"}


def test_what_is_new_has_no_place_before() -> None:
    changed = Changed(Ground("x", "shell", "abc"), [Change(1, 2, "xyz")])
    assert [changed.before(offset) for offset in range(5)] == [0, -2, -3, -4, 2]
