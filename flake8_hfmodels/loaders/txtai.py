"""What txtai loads from the Hub: embeddings, whole indexes and its pipelines."""

from __future__ import annotations

from flake8_hfmodels.loaders.advice import FOLDER
from flake8_hfmodels.loaders.row import Loader, Param

PATH = Param(("path",), 0)
REVISION = Param(("revision",))
TRUST = Param(("trust_remote_code",))

LOADERS: tuple[Loader, ...] = (
    # Either keywords or a dictionary `config` with the same keys.
    Loader(
        package="txtai",
        name="Embeddings",
        source="txtai 9.14.0 txtai/embeddings/base.py:29",
        repo_id=(Param(("path",), within="config"),),
        revision=Param(("revision",), within="vectors"),
        trust_remote_code=Param(("trust_remote_code",), within="vectors"),
        bare_owner="sentence-transformers",
    ),
    # An index from the Hub: the keywords go on to txtai/cloud/hub.py:37. Containers of other
    # providers have no slash.
    Loader(
        package="txtai",
        name="*Embeddings.load",
        source="txtai 9.14.0 txtai/embeddings/base.py:532",
        repo_id=(Param(("container",)),),
        revision=REVISION,
        reads="files",
        only_if="provider",
        names_elsewhere=True,
        never_local=True,
    ),
    # They pass nothing on to what loads the model.
    *(
        Loader(
            package="txtai",
            name=name,
            source=f"txtai 9.14.0 txtai/pipeline/{place}",
            repo_id=(PATH,),
            revision=None,
            instead=FOLDER,
            takes_object=takes_object,
            default_model=True,
            default_ids=(("", default),),
        )
        for name, default, takes_object, place in (
            ("Translation", "facebook/m2m100_418M", True, "text/translation.py:30"),
            ("TextToSpeech", "neuml/ljspeech-jets-onnx", False, "audio/texttospeech.py:43"),
        )
    ),
    # Names without a slash are models of a paid service.
    Loader(
        package="txtai",
        name="LLM",
        source="txtai 9.14.0 txtai/pipeline/llm/llm.py:25",
        repo_id=(PATH,),
        revision=REVISION,
        trust_remote_code=TRUST,
        names_elsewhere=True,
        takes_object=True,
        default_model=True,
        default_ids=(("", "ibm-granite/granite-4.0-350m"),),
    ),
    *(
        Loader(
            package="txtai",
            name=name,
            source=f"txtai 9.14.0 txtai/pipeline/{place}",
            repo_id=(PATH,),
            revision=REVISION,
            trust_remote_code=TRUST,
            takes_object=True,
            default_model=True,
            default_ids=tuple(("", one) for one in default),
        )
        for name, default, place in (
            ("Summary", ("sshleifer/distilbart-cnn-12-6",), "text/summary.py:16"),
            ("Questions", ("distilbert-base-cased-distilled-squad",), "text/questions.py:18"),
            ("Sequences", ("google-t5/t5-base",), "llm/huggingface.py:223"),
            ("Generator", (), "llm/huggingface.py:214"),
            ("LateEncoder", ("colbert-ir/colbertv2.0",), "text/lateencoder.py:21"),
            ("CrossEncoder", (), "text/crossencoder.py:18"),
            ("Similarity", (), "text/similarity.py:20"),
            ("Labels", (), "text/labels.py:13"),
            ("Entity", (), "text/entity.py:24"),
            ("TextToAudio", (), "audio/texttoaudio.py:14"),
            ("Transcription", (), "audio/transcription.py:28"),
            ("Caption", ("ydshieh/vit-gpt2-coco-en",), "image/caption.py:26"),
            ("Objects", (), "image/objects.py:21"),
        )
    ),
)
