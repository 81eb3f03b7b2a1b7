#!/bin/sh
# Make the environment .venv and install Corridormap into it, with its base data.
# Usage: sh scripts/install.sh [EXTRA]     EXTRA is "dev" for the tools of the tests, "login" for
#                                          a server with a login.
# Every package comes from a lock, and one whose hash is another is refused; so are packages that
# stand in no lock: Corridormap itself is installed without looking for any.
set -eu

cd "$(dirname "$0")/.."
extra=${1:-}
venv=.venv

pip="$venv/bin/python -m pip --quiet --disable-pip-version-check"
first=$pip
if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    python=$(sh scripts/python.sh)
    echo "Making the environment $venv with $python"
    if ! "$python" -m venv "$venv" >/dev/null 2>&1; then
        # Debian splits venv's pip off into a package of its own: the system's pip helps out, and
        # installs the lock's pip with all the rest.
        "$python" -m venv --without-pip "$venv"
        first="$python -m pip --quiet --disable-pip-version-check --python $venv/bin/python"
    fi
fi

echo "Installing Corridormap and its base data (about a minute the first time)"
$first install --require-hashes --requirement requirements.lock \
    ${extra:+--requirement "requirements-$extra.lock"}
$pip install --no-deps --no-build-isolation --check-build-dependencies --editable .
