import type { Installer } from './installer.ts'
import { KEEP_MODULES } from './node-modules.ts'
import { pinnedVersion, versionByFile } from './package-manager-version.ts'
import { YARN } from './yarn-installer.ts'

// Links into a store would work, but every reader of the zip must keep them: pnpm itself advises a flat tree for Lambda.
const PNPM_OF_LOCK = versionByFile(
  { 5: '7', 6: '8', 9: '10' },
  '/^lockfileVersion: .?(\\d+)/m',
  'pnpm-lock.yaml',
  'latest',
)
const PNPM = `${pinnedVersion('pnpm', PNPM_OF_LOCK)}echo "pnpm $VERSION"
npm exec --yes --package="pnpm@$VERSION" -- pnpm install --frozen-lockfile --prod --store-dir "$CACHE/pnpm" \\
  --config.node-linker=hoisted --config.package-import-method=copy
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
