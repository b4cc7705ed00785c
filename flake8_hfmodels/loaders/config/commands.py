"""Where configuration holds commands: keys of workflows, containers and task runners.

Names are in the one spelling of `keys`.
"""

from __future__ import annotations

# docs.github.com/actions workflow syntax: steps[*].run. docs.gitlab.com/ci/yaml: script. CircleCI
# run.command. Azure Pipelines script, bash. Travis script, install. taskfile.dev cmds. dvc.yaml
# cmd. SkyPilot run, setup. Ansible shell, command. cloud-init runcmd. Argo source. pre-commit
# entry. containers.dev postCreateCommand and its likes.
SCRIPT_KEYS = frozenset(
    """
    run script before_script after_script bash cmd cmds command commands shell entry install
    before_install after_install setup runcmd bootcmd on_create_command update_content_command
    post_create_command post_start_command post_attach_command initialize_command source exec
    ansible.builtin.shell ansible.builtin.command raw start_command build_command pre_command
    post_command serve entrypoint inline user_data startup_script init_script
    """.split()
)
"""The value is shell text, or a list of such texts."""

SCRIPT_PARENTS = frozenset(
    """
    scripts tasks task commands cmds run_commands on_create_command update_content_command
    post_create_command post_start_command post_attach_command initialize_command
    """.split()
)
"""Each text under it is a command: package.json, poe, pdm, hatch, taskipy, pixi, containers.dev."""

WORD_KEYS = ("entrypoint", "command", "args", "cmd", "arguments")
"""Lists that are the words of one command, in the order in which they follow one another."""

ENVIRONMENT_KEYS = frozenset(
    """
    env envs environment environments environment_variables env_vars extra_env extra_envs variables
    container_env remote_env vars secrets default_env
    """.split()
)
"""Variables of the environment: a mapping, a list of `A=b`, a list of name and value."""

EXTRA_ARGUMENTS = frozenset(
    """
    args arguments command commands cmd extra_args additional_args engine_args vllm_args flags
    launch_args server_args cli_args entrypoint extra_arguments model_args command_args
    """.split()
)
"""Lists of arguments for a program that may be named elsewhere."""

# lm_eval 0.4.13 lm_eval/utils.py simple_parse_args_string; lighteval 0.13.0.
ARGUMENT_TEXTS = frozenset({"model_args"})
"""The value is a text of arguments, `a=b,c=d`, that means the same as a mapping."""

PYTHON = ("python", "python3")

# containers.dev: a list is the words of one command.
EXEC_KEYS = frozenset(
    """
    exec on_create_command update_content_command post_create_command
    post_start_command post_attach_command initialize_command
    """.split()
)
"""Of the keys for commands, those whose list is the words of one command, all alone."""

KSERVE_IMAGE = "kserve/huggingfaceserver"
"""What runs the arguments of `spec.predictor.model` where no image is named."""
