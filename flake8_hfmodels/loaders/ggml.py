"""What the bindings of llama.cpp load from the Hub: GGUF and GGML files, which are no pickles."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

FILE = "download a pinned file with hf_hub_download(revision=...) and pass its path as model_path"
TOKENIZER = "download a pinned snapshot with snapshot_download(revision=...) and load that folder"
MODEL = Param(("model_path_or_repo_id",), 0)

LOADERS: tuple[Loader, ...] = (
    # A revision would reach Llama() and fail; the first asterisk keeps other classes Llama out.
    *(
        Loader(
            package="llama_cpp",
            name=name,
            source=source,
            repo_id=(Param(("repo_id",), 0),),
            revision=None,
            reads="files",
            instead=FILE,
            never_local=True,
        )
        for name, source in (
            ("*Llama.from_pretrained", "llama_cpp_python 0.3.36 llama_cpp/llama.py:2331"),
            (
                "*ChatHandler.from_pretrained",
                "llama_cpp_python 0.3.36 llama_cpp/llama_chat_format.py:3185",
            ),
        )
    ),
    Loader(
        package="llama_cpp",
        name="LlamaHFTokenizer.from_pretrained",
        source="llama_cpp_python 0.3.36 llama_cpp/llama_tokenizer.py:109",
        repo_id=(Param(("pretrained_model_name_or_path",), 0),),
        revision=None,
        reads="config",
        instead=TOKENIZER,
    ),
    Loader(
        package="llama_cpp",
        name="ModelSettings",
        source="llama_cpp_python 0.3.36 llama_cpp/server/settings.py:17",
        repo_id=(
            Param(("hf_model_repo_id",)),
            Param(("hf_pretrained_model_name_or_path",)),
            Param(("hf_tokenizer_config_path",)),
        ),
        revision=None,
        reads="files",
        instead="download pinned files with hf_hub_download(revision=...) and pass their paths",
    ),
    Loader(
        package="ctransformers",
        name="*AutoModelForCausalLM.from_pretrained",
        source="ctransformers 0.2.27 ctransformers/hub.py:108",
        repo_id=(MODEL,),
        revision=Param(("revision",)),
        reads="files",
    ),
    Loader(
        package="ctransformers",
        name="*AutoConfig.from_pretrained",
        source="ctransformers 0.2.27 ctransformers/hub.py:31",
        repo_id=(MODEL,),
        revision=Param(("revision",), 2),
        reads="config",
    ),
)
