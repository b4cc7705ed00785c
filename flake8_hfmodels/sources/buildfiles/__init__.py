"""Files that build and set up things, in small languages of their own, to references."""
