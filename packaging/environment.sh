#!/usr/bin/env bash
# Make the virtual environment named by the first argument and install what constraints.txt pins.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=$1

works() {
    [ -x "$1/bin/python" ] && "$1/bin/python" -c 'import pip' 2>/dev/null
}

if ! works "$venv"; then
    python=$(bash packaging/find_python.sh)
    echo "Making $venv with $("$python" --version)"
    "$python" -m venv --clear "$venv"
fi

echo "Installing what constraints.txt pins; the first time this fetches about 600 MB"
install=("$venv/bin/python" -m pip install --disable-pip-version-check --constraint constraints.txt)
[ -t 1 ] || install+=(--quiet) # its progress bars are for a person
# The pip that came with Python may be too old to know dependency groups.
"${install[@]}" pip
"${install[@]}" --group package --group lint --group test
# The build back end was just installed at its pinned version: no isolated copy of whatever is newest.
"${install[@]}" --no-build-isolation --editable .
