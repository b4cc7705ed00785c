"""What speechbrain loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

SOURCE = Param(("source",), 0)
# Before 1.1 a keyword argument of its own; a FetchConfig holds it since.
REVISION = Param(("revision",), within="fetch_config")
FOLDER = "download a pinned snapshot with snapshot_download(revision=...) and pass its folder"

LOADERS: tuple[Loader, ...] = (
    # hyperparams.yaml imports and calls what it names; the checkpoints are pickles.
    Loader(
        package="speechbrain",
        name="*.from_hparams",
        source="speechbrain 1.1.2 speechbrain/inference/interfaces.py:457",
        repo_id=(SOURCE,),
        revision=REVISION,
        runs_code="what the repo's hyperparams.yaml names",
        reader="speechbrain",
    ),
    Loader(
        package="speechbrain",
        name="foreign_class",
        source="speechbrain 1.1.2 speechbrain/inference/interfaces.py:44",
        repo_id=(SOURCE,),
        revision=REVISION,
        reads="code",
        runs_code="the repo's own Python file",
        reader="speechbrain",
    ),
    Loader(
        package="speechbrain",
        name="fetch",
        source="speechbrain 1.1.2 speechbrain/utils/fetching.py:288",
        repo_id=(Param(("source",), 1),),
        revision=REVISION,
        reads="files",
        options=(Param(("filename",), 0),),
        takes_object=True,
    ),
    # The keyword arguments go on to from_pretrained.
    *(
        Loader(
            package="speechbrain",
            name=name,
            source=f"speechbrain 1.1.2 speechbrain/integrations/huggingface/{place}",
            repo_id=(Param((parameter,), 0),),
            revision=None,
            instead=FOLDER,
            trust_remote_code=Param(("trust_remote_code",)),
        )
        for name, parameter, place in (
            ("HFTransformersInterface", "source", "huggingface.py:95"),
            ("Wav2Vec2", "source", "wav2vec2.py:78"),
            ("LLaMA", "source", "llama.py:65"),
            ("W2VBert", "source", "w2v_bert.py:73"),
            ("TextEncoder", "source", "textencoder.py:54"),
            ("WeightedSSLModel", "hub", "weighted_ssl.py:57"),
        )
    ),
    # They pass no keyword arguments on.
    *(
        Loader(
            package="speechbrain",
            name=name,
            source=f"speechbrain 1.1.2 speechbrain/integrations/huggingface/{place}",
            repo_id=(SOURCE,),
            revision=None,
            instead=FOLDER,
        )
        for name, place in (
            ("Wav2Vec2Pretrain", "wav2vec2.py:238"),
            ("WavLM", "wavlm.py:70"),
            ("HuBERT", "hubert.py:70"),
            ("MERT", "mert.py:69"),
            ("Whisper", "whisper.py:118"),
            ("GPT", "gpt.py:66"),
            ("NLLB", "nllb.py:59"),
            ("mBART", "mbart.py:60"),
            ("LaBSE", "labse.py:57"),
            ("Encodec", "encodec.py:84"),
            ("Mimi", "mimi.py:70"),
        )
    ),
    Loader(
        package="speechbrain",
        name="Vocos",
        source="speechbrain 1.1.2 speechbrain/integrations/huggingface/vocos.py:79",
        repo_id=(SOURCE,),
        revision=Param(("revision",), 2),
    ),
    # The k-means files that are unpickled come from a repo of speechbrain's.
    Loader(
        package="speechbrain",
        name="*.load_kmeans",
        source="speechbrain 1.1.2 speechbrain/integrations/audio_tokenizers/discrete_ssl.py:161",
        repo_id=(Param(("repo_id",), 0),),
        revision=None,
        instead=FOLDER,
        reader="k-means",
    ),
    Loader(
        package="speechbrain",
        name="DiscreteSSL",
        source="speechbrain 1.1.2 speechbrain/integrations/audio_tokenizers/discrete_ssl.py:98",
        repo_id=(Param(("vocoder_repo_id",), 3),),
        revision=None,
        instead=FOLDER,
        runs_code="what the vocoder's hyperparams.yaml names",
        default_model=True,
        default_ids=(("", "speechbrain/hifigan-wavlm-k1000-LibriTTS"),),
        reader="speechbrain",
    ),
)
