"""What optimum, with its parts for ONNX, OpenVINO and other hardware, loads from the Hub."""

from __future__ import annotations

from flake8_hfmodels.loaders.row import Loader, Param

MODEL = Param(("model_id",), 0)
PIPELINE = Param(("model",), 1)
REVISION = Param(("revision",))
TRUST = Param(("trust_remote_code",))
EXPORT = ("export", "subfolder", "file_name", "use_safetensors")

LOADERS: tuple[Loader, ...] = (
    *(
        Loader(
            package="optimum",
            name=name,
            source=source,
            repo_id=(MODEL,),
            revision=Param(("revision",), revision),
            trust_remote_code=Param(("trust_remote_code",), trust),
            reads="files",
            options=EXPORT,
        )
        for name, revision, trust, source in (
            (
                "ORTModel*.from_pretrained",
                4,
                7,
                "optimum-onnx 0.1.0 optimum/onnxruntime/modeling.py:470",
            ),
            (
                "OVModelOpenCLIP*.from_pretrained",
                4,
                10,
                "optimum-intel 2.2.0 optimum/intel/openvino/modeling_open_clip.py:135",
            ),
            (
                "OVModel*.from_pretrained",
                9,
                8,
                "optimum-intel 2.2.0 optimum/intel/openvino/modeling_base.py:595",
            ),
            (
                "ExecuTorchModel*.from_pretrained",
                3,
                None,
                "optimum-executorch 1.1.0 optimum/executorch/modeling.py:314",
            ),
        )
    ),
    *(
        Loader(
            package="optimum",
            name=name,
            source=source,
            repo_id=(Param(parameters, 0),),
            revision=REVISION,
            trust_remote_code=TRUST,
            reads="files",
            options=EXPORT,
        )
        for name, parameters, source in (
            (
                "ORT*Pipeline*.from_pretrained",
                ("model_name_or_path", "pretrained_model_or_path"),
                "optimum-onnx 0.1.0 optimum/onnxruntime/modeling_diffusion.py:267",
            ),
            (
                "OVPipelineFor*.from_pretrained",
                ("pretrained_model_or_path",),
                "optimum-intel 2.2.0 optimum/intel/openvino/modeling_diffusion.py:2796",
            ),
            (
                "OV*Pipeline.from_pretrained",
                ("pretrained_model_or_path",),
                "optimum-intel 2.2.0 optimum/intel/openvino/modeling_diffusion.py:2796",
            ),
            (
                "*Quantized*.from_pretrained",
                ("pretrained_model_name_or_path",),
                "optimum-quanto 0.2.7 optimum/quanto/models/transformers_models.py:115",
            ),
        )
    ),
    Loader(
        package="optimum",
        name="Gaudi*Pipeline.from_pretrained",
        source="optimum-habana 1.21.2 optimum/habana/diffusers/pipelines/pipeline_utils.py:358",
        repo_id=(Param(("pretrained_model_name_or_path",), 0),),
        revision=REVISION,
        reads="diffusers",
        options=("use_safetensors", "variant"),
    ),
    # They take a folder or a model in memory.
    *(
        Loader(
            package="optimum",
            name=name,
            source="optimum-onnx 0.1.0 optimum/onnxruntime/optimization.py:81",
            repo_id=(Param(("model_or_path",), 0),),
            revision=None,
            downloads=False,
            takes_object=True,
        )
        for name in ("ORTOptimizer.from_pretrained", "ORTQuantizer.from_pretrained")
    ),
    # The revision is positional 4 in the base class, and elsewhere in others.
    Loader(
        package="optimum",
        name="*.from_pretrained",
        source="optimum 2.3.0 optimum/modeling_base.py:308",
        repo_id=(MODEL,),
        revision=REVISION,
        trust_remote_code=TRUST,
        reads="files",
        options=EXPORT,
    ),
    *(
        Loader(
            package="optimum",
            name=name,
            source=source,
            repo_id=(PIPELINE,),
            revision=Param(("revision",), revision),
            trust_remote_code=Param(("trust_remote_code",), trust),
            reads="files",
            default_model=True,
            takes_object=True,
        )
        for name, revision, trust, source in (
            (
                "*onnxruntime.pipeline",
                7,
                11,
                "optimum-onnx 0.1.0 optimum/onnxruntime/pipelines.py:150",
            ),
            (
                "*intel.pipeline",
                7,
                12,
                "optimum-intel 2.2.0 optimum/intel/pipelines/pipeline_base.py:44",
            ),
            ("pipeline", 8, 14, "optimum 2.3.0 optimum/pipelines/__init__.py:48"),
        )
    ),
    *(
        Loader(
            package="optimum",
            name=name,
            source=source,
            repo_id=(Param(("model_name_or_path",), 0),),
            revision=Param(("revision",), revision),
            trust_remote_code=Param(("trust_remote_code",), trust),
        )
        for name, revision, trust, source in (
            (
                "*onnx.main_export",
                13,
                16,
                "optimum-onnx 0.1.0 optimum/exporters/onnx/__main__.py:57",
            ),
            (
                "*openvino.main_export",
                9,
                6,
                "optimum-intel 2.2.0 optimum/exporters/openvino/__main__.py:262",
            ),
        )
    ),
    Loader(
        package="optimum",
        name="*TasksManager.get_model_from_task",
        source="optimum 2.3.0 optimum/exporters/tasks.py:1083",
        repo_id=(Param(("model_name_or_path",), 1),),
        revision=Param(("revision",), 3),
        trust_remote_code=TRUST,
    ),
)
