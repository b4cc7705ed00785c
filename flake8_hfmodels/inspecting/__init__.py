"""What there is to know of a repo before it is used: the data of `hfmodels inspect`. Pure."""
