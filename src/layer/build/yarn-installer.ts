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

/**
 * Plug'n'Play needs a loader that no runtime has, so that a tree of node_modules is made whatever the project's linker.
 * Archives that are committed (`.yarn/cache`) are used, and so is a release in `yarnPath`.
 */
export const YARN = `${pinnedVersion('yarn', `$(if grep -q "^__metadata:" yarn.lock; then echo "${BERRY}"; else echo 1; fi)`)}echo "yarn $VERSION"
case $VERSION in
1 | 1.*)
  npm exec --yes --package="yarn@$VERSION" -- yarn install --frozen-lockfile --production --non-interactive --no-progress
  ;;
*)
  yarn_berry() { npm exec --yes --package="@yarnpkg/cli-dist@$VERSION" -- yarn "$@"; }
  export YARN_NODE_LINKER=node-modules YARN_ENABLE_TELEMETRY=false YARN_ENABLE_GLOBAL_CACHE=true
  if [ -d .yarn/cache ]; then export YARN_ENABLE_GLOBAL_CACHE=false YARN_CACHE_FOLDER=.yarn/cache; fi
  if [ "\${VERSION%%.*}" = 2 ]; then SKIP=--skip-builds; else SKIP=--mode=skip-build; fi
  yarn_berry install --immutable "$SKIP"
  yarn_berry workspaces list --json > "$HOME/workspaces"
  node - "$HOME/workspaces" <<'END'
${WITHOUT_DEVELOPMENT}END
  YARN_ENABLE_IMMUTABLE_INSTALLS=false yarn_berry install
  ;;
esac
${KEEP_MODULES}`
