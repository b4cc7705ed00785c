"""What libraries that quantize, convert and merge models load from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FOLDER
from flake8_hfmodels.loaders.row import Loader, Param

GPTQ_MODEL = Param(("model_id_or_path",), 0)
REVISION = Param(("revision",))
TRUST = Param(("trust_remote_code",))
DOWNLOADED_AT = Param(("revision",), within="download_kwargs")
SAFE = ("use_safetensors",)

LOADERS: tuple[Loader, ...] = (
    *(
        Loader(
            package="gptqmodel",
            name=name,
            source=source,
            repo_id=(GPTQ_MODEL,),
            revision=REVISION,
            trust_remote_code=TRUST,
        )
        for name, source in (
            ("*GPTQModel.load", "gptqmodel 7.7.0 gptqmodel/models/auto.py:685"),
            ("GPTQModel.from_pretrained", "gptqmodel 7.7.0 gptqmodel/models/auto.py:795"),
            ("*GPTQModel.from_quantized", "gptqmodel 7.7.0 gptqmodel/models/auto.py:876"),
        )
    ),
    # The configuration is read with the flag on before the caller's flag is looked at.
    Loader(
        package="auto_gptq",
        name="AutoGPTQForCausalLM.from_pretrained",
        source="auto_gptq 0.7.1 auto_gptq/modeling/auto.py:67",
        repo_id=(Param(("pretrained_model_name_or_path",), 0),),
        revision=REVISION,
        trust_remote_code=TRUST,
        trust_by_default=True,
    ),
    Loader(
        package="auto_gptq",
        name="*AutoGPTQForCausalLM.from_quantized",
        source="auto_gptq 0.7.1 auto_gptq/modeling/auto.py:85",
        repo_id=(Param(("model_name_or_path",), 0),),
        revision=REVISION,
        trust_remote_code=TRUST,
        options=SAFE,
        reader="quantized",
    ),
    # Before 0.2.9 the flag was positional, in the place that torch_dtype has now.
    *(
        Loader(
            package="awq",
            name=name,
            source=source,
            repo_id=(Param((parameter,), 0),),
            revision=DOWNLOADED_AT,
            trust_remote_code=TRUST,
            trust_by_default=True,
            options=(Param(("use_safetensors", "safetensors")),),
            reader="quantized",
        )
        for name, parameter, source in (
            (
                "AutoAWQForCausalLM.from_pretrained",
                "model_path",
                "autoawq 0.2.9 awq/models/auto.py:68",
            ),
            (
                "*AutoAWQForCausalLM.from_quantized",
                "quant_path",
                "autoawq 0.2.9 awq/models/auto.py:97",
            ),
        )
    ),
    # qmodel.pt is read with torch.load.
    *(
        Loader(
            package="hqq",
            name=name,
            source="hqq 0.2.8 hqq/models/base.py:464",
            repo_id=(Param(("save_dir_or_hub",), 0),),
            revision=None,
            instead=FOLDER,
            reader="hqq",
        )
        for name in ("*AutoHQQHFModel.from_quantized", "*HQQModelForCausalLM.from_quantized")
    ),
    Loader(
        package="ctranslate2",
        name="TransformersConverter",
        source="ctranslate2 4.8.5 ctranslate2/converters/transformers.py:75",
        repo_id=(Param(("model_name_or_path",), 0),),
        revision=Param(("revision",), 4),
        trust_remote_code=Param(("trust_remote_code",), 6),
    ),
    Loader(
        package="llmcompressor",
        name="oneshot",
        source="llmcompressor 0.14.0 llmcompressor/entrypoints/oneshot.py:316",
        repo_id=(Param(("model",), 0),),
        revision=Param(("model_revision",), 8),
        trust_remote_code=Param(("trust_remote_code_model",), 6),
        takes_object=True,
        # Names without a slash are datasets that the library knows.
        also=(
            Loader(
                package="llmcompressor",
                name="oneshot",
                source="llmcompressor 0.14.0 llmcompressor/entrypoints/oneshot.py:316",
                repo_id=(Param(("dataset",)),),
                revision=None,
                repo_type="dataset",
                reads="data",
                instead="load it with load_dataset(revision=...) and pass the dataset",
                names_elsewhere=True,
                takes_object=True,
            ),
        ),
    ),
    # "org/name@revision+org/lora@revision" in one string; what stands behind a plus is not read.
    Loader(
        package="mergekit",
        name="*ModelReference.parse",
        source="mergekit 0.1.5 mergekit/common.py:218",
        repo_id=(Param(("value",), 0),),
        revision=None,
        instead="append @<commit hash> to the id",
        at_revision=True,
    ),
    Loader(
        package="mergekit",
        name="ModelPath",
        source="mergekit 0.1.5 mergekit/common.py:61",
        repo_id=(Param(("path",)),),
        revision=REVISION,
    ),
)
