"""What frameworks for prompts and agents load from the Hub to run beside them."""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FOLDER
from flake8_hfmodels.loaders.row import Loader, Param

LOADERS: tuple[Loader, ...] = (
    # Streaming loads the tokenizer again, from the default branch.
    Loader(
        package="semantic_kernel",
        name="HuggingFaceTextCompletion",
        source="semantic_kernel 1.45.0"
        " semantic_kernel/connectors/ai/hugging_face/services/hf_text_completion.py:151",
        repo_id=(Param(("ai_model_id",), 0),),
        revision=Param(("revision",), within="model_kwargs"),
        trust_remote_code=Param(("trust_remote_code",), within="model_kwargs"),
    ),
    Loader(
        package="semantic_kernel",
        name="HuggingFaceTextEmbedding",
        source="semantic_kernel 1.45.0"
        " semantic_kernel/connectors/ai/hugging_face/services/hf_text_embedding.py:35",
        repo_id=(Param(("ai_model_id",), 0),),
        revision=None,
        instead=FOLDER,
        bare_owner="sentence-transformers",
    ),
    Loader(
        package="litellm",
        name="create_pretrained_tokenizer",
        source="litellm 1.109.1 litellm/utils.py:3022",
        repo_id=(Param(("identifier",), 0),),
        revision=Param(("revision",), 1),
        reads="config",
        never_local=True,
    ),
    Loader(
        package="llmlingua",
        name="PromptCompressor",
        source="llmlingua 0.2.2 llmlingua/prompt_compressor.py:71",
        repo_id=(Param(("model_name",), 0),),
        revision=Param(("revision",), within="model_config"),
        trust_remote_code=Param(("trust_remote_code",), within="model_config"),
        trust_by_default=True,
        default_model=True,
        default_ids=(("", "NousResearch/Llama-2-7b-hf"),),
    ),
    Loader(
        package="guidance",
        name="Transformers",
        source="guidance 0.3.1 guidance/models/_transformers.py:582",
        repo_id=(Param(("model",), 0),),
        revision=Param(("revision",)),
        trust_remote_code=Param(("trust_remote_code",)),
        takes_object=True,
    ),
)
