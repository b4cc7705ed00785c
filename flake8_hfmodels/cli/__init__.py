"""The `hfmodels` command: arguments in, text and an exit code out."""
