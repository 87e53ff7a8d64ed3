"""What every test needs: no real screen, no real home folder."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
