"""What the names of libraries stand for: which of them are dangerous to refer to or to call.

The names are those of the documentation of each library, as a program imports them.
"""

from __future__ import annotations

from flake8_hfmodels.regex import regex


def _in(module: str, names: str) -> tuple[str, ...]:
    return tuple(f"{module}.{name}" for name in names.split())


_REFERRED: dict[str, tuple[str, ...]] = {
    "process": (
        *_in("subprocess", "run Popen call check_call check_output getoutput getstatusoutput"),
        *_in("os", "system popen startfile fork forkpty posix_spawn posix_spawnp"),
        *_in("os", "execl execle execlp execlpe execv execve execvp execvpe"),
        *_in("os", "spawnl spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe"),
        *_in("posix", "system popen fork execv execve posix_spawn"),
        *_in("nt", "system popen startfile execv execve spawnv"),
        *_in("pty", "spawn fork"),
        *_in("asyncio", "create_subprocess_exec create_subprocess_shell"),
        *_in("asyncio.subprocess", "create_subprocess_exec create_subprocess_shell"),
        *_in("pexpect", "spawn run"),
        *_in("webbrowser", "open open_new open_new_tab get"),
        *_in("pip", "main _internal.main _internal.cli.main.main"),
        *("_posixsubprocess.fork_exec", "_winapi.CreateProcess"),
    ),
    "code-from-text": (
        *_in("builtins", "exec eval compile execfile"),
        *_in("code", "interact InteractiveInterpreter InteractiveConsole compile_command"),
        *_in("runpy", "run_path run_module"),
        "types.CodeType",
    ),
    "raw-network": (
        *_in("socket", "socket create_connection create_server getaddrinfo gethostbyname"),
        *_in("_socket", "socket getaddrinfo gethostbyname"),
        *_in("asyncio", "open_connection open_unix_connection start_server"),
        *_in("socketserver", "TCPServer UDPServer ThreadingTCPServer"),
        *_in("http.server", "HTTPServer ThreadingHTTPServer"),
        *_in("smtplib", "SMTP SMTP_SSL LMTP"),
        *_in("ftplib", "FTP FTP_TLS"),
        *_in("imaplib", "IMAP4 IMAP4_SSL"),
        *_in("poplib", "POP3 POP3_SSL"),
        *_in("paramiko", "SSHClient Transport"),
        *_in("websockets", "connect serve"),
        *_in("websocket", "create_connection WebSocketApp WebSocket"),
        *("telnetlib.Telnet", "xmlrpc.client.ServerProxy", "dns.resolver.resolve"),
    ),
    "sending": (
        *_in("requests", "post put patch delete api.post api.put"),
        *_in("httpx", "post put patch delete"),
    ),
    "network": (
        *_in("requests", "get head options request Session session api.get"),
        *_in("httpx", "get head request stream Client AsyncClient"),
        *_in("urllib.request", "urlopen urlretrieve build_opener URLopener"),
        *_in("urllib", "urlopen urlretrieve"),
        *_in("urllib3", "PoolManager HTTPConnectionPool HTTPSConnectionPool request"),
        *_in("http.client", "HTTPConnection HTTPSConnection"),
        *_in("aiohttp", "ClientSession request"),
        *_in("torch.hub", "download_url_to_file load_state_dict_from_url"),
        *("wget.download", "gdown.download", "pycurl.Curl"),
    ),
    "credentials": (
        *_in("huggingface_hub", "get_token HfFolder HfFolder.get_token"),
        *_in("huggingface_hub.utils", "get_token HfFolder HfFolder.get_token"),
        *_in("huggingface_hub.constants", "HF_TOKEN_PATH HF_STORED_TOKENS_PATH"),
        *_in("keyring", "get_password get_credential"),
        *("netrc.netrc", "getpass.getpass", "browser_cookie3.load"),
    ),
    "native-code": (
        *_in("ctypes", "CDLL PyDLL WinDLL OleDLL cdll windll oledll pydll pythonapi"),
        *_in("ctypes", "memmove memset string_at CFUNCTYPE WINFUNCTYPE"),
        *_in("_ctypes", "dlopen LoadLibrary"),
        *_in("torch.utils.cpp_extension", "load load_inline"),
        *_in("torch", "ops.load_library classes.load_library"),
        *("cffi.FFI", "numpy.ctypeslib.load_library", "pyximport.install"),
        "importlib.machinery.ExtensionFileLoader",
    ),
    "unpickling": (
        *_in("pickle", "load loads Unpickler"),
        *_in("_pickle", "load loads Unpickler"),
        *_in("cPickle", "load loads Unpickler"),
        *_in("dill", "load loads load_module load_session Unpickler"),
        *_in("cloudpickle", "load loads"),
        *_in("joblib", "load"),
        *_in("marshal", "load loads"),
        *_in("jsonpickle", "decode loads"),
        *_in("yaml", "unsafe_load unsafe_load_all"),
        *_in("pandas", "read_pickle"),
        *("shelve.open", "sklearn.externals.joblib.load"),
    ),
    "further-code": (
        *("torch.hub.load", "zipimport.zipimporter", "imp.load_source"),
        *_in("importlib.machinery", "SourceFileLoader SourcelessFileLoader"),
        *_in("importlib.util", "spec_from_file_location"),
    ),
}

DANGEROUS: dict[str, str] = {name: kind for kind, names in _REFERRED.items() for name in names}
"""Names by whose mere mention something is at hand that is of a kind."""

GUARDED = frozenset({"os", "subprocess", "builtins", "socket", "ctypes", "posix", "nt", "pty"})
"""Modules in which no honest program looks up a name that it makes up at run time."""

RUNNERS = frozenset(
    {
        *(name for name, kind in DANGEROUS.items() if kind in ("process", "code-from-text")),
        *(name for name, kind in DANGEROUS.items() if kind == "unpickling"),
        *("builtins.__import__", "importlib.import_module", "types.FunctionType"),
    }
)
"""Calls that run what they are given."""

DECODERS = frozenset(
    {
        *_in("base64", "b64decode b32decode b16decode b85decode a85decode b32hexdecode"),
        *_in("base64", "urlsafe_b64decode standard_b64decode decodebytes decodestring"),
        *_in("binascii", "unhexlify a2b_hex a2b_base64 a2b_uu a2b_qp"),
        *_in("zlib", "decompress decompressobj"),
        *_in("gzip", "decompress GzipFile"),
        *_in("bz2", "decompress BZ2Decompressor"),
        *_in("lzma", "decompress LZMADecompressor"),
        *_in("codecs", "decode getdecoder"),
        *_in("builtins", "bytes.fromhex bytearray.fromhex chr"),
        *_in("marshal", "load loads"),
        *("cryptography.fernet.Fernet", "Crypto.Cipher.AES.new", "quopri.decodestring"),
        *(name for name, kind in DANGEROUS.items() if kind == "network"),
    }
)
"""Calls whose result does not stand in the source as it is."""

WRITERS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(_in("os", "remove unlink rmdir removedirs mkdir makedirs chmod chown"), (0,)),
    **dict.fromkeys(_in("os", "truncate mkfifo mknod"), (0,)),
    **dict.fromkeys(_in("os", "rename renames replace symlink link"), (0, 1)),
    **dict.fromkeys(_in("shutil", "copy copy2 copyfile copytree unpack_archive"), (1,)),
    **dict.fromkeys(_in("shutil", "move"), (0, 1)),
    "shutil.rmtree": (0,),
    "torch.save": (1,),
    "numpy.save": (0,),
}
"""Calls that change files, and which of their arguments name them."""

OPENERS = frozenset({"builtins.open", "io.open", "codecs.open", "gzip.open", "bz2.open"})
WRITING_METHODS = frozenset(
    "write_text write_bytes unlink rmdir mkdir touch rename replace chmod symlink_to".split()
)

_SECRETS = regex(
    r"(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|API_?KEY|ACCESS_?KEY(?:_ID)?|PRIVATE_?KEY"
    r"|CREDENTIALS?)(?:_|$)|^(?:SSH_AUTH_SOCK|KUBECONFIG|NETRC|PGPASSFILE)$"
)
_PLACES = regex(
    r"(?:^|/)(?:\.ssh|\.aws|\.netrc|_netrc|\.git-credentials|\.pypirc|\.npmrc|\.kube|\.gnupg"
    r"|\.bash_history|\.zsh_history|\.docker/config\.json|\.config/gcloud|\.azure|id_rsa"
    r"|id_ed25519|wallet\.dat|stored_tokens)(?:/|$)"
    r"|(?:^|/)\.?huggingface/token$|^/etc/(?:passwd|shadow)$|^/proc/(?:self|\d+)/environ$"
)


def is_secret(variable: str) -> bool:
    """Whether an environment variable of that name holds what nobody else is to have."""
    return _SECRETS.search(variable.upper()) is not None


def is_place_of_secrets(path: str) -> bool:
    """Whether a path is one at which programs keep credentials."""
    return len(path) < 500 and _PLACES.search(path.replace("\\", "/")) is not None
