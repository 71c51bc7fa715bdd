#!/bin/sh
# Runs a probe, given with its arguments, with the environment that the runtime's bootstrap sets.
sed '/^exec/d' /var/runtime/bootstrap > /tmp/environment
. /tmp/environment
cd /var/task && exec "$@"
