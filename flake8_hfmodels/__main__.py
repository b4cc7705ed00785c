"""`python -m flake8_hfmodels` is the `hfmodels` command."""

from flake8_hfmodels.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
