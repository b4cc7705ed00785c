"""What is dangerous in one file of Python, and what is not."""

from __future__ import annotations

import sys
import time
from textwrap import dedent

import pytest

from flake8_hfmodels.hazards.judging import MOST, dangers, dangers_of, lines_that_run
from flake8_hfmodels.hazards.kinds import AT_IMPORT, HAZARDS
from flake8_hfmodels.hazards.places import is_place_of_secrets, is_secret
from flake8_hfmodels.persona import Persona

Row = tuple[int, str]

FOLLOWS = pytest.mark.skipif(
    sys.version_info < (3, 11), reason="the parser of Python 3.10 follows that deep"
)


def found(text: str) -> list[Row]:
    """Lines and kinds of all dangers."""
    return [(one.line, one.kind) for one in dangers("modeling_x.py", dedent(text).lstrip("\n"))]


def worst(text: str) -> list[str]:
    """Kinds of the dangers that everybody hears of, at import or not."""
    told = [kind for _line, kind in found(text) if HAZARDS[kind].persona is Persona.REGULAR]
    return list(dict.fromkeys(kind.removesuffix(AT_IMPORT) for kind in told))


def row(text: str, *kinds: str, id: str) -> object:
    return pytest.param(text, list(kinds), id=id)


NAMES = [
    row("import os\nos.system('x')", "process", id="plain"),
    row("from subprocess import Popen as p\np('x')", "process", id="alias"),
    row("import subprocess as s\ndef f(): s.run('x')", "process", id="alias-of-a-module"),
    row(
        "import asyncio.subprocess\nasyncio.subprocess.create_subprocess_exec('x')",
        "process",
        id="part",
    ),
    row("from os import *\nsystem('x')", "process", id="star"),
    row("from .os import *\nsystem('x')", id="relative-star"),
    row("from .os import system\nsystem('x')", id="relative"),
    row("import subprocess\nrun = subprocess.run\nrun('x')", "process", id="assigned"),
    row("import os\na, (b, c) = 1, (2, os.system)\nc('x')", "process", id="unpacked"),
    row("import os\nf: object = os.system\nf('x')", "process", id="annotated"),
    row("import os\nif (f := os.system): f('x')", "process", id="walrus"),
    row("import os\n(os.system if 1 else print)('x')", "process", id="conditional"),
    row("import os\n(None or os.system)('x')", "process", id="or"),
    row("import os\n(f := os).system('x')", "process", id="walrus-in-place"),
    row(
        "import os, threading\nthreading.Thread(target=os.system).start()",
        "process",
        id="handed-on",
    ),
    row("import os, functools\nfunctools.partial(os.system, 'x')()", "process", id="partial"),
    row("import os, importlib\nimportlib.reload(os).system('x')", "process", id="reload"),
    row("import webbrowser\ndef f(): webbrowser.open('x')", "process", id="browser"),
    row(
        "def f(x: __import__('os').system('x')): pass", "process", "concealed-name", id="annotation"
    ),
    row(
        "x: __import__('os').system('x') = 1",
        "process",
        "concealed-name",
        id="annotation-of-a-name",
    ),
    row("@__import__('os').system\nclass A: pass", "process", "concealed-name", id="decorator"),
    row("import socket\ndef f(x: socket.socket) -> socket.socket: pass", id="type-in-annotation"),
    row("import subprocess\ntry: f()\nexcept subprocess.CalledProcessError as e: pass", id="error"),
    row(
        "import os\nclass A:\n    system = os.path\n    def f(self): system('x')", id="class-scope"
    ),
    row("import os\nclass A:\n    o = os\n    o.system('x')", "process", id="in-a-class"),
    row("def f(os): os.system('x')", id="parameter"),
    row("import os\ndef f(os): os.system('x')", id="parameter-hides-a-module"),
    row("import os\nf = lambda os, *a, **k: os.system('x')", id="parameter-of-a-lambda"),
    row("import os\nf = lambda x=os.system: x", "process", id="default-of-a-lambda"),
    row("import os\ndef f(*, x=os.system, y): x", "process", id="default"),
    row("import os\n[os.system(x) for x in y]", "process", id="comprehension"),
    row("[os.system('x') for os in y]", id="target-of-a-comprehension"),
    row("for os in y: os.system('x')", id="target-of-a-loop"),
    row("async def f():\n    async for os in y: os.system('x')", id="target-of-an-async-loop"),
    row("with y as os: os.system('x')", id="target-of-with"),
    row("try: pass\nexcept E as os: os.system('x')", id="target-of-except"),
    row("match y:\n    case [*os]: os.system('x')\n    case os: os.system('x')", id="match"),
    row("def os(): pass\nos.system('x')", id="own-function"),
    row("class subprocess: run = 1\nsubprocess.run", id="own-class"),
    row("a = b\nb = a\na('x')", id="circle"),
    row("a = a.b.c\na.system()", id="circle-of-one"),
    row("os.system('x')", id="not-imported"),
    row("a, *b = os\nb.system()", id="starred"),
    row("x.y = x[0] = 1", id="no-names"),
]

DETOURS = [
    row("import os\ngetattr(os, 'system')('x')", "process", "concealed-name", id="getattr"),
    row("import os\ngetattr(os, 'sys' + 'tem')('x')", "process", "concealed-name", id="sum"),
    row("import os\ngetattr(os, 'metsys'[::-1])('x')", "process", "concealed-name", id="reversed"),
    row("import os\ngetattr(os, f'sys{\"tem\"}')('x')", "process", "concealed-name", id="f-string"),
    row("import os\nn = 'system'\ngetattr(os, n)('x')", "process", "concealed-name", id="name"),
    row("import os\ngetattr(os, ''.join(['sys', 'tem']))", "process", "concealed-name", id="join"),
    row(
        "import os\ngetattr(os, ''.join(reversed('metsys')))",
        "process",
        "concealed-name",
        id="reversed-call",
    ),
    row(
        "import os\ngetattr(os, ''.join(map(chr, [115, 121, 115, 116, 101, 109])))",
        "process",
        "concealed-name",
        id="codes",
    ),
    row("import os\ngetattr(os, chr(115) + 'ystem')", "process", "concealed-name", id="chr"),
    row(
        "import os\ngetattr(os, bytes([115, 121, 115, 116, 101, 109]).decode())",
        "process",
        "concealed-name",
        id="bytes",
    ),
    row(
        "import os\ngetattr(os, bytes.fromhex('73797374656d').decode())",
        "process",
        "concealed-name",
        id="hex",
    ),
    row(
        "import os, base64\ngetattr(os, base64.b64decode('c3lzdGVt').decode())",
        "process",
        "concealed-name",
        id="base64",
    ),
    row(
        "import os, codecs\ngetattr(os, codecs.decode('flfgrz', 'rot13'))",
        "process",
        "concealed-name",
        id="rot13",
    ),
    row(
        "import os, codecs\ngetattr(os, codecs.decode('73797374656d', 'hex').decode())",
        "process",
        "concealed-name",
        id="hex-codec",
    ),
    row(
        "import os, codecs\ngetattr(os, codecs.decode(b'c3lzdGVt', 'base64').decode())",
        "process",
        "concealed-name",
        id="base64-codec",
    ),
    row(
        "import os, codecs\ngetattr(os, codecs.decode(b'c3lzdGVt', 'bz2').decode())",
        "concealed-name",
        id="other-codec",
    ),
    row(
        "import os\ngetattr(os, b'sys'.decode() + 'TEM'.lower().replace('x', ''))",
        "process",
        "concealed-name",
        id="methods",
    ),
    row(
        "import os\ngetattr(os, (b'sys' + b'tem').decode())",
        "process",
        "concealed-name",
        id="sum-of-bytes",
    ),
    row(
        "import os\ngetattr(os, b''.join([b'sys', b'tem']).decode())",
        "process",
        "concealed-name",
        id="join-of-bytes",
    ),
    row("import os\nvars(os)['system']('x')", "process", "concealed-name", id="vars"),
    row("import os\nos.__dict__['system']('x')", "process", "concealed-name", id="dict"),
    row("import sys\nsys.modules['os'].system('x')", "process", id="modules"),
    row("import os\nglobals()['os'].system('x')", "process", id="globals"),
    row("__builtins__['eval']('x')", "concealed-name", "code-from-text", id="builtins-as-a-dict"),
    row("__builtins__.eval('x')", "code-from-text", id="builtins"),
    row(
        "globals()['__builtins__'].__dict__['ex' + 'ec']('x')",
        "concealed-name",
        "code-from-text",
        id="globals-builtins",
    ),
    row(
        "from operator import attrgetter\nimport os\nattrgetter('system')(os)('x')",
        "process",
        "concealed-name",
        id="attrgetter",
    ),
    row("__import__('os').system('x')", "process", "concealed-name", id="import"),
    row("__import__('os.path').system('x')", "process", id="import-of-a-part"),
    row(
        "import importlib\nimportlib.import_module('os').system('x')",
        "process",
        "concealed-name",
        id="import-module",
    ),
    row(
        "import importlib\nimportlib.import_module('o' + 's').listdir()",
        "concealed-name",
        id="import-of-a-sum",
    ),
    row(
        "(lambda o: o.system('x'))(__import__('os'))",
        "concealed-name",
        id="import-that-is-handed-on",
    ),
    row(
        "import builtins\ndef f(n): return getattr(builtins, n)",
        "concealed-name",
        id="made-up-name",
    ),
    row("f.__globals__['x']", "concealed-name", id="globals-of-a-function"),
    row(
        "import torch\ndef f(n): return getattr(torch, n), getattr(torch, 'load')",
        id="harmless-getattr",
    ),
    row(
        "import os\ngetattr(os, 1); vars(os)[n]; globals()[n]; os.environ[n]; x()['a']",
        "concealed-name",
        id="no-text",
    ),
    row("import os\ngetattr(os, ''.join(map(chr, [n])))", "concealed-name", id="codes-not-known"),
    row("import os\ngetattr(os)", id="getattr-without-a-name"),
    row("import os\nos['system']", id="item-of-a-module"),
    row("import os\nvars()['x']; locals()['y']", id="own-variables"),
]

CODE = [
    row(
        "import base64\nexec(base64.b64decode('eA=='))",
        "decoded-code",
        "code-from-text",
        id="base64",
    ),
    row(
        "import zlib, base64\ns = zlib.decompress(base64.b64decode(x))\nexec(s)",
        "decoded-code",
        "code-from-text",
        id="named",
    ),
    row(
        "import zlib\ndef d(x): return zlib.decompress(x)\ndef f(): exec(d(x))",
        "decoded-code",
        "code-from-text",
        id="by-own-function",
    ),
    row("exec(''.join(chr(c) for c in x))", "decoded-code", "code-from-text", id="chr"),
    row("exec(''.join(map(chr, x)))", "decoded-code", "code-from-text", id="map-chr"),
    row("exec(bytes(a ^ 7 for a in x))", "decoded-code", "code-from-text", id="xor"),
    row("exec(x[::-1])", "decoded-code", "code-from-text", id="reversed"),
    row("exec(x.decode('rot_13'))", "decoded-code", "code-from-text", id="rot13"),
    row("exec(bytes.fromhex(x))", "decoded-code", "code-from-text", id="fromhex"),
    row(
        "import requests\nexec(requests.get(u).text)",
        "decoded-code",
        "code-from-text",
        "network",
        id="downloaded",
    ),
    row(
        "from urllib.request import urlopen\nwith urlopen(u) as r: exec(r.read())",
        "decoded-code",
        "code-from-text",
        "network",
        id="downloaded-in-with",
    ),
    row(
        "import base64\nx = ''\nx += base64.b64decode(y)\nexec(x)",
        "decoded-code",
        "code-from-text",
        id="added",
    ),
    row(
        "import base64\nfor x in base64.b64decode(y): exec(x)",
        "decoded-code",
        "code-from-text",
        id="loop",
    ),
    row(
        "import marshal, types\ntypes.FunctionType(marshal.loads(x), {})",
        "decoded-code",
        "code-from-text",
        "unpickling",
        id="marshal",
    ),
    row(
        "import pickle, base64\npickle.loads(base64.b64decode(x))",
        "decoded-code",
        "unpickling",
        id="pickle",
    ),
    row(
        "import os, base64\nos.system(base64.b64decode(x))", "decoded-code", "process", id="process"
    ),
    row(
        "import base64, importlib\nimportlib.import_module(base64.b64decode(x))",
        "decoded-code",
        "dynamic-import",
        id="module",
    ),
    row("exec(x.decode('utf-8')); exec(x[1:]); exec(x[::2])", "code-from-text", id="no-decoder"),
    row("def f(x): return x\nexec(f(y))", "code-from-text", id="own-function-that-decodes-nothing"),
    row("class C: pass\nexec(C())", "code-from-text", id="own-class"),
    row("x = y\ny = x\nexec(x)", "code-from-text", id="circle"),
    row("exec(x[::n])", "code-from-text", id="steps-that-are-not-known"),
    row("def f(x): return eval(x)", "code-from-text", id="eval"),
    row("compile('1', 'x', 'eval')", "code-from-text", id="compile"),
    row("import code\ncode.interact()", "code-from-text", id="console"),
    row(
        "import torch, re\ntorch.compile(m); re.compile('x'); m.eval(); m.compile()",
        id="others-of-the-name",
    ),
    row("def compile(x): return x\ncompile('x')", id="own-compile"),
    row("class M:\n    def eval(self): return self\nM().eval()", id="own-eval"),
    row("import ctypes\ndef f(): return ctypes.CDLL('x')", "native-code", id="ctypes"),
    row("import ctypes\ndef f(): return ctypes.c_int(1)", id="type-of-ctypes"),
    row(
        "from torch.utils.cpp_extension import load_inline\ndef f(): load_inline('x', y)",
        "native-code",
        id="compiled",
    ),
    row("import torch\ndef f(): torch.hub.load('o/r', 'm')", "further-code", id="torch-hub"),
    row(
        "import importlib.util as u\ndef f(): u.spec_from_file_location('x', 'y')",
        "further-code",
        id="file",
    ),
    row("import importlib.util\nimportlib.util.find_spec('flash_attn')", id="find-spec"),
    row("import importlib\nimportlib.import_module('torch')", id="known-module"),
]

DATA = [
    row("import pickle\ndef f(x): return pickle.load(x)", "unpickling", id="pickle"),
    row("import pickle\nclass U(pickle.Unpickler): pass", "unpickling", id="unpickler"),
    row("import joblib\ndef f(x): return joblib.load(x)", "unpickling", id="joblib"),
    row("import yaml\ndef f(x): return yaml.load(x)", "unpickling", id="yaml"),
    row("import yaml\ndef f(x): return yaml.load(x, yaml.Loader)", "unpickling", id="yaml-loader"),
    row("import yaml\ndef f(x): return yaml.load(x, Loader=yaml.CSafeLoader)", id="yaml-safe"),
    row(
        "import yaml\ndef f(x): return yaml.load(x, yaml.SafeLoader), yaml.safe_load(x)",
        id="yaml-safe-by-position",
    ),
    row(
        "import torch\ndef f(x): return torch.load(x, weights_only=False)", "unpickling", id="torch"
    ),
    row("import torch\ndef f(x): return torch.load(x, weights_only=True)", id="torch-weights"),
    row("import torch\ndef f(x, w): return torch.load(x, weights_only=w)", id="torch-at-run-time"),
    row("import torch\ndef f(x): return torch.load(x)", id="torch-default"),
    row(
        "import numpy as np\ndef f(x): return np.load(x, allow_pickle=True)",
        "unpickling",
        id="numpy",
    ),
    row("import numpy as np\ndef f(x): return np.load(x)", id="numpy-default"),
    row("import pickle, json\npickle.dumps(x); json.loads(y)", id="harmless"),
]

NETWORK = [
    row("import socket\ndef f(): socket.socket()", "raw-network", id="socket"),
    row("import smtplib\ndef f(): smtplib.SMTP('x')", "raw-network", id="mail"),
    row("import requests\ndef f(): requests.post('x')", "sending", id="post"),
    row(
        "import urllib.request as u\ndef f(): u.urlopen('x', b'1')",
        "sending",
        id="urlopen-with-data",
    ),
    row(
        "import urllib.request as u\ndef f(): u.urlopen('x', data=y)", "sending", id="urlopen-data"
    ),
    row("import requests\ndef f(): requests.get('x')", id="get"),
    row("import requests\nrequests.get('x')", "network", id="get-at-import"),
    row("import requests\ndef f(e): return isinstance(e, requests.Response)", id="type"),
    row("import socket\nsocket.gethostname()", id="name-of-the-machine"),
]

SECRETS = [
    row("import os\nos.environ['HF_TOKEN']", "credentials", id="item"),
    row("import os\nos.environ.get('AWS_SECRET_ACCESS_KEY')", "credentials", id="get"),
    row("from os import getenv\ngetenv('OPENAI_API_KEY', '')", "credentials", id="getenv"),
    row("import os\nenv = os.environ\nenv['GITHUB_TOKEN']", "credentials", id="alias"),
    row("from huggingface_hub import get_token\nget_token()", "credentials", id="get-token"),
    row("p = '~/.ssh/id_rsa'", "credentials", id="key"),
    row("import os\nos.path.join(h, '.aws', 'credentials')", "credentials", id="parts"),
    row("open('/proc/self/environ')", "credentials", id="proc"),
    row("import os\ndict(os.environ)", "environment", id="all"),
    row("import os\nfor k, v in os.environ.items(): pass", "environment", id="items"),
    row("import os\nos.environ.copy()", "environment", id="copy"),
    row(
        "import os\nos.environ['LOCAL_RANK'], os.getenv('WORLD_SIZE'), os.environ.get(n)",
        id="others",
    ),
    row("import os\nos.getenv()", id="nothing"),
    row("import os\nif 'HF_TOKEN' in os.environ: pass", id="whether-it-is-there"),
    row("import os\nos.environ['TOKENIZERS_PARALLELISM'] = 'false'", id="set"),
    row("import os\nos.environ[n]", id="at-run-time"),
    row("def f():\n    '''Put your key into ~/.ssh/id_rsa'''\n    '~/.ssh'", id="documentation"),
    row("p = 'https://x/ssh'; q = 'my.ssh'; r = 'x/.sshd'", id="others-of-the-name"),
]

FILES = [
    row("def f(): open('/etc/x', 'w')", "write-outside", id="absolute"),
    row("def f(): open('../x', mode='a')", "write-outside", id="parent"),
    row("def f(): open('C:\\\\x', 'wb')", "write-outside", id="drive"),
    row(
        "import os\np = os.path.join(os.path.expanduser('~'), '.bashrc')\ndef f(): open(p, 'a')",
        "write-outside",
        id="home",
    ),
    row(
        "import os\ndef f(): open(os.environ['HOME'] + '/.bashrc', 'a')",
        "write-outside",
        id="variable",
    ),
    row(
        "import os\ndef f(): open(f\"{os.environ['HOME']}/.bashrc\", 'a')",
        "write-outside",
        id="f-string",
    ),
    row("import os\ndef f(): open(os.getenv('HOME') + '/x', 'a')", "write-outside", id="getenv"),
    row(
        "import os\ndef f(n): open(os.path.join(n, '/etc/x'), 'w')", "write-outside", id="last-part"
    ),
    row("import io\ndef f(): io.open('/x', 'w')", "write-outside", id="io"),
    row(
        "from pathlib import Path\ndef f(): (Path.home() / 'x').write_text('y')",
        "write-outside",
        id="path",
    ),
    row(
        "from pathlib import Path\ndef f(): Path('~/x').expanduser().unlink()",
        "write-outside",
        id="expanduser",
    ),
    row(
        "from pathlib import Path\ndef f(n): Path('~', n).expanduser().joinpath(n).open('w')",
        "write-outside",
        id="open-of-a-path",
    ),
    row("import shutil\ndef f(x): shutil.rmtree('/home')", "write-outside", id="rmtree"),
    row("import shutil\ndef f(x): shutil.copy(x, '/usr/lib')", "write-outside", id="copy"),
    row("import os\ndef f(): os.remove('/x')", "write-outside", id="remove"),
    row("import os\ndef f(): os.rename('x', '~/y')", "write-outside", id="rename"),
    row("import os\ndef f(): os.remove()", id="nothing"),
    row("def f(): open('/etc/x'); open('/etc/x', 'rb'); open('/x', mode=m)", id="reading"),
    row(
        "def f(n): open('x', 'w'); open(n, 'w'); open(n + '/x', 'w'); open(n[0], 'w')", id="inside"
    ),
    row("def f(): open('/dev/null', 'w')", id="device"),
    row("'/x'.replace('/', '.')", id="text"),
    row("p = '/x'\np.replace('/', '.')", id="named-text"),
    row(
        "import os\ndef f(n): open(os.path.join(n, 'vocab.txt'), 'w', encoding='utf-8')",
        id="vocabulary",
    ),
    row(
        "import os\ndef f(x): open(f'{x:>3}/y', 'w'); open(x.format(1), 'w'); open(g()(), 'w')",
        id="not-known",
    ),
    row(
        "from pathlib import Path\nPath('x').write_text('y'); Path('x').open(); x.open('w')",
        id="path-inside",
    ),
]

HIDDEN = [
    row("x = 'a\u202eb'", "hidden-text", id="turned"),
    row("x = '" + "\ufe01" * 20 + "'", "hidden-text", id="shapeless"),
    row("x = 1;" + " " * 120 + "y = 2", "hidden-text", id="far"),
    row("x = 1" + " " * 120 + "# a comment", id="far-comment"),
    row("x = '\u2764\ufe0f \u200d'", id="emoji"),
    row("x = (" + "1, " * 400 + ")", id="long-line"),
]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [*NAMES, *DETOURS, *CODE, *DATA, *NETWORK, *SECRETS, *FILES, *HIDDEN],
)
def test_what_everybody_hears_of(text: str, kinds: list[str]) -> None:
    assert sorted(worst(text)) == sorted(kinds)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("import requests\ndef f(): requests.get('x')", (2, "network"), id="network"),
        pytest.param(
            "import torch\ndef f(): torch.load('x')", (2, "default-unpickling"), id="torch"
        ),
        pytest.param(
            "import importlib\ndef f(x): importlib.import_module(x)",
            (2, "dynamic-import"),
            id="import",
        ),
        pytest.param("A.from_config(c, trust_remote_code=True)", (1, "nested-trust"), id="trust"),
    ],
)
def test_what_the_pedantic_hear_of(text: str, expected: Row) -> None:
    assert found(text) == [expected]
    assert HAZARDS[expected[1]].persona is Persona.PEDANTIC


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("import os\nos.system('x')", 2, id="module"),
        pytest.param("import os\nclass A:\n    os.system('x')", 3, id="class"),
        pytest.param("import os\ndef f(x=os.system('x')): pass", 2, id="default"),
        pytest.param("import os\n@os.system\ndef f(): pass", 2, id="decorator"),
        pytest.param(
            "import os\nif a:\n    try: os.system('x')\n    finally: pass", 3, id="nested"
        ),
        pytest.param("import os\ndef f():\n    os.system('x')\nf()", 3, id="called"),
        pytest.param(
            "import os\ndef f():\n    os.system('x')\ndef g(): f()\ng()", 3, id="called-by-another"
        ),
        pytest.param("import os\ndef f():\n    os.system('x')\nrun(f)", 3, id="handed-on"),
        pytest.param(
            "import os\ndef f():\n    os.system('x')\nrun(key=f)", 3, id="handed-on-by-name"
        ),
        pytest.param(
            "import os\ndef f(g):\n    os.system('x')\n@f\ndef h(): pass", 3, id="decorates"
        ),
        pytest.param(
            "import os\ndef f(g):\n    os.system('x')\n@f\nclass H: pass", 3, id="decorates-a-class"
        ),
        pytest.param(
            "import os\nclass A:\n    def __init__(self):\n        os.system('x')\nA()",
            4,
            id="instance",
        ),
        pytest.param(
            "import os\nif __name__ == '__main__': pass\nelse: os.system('x')", 3, id="else-of-main"
        ),
    ],
)
def test_at_import(text: str, line: int) -> None:
    assert found(text) == [(line, "process-at-import")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("import os\ndef f():\n    os.system('x')", id="function"),
        pytest.param("import os\nf = (lambda:\n    os.system('x'))", id="lambda"),
        pytest.param(
            "import os\ndef f():\n    os.system('x')\ndef g(): f()", id="called-by-nobody"
        ),
        pytest.param("import os\nclass A:\n  def g(self): os.system('x')\nA()", id="method"),
        pytest.param(
            "import os\nclass A:\n  def __init__(self): os.system('x')\nregister(A)",
            id="registered",
        ),
        pytest.param("import os\nasync def f():\n    os.system('x')", id="async"),
        pytest.param("import os\ndef f():\n    os.system('x')\n    f()", id="calls-itself"),
    ],
)
def test_not_at_import(text: str) -> None:
    assert found(text) == [(3, "process")]


def test_what_runs_only_as_a_program_does_not_count() -> None:
    text = "import os\nif __name__ == '__main__':\n    os.system('x')\n"
    assert found(text) == []
    assert lines_that_run("x.py", text.encode()) == {1, 2}


def test_a_function_that_is_called_twice_at_import_is_told_once() -> None:
    assert found("import os\ndef f(): os.system('x')\nf()\nf()") == [(2, "process-at-import")]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param("import os\nos.system('x')", "calls os.system", id="call"),
        pytest.param("import os\nx = os.system", "refers to os.system", id="mention"),
        pytest.param(
            "import os\nx = os.environ['HF_TOKEN']", "reads the variable HF_TOKEN", id="variable"
        ),
        pytest.param("\nx = '/root/.ssh/\\x1b'", "names '/root/.ssh/\\x1b'", id="printable"),
        pytest.param(
            "\nx = '/root/.ssh/" + "y" * 300 + "'",
            "names '/root/.ssh/" + "y" * 99 + "...",
            id="long",
        ),
        pytest.param("\nopen('/etc/cron.d/x', 'w')", "open at '/etc/cron.d/x'", id="place"),
    ],
)
def test_what_stands_there(text: str, what: str) -> None:
    [one] = dangers("modeling_x.py", text)
    assert (one.line, one.what) == (2, what)


@pytest.mark.parametrize(
    ("data", "line", "kind"),
    [
        pytest.param(b"x = (", 1, "no-python", id="syntax"),
        pytest.param(b"x = 1\nprint 'x'\n", 2, "no-python", id="python-2"),
        pytest.param(b"x = 1\ny = '\0'\n", 2, "no-python", id="null"),
        pytest.param(b"x = '\xff'\n", 1, "no-python", id="bytes"),
        pytest.param(b"# coding: none\n", 1, "no-python", id="no-encoding"),
        pytest.param(b"# coding: utf-7\n+AG8-\n", 1, "hidden-text", id="utf-7"),
        pytest.param(b"# coding: unicode_escape\n", 1, "hidden-text", id="escapes"),
        pytest.param(b"# coding: rot13\n", 1, "no-python", id="no-text-encoding"),
        pytest.param(b"-" * 100_000 + b"1", 1, "no-python", id="minus"),
        pytest.param(b"x = " + b"a." * 50_000 + b"b", 1, "no-python", id="dots", marks=FOLLOWS),
        pytest.param(b"x = " + b"1 + " * 50_000 + b"1", 1, "no-python", id="sum", marks=FOLLOWS),
        pytest.param(b"[" * 100_000, 1, "no-python", id="brackets"),
    ],
)
def test_what_cannot_be_judged(data: bytes, line: int, kind: str) -> None:
    assert [(one.line, one.kind) for one in dangers_of("x.py", data)] == [(line, kind)]
    assert lines_that_run("x.py", data) == set() or kind == "hidden-text"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbfimport os\nos.system('x')", id="bom"),
        pytest.param(
            "# coding: latin-1\nos = __import__('os'); os.system('\xe9')".encode("latin-1"),
            id="latin-1",
        ),
        pytest.param(
            "import os\n\uff4f\uff53.\uff53ystem('x')".encode(), id="letters-that-look-like-others"
        ),
        pytest.param(b"import os\r\nos.system('x')\r\n", id="dos"),
        pytest.param(b"import os\nos.system('\\d')", id="warns"),
    ],
)
def test_encodings(data: bytes) -> None:
    assert "process-at-import" in {one.kind for one in dangers_of("x.py", data)}


def test_a_lone_surrogate_is_no_python() -> None:
    assert [one.kind for one in dangers("x.py", "x = '\ud800'")] == ["no-python"]


def test_of_many_the_first_of_each_kind_are_kept_in_the_order_of_lines() -> None:
    kept = found("import requests, os\n" + "requests.get('x')\n" * 100 + "os.system('x')\n")
    network = [(line, "network-at-import") for line in range(2, 2 + MOST)]
    assert kept == [*network, (102, "process-at-import")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("exec(f(x))\n" * 1000 + "def f(x):\n" + "    x = [x, x]\n" * 1000, id="sinks"),
        pytest.param(
            "".join(f"a{n} = a{n + 1} + a{n + 1}\n" for n in range(300)) + "exec(a0)", id="doubling"
        ),
        pytest.param("a = 'x' + 'y'\n" + "a = a + a\n" * 2000 + "getattr(os, a)", id="same-name"),
        pytest.param("x = " + " " * 300_000 + "1\n", id="blanks"),
        pytest.param(("x" + " " * 99) * 5000, id="gaps"),
        pytest.param("import os\n" + "o = os\n" * 2000 + "o.system('x')\n" * 500, id="bindings"),
    ],
)
def test_time_is_bounded(text: str) -> None:
    began = time.process_time()
    dangers("x.py", text)
    assert time.process_time() - began < 10.0


def test_a_text_that_is_changed_often_is_not_entangled() -> None:
    assert found("def f(x):\n" + "    x = x.replace('a', 'b')\n" * 500) == []


def test_what_is_too_entangled_is_said_to_be() -> None:
    text = "exec(f(x))\n" * 300 + "def f(x):\n" + "    x = [x, x]\n" * 300
    assert (1, "no-python") in found(text)


def test_a_name_of_too_many_things_cannot_be_followed() -> None:
    many = "".join(f"import m{number} as x\n" for number in range(64))
    assert found(f"{many}import os as x\nx.system('y')") == [(1, "no-python")]


def test_a_text_that_grows_too_long_is_not_known() -> None:
    text = "a = 'x' * 5\nb = '" + "y" * 3000 + "'\nimport os\ndef f(): getattr(os, b + b)"
    assert found(text) == [(4, "concealed-name")]


def test_every_kind_has_one_that_is_at_least_as_bad_at_import() -> None:
    order = list(HAZARDS)
    pairs = [(kind, f"{kind}{AT_IMPORT}") for kind in order if f"{kind}{AT_IMPORT}" in HAZARDS]
    assert pairs
    assert all(order.index(worse) < order.index(kind) for kind, worse in pairs)
    assert {HAZARDS[worse].persona for _kind, worse in pairs} == {Persona.REGULAR}


@pytest.mark.parametrize("name", ["hf_token", "MY_API_KEY", "DB_PASSWORD", "KUBECONFIG"])
def test_secret_variables(name: str) -> None:
    assert is_secret(name)


@pytest.mark.parametrize("name", ["TOKENIZERS_PARALLELISM", "HOME", "MAX_TOKENS", "KEYBOARD"])
def test_other_variables(name: str) -> None:
    assert not is_secret(name)


def test_a_long_text_is_no_place() -> None:
    assert not is_place_of_secrets("/.ssh/" + "x" * 500)


MODEL = '''
"""A model, as thousands are."""

import importlib.util
import logging
import math
import os
import warnings
from typing import Optional

import torch
import torch.nn as nn
from transformers import PreTrainedModel
from transformers.utils import is_flash_attn_2_available

from .configuration_x import XConfig

logger = logging.getLogger(__name__)
VOCAB = {"vocab_file": "vocab.txt"}
HAS_FLASH = importlib.util.find_spec("flash_attn") is not None

try:
    from flash_attn import flash_attn_func
except ImportError:
    flash_attn_func = None
    warnings.warn("flash_attn is not installed")

if is_flash_attn_2_available():
    _forward = getattr(torch.nn.functional, "scaled_dot_product_attention", None)

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
RANK = int(os.environ.get("LOCAL_RANK", 0))


def load_vocab(path):
    vocab = {}
    with open(path, "r", encoding="utf-8") as reader:
        for index, token in enumerate(reader.readlines()):
            vocab[token.rstrip("\\n")[::-1]] = index
    return vocab


class XModel(PreTrainedModel):
    """`trust_remote_code` is needed; see https://huggingface.co/docs."""

    config_class = XConfig

    def __init__(self, config: XConfig, *inputs, **kwargs):
        super().__init__(config)
        self.layers = nn.ModuleList([nn.Linear(2, 2) for _ in range(config.layers)])
        self.attention = getattr(self, f"_{config.attention}", None)
        self.post_init()

    @torch.no_grad()
    def forward(self, x: torch.Tensor, mask: Optional[torch.Tensor] = None):
        exec_mask = x ^ 1 if mask is None else mask
        return self.layers[0](x).flip(0)[..., ::2] * math.sqrt(2) + exec_mask

    def load(self, folder):
        path = os.path.join(folder, "pytorch_model.bin")
        state = torch.load(path, map_location="cpu", weights_only=True)
        self.load_state_dict(state)
        self.eval()
        return torch.compile(self)

    def save_vocabulary(self, folder: str, prefix: Optional[str] = None):
        file = os.path.join(folder, (prefix + "-" if prefix else "") + VOCAB["vocab_file"])
        with open(file, "w", encoding="utf-8") as writer:
            writer.write("x")
        return (file,)
'''


def test_an_ordinary_model_is_clean() -> None:
    assert found(MODEL) == []
