"""Shell text and command lines to references."""
