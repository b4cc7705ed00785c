"""Who hears of what: each persona hears what the ones before it hear."""

from __future__ import annotations

import pytest

from flake8_hfmodels.check import check
from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Owner, Repo, Unavailable
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.rules import chosen
from flake8_hfmodels.rules import codes as codes_of_rules
from tests.reading import SHA, source_of

GONE = Missing(Lacking.REPO, Owner.GONE)
NOT_ASKED = Unavailable("not asked")
AUTO = "from transformers import AutoModel\n"
COMMENT = "# model = AutoModel.from_pretrained('nlpgroup/bert-tiny', trust_remote_code=True)\n"
DOCSTRING = (
    "from transformers import AutoModel\n"
    "def f():\n"
    '    """Do it.\n\n    >>> AutoModel.from_pretrained("nlpgroup/bert-tiny")\n    """\n'
)


def codes(text: str, persona: Persona, facts: Facts = NOT_ASKED) -> list[str]:
    rules = chosen(codes_of_rules(), ())
    checked = check(
        [source_of(text.encode())], lambda asked: dict.fromkeys(asked, facts), rules, persona
    )
    return [finding.code for finding in checked.findings]


def first_to_hear(text: str, code: str) -> str | None:
    """The least curious persona that is told of a code."""
    return next((one.value for one in Persona if code in codes(text, one)), None)


@pytest.mark.parametrize(
    ("text", "code", "persona"),
    [
        pytest.param(AUTO + "AutoModel.from_pretrained('o/m')", "HFM001", "regular", id="call"),
        pytest.param("read('hf://datasets/o/d/a.csv')", "HFM001", "regular", id="uri"),
        pytest.param(
            f"read('hf://datasets/o/d@{SHA}/a.csv')", "HFM001", None, id="uri-with-a-hash"
        ),
        pytest.param(
            "get('https://huggingface.co/o/m/resolve/main/a.bin')", "HFM001", "regular", id="file"
        ),
        pytest.param(
            f"get('https://huggingface.co/o/m/resolve/{SHA}/a.bin')", "HFM001", None, id="file-hash"
        ),
        pytest.param("x = 'https://huggingface.co/o/m'", "HFM001", "auditor", id="page"),
        pytest.param(
            "f('https://huggingface.co/o/m/blob/main/a.bin')", "HFM001", "regular", id="file-page"
        ),
        pytest.param(
            "raise E('see https://huggingface.co/o/m/blob/main/a.json')",
            "HFM001",
            "auditor",
            id="file-page-in-a-sentence",
        ),
        pytest.param(
            "import os\nos.system('hf download o/m')", "HFM001", "regular", id="command-line"
        ),
        pytest.param(
            "import subprocess\nsubprocess.run(['vllm', 'serve', 'o/m', '--trust-remote-code'])",
            "HFM003",
            "regular",
            id="flag-of-a-command-line",
        ),
        pytest.param(
            "import os\nos.environ['HF_DATASETS_TRUST_REMOTE_CODE'] = '1'",
            "HFM003",
            "regular",
            id="switch-of-the-environment",
        ),
        pytest.param(COMMENT, "HFM001", "pedantic", id="comment"),
        pytest.param(COMMENT, "HFM003", "pedantic", id="flag-in-a-comment"),
        pytest.param(DOCSTRING, "HFM001", "pedantic", id="docstring"),
        pytest.param("MODEL_ID = 'org-a/model-b'", "HFM001", "pedantic", id="constant"),
        pytest.param(
            "C = {'model_name': 'org-a/model-b', 'trust_remote_code': True}",
            "HFM003",
            "pedantic",
            id="flag-in-a-dictionary",
        ),
        pytest.param("print('google-bert/bert-base-uncased')", "HFM001", "auditor", id="text"),
        pytest.param(
            AUTO + "def f(n, trust):\n AutoModel.from_pretrained(n, trust_remote_code=trust)",
            "HFM003",
            "pedantic",
            id="flag-that-is-passed-on",
        ),
        pytest.param(
            AUTO + "def f(n, **o):\n AutoModel.from_pretrained(n, **o)",
            "HFM003",
            None,
            id="flag-that-may-be-passed-on",
        ),
        pytest.param(
            "from awq import AutoAWQForCausalLM as A\nA.from_pretrained('o/m')",
            "HFM003",
            "pedantic",
            id="flag-that-is-on-by-default",
        ),
        pytest.param(
            "from kernels import get_kernel\nget_kernel('o/k')", "HFM003", "regular", id="kernel"
        ),
        pytest.param(
            "import evaluate\nevaluate.load('accuracy')", "HFM003", "pedantic", id="own-metric"
        ),
        pytest.param(
            "from speechbrain.inference import X\nX.from_hparams('o/m')",
            "HFM003",
            "pedantic",
            id="code-that-a-configuration-names",
        ),
        pytest.param(
            "import datasets\ndatasets.load_metric('squad')", "HFM003", "pedantic", id="script"
        ),
        pytest.param(
            "from kokoro import KPipeline\nKPipeline('a')", "HFM001", "pedantic", id="own-model"
        ),
        pytest.param(
            "from transformers import pipeline\npipeline('ner')", "HFM001", "regular", id="task"
        ),
        pytest.param(
            "from huggingface_hub import HfApi\nHfApi().model_info('o/m')",
            "HFM001",
            None,
            id="question",
        ),
    ],
)
def test_who_hears_first(text: str, code: str, persona: str | None) -> None:
    assert first_to_hear(text, code) == persona


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(AUTO + "AutoModel.from_pretrained('gone/bert-tiny')", id="call"),
        pytest.param("# see https://huggingface.co/gone/bert-tiny", id="link-in-a-comment"),
        pytest.param("x = 'https://huggingface.co/gone/bert-tiny'", id="link"),
        pytest.param(DOCSTRING.replace("nlpgroup/", "gone/"), id="docstring"),
        pytest.param(COMMENT.replace("nlpgroup/", "gone/"), id="commented-out-call"),
        pytest.param(
            "from huggingface_hub import HfApi\nHfApi().model_info('gone/bert-tiny')", id="question"
        ),
    ],
)
def test_everybody_hears_of_a_name_that_anybody_can_take(text: str) -> None:
    assert "HFM004" in codes(text, Persona.REGULAR, GONE)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("MODEL_ID = 'gone-a/model-b'", id="constant"),
        pytest.param("print('google-bert/bert-base-uncased')", id="text"),
    ],
)
def test_nobody_is_asked_about_what_merely_looks_like_an_id(text: str) -> None:
    assert "HFM004" not in codes(text, Persona.AUDITOR, GONE)


def test_flag_that_is_on_by_default_counts_where_there_is_code() -> None:
    text = "from awq import AutoAWQForCausalLM as A\nA.from_pretrained('o/m')"
    code = Found(Repo("o/m", "621ffdc036468d709f17434d", SHA, (), auto_map=(("AutoModel", "m.M"),)))
    assert "HFM003" in codes(text, Persona.REGULAR, code)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param(
            "read('hf://datasets/o/d/a.csv')",
            "hf://datasets/o/d/a.csv is read without a revision",
            id="uri",
        ),
        pytest.param(
            "import os\nos.system('hf download o/m')",
            "`hf download` loads 'o/m' without a revision; pass a full commit hash as --revision",
            id="command-line",
        ),
        pytest.param(
            "import os\nos.environ['HF_DATASETS_TRUST_REMOTE_CODE'] = '1'",
            "HF_DATASETS_TRUST_REMOTE_CODE=1 lets the code of every repo run",
            id="switch",
        ),
        pytest.param(
            "C = {'model_name': 'org-a/model-b', 'trust_remote_code': True}",
            "'trust_remote_code': True lets the code of the model beside it run",
            id="flag",
        ),
        pytest.param(
            "import os\nos.system('vllm serve o/m --trust-remote-code')",
            "`vllm serve` runs code that comes with the model: --trust-remote-code",
            id="flag-of-a-command-line",
        ),
        pytest.param(
            "MODEL_ID = 'org-a/model-b'", "'org-a/model-b' is named without a revision", id="text"
        ),
        pytest.param(
            "import datasets\ndatasets.load_dataset('data')",
            "datasets.load_dataset() loads 'data' without a revision",
            id="id-that-is-part-of-the-call-s-name",
        ),
        pytest.param(
            COMMENT, "AutoModel.from_pretrained() loads 'nlpgroup/bert-tiny' without", id="comment"
        ),
        pytest.param(
            "from langchain_huggingface import HuggingFaceEmbeddings as E\nE(model_name='o/m')",
            "in model_kwargs=",
            id="nested-pin",
        ),
        pytest.param(
            "from setfit import AbsaModel\nAbsaModel.from_pretrained('o/a')",
            "append @<commit hash> to each id",
            id="pin-in-the-name",
        ),
    ],
)
def test_message_speaks_of_what_the_source_says(text: str, message: str) -> None:
    rules = chosen(codes_of_rules(), ())
    source = source_of(text.encode())
    checked = check([source], lambda asked: dict.fromkeys(asked, NOT_ASKED), rules, Persona.AUDITOR)
    assert any(message in finding.message for finding in checked.findings)


def test_id_that_a_call_has_named_is_not_named_again_on_its_lines() -> None:
    text = AUTO + "AutoModel.from_pretrained('nlpgroup/bert-tiny')  # nlpgroup/bert-tiny is small\n"
    assert codes(text, Persona.AUDITOR) == ["HFM001"]
    assert codes(f"# nlpgroup/bert-tiny is small\n{text}", Persona.AUDITOR) == ["HFM001"] * 2
