#!/usr/bin/env bash
# Print the first Python on the path that Attune is tested with and that can make virtual environments,
# or say what is missing.
set -euo pipefail

version_fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))'
without_venv=
for candidate in python3.13 python3.12 python3.11 python3.14 python3 python; do
    if "$candidate" -c "$version_fits" 2>/dev/null; then
        if "$candidate" -c 'import venv, ensurepip' 2>/dev/null; then
            command -v "$candidate"
            exit
        fi
        without_venv=${without_venv:-$candidate}
    fi
done

if [ -n "$without_venv" ]; then
    echo "$without_venv cannot make virtual environments: its venv module is missing" \
        "(on Debian and Ubuntu it is in the package $without_venv-venv)." >&2
else
    echo "Attune needs Python 3.11, 3.12, 3.13 or 3.14, and none was found." \
        "Please install one (it may stand beside others) and try again." >&2
fi
exit 1
