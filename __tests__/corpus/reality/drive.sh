#!/bin/sh
# Reads lines `folder<TAB>arguments of the probe, separated by tabs`; for each the folder is mounted at /opt, in a mount
# namespace of its own, and probed with the environment that the runtime's bootstrap sets. Prints `folder<TAB>JSON`.
sed '/^exec/d' /var/runtime/bootstrap > /tmp/environment
. /tmp/environment
tab=$(printf '\t')
while IFS= read -r line; do
  folder=${line%%"$tab"*}
  answer=$(printf %s "${line#*"$tab"}" | unshare --mount sh -c '
    mount --bind "$1" /opt || exit 9
    cd /var/task
    if [ -e /var/lang/bin/python3 ]; then set -- /var/lang/bin/python3 /probe/probe.py; else set -- /var/lang/bin/node /probe/probe.cjs; fi
    tr "\t" "\0" | xargs -0 "$@"
  ' sh "/installs/$folder/layer" 2>/tmp/stderr) || answer="{\"\": {\"type\": \"probe\", \"text\": \"$(tail -c 500 /tmp/stderr | tr -d '\\"\n')\"}}"
  printf '%s\t%s\n' "$folder" "$answer"
done
