"""How `requests_cache` is to write our answers. Slow to import: only for a backend of its own."""

from __future__ import annotations

import logging

from requests_cache.serializers import SerializerPipeline, Stage

from flake8_hfmodels.hub.kept import dumps, loads

# It logs a row that it cannot read as an error, which Python would print.
logging.getLogger("requests_cache").addHandler(logging.NullHandler())

# Not "json" of requests_cache: it fails where its version and that of requests do not fit
# (1.2 with 2.34), and keeps what we do not read, such as headers.
SERIALIZER = SerializerPipeline([Stage(dumps=dumps, loads=loads)], name="answer")
