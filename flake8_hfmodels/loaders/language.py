"""What libraries for single tasks of language processing load from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FOLDER
from flake8_hfmodels.loaders.row import Loader, Param

REVISION = Param(("revision",))
IN_PRETRAINED = Param(("revision",), within="from_pretrained_kwargs")
SEGMENTED = Param(("model_name_or_model",), 0)

LOADERS: tuple[Loader, ...] = (
    Loader(
        package="wtpsplit",
        name="SaT",
        source="wtpsplit 2.2.2 wtpsplit/__init__.py:644",
        repo_id=(SEGMENTED,),
        revision=IN_PRETRAINED,
        bare_owner="segment-any-text",
        takes_object=True,
        also=(
            Loader(
                package="wtpsplit",
                name="SaT",
                source="wtpsplit 2.2.2 wtpsplit/__init__.py:644",
                repo_id=(Param(("tokenizer_name_or_path",), 1),),
                revision=None,
                reads="config",
                instead=FOLDER,
            ),
        ),
    ),
    Loader(
        package="wtpsplit",
        name="WtP",
        source="wtpsplit 2.2.2 wtpsplit/__init__.py:122",
        repo_id=(SEGMENTED,),
        revision=IN_PRETRAINED,
        bare_owner="benjamin",
        takes_object=True,
    ),
    # The dictionary pins the configuration; weights come from the default branch in any case.
    Loader(
        package="spacy_transformers",
        name="TransformerModel",
        source="spacy_transformers 1.4.0 spacy_transformers/layers/transformer_model.py:25",
        repo_id=(Param(("name",), 0),),
        revision=Param(("revision",), within="transformer_config"),
        trust_remote_code=Param(("trust_remote_code",), within="transformer_config"),
    ),
    Loader(
        package="spacy_curated_transformers",
        name="build_hf_transformer_encoder_loader_v1",
        source="spacy_curated_transformers 2.1.2 spacy_curated_transformers/models/hf_loader.py:9",
        repo_id=(Param(("name",)),),
        revision=REVISION,
    ),
    Loader(
        package="curated_transformers",
        name="*.from_hf_hub",
        source="curated_transformers 2.0.1 curated_transformers/models/auto_model.py:120",
        repo_id=(Param(("name",)),),
        revision=REVISION,
        never_local=True,
    ),
    Loader(
        package="pysentimiento",
        name="create_analyzer",
        source="pysentimiento 0.7.3 pysentimiento/analyzer.py:585",
        repo_id=(Param(("model_name",), 2),),
        revision=None,
        instead=FOLDER,
        default_model=True,
    ),
    Loader(
        package="mistral_common",
        name="*MistralTokenizer.from_hf_hub",
        source="mistral_common 1.13.1 mistral_common/tokens/tokenizers/mistral.py:287",
        repo_id=(Param(("repo_id",), 0),),
        revision=Param(("revision",), 2),
        reads="config",
        never_local=True,
    ),
    *(
        Loader(
            package="fastcoref",
            name=name,
            source=f"fastcoref 2.1.6 fastcoref/modeling.py:{line}",
            repo_id=(Param(("model_name_or_path",), 0),),
            revision=None,
            instead=FOLDER,
            default_model=True,
            default_ids=(("", default),),
        )
        for name, default, line in (
            ("FCoref", "biu-nlp/f-coref", 279),
            ("LingMessCoref", "biu-nlp/lingmess-coref", 284),
        )
    ),
)
