import { KEEP_MODULES } from './node-modules.ts'
import { pinnedVersion, versionByFile } from './package-manager-version.ts'

/** The last version that writes a lock file of that version (measured): with `--immutable` each wants its own. */
const BY_LOCK = { 4: '3.0', 5: '3.1', 6: '3', 8: '4.13', 9: '4.14' }
const BERRY = versionByFile(BY_LOCK, '/^__metadata:\\s+version: (\\d+)/m', 'yarn.lock', '4')

/** Of all workspaces: yarn before 4 needs a plugin to leave them out by itself. */
const WITHOUT_DEVELOPMENT = `const fs = require('fs')
for (const line of fs.readFileSync(process.argv[2], 'utf8').trim().split('\\n')) {
  const file = JSON.parse(line).location + '/package.json'
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8'))
  delete manifest.devDependencies
  fs.writeFileSync(file, JSON.stringify(manifest))
}
`

/** Of yarn 2 and newer, and of yarn 1. */
const RELEASE = `const fs = require('fs')
const settings = { '.yarnrc.yml': /^yarnPath:\\s*(["']?)(.+?)\\1\\s*(?:#.*)?$/m, '.yarnrc': /^yarn-path\\s+(["']?)(.+?)\\1\\s*$/m }
for (const [file, pattern] of Object.entries(settings)) {
  const release = fs.existsSync(file) && (pattern.exec(fs.readFileSync(file, 'utf8')) || [])[2]
  if (release && fs.existsSync(release)) { console.log(fs.realpathSync(release)); break }
}
`

/**
 * Plug'n'Play needs a loader that no runtime has, so that a tree of node_modules is made whatever the project's linker.
 * What is committed is used, and then asked of nobody: a release in `yarnPath`, archives in `cacheFolder` (`.yarn/cache`).
 */
export const YARN = `node - > "$HOME/release" <<'END'
${RELEASE}END
RELEASE=$(cat "$HOME/release")
if [ -n "$RELEASE" ]; then
  VERSION=$(node "$RELEASE" --version)
  yarn() { node "$RELEASE" "$@"; }
else
  ${pinnedVersion('yarn', `$(if grep -q "^__metadata:" yarn.lock; then echo "${BERRY}"; else echo 1; fi)`).trimEnd()}
  case $VERSION in 1 | 1.*) PACKAGE=yarn ;; *) PACKAGE=@yarnpkg/cli-dist ;; esac
  yarn() { npm exec --yes --package="$PACKAGE@$VERSION" -- yarn "$@"; }
fi
echo "yarn $VERSION"
case $VERSION in
1 | 1.*)
  yarn install --frozen-lockfile --production --non-interactive --no-progress
  ;;
*)
  export YARN_NODE_LINKER=node-modules YARN_ENABLE_TELEMETRY=false YARN_ENABLE_GLOBAL_CACHE=true
  COMMITTED=$(unset YARN_CACHE_FOLDER; export YARN_ENABLE_GLOBAL_CACHE=false; yarn config get cacheFolder)
  case $COMMITTED in
  "$WORK"/*) if [ -d "$COMMITTED" ]; then export YARN_ENABLE_GLOBAL_CACHE=false YARN_CACHE_FOLDER="$COMMITTED"; fi ;;
  esac
  if [ "\${VERSION%%.*}" = 2 ]; then SKIP=--skip-builds; else SKIP=--mode=skip-build; fi
  yarn install --immutable "$SKIP"
  yarn workspaces list --json > "$HOME/workspaces"
  node - "$HOME/workspaces" <<'END'
${WITHOUT_DEVELOPMENT}END
  export YARN_ENABLE_IMMUTABLE_INSTALLS=false
  yarn install
  ;;
esac
${KEEP_MODULES}`
