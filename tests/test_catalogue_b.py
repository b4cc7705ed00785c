"""The rows of the smaller libraries say what the catalogue says, and read what people write."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from flake8_hfmodels.loaders import named
from flake8_hfmodels.loaders.row import Loader, Param
from tests.reading import SHA, Seen, plain, read, references

CATALOGUE = Path(__file__).parents[2] / "shared" / "loaders" / "catalogue.csv"

# The catalogue's packages that other modules hold, by their distributions.
OTHERS = frozenset(
    """
    huggingface_hub transformers diffusers datasets evaluate sentence_transformers peft vllm timm
    tokenizers accelerate trl unsloth setfit span_marker gliner gliner2 flair speechbrain
    nemo_toolkit pyannote_audio kernels smolagents lerobot adapters open_clip_torch faster_whisper
    whisperx torch keras keras_hub tensorflow tensorflow_datasets pandas polars dask fsspec duckdb
    webdataset mosaicml-streaming optimum optimum-onnx optimum-intel optimum-executorch
    optimum-quanto optimum-habana
    """.split()
) | {"optimum-onnx (optimum[onnxruntime])"}

# A name for each pattern of the catalogue whose last part is one.
PLAUSIBLE = {
    "haystack_integrations.components.routers.transformers.Transformers*": "TextRouter",
    "haystack_integrations.components.classifiers.transformers.Transformers*": (
        "ZeroShotDocumentClassifier"
    ),
    "haystack_integrations.components.extractors.transformers.Transformers*": (
        "NamedEntityExtractor"
    ),
    "haystack_integrations.components.embedders.fastembed.Fastembed*": "TextEmbedder",
    "haystack_integrations.components.rankers.fastembed.Fastembed*": "Ranker",
    "haystack_integrations.components.embedders.optimum.Optimum*Embedder": "Text",
    "haystack.components.embedders.SentenceTransformers*Embedder": "Text",
    "txtai.pipeline.*": "Summary",
    "torchtune.datasets.*Dataset": "SFT",
    "torchtune.datasets.*_dataset": "chat",
    "FlagEmbedding.*Reranker": "Flag",
    "surya.*Predictor": "Detection",
    "espnet_model_zoo.downloader.ModelDownloader.*": "download_and_unpack",
    "garak.generators.huggingface.*": "Pipeline",
    "lancedb.embeddings.get_registry.get.create": "",
}

NO_ID = "takes no id of a repo: the library's code says which"
NICKNAMES = "takes only names of the library's own, of which it makes the repo's"
LOCAL = "takes a file or an object, never a repo"
NESTED = "the id stands too deep in the configuration that the call is given"

EXCEPTIONS = {
    "lmdeploy.TurbomindEngineConfig": "holds the pin of lmdeploy.pipeline, and no id",
    "lmdeploy.PytorchEngineConfig": "holds the pin of lmdeploy.pipeline, and no id",
    "fastai.learner.load_learner": LOCAL,
    "langchain_community.llms.LlamaCpp": LOCAL,
    "langchain_community.llms.GPT4All": LOCAL,
    "lightning.LightningModule.load_from_checkpoint": LOCAL + " (addresses are found as such)",
    "pytorch_lightning.LightningModule.load_from_checkpoint": LOCAL,
    "ray.data.from_huggingface": LOCAL,
    "llama_index.core.Settings.embed_model=": "is no call",
    "llama_index.readers.huggingface_fs.HuggingFaceFSReader.load_data": (
        "takes a path within a repo, with the revision in its middle"
    ),
    "autogluon.multimodal.MultiModalPredictor.fit[hyperparameters=]": NESTED,
    "autogluon.timeseries.TimeSeriesPredictor.fit[hyperparameters=]": NESTED,
    "mem0.embeddings.huggingface.HuggingFaceEmbedding": NESTED,
    "mem0.Memory.from_config": NESTED,
    "presidio_analyzer.nlp_engine.TransformersNlpEngine": NESTED,
    "mlflow.pyfunc.log_model[artifacts=]": NESTED,
    "mlflow.pyfunc.save_model[artifacts=]": NESTED,
    "mlflow.transformers.load_model": "loads what an earlier run recorded, with its commit",
    "mlflow.transformers.log_model": "records the commit of a model in memory",
    "detoxify.Detoxify": NICKNAMES,
    "stanza.download": NICKNAMES,
    "stanza.Pipeline": NICKNAMES,
    "unstructured_inference.models.base.get_model": NICKNAMES,
    "unstructured.partition.pdf.partition_pdf": NICKNAMES,
    "unstructured.partition.image.partition_image": NICKNAMES,
    "unstructured.partition.auto.partition": NICKNAMES,
    "unstructured.cleaners.translate.translate_text": NO_ID,
    "llm_guard.input_scanners.*": "takes an llm_guard.model.Model, which is a row",
    "llm_guard.output_scanners.*": "takes an llm_guard.model.Model, which is a row",
    "nemoguardrails.library.jailbreak_detection.*": NO_ID,
    "ragas.metrics.FaithfulnesswithHHEM": NO_ID,
    "docling.document_converter.DocumentConverter": NO_ID,
    "docling.utils.model_downloader.download_models": NO_ID,
    "spacy_llm.models.hf.*": "is named in a configuration file, not called",
}

ONE_LINE = "the catalogue has one line for several calls"
PASSED_ON = "the catalogue read what the call hands its argument to"

# Repo parameter and position where the row differs from the catalogue, and why.
CORRECTED: dict[str, tuple[str, int | None, str]] = {
    "haystack_integrations.components.routers.transformers.Transformers*": ("model", 0, ONE_LINE),
    "haystack_integrations.components.classifiers.transformers.Transformers*": (
        "model",
        0,
        ONE_LINE,
    ),
    "haystack_integrations.components.extractors.transformers.Transformers*": (
        "model",
        None,
        ONE_LINE,
    ),
    "haystack_integrations.components.rankers.fastembed.Fastembed*": ("model_name", 0, ONE_LINE),
    "haystack_integrations.components.rankers.sentence_transformers"
    ".SentenceTransformersDiversityRanker": ("model", None, ONE_LINE),
    "langchain_community.document_loaders.ImageCaptionLoader": ("blip_model", 2, ONE_LINE),
    "txtai.Embeddings.load": ("container", None, "the catalogue says: config container"),
    "txtai.LLM": ("path", 0, "the catalogue read HFPipeline, whose first is the task"),
    "txtai.pipeline.*": ("path", 0, "the catalogue read HFPipeline, whose first is the task"),
    "colbert.Indexer": ("checkpoint", 0, ONE_LINE),
    "colbert.Searcher": ("checkpoint", 1, ONE_LINE),
    "bert_score.BERTScorer": ("model_type", 0, ONE_LINE),
    "kokoro.KPipeline": ("repo_id", 1, ONE_LINE),
    "monai.bundle.load": ("repo", 8, ONE_LINE),
    "mergekit.common.ModelReference.parse": ("value", 0, ONE_LINE),
    "espnet2.bin.*.from_pretrained": ("model_tag", 0, ONE_LINE),
    "transformer_lens.model_bridge.TransformerBridge.boot_transformers": (
        "model_name",
        0,
        ONE_LINE,
    ),
    "docling.document_converter.DocumentConverter": ("repo_id", 0, ONE_LINE),
    "docling.chunking.HybridChunker": ("tokenizer", None, ONE_LINE),
    "gradio.Blocks[theme=]": ("theme", None, ONE_LINE),
    "lm_eval.simple_evaluate": ("pretrained", None, "in the dictionary model_args"),
    "inspect_ai.model.get_model": ("model", 0, PASSED_ON),
    "inspect_ai.eval[model=]": ("model", 1, PASSED_ON),
    "inspect_ai.eval": ("model", 1, "the dataset of a task is a further repo of that row"),
}

# Where the revision stands, if that is not where the catalogue says.
MOVED = {"monai.bundle.load": (2, ONE_LINE)}

# Revision parameter, the dictionary that holds it, and why the row differs from the catalogue.
PINNED: dict[str, tuple[str | None, str | None, str]] = {
    "langchain_huggingface.ChatHuggingFace": (None, None, "the tokenizer takes none"),
    "langchain_community.llms.CTransformers": ("revision", "config", "said in other words"),
    "langchain_community.cross_encoders.HuggingFaceCrossEncoder": (
        "revision",
        "model_kwargs",
        "said in other words",
    ),
    "haystack_integrations.components.extractors.transformers.Transformers*": (
        "revision",
        "pipeline_kwargs",
        ONE_LINE,
    ),
    "haystack_integrations.components.rankers.sentence_transformers"
    ".SentenceTransformersSimilarityRanker": ("revision", "model_kwargs", "said in other words"),
    "haystack_integrations.components.rankers.sentence_transformers"
    ".SentenceTransformersDiversityRanker": ("revision", "model_kwargs", "said in other words"),
    "gradio.themes.*.from_hub": (None, None, "a version behind an @"),
    "gradio.Blocks[theme=]": (None, None, "a version behind an @"),
    "docling.chunking.HybridChunker": (None, None, ONE_LINE),
    "lmdeploy.pipeline": ("revision", "backend_config", "in an object"),
    "lm_eval.simple_evaluate": ("revision", "model_args", "in the dictionary of the id"),
    "lm_eval.models.sglang_causallms.SGLangLM": ("revision", None, "the notes say **kwargs"),
    "inspect_ai.model.get_model": ("revision", None, "model_args are **kwargs here"),
    "inspect_ai.eval[model=]": ("revision", "model_args", PASSED_ON),
    "inspect_ai.eval": ("revision", "model_args", "the pin of a task stands in its name"),
    "spacy_transformers.TransformerModel": (
        "revision",
        "transformer_config",
        "said in other words",
    ),
    "mergekit.common.ModelReference.parse": (None, None, "behind an @"),
}


class Line(NamedTuple):
    """What one line of the catalogue says of one of its names."""

    name: str
    param: str
    position: int | None
    revision: str
    revision_position: int | None


def catalogue() -> Iterator[Line]:
    if not CATALOGUE.exists():
        return
    with CATALOGUE.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            if line["package"] not in OTHERS:
                param = re.sub(r"\W.*", "", line["repo_param"].lstrip("("))
                places = (number(line["repo_pos"]), number(line["revision_pos"]))
                for name in line["qualified_name"].split(" | "):
                    yield Line(name, param, places[0], line["revision_param"], places[1])


def number(text: str) -> int | None:
    return int(text) if text else None


def newest() -> list[Line]:
    """The first line of each name: a later one is of an older version."""
    lines: dict[str, Line] = {}
    for line in catalogue():
        lines.setdefault(line.name, line)
    return [line for line in lines.values() if line.name not in EXCEPTIONS]


def plausible(name: str) -> str:
    plain = re.sub(r"\[.*", "", name).replace("get_registry.get.", "get_registry().get().")
    return plain.replace("*", PLAUSIBLE.get(name, "Some"))


def row_of(line: Line) -> Loader:
    row = named(plausible(line.name))
    assert row is not None
    return row


def pin_of(line: Line) -> tuple[str | None, str | None]:
    """Name and dictionary of the revision, as the catalogue words them."""
    if line.name in PINNED:
        return PINNED[line.name][:2]
    text = line.revision
    if not text or ("@" in text and "(or" not in text):
        return (None, None)
    held = re.match(r"\((?:config\.)?(\w+)(?:/\w+)?(?:\[|=\{)", text)
    if held:
        return ("revision", held[1])
    return ("revision", None) if text.startswith("(") else (re.sub(r"\W.*", "", text), None)


each_line = pytest.mark.parametrize("line", newest(), ids=lambda line: line.name)
with_catalogue = pytest.mark.skipif(
    not CATALOGUE.exists(), reason="the shared catalogue is not beside us"
)


@with_catalogue
@each_line
def test_line_of_the_catalogue_has_a_row(line: Line) -> None:
    assert named(plausible(line.name)) is not None


@with_catalogue
@each_line
def test_repo_parameter_is_the_catalogue_s(line: Line) -> None:
    expected = CORRECTED.get(line.name, (line.param, line.position))[:2]
    param = row_of(line).repo_id[0]
    assert (param.names[0], param.position) == expected


@with_catalogue
@each_line
def test_revision_parameter_is_the_catalogue_s(line: Line) -> None:
    pin = row_of(line).revision or Param(("",))
    assert (pin.names[0] or None, pin.within) == pin_of(line)


@with_catalogue
@pytest.mark.parametrize(
    "line",
    [line for line in newest() if line.revision_position is not None],
    ids=lambda line: line.name,
)
def test_position_of_the_revision_is_the_catalogue_s(line: Line) -> None:
    pin = row_of(line).revision or Param(("",))
    assert pin.position == MOVED.get(line.name, (line.revision_position,))[0]


@with_catalogue
@pytest.mark.parametrize("name", EXCEPTIONS)
def test_exception_is_in_the_catalogue_and_has_no_row(name: str) -> None:
    assert name in {line.name for line in catalogue()}
    assert named(plausible(name)) is None


@with_catalogue
@pytest.mark.parametrize("name", [*CORRECTED, *PINNED, *MOVED, *PLAUSIBLE])
def test_table_names_lines_of_the_catalogue(name: str) -> None:
    assert name in {line.name for line in catalogue()}


class Brief(NamedTuple):
    """One reference that something is loaded by, without where it stands."""

    ids: object
    revision: object = "absent"


def loaded(source: str) -> list[Brief]:
    """What a snippet loads from the Hub; what is local, or only mentioned, is left out."""
    downloading = [one.loader.downloads for one in references(source)]
    kept = [one for one, downloads in zip(read(source), downloading, strict=True) if downloads]
    return [_brief(one) for one in kept if one.local is None and one.ids != "absent"]


def _brief(one: Seen) -> Brief:
    return Brief(one.ids, one.revision)


def case(name: str, source: str, *expected: Brief) -> object:
    return pytest.param(source, list(expected), id=name)


AT = (SHA,)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        case(
            "sglang",
            "import sglang as sgl\nsgl.Engine(model_path='org/model', tp_size=2)",
            Brief(("org/model",)),
        ),
        case(
            "sglang-draft",
            "import sglang as sgl\nsgl.Engine(model_path='org/model', revision='" + SHA + "',"
            " speculative_draft_model_path='org/draft')",
            Brief(("org/model",), AT),
            Brief(("org/draft",)),
        ),
        case(
            "lmdeploy",
            "from lmdeploy import pipeline\npipe = pipeline('internlm/internlm2-chat-7b')",
            Brief(("internlm/internlm2-chat-7b",)),
        ),
        case(
            "infinity",
            "from infinity_emb import AsyncEmbeddingEngine, EngineArgs\n"
            "AsyncEmbeddingEngine.from_args(EngineArgs(model_name_or_path='org/model'))",
            Brief(("org/model",)),
        ),
        case(
            "mlx_lm",
            "from mlx_lm import load\nmodel, tokenizer = load('mlx-community/Model-4bit')",
            Brief(("mlx-community/Model-4bit",)),
        ),
        case(
            "mlx_whisper-default",
            "import mlx_whisper\nmlx_whisper.transcribe('speech.mp3')['text']",
            Brief(("mlx-community/whisper-tiny",)),
        ),
        case(
            "llama_cpp",
            "from llama_cpp import Llama\n"
            "llm = Llama.from_pretrained(repo_id='Qwen/Qwen2-GGUF', filename='*q8_0.gguf')",
            Brief(("Qwen/Qwen2-GGUF",)),
        ),
        case(
            "awq",
            "from awq import AutoAWQForCausalLM\n"
            "AutoAWQForCausalLM.from_quantized('org/model-AWQ', fuse_layers=True)",
            Brief(("org/model-AWQ",)),
        ),
        case(
            "gptqmodel",
            "from gptqmodel import GPTQModel, QuantizeConfig\n"
            "GPTQModel.load('org/model', QuantizeConfig(bits=4))",
            Brief(("org/model",)),
        ),
        case(
            "langchain-bare-name",
            "from langchain.embeddings import HuggingFaceEmbeddings\n"
            "HuggingFaceEmbeddings(model_name='all-MiniLM-L6-v2')",
            Brief(("sentence-transformers/all-MiniLM-L6-v2",)),
        ),
        case(
            "langchain-alias",
            "from langchain_huggingface import HuggingFaceEmbeddings\n"
            "HuggingFaceEmbeddings(model='BAAI/bge-m3', model_kwargs={'device': 'cpu'})",
            Brief(("BAAI/bge-m3",)),
        ),
        case(
            "langchain-default",
            "from langchain_community.embeddings.huggingface import HuggingFaceInstructEmbeddings\n"
            "HuggingFaceInstructEmbeddings()",
            Brief(("hkunlp/instructor-large",)),
        ),
        case(
            "langchain-pipeline",
            "from langchain_community.llms import HuggingFacePipeline\n"
            "HuggingFacePipeline.from_model_id(model_id='gpt2', task='text-generation')",
            Brief(("gpt2",)),
        ),
        case(
            "langchain-data",
            "from langchain.document_loaders import HuggingFaceDatasetLoader\n"
            "HuggingFaceDatasetLoader('imdb', 'text').load()",
            Brief(("imdb",)),
        ),
        case(
            "llama_index",
            "from llama_index.core import Settings\n"
            "from llama_index.embeddings.huggingface import HuggingFaceEmbedding\n"
            "Settings.embed_model = HuggingFaceEmbedding(model_name='BAAI/bge-small-en-v1.5')",
            Brief(("BAAI/bge-small-en-v1.5",)),
        ),
        case(
            "llama_index-two-repos",
            "from llama_index.llms.huggingface import HuggingFaceLLM\n"
            "HuggingFaceLLM(model_name='org/model', tokenizer_name='org/tokenizer',"
            " model_kwargs={'revision': '" + SHA + "'})",
            Brief(("org/model",), AT),
            Brief(("org/tokenizer",)),
        ),
        case(
            "llama_index-rerank",
            "from llama_index.core.postprocessor import SentenceTransformerRerank\n"
            "SentenceTransformerRerank(model='ms-marco-MiniLM-L-2-v2', top_n=3)",
            Brief(("cross-encoder/ms-marco-MiniLM-L-2-v2",)),
        ),
        case(
            "llama_index-local",
            "from llama_index.core.embeddings import resolve_embed_model\n"
            "resolve_embed_model('local:BAAI/bge-m3')",
            Brief(("BAAI/bge-m3",)),
        ),
        case(
            "haystack",
            "from haystack.components.embedders import SentenceTransformersDocumentEmbedder\n"
            "SentenceTransformersDocumentEmbedder(model='thenlper/gte-large')",
            Brief(("thenlper/gte-large",)),
        ),
        case(
            "haystack-default",
            "from haystack.components.readers import ExtractiveReader\nExtractiveReader()",
            Brief(("deepset/roberta-base-squad2-distilled",)),
        ),
        case(
            "txtai-index",
            "from txtai import Embeddings\nembeddings = Embeddings()\n"
            "embeddings.load(provider='huggingface-hub', container='neuml/txtai-wikipedia')",
            Brief(("neuml/txtai-wikipedia",)),
        ),
        case(
            "txtai-index-at-a-revision",
            "from txtai import Embeddings\nembeddings = Embeddings()\n"
            "embeddings.load(provider='huggingface-hub', container='org/index', revision='v1')",
            Brief(("org/index",), ("v1",)),
        ),
        case(
            "chroma",
            "from chromadb.utils import embedding_functions\n"
            "embedding_functions.SentenceTransformerEmbeddingFunction('all-mpnet-base-v2')",
            Brief(("sentence-transformers/all-mpnet-base-v2",)),
        ),
        case(
            "lancedb-registry",
            "from lancedb.embeddings import get_registry\n"
            "get_registry().get('sentence-transformers').create(name='BAAI/bge-small-en-v1.5')",
            Brief(("BAAI/bge-small-en-v1.5",)),
        ),
        case(
            "fastembed-default",
            "from fastembed import TextEmbedding\nTextEmbedding()",
            Brief(("Qdrant/bge-small-en-v1.5-onnx-Q",)),
        ),
        case(
            "flag_embedding",
            "from FlagEmbedding import BGEM3FlagModel\n"
            "BGEM3FlagModel('BAAI/bge-m3', use_fp16=True)",
            Brief(("BAAI/bge-m3",)),
        ),
        case(
            "ragatouille",
            "from ragatouille import RAGPretrainedModel\n"
            "RAGPretrainedModel.from_pretrained('colbert-ir/colbertv2.0')",
            Brief(("colbert-ir/colbertv2.0",)),
        ),
        case(
            "colpali",
            "from colpali_engine.models import ColPali\n"
            "ColPali.from_pretrained('vidore/colpali-v1.2', device_map='cuda:0').eval()",
            Brief(("vidore/colpali-v1.2",)),
        ),
        case(
            "bertopic",
            "from bertopic import BERTopic\nBERTopic.load('MaartenGr/BERTopic_Wikipedia')",
            Brief(("MaartenGr/BERTopic_Wikipedia",)),
        ),
        case(
            "keybert-default",
            "from keybert import KeyBERT\nKeyBERT()",
            Brief(("sentence-transformers/all-MiniLM-L6-v2",)),
        ),
        case(
            "model2vec",
            "from model2vec import StaticModel\n"
            "StaticModel.from_pretrained('minishlab/potion-base-8M')",
            Brief(("minishlab/potion-base-8M",)),
        ),
        case(
            "bert_score-of-a-language",
            "from bert_score import score\nscore(candidates, texts, lang='en')",
            Brief(("roberta-large",)),
        ),
        case(
            "bert_score-s-object",
            "from bert_score import BERTScorer\n"
            "bert_scorer = BERTScorer(model_type='org/model')\n"
            "bert_scorer.score(cands=a, refs=b)",
            Brief(("org/model",)),
        ),
        case(
            "bert_score-s-function-in-its-module",
            "from bert_score.score import score\nscore(a, b, model_type='org/model')",
            Brief(("org/model",)),
        ),
        case(
            "comet",
            "from comet import download_model, load_from_checkpoint\n"
            "load_from_checkpoint(download_model('Unbabel/wmt22-comet-da'))",
            Brief(("Unbabel/wmt22-comet-da",)),
        ),
        case(
            "lm_eval",
            "import lm_eval\n"
            "lm_eval.simple_evaluate(model='hf', model_args={'pretrained': 'org/model'})",
            Brief(("org/model",)),
        ),
        case(
            "inspect-ai",
            "from inspect_ai import eval\neval('hf/org/bench@main', model='hf/org/model')",
            Brief(("org/model",)),
            Brief(("org/bench",), ("main",)),
        ),
        case(
            "wtpsplit",
            "from wtpsplit import SaT\nSaT('sat-3l')",
            Brief(("segment-any-text/sat-3l",)),
        ),
        case(
            "kokoro-default",
            "from kokoro import KPipeline\nKPipeline(lang_code='a')",
            Brief(("hexgrad/Kokoro-82M",)),
        ),
        case(
            "chronos",
            "from chronos import BaseChronosPipeline\n"
            "BaseChronosPipeline.from_pretrained('amazon/chronos-bolt-base', device_map='cuda')",
            Brief(("amazon/chronos-bolt-base",)),
        ),
        case(
            "controlnet_aux",
            "from controlnet_aux import OpenposeDetector\n"
            "OpenposeDetector.from_pretrained('lllyasviel/Annotators')",
            Brief(("lllyasviel/Annotators",)),
        ),
        case(
            "torchtune-default",
            "from torchtune.datasets import alpaca_dataset\nalpaca_dataset(tokenizer)",
            Brief(("tatsu-lab/alpaca",)),
        ),
        case(
            "stable-baselines",
            "from huggingface_sb3 import load_from_hub\n"
            "load_from_hub('sb3/ppo-CartPole-v1', 'ppo-CartPole-v1.zip')",
            Brief(("sb3/ppo-CartPole-v1",)),
        ),
        case(
            "gradio-theme",
            "import gradio as gr\nwith gr.Blocks(theme='org/theme') as demo:\n    pass",
            Brief(("org/theme",)),
        ),
    ],
)
def test_reads_what_people_write(source: str, expected: list[Brief]) -> None:
    assert loaded(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(
            "from mlx_lm import load\nload('org/model', revision='{}')", id="plain-keyword"
        ),
        pytest.param(
            "from pylate import models\n"
            "models.ColBERT('org/model', None, None, None, None, None, None, False, '{}')",
            id="position",
        ),
        pytest.param(
            "from langchain_huggingface import HuggingFaceEmbeddings\n"
            "HuggingFaceEmbeddings(model_name='org/model', model_kwargs={{'revision': '{}'}})",
            id="in-model-kwargs",
        ),
        pytest.param(
            "from llama_index.llms.vllm import Vllm\n"
            "Vllm(model='org/model', vllm_kwargs={{'revision': '{}'}})",
            id="in-vllm-kwargs",
        ),
        pytest.param(
            "from haystack.components.generators import HuggingFaceLocalGenerator\n"
            "options = {{'revision': '{}'}}\n"
            "HuggingFaceLocalGenerator('org/model', huggingface_pipeline_kwargs=options)",
            id="in-pipeline-kwargs",
        ),
        pytest.param(
            "from awq import AutoAWQForCausalLM\nAutoAWQForCausalLM.from_pretrained("
            "'org/model', download_kwargs={{'revision': '{}'}})",
            id="in-download-kwargs",
        ),
        pytest.param(
            "from mergekit.common import ModelReference\nModelReference.parse('org/model@{}')",
            id="in-the-id",
        ),
        pytest.param(
            "from llmcompressor import oneshot\noneshot('org/model', model_revision='{}')",
            id="of-another-name",
        ),
        pytest.param(
            "from monai.bundle import download\n"
            "download(source='huggingface_hub', repo='org/model', version='{}')",
            id="version",
        ),
    ],
)
def test_sees_the_pin(source: str) -> None:
    assert loaded(source.format(SHA)) == [Brief(("org/model",), AT)]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("from TTS.api import TTS\nTTS('tts_models/en/ljspeech/vits')", id="coqui"),
        pytest.param("from sae_lens import SAE\nSAE.from_pretrained('gpt2-res', 'b')", id="sae"),
        pytest.param("from mlx_lm import load\nload('mlx_model')", id="folder-of-mlx"),
        pytest.param("from rerankers import Reranker\nReranker('cross-encoder')", id="rerankers"),
        pytest.param("from esm.models.esm3 import ESM3\nESM3.from_pretrained('esm3')", id="esm"),
        pytest.param("from txtai import LLM\nLLM('gpt-4o')", id="paid-service"),
        pytest.param("from comet import download_model\ndownload_model('wmt20')", id="comet"),
        pytest.param(
            "from transformer_lens import HookedTransformer\n"
            "HookedTransformer.from_pretrained('gpt2-small')",
            id="transformer_lens",
        ),
        pytest.param(
            "from surya.detection import DetectionPredictor\nDetectionPredictor('s3://a/b')",
            id="other-server",
        ),
        pytest.param(
            "from chromadb.utils.embedding_functions import OpenCLIPEmbeddingFunction\n"
            "OpenCLIPEmbeddingFunction('ViT-B-32')",
            id="architecture",
        ),
        pytest.param("import gradio as gr\ngr.Blocks(theme=gr.themes.Soft())", id="object"),
        pytest.param(
            "from llama_index.llms.huggingface import HuggingFaceLLM\n"
            "from transformers import AutoModel\n"
            "def load(model: AutoModel):\n    return HuggingFaceLLM(model_name='', model=model)",
            id="model-in-memory",
        ),
        pytest.param("import gradio as gr\ngr.load('models/gpt2')", id="server-of-gradio"),
        pytest.param(
            "from langchain_huggingface import HuggingFaceEndpoint\n"
            "HuggingFaceEndpoint(repo_id='org/model')",
            id="client-of-langchain",
        ),
        pytest.param(
            "from llama_index.llms.huggingface_api import HuggingFaceInferenceAPI\n"
            "HuggingFaceInferenceAPI(model_name='org/model')",
            id="client-of-llama_index",
        ),
        pytest.param(
            "from haystack.components.generators import HuggingFaceAPIGenerator\n"
            "HuggingFaceAPIGenerator('tgi', api_params={'model': 'org/model'})",
            id="client-of-haystack",
        ),
        pytest.param("from .llm import LLM\nLLM.load('org/model')", id="name-of-somebody-else"),
    ],
)
def test_loads_nothing(source: str) -> None:
    assert loaded(source) == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "import gradio as gr\ngr.load('models/gpt2')", ("gpt2",), id="prefix-of-gradio"
        ),
        pytest.param(
            "from gradio_client import Client\nClient('org/space')", ("org/space",), id="space"
        ),
        pytest.param(
            "from haystack.components.generators import HuggingFaceAPIGenerator\n"
            "HuggingFaceAPIGenerator('tgi', api_params={'model': 'org/model'})",
            ("org/model",),
            id="nested",
        ),
    ],
)
def test_id_for_a_server_is_a_mention(source: str, expected: tuple[str, ...]) -> None:
    assert [(one.kind, plain(one.repo_id)) for one in references(source)] == [("mention", expected)]
