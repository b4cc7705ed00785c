"""Files of keys and values to references: YAML, JSON, TOML, and files of sections."""
