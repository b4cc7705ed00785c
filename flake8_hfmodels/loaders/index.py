"""Which names the catalogue has, and in which of its modules their rows are.

Made from the rows by `python -m tests.catalogue`: most files need the rows of one library only.
"""

from __future__ import annotations

BARE: str = (
    "CrossEncoder SentenceTransformer from_pretrained_fastai from_pretrained_keras "
    "get_class_from_dynamic_module hf_hub_download load_attn_procs load_dataset_builder "
    "load_ip_adapter load_lora_weights load_textual_inversion snapshot_download"
)
"""The names that say enough by themselves."""

PACKAGES: dict[str, tuple[str, str]] = {
    "FlagEmbedding": (
        "flag_embedding",
        "BGEM3FlagModel FlagICLModel FlagLLMModel FlagLLMReranker FlagModel "
        "FlagReranker LayerWiseFlagLLMReranker LightWeightFlagLLMReranker "
        "from_finetuned",
    ),
    "TTS": ("speech", "TTS"),
    "accelerate": ("accelerate", "create_empty_model"),
    "adapters": ("adapters", "from_pretrained load_adapter load_adapter_setup load_model"),
    "argilla": ("data", "from_hub"),
    "auto_gptq": ("quantization", "from_pretrained from_quantized"),
    "awq": ("quantization", "from_pretrained from_quantized"),
    "bentoml": ("serving", "HuggingFaceModel import_model"),
    "bert_score": ("evaluation", "BERTScorer score"),
    "bertopic": ("retrieval", "BERTopic load"),
    "byaldi": ("late_interaction", "from_pretrained"),
    "chromadb": (
        "vector_stores",
        "FastembedSparseEmbeddingFunction HuggingFaceEmbeddingFunction "
        "HuggingFaceSparseEmbeddingFunction InstructorEmbeddingFunction "
        "OpenCLIPEmbeddingFunction SentenceTransformerEmbeddingFunction "
        "Text2VecEmbeddingFunction",
    ),
    "chronos": ("tabular", "from_pretrained"),
    "colbert": ("late_interaction", "Checkpoint Indexer Searcher"),
    "colpali_engine": ("late_interaction", "from_pretrained"),
    "comet": ("evaluation", "download_model"),
    "controlnet_aux": ("vision", "from_pretrained"),
    "ctransformers": ("ggml", "from_pretrained"),
    "ctranslate2": ("quantization", "TransformersConverter"),
    "curated_transformers": ("language", "from_hf_hub"),
    "datasets": (
        "datasets",
        "dataset_module_factory get_dataset_config_info get_dataset_config_names "
        "get_dataset_default_config_name get_dataset_infos get_dataset_split_names "
        "load_dataset load_dataset_builder load_metric push_to_hub",
    ),
    "datatrove": ("data", "HuggingFaceDatasetReader"),
    "diffusers": (
        "diffusers",
        "ComponentSpec download from_config from_pipe from_pretrained "
        "from_single_file load_attn_procs load_config load_ip_adapter "
        "load_lora_adapter load_lora_weights load_textual_inversion "
        "lora_state_dict push_to_hub",
    ),
    "distilabel": (
        "data",
        "InferenceEndpointsLLM LoadDataFromHub MlxLLM RewardModelScore "
        "SentenceTransformerEmbeddings TransformersLLM vLLM vLLMEmbeddings",
    ),
    "docling": ("documents", "HybridChunker InlineVlmOptions download_hf_model from_pretrained"),
    "docling_core": ("documents", "HybridChunker from_pretrained"),
    "doctr": ("documents", "from_hub"),
    "dspy": ("data", "from_huggingface"),
    "esm": ("science", "from_pretrained"),
    "espnet2": ("speech", "from_pretrained"),
    "espnet_model_zoo": ("speech", "download download_and_unpack huggingface_download"),
    "evaluate": ("evaluate", "compute evaluation_module_factory load"),
    "fastcoref": ("language", "FCoref LingMessCoref"),
    "fastembed": (
        "fastembed",
        "ImageEmbedding LateInteractionMultimodalEmbedding "
        "LateInteractionTextEmbedding SparseTextEmbedding TextCrossEncoder "
        "TextEmbedding",
    ),
    "faster_whisper": ("faster_whisper", "WhisperModel download_model"),
    "fiftyone": ("data", "load_from_hub"),
    "flair": (
        "flair",
        "BIGBIO_NER_CORPUS TransformerDocumentEmbeddings TransformerEmbeddings "
        "TransformerWordEmbeddings load",
    ),
    "garak": ("guardrails", "InferenceAPI Model Pipeline"),
    "gliner": (
        "gliner",
        "GLiNERClassifier GLiNERDocREDEvaluator GLiNEROpenExtractor "
        "GLiNERQuestionAnswerer GLiNERRelationExtractor GLiNERSquadEvaluator "
        "GLiNERSummarizer from_pretrained",
    ),
    "gliner2": ("gliner", "from_pretrained"),
    "gptqmodel": ("quantization", "from_pretrained from_quantized load"),
    "gradio": ("gradio", "Blocks Interface from_hub load"),
    "gradio_client": ("gradio", "Client"),
    "guidance": ("agents", "Transformers"),
    "haystack": (
        "haystack",
        "ExtractiveReader HuggingFaceAPIChatGenerator "
        "HuggingFaceAPIDocumentEmbedder HuggingFaceAPIGenerator "
        "HuggingFaceAPITextEmbedder HuggingFaceLocalChatGenerator "
        "HuggingFaceLocalGenerator NamedEntityExtractor SASEvaluator "
        "SentenceTransformersDiversityRanker SentenceTransformersDocumentEmbedder "
        "SentenceTransformersDocumentImageEmbedder "
        "SentenceTransformersSimilarityRanker "
        "SentenceTransformersSparseDocumentEmbedder "
        "SentenceTransformersSparseTextEmbedder SentenceTransformersTextEmbedder "
        "TransformersSimilarityRanker TransformersTextRouter "
        "TransformersZeroShotDocumentClassifier TransformersZeroShotTextRouter",
    ),
    "haystack_integrations": (
        "haystack",
        "FastembedDocumentEmbedder FastembedLateInteractionRanker "
        "FastembedRanker FastembedSparseDocumentEmbedder "
        "FastembedSparseTextEmbedder FastembedTextEmbedder "
        "OptimumDocumentEmbedder OptimumTextEmbedder "
        "SentenceTransformersDiversityRanker "
        "SentenceTransformersDocumentEmbedder "
        "SentenceTransformersDocumentImageEmbedder "
        "SentenceTransformersSimilarityRanker "
        "SentenceTransformersSparseDocumentEmbedder "
        "SentenceTransformersSparseTextEmbedder "
        "SentenceTransformersTextEmbedder TransformersChatGenerator "
        "TransformersExtractiveReader "
        "TransformersNamedEntityExtractor TransformersTextRouter "
        "TransformersZeroShotDocumentClassifier "
        "TransformersZeroShotTextRouter",
    ),
    "hqq": ("quantization", "from_quantized"),
    "huggingface_hub": (
        "huggingface_hub",
        "AsyncInferenceClient CommitScheduler InferenceClient Repository "
        "auth_check cat cat_file create_branch create_commit "
        "create_discussion create_pull_request create_repo create_tag "
        "dataset_info delete_branch delete_file delete_files delete_folder "
        "delete_repo delete_tag download duplicate_repo exists file_exists "
        "find from_pretrained from_pretrained_fastai from_pretrained_keras "
        "get get_discussion_details get_file get_paths_info "
        "get_repo_discussions get_safetensors_metadata get_space_runtime "
        "glob hf_hub_download hf_hub_url info kernel_info list_repo_commits "
        "list_repo_files list_repo_likers list_repo_refs list_repo_tree "
        "load ls metadata_update model_info move_repo open "
        "parse_safetensors_file_metadata preupload_lfs_files push_to_hub "
        "push_to_hub_fastai read_bytes read_text repo_exists repo_info "
        "resolve_revision snapshot_download space_info super_squash_history "
        "update_repo_settings upload_file upload_folder "
        "verify_repo_checksums",
    ),
    "huggingface_sb3": ("training", "load_from_hub"),
    "infinity_emb": ("serving", "EngineArgs"),
    "inspect_ai": ("evaluation", "eval get_model hf_dataset"),
    "keras": ("keras", "load_model"),
    "keras_hub": ("keras", "from_preset"),
    "keras_nlp": ("keras", "from_preset"),
    "kernels": ("kernels", "FuncRepository LayerRepository get_kernel has_kernel install_kernel"),
    "keybert": ("retrieval", "KeyBERT"),
    "kokoro": ("speech", "KModel KPipeline"),
    "lancedb": (
        "vector_stores",
        "AnswerdotaiRerankers ColbertEmbeddings ColbertReranker "
        "CrossEncoderReranker GteEmbeddings InstructorEmbeddingFunction "
        "SentenceTransformerEmbeddings TransformersEmbeddingFunction create",
    ),
    "langchain": (
        "langchain",
        "CTransformers HuggingFaceBgeEmbeddings HuggingFaceCrossEncoder "
        "HuggingFaceDatasetLoader HuggingFaceEmbeddings HuggingFaceEndpoint "
        "HuggingFaceHub HuggingFaceHubEmbeddings "
        "HuggingFaceInferenceAPIEmbeddings HuggingFaceInstructEmbeddings "
        "ImageCaptionLoader SentenceTransformersTokenTextSplitter VLLM "
        "from_model_id load_huggingface_tool",
    ),
    "langchain_classic": (
        "langchain",
        "CTransformers HuggingFaceBgeEmbeddings HuggingFaceCrossEncoder "
        "HuggingFaceDatasetLoader HuggingFaceEmbeddings "
        "HuggingFaceEndpoint HuggingFaceHub HuggingFaceHubEmbeddings "
        "HuggingFaceInferenceAPIEmbeddings HuggingFaceInstructEmbeddings "
        "ImageCaptionLoader SentenceTransformersTokenTextSplitter VLLM "
        "from_model_id load_huggingface_tool",
    ),
    "langchain_community": (
        "langchain",
        "CTransformers FastEmbedEmbeddings HuggingFaceBgeEmbeddings "
        "HuggingFaceCrossEncoder HuggingFaceDatasetLoader "
        "HuggingFaceEmbeddings HuggingFaceEndpoint HuggingFaceHub "
        "HuggingFaceHubEmbeddings HuggingFaceInferenceAPIEmbeddings "
        "HuggingFaceInstructEmbeddings ImageCaptionLoader "
        "IpexLLMBgeEmbeddings Model2vecEmbeddings OpenVINOBgeEmbeddings "
        "OpenVINOEmbeddings OpenVINOReranker QuantizedBgeEmbeddings "
        "QuantizedBiEncoderEmbeddings VLLM from_model_id "
        "load_huggingface_tool",
    ),
    "langchain_huggingface": (
        "langchain",
        "ChatHuggingFace HuggingFaceEmbeddings HuggingFaceEndpoint "
        "HuggingFaceEndpointEmbeddings from_model_id",
    ),
    "langchain_text_splitters": ("langchain", "SentenceTransformersTokenTextSplitter"),
    "lerobot": (
        "lerobot",
        "LeRobotDataset LeRobotDatasetMetadata StreamingLeRobotDataset create "
        "from_pretrained make_env",
    ),
    "lighteval": ("evaluation", "TransformersModelConfig"),
    "litellm": ("agents", "create_pretrained_tokenizer"),
    "litgpt": ("training", "download_from_hub load"),
    "llama_cpp": ("ggml", "ModelSettings from_pretrained"),
    "llama_index": (
        "llama_index",
        "ColbertRerank FastEmbedEmbedding FlagEmbeddingReranker "
        "HuggingFaceEmbedding HuggingFaceInferenceAPI "
        "HuggingFaceInferenceAPIEmbedding HuggingFaceLLM InstructorEmbedding "
        "SentenceTransformerRerank SentenceTransformersFinetuneEngine Vllm "
        "VllmServer create_and_save_optimum_model get_transformer_tokenizer_fn "
        "resolve_embed_model",
    ),
    "llm_guard": ("guardrails", "Model"),
    "llmcompressor": ("quantization", "oneshot"),
    "llmlingua": ("agents", "PromptCompressor"),
    "lm_eval": ("evaluation", "HFLM SGLangLM VLLM simple_evaluate"),
    "lmdeploy": ("serving", "pipeline serve"),
    "mergekit": ("quantization", "ModelPath parse"),
    "mistral_common": ("language", "from_hf_hub"),
    "mlx_audio": ("mlx", "from_pretrained generate_audio load load_model"),
    "mlx_lm": ("mlx", "convert load pipeline_load sharded_load"),
    "mlx_vlm": ("mlx", "convert load"),
    "mlx_whisper": ("mlx", "load_model transcribe"),
    "model2vec": ("retrieval", "distill from_pretrained"),
    "monai": ("science", "download load"),
    "mteb": ("evaluation", "SentenceTransformerEncoderWrapper get_model"),
    "nemo": ("nemo", "from_pretrained"),
    "nnsight": ("interpretability", "LanguageModel VisionLanguageModel"),
    "nougat": ("documents", "from_pretrained"),
    "open_clip": (
        "open_clip",
        "create_model create_model_and_transforms create_model_from_pretrained get_tokenizer",
    ),
    "optimum": ("optimum", "from_pretrained get_model_from_task main_export pipeline"),
    "peft": (
        "peft",
        "check_if_peft_model from_pretrained hotswap_adapter load_adapter "
        "load_peft_weights push_to_hub",
    ),
    "presidio_analyzer": ("guardrails", "GLiNERRecognizer HuggingFaceNerRecognizer"),
    "pyannote": ("pyannote", "Inference from_pretrained get_model"),
    "pylate": ("late_interaction", "ColBERT"),
    "pymilvus": (
        "vector_stores",
        "BGEM3EmbeddingFunction BGERerankFunction CrossEncoderRerankFunction "
        "InstructorEmbeddingFunction MGTEEmbeddingFunction "
        "Model2VecEmbeddingFunction SentenceTransformerEmbeddingFunction "
        "SpladeEmbeddingFunction",
    ),
    "pysentimiento": ("language", "create_analyzer"),
    "qdrant_client": ("vector_stores", "Document Image"),
    "ragatouille": ("late_interaction", "RAGTrainer from_pretrained"),
    "rerankers": ("retrieval", "Reranker"),
    "sae_lens": ("interpretability", "from_pretrained"),
    "sam2": ("vision", "build_sam2_hf build_sam2_video_predictor_hf from_pretrained"),
    "scvi": ("science", "pull_from_huggingface_hub"),
    "semantic_kernel": ("agents", "HuggingFaceTextCompletion HuggingFaceTextEmbedding"),
    "sentence_transformers": (
        "sentence_transformers",
        "CrossEncoder CrossEncoderNanoBEIREvaluator "
        "MultiVectorEncoder MultiVectorNanoBEIREvaluator "
        "NanoBEIREvaluator SentenceTransformer SparseEncoder "
        "SparseNanoBEIREvaluator Transformer from_distillation "
        "from_model2vec push_to_hub save_to_hub",
    ),
    "setfit": ("setfit", "from_pretrained get_templated_dataset"),
    "sglang": ("serving", "Engine Runtime ServerArgs"),
    "smolagents": (
        "smolagents",
        "InferenceClientModel MLXModel TransformersModel VLLMModel from_hub "
        "from_space load_tool push_to_hub",
    ),
    "snac": ("speech", "from_pretrained"),
    "spacy_curated_transformers": ("language", "build_hf_transformer_encoder_loader_v1"),
    "spacy_transformers": ("language", "TransformerModel"),
    "span_marker": ("span_marker", "SpacySpanMarkerWrapper from_pretrained"),
    "speechbrain": (
        "speechbrain",
        "DiscreteSSL Encodec GPT HFTransformersInterface HuBERT LLaMA LaBSE "
        "MERT Mimi NLLB TextEncoder Vocos W2VBert Wav2Vec2 Wav2Vec2Pretrain "
        "WavLM WeightedSSLModel Whisper fetch foreign_class from_hparams "
        "load_kmeans mBART",
    ),
    "surya": (
        "documents",
        "DetectionPredictor FastLayoutPredictor OCRErrorPredictor from_pretrained",
    ),
    "tabpfn": ("tabular", "TabPFNClassifier TabPFNRegressor"),
    "tensorflow": ("keras", "load_model"),
    "texify": ("documents", "load_model"),
    "timesfm": ("tabular", "from_pretrained"),
    "timm": (
        "timm",
        "create_dataset create_model load_custom_from_hf load_model_config_from_hf "
        "load_state_dict_from_hf",
    ),
    "tokenizers": ("tokenizers", "from_pretrained"),
    "torchtune": (
        "training",
        "PreferenceDataset SFTDataset TextCompletionDataset alpaca_dataset "
        "chat_dataset cnn_dailymail_articles_dataset grammar_dataset "
        "hh_rlhf_helpful_dataset instruct_dataset llava_instruct_dataset "
        "preference_dataset samsum_dataset slimorca_dataset "
        "stack_exchange_paired_dataset text_completion_dataset "
        "the_cauldron_dataset wikitext_dataset",
    ),
    "transformer_lens": (
        "interpretability",
        "boot_transformers download_file_from_hf from_pretrained",
    ),
    "transformers": (
        "transformers",
        "cached_file cached_files from_config from_encoder_decoder_pretrained "
        "from_hub from_pretrained from_sub_models_pretrained "
        "from_vision_text_pretrained generate get_cached_module_file "
        "get_class_from_dynamic_module get_config_dict get_file_from_repo "
        "load_adapter load_custom_generate load_tool pipeline push_to_hub "
        "set_attn_implementation",
    ),
    "trl": (
        "trl",
        "DPOTrainer DatasetConfig DistillationTrainer GRPOTrainer KTOTrainer "
        "ModelConfig RLOOTrainer RewardTrainer SFTTrainer ScriptArguments "
        "clone_chat_template from_pretrained",
    ),
    "txtai": (
        "txtai",
        "Caption CrossEncoder Embeddings Entity Generator LLM Labels LateEncoder "
        "Objects Questions Sequences Similarity Summary TextToAudio TextToSpeech "
        "Transcription Translation load",
    ),
    "unsloth": ("unsloth", "from_pretrained"),
    "vllm": ("vllm", "AsyncEngineArgs EngineArgs LLM LoRARequest"),
    "vocos": ("speech", "from_pretrained"),
    "whisperx": ("whisperx", "DiarizationPipeline load_align_model load_model"),
    "wtpsplit": ("language", "SaT WtP"),
}
"""Each package, with the modules that have its rows, and the last parts of their names."""

CLASSES: dict[str, str] = {
    "AbsaModel": "from_pretrained",
    "AutoAWQForCausalLM": "from_pretrained",
    "AutoBackbone": "from_pretrained",
    "AutoConfig": "from_pretrained",
    "AutoFeatureExtractor": "from_pretrained",
    "AutoGPTQForCausalLM": "from_pretrained",
    "AutoImageProcessor": "from_pretrained",
    "AutoModel": "from_config from_pretrained",
    "AutoProcessor": "from_pretrained",
    "AutoTokenizer": "from_pretrained",
    "AutoVideoProcessor": "from_pretrained",
    "EMAModel": "from_pretrained",
    "EvaluationSuite": "load",
    "ExportedModel": "from_pretrained",
    "FastLanguageModel": "from_pretrained",
    "FastSentenceTransformer": "from_pretrained",
    "GLiNER": "from_pretrained",
    "GPTQModel": "from_pretrained",
    "GenerationConfig": "from_pretrained",
    "HfApi": "hf_hub_download snapshot_download",
    "HfFileSystem": "cat cat_file download exists find get get_file glob info ls open "
    "read_bytes read_text",
    "HuggingFaceTokenizer": "from_pretrained",
    "KerasModelHubMixin": "from_pretrained",
    "LlamaHFTokenizer": "from_pretrained",
    "MistralCommonBackend": "from_pretrained",
    "ModelHubMixin": "from_pretrained",
    "MotionAdapter": "from_pretrained",
    "MultiAdapter": "from_pretrained",
    "NougatModel": "from_pretrained",
    "ORTOptimizer": "from_pretrained",
    "ORTQuantizer": "from_pretrained",
    "OnnxRuntimeModel": "from_pretrained",
    "PeftMixedModel": "from_pretrained",
    "PyTorchModelHubMixin": "from_pretrained",
    "RAGMultiModalModel": "from_pretrained",
    "RAGPretrainedModel": "from_pretrained",
    "RagRetriever": "from_pretrained",
    "RagTokenizer": "from_pretrained",
    "SNAC": "from_pretrained",
    "StaticEmbedding": "from_distillation from_model2vec",
    "StaticModel": "from_pretrained",
    "StaticModelPipeline": "from_pretrained",
    "T2IAdapter": "from_pretrained",
    "Vocos": "from_pretrained",
}
"""The methods of rows whose class is spelled out, by class."""

WORDED: dict[str, str] = {
    "CrossEncoder": "sentence_transformers",
    "SentenceTransformer": "sentence_transformers",
    "cat": "huggingface_hub",
    "cat_file": "huggingface_hub",
    "download": "huggingface_hub",
    "exists": "huggingface_hub",
    "find": "huggingface_hub",
    "from_config": "diffusers transformers",
    "from_distillation": "sentence_transformers",
    "from_model2vec": "sentence_transformers",
    "from_pretrained": "diffusers documents ggml gliner huggingface_hub late_interaction "
    "optimum peft quantization retrieval setfit speech tabular "
    "transformers unsloth",
    "from_pretrained_fastai": "huggingface_hub",
    "from_pretrained_keras": "huggingface_hub",
    "get": "huggingface_hub",
    "get_class_from_dynamic_module": "transformers",
    "get_file": "huggingface_hub",
    "glob": "huggingface_hub",
    "hf_hub_download": "huggingface_hub",
    "info": "huggingface_hub",
    "load": "evaluate",
    "load_adapter": "peft transformers",
    "load_attn_procs": "diffusers",
    "load_dataset_builder": "datasets",
    "load_ip_adapter": "diffusers",
    "load_lora_weights": "diffusers",
    "load_textual_inversion": "diffusers",
    "ls": "huggingface_hub",
    "open": "huggingface_hub",
    "read_bytes": "huggingface_hub",
    "read_text": "huggingface_hub",
    "snapshot_download": "huggingface_hub",
}
"""The modules with rows of a name that are known without their package."""
