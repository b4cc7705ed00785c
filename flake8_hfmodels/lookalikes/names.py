"""Well-known owners and repos, and accounts that resemble such owners without imitating them.

As of 23 November 2026. Read from what public code of 2023 to 2026 loads: transformers 5.23,
diffusers, peft, sentence-transformers, mteb and some eighty other projects, with documentation and
examples, and from answers of the Hub recorded in 2026. What is loaded there most often is here, by
judgement and not by a count of downloads; a few owners were added who are known to everybody.
Nobody has asked the Hub about each of them, and none of this says that an owner can be trusted.
"""

from __future__ import annotations

AS_OF = "2026-11-23"
"""When the names below were read."""

OWNERS = tuple(
    """
    01-ai abacusai adept ai-forever ai21labs ai4bharat AIDC-AI Alibaba-NLP alibaba-pai allegro
    allenai amazon answerdotai Anthropic apple arcee-ai argilla aubmindlab BAAI baichuan-inc baidu
    bartowski BeIR bigcode bigscience black-forest-labs bosonai briaai BSC-LT ByteDance
    ByteDance-Seed caidas cais cambridgeltl cardiffnlp casperhansen castorini cerebras CIDAS
    circlestone-labs city96 codellama codeparrot cognitivecomputations CohereForAI CohereLabs
    cointegrated colbert-ir Comfy-Org CompVis coqui cross-encoder dandelin databricks datalab-to
    DavidAU dbmdz decapoda-research deepcogito DeepFloyd DeepPavlov deepseek-ai deepset deepvk
    depth-anything diffusers distil-whisper distilbert dmis-lab docling-project dreamlike-art
    dslim Efficient-Large-Model ehartford elastic EleutherAI emilyalsentzer espnet EuroBERT
    evaluate-metric facebook FacebookAI fal fal-ai FastVideo finetrainers flair flax-community
    flax-sentence-embeddings fnlp FreedomIntelligence FunAudioLLM GAIR genmo ggml-org
    gliner-community google google-bert google-research-datasets google-t5 gradio guoyww h2oai h94
    hazyresearch Helsinki-NLP hexgrad hf-audio hf-internal-testing hfl HiDream-ai hkunlp
    HooshvareLab huawei-noah huggan hugging-quants huggingface HuggingFaceFW HuggingFaceH4
    HuggingFaceM4 HuggingFaceTB huggyllama hunyuanvideo-community hustvl ibm ibm-granite
    ibm-nasa-geospatial IDEA-Research ideogram-ai IlyaGusev impira inclusionAI indolem indonlp
    InstantX Intel internlm intfloat isaacus jhu-clsp jinaai jonatasgrosman julien-c kakaobrain
    kandinsky-community kandinskylab karpathy KBLab keras-io kernels-community Kijai klue
    knowledgator kresnik Kwai-Kolors kyutai laion lambdalabs LanguageBind latent-consistency
    lerobot LGAI-EXAONE lighteval lightonai Lightricks LiheYoung LiquidAI liuhaotian llamaindex
    llava-hf lllyasviel lmms-lab lmstudio-community lmsys Lykon lysandre m-a-p madebyollin
    masakhane MaziyarPanahi MBZUAI McGill-NLP meituan-longcat meta-llama meta-math microsoft
    MiniMaxAI minishlab mistral-community mistralai mit-han-lab mixedbread-ai mlabonne
    mlfoundations mlx-community monologg monsterapi moonshotai MoritzLaurer mosaicml
    mozilla-foundation mteb Muennighoff nateraw naver naver-clova-ix naver-hyperclovax NbAiLab
    neuml neuphonic neuralmagic neuralmind NexaAI nielsr nlpaueb nlpconnect nlptown nomic-ai
    NousResearch NovaSearch nreimers numind nvidia nyu-mll OFA-Sys onnx-community Open-Orca openai
    openai-community OpenAssistant openbmb openchat opencompass OpenGVLab openlm-research
    openmmlab OpenMOSS-Team opensearch-project ostris OuteAI PaddlePaddle papluca parler-tts
    patrickvonplaten peft-internal-testing PekingU perplexity-ai philschmid Phind PixArt-alpha
    PlanTL-GOB-ES playgroundai princeton-nlp prithivida projecte-aina prompthero ProsusAI
    protectai prs-eth PrunaAI pyannote qdrant QuantFactory Qwen rajpurkar RedHatAI rednote-hilab
    ResembleAI rhymes-ai roneneldan Rowan RunDiffusion runwayml RWKV s-nlp Salesforce sayakpaul
    sbintuitions SeaLLMs segmind sensenova sentence-transformers sesame SG161222 shi-labs
    shibing624 Shitao SimianLuo skt Skywork Snowflake speechbrain sshleifer stabilityai
    stable-diffusion-v1-5 stanford-crfm StanfordAIMI stanfordnlp state-spaces stepfun-ai suno
    swiss-ai SWivid tatsu-lab teknium tencent TencentARC TheBloke thenlper THUDM TIGER-Lab
    TigerResearch tiiuae timbrooks timdettmers timm TinyLlama tloen togethercomputer tohoku-nlp
    Tongyi-MAI trl-internal-testing trl-lib tuner007 UBC-NLP uclanlp UKPLab Unbabel unsloth
    upstage urchade UsefulSensors utter-project valhalla vectara vidore vikhyatk vinai vinvino02
    voyageai Wan-AI warp-ai WizardLM xai-org Xenova XiaomiMiMo XLabs-AI xlangai yale-nlp ydshieh
    zai-org zeroshot Zyphra
    """.split()
)

# Not to be imitated, and no imitations: accounts and names of the field that were seen beside the
# owners above and look like one of them, and words that anybody may be called.
NEIGHBOURS = frozenset(
    """
    AmazonScience bytedance-research Cohere deepmind deepseek-community facebookresearch fair
    florence-community google-deepmind google-research huggingface-course huggingface-projects
    huggingfacejs ibm-ai-platform ibm-fms ibm-research intelanalytics lion meta-models MiniMax
    monology Mozilla naver-ai openmmlab-community openmoss OpenSearch-AI radio super superb
    tencent-ailab Tencent-Hunyuan unc-nlp
    """.split()
)

REPOS = tuple(
    """
    01-ai/Yi-34B Alibaba-NLP/gte-large-en-v1.5 Alibaba-NLP/gte-Qwen2-1.5B-instruct
    Alibaba-NLP/gte-Qwen2-7B-instruct answerdotai/ModernBERT-base answerdotai/ModernBERT-large
    BAAI/bge-base-en-v1.5 BAAI/bge-large-en-v1.5 BAAI/bge-large-zh-v1.5 BAAI/bge-m3
    BAAI/bge-reranker-base BAAI/bge-reranker-large BAAI/bge-reranker-v2-m3 BAAI/bge-small-en-v1.5
    bigcode/starcoder bigcode/starcoder2-15b bigcode/starcoder2-7b bigscience/bloom
    bigscience/bloom-560m bigscience/bloomz-560m bigscience/T0pp black-forest-labs/FLUX.1-dev
    black-forest-labs/FLUX.1-Kontext-dev black-forest-labs/FLUX.1-schnell
    black-forest-labs/FLUX.2-dev codellama/CodeLlama-7b-hf codellama/CodeLlama-7b-Instruct-hf
    CohereForAI/c4ai-command-r-v01 colbert-ir/colbertv2.0 CompVis/stable-diffusion-safety-checker
    CompVis/stable-diffusion-v1-4 cross-encoder/ms-marco-MiniLM-L-6-v2
    cross-encoder/ms-marco-MiniLM-L12-v2 cross-encoder/ms-marco-MiniLM-L6-v2
    databricks/dbrx-instruct databricks/dolly-v2-3b deepseek-ai/deepseek-coder-1.3b-instruct
    deepseek-ai/deepseek-coder-6.7b-instruct deepseek-ai/DeepSeek-OCR deepseek-ai/DeepSeek-R1
    deepseek-ai/DeepSeek-R1-Distill-Llama-8B deepseek-ai/DeepSeek-R1-Distill-Qwen-1.5B
    deepseek-ai/DeepSeek-V2 deepseek-ai/DeepSeek-V3 deepseek-ai/DeepSeek-V3.1
    deepset/roberta-base-squad2 distilbert/distilbert-base-uncased
    distilbert/distilbert-base-uncased-finetuned-sst-2-english distilbert/distilgpt2
    distilbert/distilroberta-base dslim/bert-base-NER EleutherAI/gpt-j-6b EleutherAI/gpt-neo-1.3B
    EleutherAI/gpt-neo-125m EleutherAI/gpt-neox-20b EleutherAI/pythia-12b EleutherAI/pythia-70m
    facebook/bart-base facebook/bart-large facebook/bart-large-cnn facebook/bart-large-mnli
    facebook/contriever facebook/detr-resnet-50 facebook/dinov2-base facebook/dinov2-large
    facebook/esm2_t33_650M_UR50D facebook/mms-1b-all facebook/musicgen-small
    facebook/nllb-200-distilled-600M facebook/opt-1.3b facebook/opt-125m facebook/opt-350m
    facebook/sam-vit-base facebook/sam2-hiera-large facebook/wav2vec2-base-960h
    facebook/wav2vec2-large-960h FacebookAI/roberta-base FacebookAI/roberta-large
    FacebookAI/roberta-large-mnli FacebookAI/xlm-roberta-base FacebookAI/xlm-roberta-large
    google-bert/bert-base-cased google-bert/bert-base-chinese
    google-bert/bert-base-multilingual-cased google-bert/bert-base-uncased
    google-bert/bert-large-uncased google-t5/t5-base google-t5/t5-large google-t5/t5-small
    google/electra-base-discriminator google/flan-t5-base google/flan-t5-large
    google/flan-t5-small google/flan-t5-xl google/flan-t5-xxl google/gemma-2-27b-it
    google/gemma-2-2b google/gemma-2-2b-it google/gemma-2-9b google/gemma-2-9b-it google/gemma-2b
    google/gemma-2b-it google/gemma-3-12b-it google/gemma-3-1b-it google/gemma-3-27b-it
    google/gemma-3-4b-it google/gemma-7b google/gemma-7b-it google/mt5-base google/mt5-small
    google/owlvit-base-patch32 google/paligemma-3b-mix-224 google/pegasus-xsum
    google/siglip-so400m-patch14-384 google/t5-v1_1-xxl google/vit-base-patch16-224
    google/vit-base-patch16-224-in21k Helsinki-NLP/opus-mt-en-de Helsinki-NLP/opus-mt-zh-en
    hexgrad/Kokoro-82M hkunlp/instructor-large HuggingFaceH4/zephyr-7b-beta
    HuggingFaceTB/SmolLM2-1.7B-Instruct HuggingFaceTB/SmolLM2-135M HuggingFaceTB/SmolVLM-Instruct
    huggyllama/llama-7b internlm/internlm2-chat-7b intfloat/e5-base-v2 intfloat/e5-large-v2
    intfloat/e5-mistral-7b-instruct intfloat/multilingual-e5-base intfloat/multilingual-e5-large
    intfloat/multilingual-e5-large-instruct intfloat/multilingual-e5-small
    jinaai/jina-embeddings-v2-base-en jinaai/jina-embeddings-v3 laion/clap-htsat-unfused
    laion/CLIP-ViT-B-32-laion2B-s34B-b79K laion/CLIP-ViT-bigG-14-laion2B-39B-b160k
    Lightricks/LTX-Video llava-hf/llava-1.5-7b-hf llava-hf/llava-v1.6-mistral-7b-hf
    lllyasviel/sd-controlnet-canny lmsys/vicuna-7b-v1.5 madebyollin/sdxl-vae-fp16-fix
    meta-llama/CodeLlama-7b-hf meta-llama/Llama-2-13b-hf meta-llama/Llama-2-70b-hf
    meta-llama/Llama-2-7b meta-llama/Llama-2-7b-chat-hf meta-llama/Llama-2-7b-hf
    meta-llama/Llama-3.1-70B-Instruct meta-llama/Llama-3.1-8B meta-llama/Llama-3.1-8B-Instruct
    meta-llama/Llama-3.2-11B-Vision-Instruct meta-llama/Llama-3.2-1B
    meta-llama/Llama-3.2-1B-Instruct meta-llama/Llama-3.2-3B meta-llama/Llama-3.2-3B-Instruct
    meta-llama/Llama-3.3-70B-Instruct meta-llama/Llama-4-Scout-17B-16E-Instruct
    meta-llama/Llama-Guard-3-8B meta-llama/Meta-Llama-3-70B-Instruct meta-llama/Meta-Llama-3-8B
    meta-llama/Meta-Llama-3-8B-Instruct meta-llama/Meta-Llama-3.1-70B-Instruct
    meta-llama/Meta-Llama-3.1-8B meta-llama/Meta-Llama-3.1-8B-Instruct microsoft/codebert-base
    microsoft/deberta-v3-base microsoft/deberta-v3-large microsoft/deberta-v3-small
    microsoft/DialoGPT-medium microsoft/Florence-2-large microsoft/MiniLM-L12-H384-uncased
    microsoft/mpnet-base microsoft/phi-2 microsoft/Phi-3-mini-4k-instruct
    microsoft/Phi-3.5-mini-instruct microsoft/phi-4 microsoft/Phi-4-multimodal-instruct
    microsoft/resnet-50 microsoft/speecht5_tts microsoft/trocr-base-handwritten
    minishlab/potion-base-8M mistralai/Mistral-7B-Instruct-v0.1 mistralai/Mistral-7B-Instruct-v0.2
    mistralai/Mistral-7B-Instruct-v0.3 mistralai/Mistral-7B-v0.1 mistralai/Mistral-7B-v0.3
    mistralai/Mistral-Nemo-Instruct-2407 mistralai/Mistral-Small-3.1-24B-Instruct-2503
    mistralai/Mixtral-8x22B-Instruct-v0.1 mistralai/Mixtral-8x7B-Instruct-v0.1
    mistralai/Mixtral-8x7B-v0.1 mistralai/Pixtral-12B-2409 mixedbread-ai/mxbai-embed-large-v1
    moonshotai/Kimi-K2-Instruct naver/splade-cocondenser-ensembledistil
    nlptown/bert-base-multilingual-uncased-sentiment nomic-ai/nomic-embed-text-v1
    nomic-ai/nomic-embed-text-v1.5 nvidia/Llama-3.1-Nemotron-70B-Instruct-HF
    nvidia/parakeet-tdt-0.6b-v2 openai-community/gpt2 openai-community/gpt2-large
    openai-community/gpt2-medium openai-community/gpt2-xl openai/clip-vit-base-patch16
    openai/clip-vit-base-patch32 openai/clip-vit-large-patch14 openai/gpt-oss-120b
    openai/gpt-oss-20b openai/privacy-filter openai/whisper-base openai/whisper-large-v2
    openai/whisper-large-v3 openai/whisper-large-v3-turbo openai/whisper-medium
    openai/whisper-small openai/whisper-tiny openbmb/MiniCPM-V-2_6 ProsusAI/finbert
    pyannote/segmentation-3.0 pyannote/speaker-diarization pyannote/speaker-diarization-3.1
    Qwen/Qwen-7B-Chat Qwen/Qwen-Image Qwen/Qwen-Image-Edit Qwen/Qwen2-7B Qwen/Qwen2-7B-Instruct
    Qwen/Qwen2-Audio-7B-Instruct Qwen/Qwen2-VL-2B-Instruct Qwen/Qwen2-VL-7B-Instruct
    Qwen/Qwen2.5-0.5B Qwen/Qwen2.5-0.5B-Instruct Qwen/Qwen2.5-1.5B Qwen/Qwen2.5-1.5B-Instruct
    Qwen/Qwen2.5-14B-Instruct Qwen/Qwen2.5-32B-Instruct Qwen/Qwen2.5-3B-Instruct
    Qwen/Qwen2.5-72B-Instruct Qwen/Qwen2.5-7B Qwen/Qwen2.5-7B-Instruct
    Qwen/Qwen2.5-Coder-32B-Instruct Qwen/Qwen2.5-Omni-7B Qwen/Qwen2.5-VL-3B-Instruct
    Qwen/Qwen2.5-VL-7B-Instruct Qwen/Qwen3-0.6B Qwen/Qwen3-1.7B Qwen/Qwen3-30B-A3B Qwen/Qwen3-32B
    Qwen/Qwen3-4B Qwen/Qwen3-8B Qwen/Qwen3-Embedding-0.6B Qwen/Qwen3-Embedding-8B
    Qwen/Qwen3-Reranker-0.6B Qwen/QwQ-32B runwayml/stable-diffusion-inpainting
    runwayml/stable-diffusion-v1-5 Salesforce/blip-image-captioning-base
    Salesforce/blip-image-captioning-large Salesforce/blip2-opt-2.7b Salesforce/codegen-350M-mono
    sentence-transformers/all-MiniLM-L12-v2 sentence-transformers/all-MiniLM-L6-v2
    sentence-transformers/all-mpnet-base-v2 sentence-transformers/clip-ViT-B-32
    sentence-transformers/LaBSE sentence-transformers/multi-qa-mpnet-base-dot-v1
    sentence-transformers/paraphrase-MiniLM-L6-v2
    sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2
    sentence-transformers/paraphrase-multilingual-mpnet-base-v2 speechbrain/spkrec-ecapa-voxceleb
    stabilityai/sd-turbo stabilityai/sd-vae-ft-mse stabilityai/sdxl-turbo
    stabilityai/stable-diffusion-2 stabilityai/stable-diffusion-2-1
    stabilityai/stable-diffusion-2-1-base stabilityai/stable-diffusion-3-medium-diffusers
    stabilityai/stable-diffusion-3.5-large stabilityai/stable-diffusion-3.5-medium
    stabilityai/stable-diffusion-xl-base-1.0 stabilityai/stable-diffusion-xl-refiner-1.0
    stabilityai/stable-video-diffusion-img2vid-xt
    stable-diffusion-v1-5/stable-diffusion-inpainting stable-diffusion-v1-5/stable-diffusion-v1-5
    state-spaces/mamba-130m-hf suno/bark TheBloke/Llama-2-7B-GGUF
    TheBloke/Mistral-7B-Instruct-v0.2-GGUF thenlper/gte-large THUDM/chatglm2-6b THUDM/chatglm3-6b
    THUDM/CogVideoX-5b tiiuae/falcon-40b-instruct tiiuae/falcon-7b tiiuae/falcon-7b-instruct
    timbrooks/instruct-pix2pix TinyLlama/TinyLlama-1.1B-Chat-v1.0 Tongyi-MAI/Z-Image-Turbo
    unsloth/Llama-3.2-1B-Instruct urchade/gliner_small-v2.1 Wan-AI/Wan2.1-T2V-1.3B-Diffusers
    Wan-AI/Wan2.1-T2V-14B-Diffusers zai-org/GLM-4.5
    """.split()
)
