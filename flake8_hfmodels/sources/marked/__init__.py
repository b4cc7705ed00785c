"""Files of keys and values to trees whose every value knows where it stands."""
