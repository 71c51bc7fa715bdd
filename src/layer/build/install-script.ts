import { CA_BUNDLE } from '../../ports/layer-builder.ts'

const ROOT = '/tmp/lambda-parity'

/**
 * What every build begins with (POSIX sh): all output goes to stderr, home and working folder are the build's own, and
 * caches are kept where the container was given a place. The working folder is a copy of /src that may be written to.
 */
const PRELUDE = `set -e
exec 1>&2
umask 022
HOME=${ROOT}/home WORK=${ROOT}/work CACHE=/cache
mkdir -p "$HOME" "$WORK"
[ -d "$CACHE" ] && [ -w "$CACHE" ] || CACHE=${ROOT}/cache
export HOME CACHE USER=lambda-parity LOGNAME=lambda-parity XDG_CACHE_HOME="$CACHE" ARTIFACTS_DIR=/out CI=true
export PIP_CACHE_DIR="$CACHE/pip" UV_CACHE_DIR="$CACHE/uv" npm_config_cache="$CACHE/npm"
export YARN_CACHE_FOLDER="$CACHE/yarn" YARN_GLOBAL_FOLDER="$CACHE/yarn-berry" BUNDLE_USER_CACHE="$CACHE/bundle"
export GOMODCACHE="$CACHE/go" GOCACHE="$CACHE/go-build" CARGO_HOME="\${CARGO_HOME:-$CACHE/cargo}"
export UV_SYSTEM_CERTS=true PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore PIP_PROGRESS_BAR=off
export PYTHONDONTWRITEBYTECODE=1 npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false
# 1980-01-01, the time of the zip's files: what is compiled twice comes out the same.
export SOURCE_DATE_EPOCH=315532800
if [ -f ${CA_BUNDLE} ]; then
  # Beside what the image trusts already, since a variable replaces its bundle.
  for bundle in /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/certs/ca-certificates.crt /etc/ssl/cert.pem; do
    [ -f "$bundle" ] && cat "$bundle" && break
  done > "$HOME/ca-bundle.pem" || true
  { echo; cat ${CA_BUNDLE}; } >> "$HOME/ca-bundle.pem"
  # yarn takes Node's; its own variable has another name in each version, which refuses what it does not know.
  export SSL_CERT_FILE="$HOME/ca-bundle.pem" PIP_CERT="$HOME/ca-bundle.pem" REQUESTS_CA_BUNDLE="$HOME/ca-bundle.pem"
  export CURL_CA_BUNDLE="$HOME/ca-bundle.pem" AWS_CA_BUNDLE="$HOME/ca-bundle.pem" GIT_SSL_CAINFO="$HOME/ca-bundle.pem"
  export NODE_EXTRA_CA_CERTS=${CA_BUNDLE} npm_config_cafile="$HOME/ca-bundle.pem" BUNDLE_SSL_CA_CERT="$HOME/ca-bundle.pem"
  export CARGO_HTTP_CAINFO="$HOME/ca-bundle.pem"
fi
# /src is not its user's, where git would use no repository.
printf '[safe]\\n\\tdirectory = *\\n' > "$HOME/.gitconfig"
cp -R /src/. "$WORK"
cd "$WORK"
`

/** A script that installs: `body` finds the copy of the source as its working folder, and leaves its result in /out. */
export function installScript(body: string): string {
  return `${PRELUDE}${body}`
}

/** `build-command` as a step of a workflow would run it: by bash where the image has it, stopping at the first failure. */
export const COMMAND_SCRIPT = installScript(`if command -v bash >/dev/null; then exec bash -e -o pipefail -c "$1"; fi
exec sh -e -c "$1"
`)
