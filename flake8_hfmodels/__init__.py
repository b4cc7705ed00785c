"""flake8-hfmodels: Hugging Face models are dependencies; pin them and know them."""

__version__ = "0.1.0"
