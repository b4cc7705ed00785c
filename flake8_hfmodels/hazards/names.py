"""What the names of libraries stand for: which of them are dangerous to refer to or to call.

The names are those of the documentation of each library, as a program imports them. What a call
returns is named by `()` behind the name of what is called.
"""

from __future__ import annotations

from collections.abc import Mapping

ANY = "*"
"""A module of which nobody knows which it is."""


def names_in(module: str, names: str) -> tuple[str, ...]:
    """The full names of some names of a module."""
    return tuple(f"{module}.{name}" for name in names.split())


# https://docs.python.org/3/library/asyncio-eventloop.html
_LOOPS = tuple(
    f"asyncio.{name}()" for name in "get_event_loop get_running_loop new_event_loop".split()
)


_CLIENTS = (
    *names_in("requests", "Session session sessions.Session"),
    *names_in("httpx", "Client AsyncClient"),
    *names_in("httpx2", "Client AsyncClient"),
    "aiohttp.ClientSession",
)
_DYNAMIC = "get_class_from_dynamic_module get_class_in_module"
_UPLOADS = "upload_file upload_folder upload_large_folder create_commit"

_REFERRED: dict[str, tuple[str, ...]] = {
    "process": (
        *names_in("subprocess", "run Popen call check_call check_output getoutput getstatusoutput"),
        *names_in("os", "system popen startfile fork forkpty posix_spawn posix_spawnp"),
        *names_in("os", "execl execle execlp execlpe execv execve execvp execvpe"),
        *names_in("os", "spawnl spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe"),
        *names_in("posix", "system popen fork execv execve posix_spawn"),
        *names_in("nt", "system popen startfile execv execve spawnv"),
        *names_in("pty", "spawn fork"),
        *names_in("asyncio", "create_subprocess_exec create_subprocess_shell"),
        *names_in("asyncio.subprocess", "create_subprocess_exec create_subprocess_shell"),
        *names_in("pexpect", "spawn run"),
        *names_in("webbrowser", "open open_new open_new_tab get"),
        *names_in("pip", "main _internal.main _internal.cli.main.main"),
        *("_posixsubprocess.fork_exec", "_winapi.CreateProcess"),
        *(name for loop in _LOOPS for name in names_in(loop, "subprocess_exec subprocess_shell")),
        *names_in("multiprocessing", "set_executable util.spawnv_passfds"),
        *names_in("posix", "execv execve fork forkpty posix_spawnp"),
        # https://github.com/pypa/distutils/blob/main/distutils/spawn.py
        *("distutils.spawn.spawn", "setuptools._distutils.spawn.spawn", "platform.popen"),
        *("numpy.distutils.exec_command.exec_command", "setuptools.command.easy_install.main"),
        # https://github.com/pytorch/pytorch/blob/main/torch/utils/collect_env.py
        *names_in("torch.utils.collect_env", "run run_and_read_all"),
        # https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/utils/_subprocess.py
        *names_in("huggingface_hub.utils", "run_subprocess run_interactive_subprocess"),
        # https://plumbum.readthedocs.io, https://docs.pyinvoke.org, https://sh.readthedocs.io
        *names_in("plumbum", "local SshMachine"),
        *names_in("invoke", "run Context"),
        *names_in("sh", "bash sh curl wget Command"),
        *("fabric.Connection", "IPython.utils.process.system"),
        *names_in(
            "IPython.get_ipython()", "system getoutput run_cell run_line_magic run_cell_magic"
        ),
        # Of a module that is not known, the names that no harmless one has.
        *names_in(
            ANY, "system popen Popen check_output check_call getoutput getstatusoutput spawnv execv"
        ),
    ),
    "code-from-text": (
        *names_in("builtins", "exec eval compile execfile"),
        *names_in("code", "interact InteractiveInterpreter InteractiveConsole compile_command"),
        *names_in("runpy", "run_path run_module"),
        "types.CodeType",
        *names_in("codeop", "compile_command Compile CommandCompiler"),
        # https://docs.python.org/3/library/debug.html
        *names_in("timeit", "timeit repeat Timer"),
        *names_in("cProfile", "run runctx Profile().run Profile().runctx"),
        *names_in("profile", "run runctx Profile().run Profile().runctx"),
        *names_in("pdb", "run runeval runcall Pdb().run"),
        *("bdb.Bdb().run", "trace.Trace().run", "trace.Trace().runctx"),
        # https://github.com/pytorch/pytorch/blob/main/torch/fx/graph_module.py
        "torch.fx.graph_module._exec_with_source",
        *names_in(ANY, "exec eval"),
    ),
    "raw-network": (
        *names_in("socket", "socket create_connection create_server getaddrinfo gethostbyname"),
        *names_in("socket", "gethostbyname_ex gethostbyaddr SocketType"),
        *names_in("_socket", "socket getaddrinfo gethostbyname"),
        *names_in("asyncio", "open_connection open_unix_connection start_server"),
        *names_in("socketserver", "TCPServer UDPServer ThreadingTCPServer"),
        *names_in("http.server", "HTTPServer ThreadingHTTPServer"),
        *names_in("smtplib", "SMTP SMTP_SSL LMTP"),
        *names_in("ftplib", "FTP FTP_TLS"),
        *names_in("imaplib", "IMAP4 IMAP4_SSL"),
        *names_in("poplib", "POP3 POP3_SSL"),
        *names_in("paramiko", "SSHClient Transport"),
        *names_in("websockets", "connect serve client.connect sync.client.connect server.serve"),
        *(name for loop in _LOOPS for name in names_in(loop, "create_connection create_server")),
        *(
            name
            for loop in _LOOPS
            for name in names_in(loop, "create_datagram_endpoint sock_connect")
        ),
        # https://docs.python.org/3/library/multiprocessing.html, logging.handlers.html
        *names_in("multiprocessing.connection", "Client Listener"),
        *names_in("multiprocessing.managers", "BaseManager"),
        *names_in("logging.handlers", "SocketHandler DatagramHandler SMTPHandler"),
        *("logging.config.listen", "zmq.Context", "zmq.asyncio.Context"),
        *names_in("websocket", "create_connection WebSocketApp WebSocket"),
        *("telnetlib.Telnet", "xmlrpc.client.ServerProxy", "dns.resolver.resolve"),
    ),
    "sending": (
        *names_in("requests", "post put patch delete api.post api.put"),
        *names_in("httpx", "post put patch delete"),
        *(name for client in _CLIENTS for name in names_in(f"{client}()", "post put patch delete")),
        *names_in("logging.handlers", "HTTPHandler"),
        # https://huggingface.co/docs/huggingface_hub/package_reference/hf_api
        *names_in("huggingface_hub", _UPLOADS),
        *names_in("huggingface_hub.HfApi()", _UPLOADS),
        # https://docs.aws.amazon.com/boto3/latest/reference/services/s3.html
        *names_in("boto3.client()", "put_object upload_file upload_fileobj"),
        *("discord_webhook.DiscordWebhook", "telebot.TeleBot", "telegram.Bot"),
    ),
    "network": (
        *names_in("requests", "get head options request Session session api.get"),
        *names_in("httpx", "get head request stream Client AsyncClient"),
        *names_in("httpx2", "get head request stream Client AsyncClient"),
        *names_in("urllib.request", "urlopen urlretrieve build_opener URLopener"),
        *names_in("urllib", "urlopen urlretrieve"),
        *names_in("urllib3", "PoolManager HTTPConnectionPool HTTPSConnectionPool request"),
        *names_in("http.client", "HTTPConnection HTTPSConnection"),
        *names_in("aiohttp", "ClientSession request"),
        *names_in("torch.hub", "download_url_to_file load_state_dict_from_url"),
        *("wget.download", "gdown.download", "pycurl.Curl"),
    ),
    "credentials": (
        *names_in("huggingface_hub", "get_token HfFolder HfFolder.get_token"),
        *names_in("huggingface_hub.utils", "get_token HfFolder HfFolder.get_token"),
        *names_in("huggingface_hub.constants", "HF_TOKEN_PATH HF_STORED_TOKENS_PATH"),
        *names_in("keyring", "get_password get_credential"),
        *("netrc.netrc", "getpass.getpass", "browser_cookie3.load"),
        # https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/utils/_auth.py
        *names_in("huggingface_hub", "whoami _login.get_token HfApi().whoami"),
        *names_in("huggingface_hub.utils", "get_stored_tokens get_token_to_send build_hf_headers"),
        *names_in("huggingface_hub.utils._auth", "get_token get_stored_tokens"),
        *("win32crypt.CryptUnprotectData", "pynput.keyboard.Listener"),
    ),
    "patching": (
        # https://docs.python.org/3/library/sys.html
        *names_in("sys", "settrace setprofile addaudithook meta_path path_hooks"),
        *names_in("threading", "settrace setprofile settrace_all_threads setprofile_all_threads"),
        *("gc.callbacks", "site.addsitedir"),
    ),
    "write-outside": (
        # https://docs.python.org/3/library/winreg.html
        *names_in("winreg", "SetValue SetValueEx CreateKey CreateKeyEx"),
        "crontab.CronTab",
    ),
    "native-code": (
        *names_in("ctypes", "CDLL PyDLL WinDLL OleDLL cdll windll oledll pydll pythonapi"),
        *names_in("ctypes", "memmove memset string_at CFUNCTYPE WINFUNCTYPE"),
        *names_in("_ctypes", "dlopen LoadLibrary"),
        *names_in("torch.utils.cpp_extension", "load load_inline"),
        *names_in("torch", "ops.load_library classes.load_library"),
        *("cffi.FFI", "numpy.ctypeslib.load_library", "pyximport.install"),
        "importlib.machinery.ExtensionFileLoader",
        *("ctypes.LibraryLoader", "_imp.create_dynamic", "mmap.PROT_EXEC"),
        # https://www.tensorflow.org/api_docs/python/tf/load_op_library
        *names_in("tensorflow", "load_op_library load_library"),
        # https://docs.python.org/3/library/sqlite3.html
        "sqlite3.connect().load_extension",
    ),
    "unpickling": (
        *names_in("pickle", "load loads Unpickler"),
        *names_in("_pickle", "load loads Unpickler"),
        *names_in("cPickle", "load loads Unpickler"),
        *names_in("dill", "load loads load_module load_session Unpickler"),
        *names_in("cloudpickle", "load loads"),
        *names_in("joblib", "load"),
        *names_in("marshal", "load loads"),
        *names_in("jsonpickle", "decode loads"),
        *names_in("yaml", "unsafe_load unsafe_load_all"),
        *names_in("pandas", "read_pickle"),
        *("shelve.open", "sklearn.externals.joblib.load"),
        # https://pytorch.org/docs/stable/package.html
        *("torch.package.PackageImporter", "multiprocessing.reduction.ForkingPickler.loads"),
        # https://keras.io/api/utils/config_utils/
        *names_in("keras", "config.enable_unsafe_deserialization"),
        *names_in("tensorflow.keras", "config.enable_unsafe_deserialization"),
    ),
    "further-code": (
        *("torch.hub.load", "zipimport.zipimporter", "imp.load_source"),
        *names_in("importlib.machinery", "SourceFileLoader SourcelessFileLoader"),
        *names_in("importlib.util", "spec_from_file_location spec_from_loader"),
        *names_in("importlib.abc", "SourceLoader InspectLoader ExecutionLoader FileLoader"),
        # https://github.com/huggingface/transformers/blob/main/src/transformers/dynamic_module_utils.py
        *names_in("transformers.dynamic_module_utils", _DYNAMIC),
        # https://github.com/huggingface/diffusers/blob/main/src/diffusers/utils/dynamic_modules_utils.py
        *names_in("diffusers.utils.dynamic_modules_utils", _DYNAMIC),
        # https://huggingface.co/docs/kernels
        *names_in("kernels", "get_kernel get_local_kernel"),
    ),
}

DANGEROUS: dict[str, str] = {name: kind for kind, names in _REFERRED.items() for name in names}
"""Names by whose mere mention something is at hand that is of a kind."""

CALLED: dict[str, str] = {
    # https://docs.python.org/3/library/types.html
    **dict.fromkeys(names_in("types", "FunctionType LambdaType"), "code-from-text"),
    # https://pandas.pydata.org/docs/reference/api/pandas.eval.html
    "pandas.eval": "code-from-text",
    # https://docs.sympy.org/latest/modules/core.html#sympy.core.sympify.sympify
    **dict.fromkeys(names_in("sympy", "sympify parse_expr S"), "code-from-text"),
}
"""Names that are harmless until they are called."""

GUARDED = frozenset({"os", "subprocess", "builtins", "socket", "ctypes", "posix", "nt", "pty"})
"""Modules in which no honest program looks up a name that it makes up at run time."""

SMUGGLED = GUARDED | {"sys", "importlib", "pickle", "marshal", "runpy"}
"""Modules that are the same wherever they are had from: `torch.os` is `os`."""

IMPORTERS = frozenset(
    {
        *names_in("importlib", "import_module __import__ _bootstrap._gcd_import"),
        *("builtins.__import__", "pkgutil.resolve_name", "pydoc.locate"),
        # https://werkzeug.palletsprojects.com/en/stable/utils/, https://hydra.cc/docs/advanced/instantiate_objects/overview/
        *("werkzeug.utils.import_string", "hydra.utils.get_method", "hydra.utils.get_class"),
        *names_in("importlib.machinery", "BuiltinImporter.load_module"),
        "importlib.util.find_spec().loader.load_module",
        *("builtins.__loader__.load_module", "builtins.__spec__.loader.load_module"),
    }
)
"""Calls that return what is named by their first argument."""

# https://docs.python.org/3/reference/datamodel.html
ATTRIBUTE_GETTERS = frozenset(
    {
        *names_in("builtins", "getattr object.__getattribute__ type.__getattribute__"),
        *("inspect.getattr_static",),
    }
)
"""Calls that look a name up in their first argument."""

ITEM_GETTERS = frozenset({"get", "__getitem__", "pop", "setdefault"})
"""Methods that look a name up in a table."""

INNER = frozenset({"__globals__", "__builtins__", "f_globals", "f_builtins", "func_globals"})
"""Attributes by which everything can be had that a module knows."""

ANCESTORS = frozenset({"__base__", "__bases__", "__mro__", "mro"})
"""Attributes by which all classes can be had, where `__subclasses__` follows."""

HANDED = GUARDED | {"builtins.__import__"}
"""What no honest program hands to others, to call something of it."""

HARMLESS_TAKERS = frozenset(
    {
        *names_in(
            "builtins", "getattr hasattr vars dir isinstance id type repr str print help bool"
        ),
        *ATTRIBUTE_GETTERS,
        *("importlib.reload", "inspect.getfile", "inspect.getsource", "inspect.ismodule"),
        "unittest.mock.patch.object",
    }
)
"""Calls that do nothing with a module that is not judged elsewhere."""

RUNNERS = frozenset(
    {
        *(name for name, kind in DANGEROUS.items() if kind in ("process", "code-from-text")),
        *(name for name, kind in DANGEROUS.items() if kind == "unpickling"),
        *IMPORTERS,
        "types.FunctionType",
    }
)
"""Calls that run what they are given."""

DECODERS = frozenset(
    {
        *names_in("base64", "b64decode b32decode b16decode b85decode a85decode b32hexdecode"),
        *names_in("base64", "urlsafe_b64decode standard_b64decode decodebytes decodestring"),
        *names_in("binascii", "unhexlify a2b_hex a2b_base64 a2b_uu a2b_qp"),
        *names_in("zlib", "decompress decompressobj"),
        *names_in("gzip", "decompress GzipFile"),
        *names_in("bz2", "decompress BZ2Decompressor"),
        *names_in("lzma", "decompress LZMADecompressor"),
        *names_in("codecs", "decode encode getdecoder"),
        *names_in("builtins", "bytes.fromhex bytearray.fromhex chr"),
        *names_in("marshal", "load loads"),
        *("cryptography.fernet.Fernet", "Crypto.Cipher.AES.new", "quopri.decodestring"),
        # https://huggingface.co/docs/huggingface_hub/package_reference/file_download
        *names_in("huggingface_hub", "hf_hub_download snapshot_download"),
        *(name for name, kind in DANGEROUS.items() if kind == "network"),
    }
)
"""Calls whose result does not stand in the source as it is."""

DECODING_METHODS = frozenset({"translate", "to_bytes"})
"""Methods of texts and numbers that make a text which does not stand in the source."""

# https://requests.readthedocs.io/en/latest/api/, https://urllib3.readthedocs.io, https://www.python-httpx.org/api/
REQUESTS: dict[str, int] = {
    **dict.fromkeys(
        (
            *names_in("requests", "request api.request"),
            *names_in("httpx", "request stream"),
            *names_in("urllib3", "request PoolManager().request"),
            *names_in("http.client", "HTTPConnection().request HTTPSConnection().request"),
            *(f"{client}().request" for client in _CLIENTS),
        ),
        0,
    ),
    "urllib.request.Request": 5,
}
"""Calls that are told a verb of HTTP, and which of their arguments it is."""

SENDING_VERBS = frozenset({"POST", "PUT", "PATCH", "DELETE"})

SAFE_LOADERS = frozenset(
    {"yaml.SafeLoader", "yaml.CSafeLoader", "yaml.BaseLoader", "yaml.loader.SafeLoader"}
)

REPLACED: Mapping[str, frozenset[str]] = {
    "builtins": frozenset(),
    # https://docs.python.org/3/library/sys.html
    "sys": frozenset({"excepthook", "modules", "meta_path", "path_hooks"}),
}
"""Modules, and those of their names that no model replaces; none: all of them."""
