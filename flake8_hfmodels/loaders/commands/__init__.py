"""Which command lines read from the Hub: rows of the programs, and what stands before them."""

from __future__ import annotations

from flake8_hfmodels.loaders.commands.engines import ENGINES
from flake8_hfmodels.loaders.commands.evaluation import EVALUATION
from flake8_hfmodels.loaders.commands.hub import HUB
from flake8_hfmodels.loaders.commands.servers import SERVERS
from flake8_hfmodels.loaders.commands.tools import TOOLS
from flake8_hfmodels.loaders.commands.training import TRAINING

COMMANDS = (*HUB, *SERVERS, *ENGINES, *EVALUATION, *TRAINING, *TOOLS)
"""All rows; where two of them fit, the first one counts."""
