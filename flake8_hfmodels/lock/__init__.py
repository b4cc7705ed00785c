"""The lock: what every reference of a project stood for when somebody trusted it first."""

NAME = "hfmodels.lock"
"""What the file is called."""
