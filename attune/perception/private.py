"""Keep MediaPipe from talking to anybody.

From 0.10.3x on its library sends usage metrics over libcurl about a minute after it starts working.
libcurl asks the environment for a proxy when the upload is tried, so a proxy nobody can be behind turns
every attempt into a refused connection on this machine. It has to stay set as long as the library lives.
"""

from __future__ import annotations

import os
import sys

# A privileged port on loopback: no ordinary program can listen there, so the connection is refused.
CLOSED_PROXY = "http://127.0.0.1:1"


def keep_private() -> None:
    """Point this process's https traffic at a closed door; call before mediapipe is imported.

    Raises RuntimeError if mediapipe was imported without it: from then on nobody can promise anything.
    """
    if "mediapipe" in sys.modules and os.environ.get("https_proxy") != CLOSED_PROXY:
        raise RuntimeError("mediapipe was imported before keep_private()")
    for name in ("no_proxy", "NO_PROXY"):  # either could name the very host that is to be kept out
        os.environ.pop(name, None)
    os.environ["https_proxy"] = CLOSED_PROXY
