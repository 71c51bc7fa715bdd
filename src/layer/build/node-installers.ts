import type { Installer } from './installer.ts'

/** What tools note for themselves: times and addresses of registries, which no function reads. */
const KEEP_MODULES = `rm -rf node_modules/.package-lock.json node_modules/.modules.yaml node_modules/.pnpm-workspace-state*.json \\
  node_modules/.yarn-integrity node_modules/.yarn-state.yml node_modules/.cache
mkdir -p /out/nodejs
[ ! -d node_modules ] || mv node_modules /out/nodejs/
`

/** The version that package.json pins (`packageManager`), without its digest; else the one after it. */
const pinned = (tool: string, otherwise: string) =>
  `VERSION=$(node -p '(/^${tool}@(\\d[^+]*)/.exec(require("./package.json").packageManager) || [])[1] || ""')
if [ -z "$VERSION" ]; then VERSION=${otherwise}; fi
`

// Links into a store would work, but every reader of the zip must keep them: pnpm itself advises a flat tree for Lambda.
const PNPM_OF_LOCK = `$(node -p '({ 5: 7, 6: 8, 9: 10 })[/^lockfileVersion: .?(\\d+)/m.exec(require("fs").readFileSync("pnpm-lock.yaml", "utf8"))[1]] || "latest"')`
const PNPM = `${pinned('pnpm', PNPM_OF_LOCK)}echo "pnpm $VERSION"
npm exec --yes --package="pnpm@$VERSION" -- pnpm install --frozen-lockfile --prod --store-dir "$CACHE/pnpm" \\
  --config.node-linker=hoisted --config.package-import-method=copy
${KEEP_MODULES}`

const YARN = `${pinned('yarn', '$(grep -q "^__metadata:" yarn.lock && echo 4 || echo 1)')}echo "yarn $VERSION"
case $VERSION in
1 | 1.*)
  npm exec --yes --package="yarn@$VERSION" -- yarn install --frozen-lockfile --production --non-interactive --no-progress
  ;;
*)
  export YARN_NODE_LINKER=node-modules YARN_ENABLE_TELEMETRY=false YARN_ENABLE_GLOBAL_CACHE=true
  npm exec --yes --package="@yarnpkg/cli-dist@$VERSION" -- yarn install --immutable --mode=skip-build
  npm exec --yes --package="@yarnpkg/cli-dist@$VERSION" -- yarn workspaces focus --all --production
  ;;
esac
${KEEP_MODULES}`

const NPM_CI = `npm ci --omit=dev
${KEEP_MODULES}`

const NPM_INSTALL = `npm install --omit=dev --no-package-lock
${KEEP_MODULES}`

const row = (tool: string, lock: string | undefined, script: string): Installer => ({
  family: 'nodejs',
  tool,
  files: lock === undefined ? ['package.json'] : ['package.json', lock],
  locked: lock !== undefined,
  script: () => script,
})

export const NODE_INSTALLERS: readonly Installer[] = [
  row('npm', 'npm-shrinkwrap.json', NPM_CI),
  row('npm', 'package-lock.json', NPM_CI),
  row('pnpm', 'pnpm-lock.yaml', PNPM),
  row('yarn', 'yarn.lock', YARN),
  row('npm', undefined, NPM_INSTALL),
]
