"""The page of `hfmodels report`: one HTML file that loads nothing more."""
