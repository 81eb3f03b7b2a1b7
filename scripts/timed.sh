#!/bin/sh
# Run a part of the checks and say how long it took: sh scripts/timed.sh NAME COMMAND...
name=$1
shift
began=$(date +%s)
"$@"
status=$?
echo "$name: $(($(date +%s) - began)) s"
exit $status
