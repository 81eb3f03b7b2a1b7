#!/bin/sh
# Make the environment .venv and install Corridormap into it, with its base data.
# Usage: sh scripts/install.sh [EXTRA]     EXTRA is "dev" for the tools of the tests.
set -eu

cd "$(dirname "$0")/.."
extra=${1:-}
venv=.venv

if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    python=$(sh scripts/python.sh)
    echo "Making the environment $venv with $python"
    if ! "$python" -m venv "$venv" >/dev/null 2>&1; then
        # Debian splits venv's pip off into a package of its own: the system's pip helps out.
        "$python" -m venv --without-pip "$venv"
        "$python" -m pip --quiet --python "$venv/bin/python" install pip
    fi
fi

echo "Installing Corridormap and its base data (about a minute the first time)"
"$venv/bin/python" -m pip --quiet --disable-pip-version-check install \
    --constraint constraints.txt --editable ".${extra:+[$extra]}"
