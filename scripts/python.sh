#!/bin/sh
# Print a Python of 3.11 or later: $PYTHON if it is set, else the first one found.
set -eu

for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    if path=$(command -v "$name" 2>/dev/null) &&
        "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        echo "$path"
        exit 0
    fi
done
echo "Corridormap needs Python 3.11 or later: install it, or name it: make run PYTHON=..." >&2
exit 1
