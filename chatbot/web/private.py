"""Importing this module keeps Gradio and the model hub from calling home.

Both read their settings once, when they are imported: import this module before them.
"""

from __future__ import annotations

import os

ENVIRONMENT = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_RUN_HISTORY": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
}

os.environ.update(ENVIRONMENT)
