"""What the ids of Hub repos look like, and what else is written with one slash."""

from __future__ import annotations

import re

from flake8_hfmodels.regex import regex

# Owners of the repos that the manuals of transformers, diffusers, datasets, sentence-transformers,
# peft, trl, vllm and their likes load, and that hardly mean anything but the Hub.
OWNERS = frozenset(
    """
    01-ai aaditya abacusai ai-forever ai21labs ai4bharat airesearch alibaba-nlp alibaba-pai
    allenai amazon-science answerdotai arcee-ai argilla baai baichuan-inc bartowski berkeley-nest
    bigcode bigscience black-forest-labs briaai bytedance cais camel-ai cardiffnlp castorini
    cerebras codellama codeparrot cohereforai coherelabs compvis cross-encoder csebuetnlp dbmdz
    deepseek-ai deepset depth-anything distil-whisper distilbert dslim efficient-large-model
    eleutherai facebookai fancyfeast flax-community flax-sentence-embeddings genmo google-bert
    google-research-datasets google-t5 gradio-templates guillaumekln h2oai h94 haotiz helsinki-nlp
    hexgrad hf-audio hf-internal-testing hotchpotch huggingfacefw huggingfaceh4 huggingfacem4
    huggingfacetb huggyllama ibm-granite ibm-nasa-geospatial idea-research internlm intfloat
    jinaai jonatasgrosman kakaobrain kandinsky-community kwai-kolors laion lambdalabs
    latent-consistency lighteternal lightricks liuhaotian llava-hf lmms-lab lmsys lvwerra lykon
    madebyollin mattshumer meta-llama mistralai mixedbread-ai ml6team mlabonne mlfoundations
    mlx-community mobiuslabsgmbh monologg moonshotai moritzlaurer mosaicml mrm8488 nateraw
    naver-clova-ix neulab neuralmagic nlpaueb nlpconnect nlptown nomic-ai nousresearch nreimers
    ntu-nlp-sg open-mmlab open-orca open-r1 openai-community openbmb opengvlab openlm-research
    patrickjohncyh peft-internal-testing philschmid pixart-alpha playgroundai prajjwal1
    primeintellect princeton-nlp prithivida prompthero protectai pszemraj qwen rajpurkar redhatai
    runwayml s-nlp samlowe segmind sentence-transformers sgugger shi-labs sileod squeezebert
    stabilityai stanfordnlp stas suno superb susnato t5-community tatsu-lab teknium thebloke
    thenlper thudm tiiuae timbrooks timdettmers timpal0l tinyllama togethercomputer
    trl-internal-testing trl-lib typeform uer unbabel unstructuredio upstage urchade vikhyatk
    vinai voidful wan-ai wangfuyun wisdomshell xai-org xenova xinsir ybelkada yiyanghkust zai-org
    zhengpeng7 zhihan1996
    """.split()
)

# Owners that have repos on the Hub, on GitHub and in registries of images: the name decides.
SHARED_OWNERS = frozenset(
    """
    adobe alibaba allegro amazon apple autogluon aws bigdl databricks diffusers dmis-lab espnet
    facebook google google-research gradio huggingface ibm intel kensho lerobot meta microsoft
    nvidia openai openchat optimum pyannote pytorch salesforce setfit snap-research snowflake
    speechbrain stanford tencent textattack timm uclnlp unsloth xlangai yandex
    """.split()
)

# Names of architectures, trainings and data sets that stand in the names of repos, whatever
# stands before them in the word: `distilbert`, `codellama`.
_FAMILIES = """
    albert bart bert biogpt bigbird bitnet bloomz blip chatglm codegen codet5 cogvideo cogvlm
    colbert convnext controlnet deberta deepseek deit detr diffusion dinov distil efficientnet
    electra embedding encodec falcon florence gemma gpt granite hubert idefics indictrans
    instructblip internlm internvl layoutlm llama llava longformer longt5 mamba marian
    minicpm minilm mistral mixtral mobilenet mobilevit modernbert monot5 mpnet musicgen nemotron
    openhermes owlvit paligemma parler pegasus pix2pix pix2struct pythia qwen qwq reformer
    rerank resnet roberta roformer rwkv sdxl segformer siglip smollm smolvlm speecht5 splade
    squad stablelm starcoder taesd timesfm timesformer trocr ultrafeedback unixcoder vicuna
    videomae vilt wav2vec wavlm whisper wizardlm xlnet yolos zephyr zeroshot
""".split()
# The same, but only as a word of its own.
_WORDS_OF_FAMILIES = """
    aya bark beit bge bloom camembert canine clap clip commandr ctc dolly donut e5 ernie esm flan
    flux fuyu glm gte imdb instructor jamba janus kokoro kosmos lora mbart mms mpt mt0 mt5 nllb
    olmo opt opus orca owlv2 perceiver phi pixart seamless sgpt swin swinv2 t5 tapas umt5 vit vits
    vivit xglm xlm xtts
""".split()
FAMILY = regex(
    rf"(?:^|[^a-z])[a-z]{{0,12}}(?:{'|'.join(sorted(_FAMILIES, key=len, reverse=True))})"
    rf"|(?<![a-z])(?:{'|'.join(sorted(_WORDS_OF_FAMILIES, key=len, reverse=True))})(?![a-z])"
)
"""A name, in lower case, that holds the word of a family: `distilbert`, `Llama-3`, `wav2vec2`."""

_FORMS = """
    awq base bnb cased chat cnn coder exl2 ft finetuned fp16 gguf gptq instruct instruction
    large lite medium mini mlx mnli multilingual nano ner nli onnx preview quantized sft small
    sst2 tiny turbo uncased xl xsum
""".split()
FORM = regex(rf"[-_.](?:{'|'.join(_FORMS)})(?![a-z])")
"""A name, in lower case, that ends one of its words as models do: `-base`, `-instruct`."""

SIZE = regex(r"(?:^|[-_.])(?:\d+x)?\d{1,4}(?:\.\d+)?[bmk](?![a-z0-9])|[-_.]v\d")
"""A name, in lower case, with a number of parameters or a version: `7b`, `1.5b`, `418m`, `-v2`."""

# https://www.iana.org/assignments/media-types: the roots, and those of time zones (tz database).
MIME_ROOTS = frozenset(
    "application audio chemical content-type example font haptics image message model multipart "
    "text video x-conference".split()
)
ZONES = frozenset(
    "africa america antarctica arctic asia atlantic australia europe indian pacific etc us".split()
)

# First words of metrics, of alternatives in prose, of routes and of folders.
WORDS = frozenset(
    """
    a acc access accuracy action actions actor actual adapter add admin after agent all alpha
    always and api app apps arch args argument array arrays assets async attention auth author
    average avg backend backward base batch before begin best beta between bin bool both bottom
    bucket buffer build builder bundle buy bytes cache call callback category cell change channel
    chapter char chars chart charts chat check checkpoint child children chunk class classes cli
    client clip cloud cluster code codes col color cols column columns command commands comment
    common company compute conda config configs connect const consumer content context control
    copy core corpus count cpu create creation critic css cuda current custom cycle dash data
    database dataset date day days debug decode decoder decoding default define delete demo depth
    desc description design dest dev device dict dim dir disable disk display distribution doc
    docker docs document documents domain done down download downloads dropout dst edge edges edit
    email embed embedding embeddings empty enable encode encoder encoding encryption end engine
    entity entry env environment epoch epochs error errors eval evaluate evaluation event events
    example examples execute exit expected experiment experimental export external extra eye face
    failed failure false feature features feed female fetch field fields file filename files fill
    filter final first fiscal fixture fixtures flag float fold folder folders font for foreground
    format forward found frame frames from frontend full function functions generate generated
    generation generator get gh global go good gpu grad gradient gradients graph greedy group
    groups grpc guide hash head header headers height help hidden high hook hooks host hour hours
    html http i icon icons id ids if image images img import include index indices infer inference
    info infrastructure inner input inputs insert inside install int integration interaction
    interactions internal invalid io item items iter its job jobs js json key keys kind kl km
    label labels lang language last latest launch layer layers learning left legacy length lib
    library line linear linguistic link linux list load loader local locale localhost log logger
    logging logic login logits logs long loss low lower lr mac main make male manual map mask
    masks master match math max mean media member memory merge message messages meta metadata
    method metric metrics middle min misc missing mock mode model models module modules monitor
    month name names nan nation network new next no node nodes none norm not notebook notebooks
    npm null num number object objects off offset ok old on one online only op open operating
    optim optimizer option optional options or order org origin other out outer outline output
    outputs outside overall overflow owner package packages page pages pair pairs param parameter
    parameters params parent parents parse parser partial pass password patch path paths per perf
    performance ping pip pipeline pixel pixels plan play plot plugin plugins policy pool port pos
    position post pre precision pred predict predicted prediction predictions predictor prefix
    prepare preprocess preprocessing present private probability proc process processor prod
    producer profile project projects prompt prompts provider public pull push put python q qps
    quality queries query question queue r random range rank raw re read reader reads real reason
    recall receive record ref reference refs register release remote remove repo report repos
    request requests required reset resource resources response rest result results return reward
    right role roles rollout root route row rows run runner running runs s sample samples sampling
    save saved scalar scale scheduler schema score scores screen script scripts search second
    seconds secret seed select self sell send sender sent sentence sequence server service session
    set sets setting settings setup shape shared she shell short show shuffle side signal single
    size skip slice small software some sort source sources space span spatial speaker speech
    speed split splits sql src stage stale standard start state static statistics status std step
    steps stop storage store str stream string strings strip student style sub subject success
    successful suffix sum summary supervised support sync system systems table tables tag tags
    target targets task tasks teacher temp temperature template templates temporal tensor tensors
    term test testing tests text texts tf the then this thread time title tmp to token tokens tool
    tools top topic total train trainable trainer training transform transforms transition tree
    true turn type types ui uncommon underflow unit units unknown unlabeled unpaired up update
    upload upper url urls usage use user users usr util utils val valid validate validation value
    values var variable vector version versions video videos view views vision visual vocab volume
    w wall warm warning warnings we web weight weights which width win window windows with within
    word words work worker workers workflow workspace world write writer x y year yes you z zero
    """.split()
)

YOURS = regex(
    r"(?:your|my)(?:$|[-_]|(?:org|user|name|hub|company|hf|team|account))|.*[-_](?:username|orgname)$"
    r"|(?:repo|hf|hub)[-_](?:user|owner)$",
    re.IGNORECASE,
)
"""An owner that stands for the reader's own."""

DUMMIES = frozenset(
    """
    acme bar baz dummy example fake foo namespace org organization owner somebody someone test
    testuser user username xxx
    """.split()
)
"""Owners that stand for anybody."""

BLANKS = frozenset({"namespace", "organization", "owner", "user", "username", "xxx"})
"""Of these, the words for what is to be filled in; the others are names that somebody may have."""

PROGRAMMERS_WORD = regex(
    r"_(?:count|dict|dir|file|filename|head|ids?|index|key|length|list|name|num|path|proj|ratio|size"
    r"|token|type|url|value)s?$|^v\d[\w.]*$|^\d+(?:\.\d+)?e-?\d+$|^I?Q\d(?:_[A-Z\d]+)+$",
    re.IGNORECASE,
)
"""One of what is one or the other: `subfolder/file_name`, `v4/v5`, `1e-4/2e-5`, `Q4_K_M/Q8_0`."""

# huggingface.co/docs/hub/collections: 24 hexadecimal digits end what names a collection.
COLLECTION = regex(r".*-[0-9a-f]{24}")

# Ids of LiteLLM (docs.litellm.ai/docs/providers) and OpenRouter (openrouter.ai/models): names of
# providers before a model, and models of which the Hub has no repo.
PROVIDERS = frozenset(
    """
    ai21 aiml anthropic anyscale azure azure_ai baseten bedrock bedrock_converse cerebras-cloud
    claude cloudflare codestral cohere cohere_chat cometapi dashscope databricks-api deepinfra
    deepseek fireworks_ai friendliai gemini github github_copilot gpustack groq hosted_vllm
    huggingface infinity inflection jina_ai lemonade litellm litellm_proxy llamafile lm_studio
    mistral moonshot nebius novita nvidia_nim ollama ollama_chat openai_like openrouter ovhcloud
    palm perplexity petals predibase replicate sagemaker sagemaker_chat sambanova snowflake-cortex
    text-completion-openai tgi together together_ai triton vercel_ai_gateway vertex vertex_ai
    vertex_ai_beta vllm volcengine voyage watsonx watsonx_text xai xinference
    """.split()
)
SERVED_ONLY = regex(
    r"openai/(?:gpt-[345]|gpt-image|chatgpt|o[1-9](?:-|$)|text-|tts-|dall-e|davinci|babbage|ada|curie"
    r"|codex|whisper-1|gpt-realtime|gpt-audio|sora)|google/(?:gemini|palm|text-bison|chat-bison|veo"
    r"|imagen|learnlm)|cohere/|x-ai/|perplexity/|mistralai/(?:mistral-(?:tiny|small|medium|large)"
    r"|codestral|ministral|pixtral|magistral|devstral)(?:-latest|$)|amazon/nova|inflection/"
    r"|anthropic/claude|anthropic\.claude",
    re.IGNORECASE,
)

# What stands before a slash in the names of other things: images of registries
# (hub.docker.com), actions and repos of GitHub, packages of npm and Debian, models of CLIP.
NOT_OWNERS = frozenset(
    """
    accelerate actions apache arxiv aten bf16 bitnami bugfix cc-by chore ci cncf codecov
    conda-forge continuumio cpython ctrl-c curl debian deepspeed dependabot django docker
    docker.io dockerhub elastic-stack express fastapi feat fix flask flax fp16 fp32 fp8 gcr.io
    ghcr.io git github github.com gitlab gitlab.com godotengine golang grafana guides heroku
    homebrew hotfix hwchase17 int4 int8 jax jenkins jupyter k8s kubernetes laravel library
    linuxserver megatron minio mongo mozilla mysql n napari nf4 nginx node nodejs npm numpy onnx
    opencv os oss pallets pandas peft postgres pre-commit prom prometheus psf pybind11 pycqa pypa
    pypi quay.io rabbitmq redis refactor renovate rlm rust-lang s3 scikit-learn scipy selenium
    sklearn symfony tcp tensorflow tensorrt torch torchvision transformers trl tutorials twbs
    ubuntu ultralytics vuejs xarray zsh
    """.split()
)
CLIP_NAME = regex(
    r"(?:(?:eva\d*|vit|convnext|rn\d+|coca|xlm)[\w.-]*-)?(?:vit-)?[bslhgt]/\d+\w*", re.I
)

# The short names of sentence-transformers' own models: sbert.net/docs/sentence_transformer.
SHORT_NAMES = frozenset(
    """
    all-distilroberta-v1 all-MiniLM-L12-v1 all-MiniLM-L12-v2 all-MiniLM-L6-v1 all-MiniLM-L6-v2
    all-mpnet-base-v1 all-mpnet-base-v2 all-roberta-large-v1 bert-base-nli-mean-tokens
    distiluse-base-multilingual-cased-v1 distiluse-base-multilingual-cased-v2
    msmarco-bert-base-dot-v5 msmarco-distilbert-base-tas-b msmarco-distilbert-base-v4
    msmarco-distilbert-dot-v5 multi-qa-distilbert-cos-v1 multi-qa-distilbert-dot-v1
    multi-qa-MiniLM-L6-cos-v1 multi-qa-MiniLM-L6-dot-v1 multi-qa-mpnet-base-cos-v1
    multi-qa-mpnet-base-dot-v1 paraphrase-albert-small-v2 paraphrase-distilroberta-base-v1
    paraphrase-distilroberta-base-v2 paraphrase-MiniLM-L12-v2 paraphrase-MiniLM-L3-v2
    paraphrase-MiniLM-L6-v2 paraphrase-mpnet-base-v2 paraphrase-multilingual-MiniLM-L12-v2
    paraphrase-multilingual-mpnet-base-v2 stsb-roberta-base stsb-roberta-large
    """.split()
)

# Data sets that had no namespace at first (huggingface.co/docs/datasets, before 3.0).
FIRST_DATASETS = frozenset(
    """
    ag_news amazon_polarity anli arxiv_dataset bookcorpus boolq c4 cnn_dailymail common_voice
    commonsense_qa conll2003 cos_e daily_dialog dbpedia_14 emotion glue gsm8k hellaswag hotpot_qa
    imdb lambada librispeech_asr mmlu mnist mnli multi_nli natural_questions openwebtext opus100
    oscar paws piqa quora race rotten_tomatoes samsum scicite sciq scitail snli squad squad_v2
    super_glue tiny_shakespeare trec trivia_qa truthful_qa tweet_eval wiki40b wikiann wikipedia
    wikitext winogrande wmt14 wmt16 wnut_17 xnli xsum xtreme yelp_polarity yelp_review_full
    """.split()
)

# The first part of addresses on huggingface.co that are no repos: the site's own map.
SITE = frozenset(
    """
    about api api-inference assets avatars blog brand buckets changelog chat cli coc collections
    contact content-guidelines course datasets deep-rl-course diffusion-course docs enterprise
    events front gcp hardware hf-mcp inference inference-api inference-endpoints
    inference-providers jobs join kernels landing learn login logout mcp metrics models new
    new-dataset new-space nlp-course notifications oauth organizations papers playground posts
    pricing privacy resources search security settings shop spaces startups storage support tasks
    terms terms-of-service training transformers welcome
    """.split()
)
