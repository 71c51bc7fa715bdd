import type { CorpusPackage } from '../install.ts'
import { npmRow as one, row } from './row.ts'

const NODE_MODULES = '/opt/nodejs/node_modules'
const run = (script: string) =>
  `require('child_process').execFileSync(process.execPath, ['${NODE_MODULES}/${script}', '--version'])`
// An expression of the probe's cannot import.
const imported = (rest: string) =>
  `require('child_process').execFileSync(process.execPath, ['-e', "import('${NODE_MODULES}/${rest})"])`
const ROLLED =
  "require('rollup').rollup({ input: 'data:a', plugins: [{ name: 'a', resolveId: (id) => id, load: () => 'export default 1' }] })"
const STYLED = "require('lightningcss').transform({ filename: 'a.css', code: Buffer.from('a{b:c}') })"
const PNG = `require('sharp')({ create: { width: 2, height: 2, channels: 3, background: 'red' } }).png().toBuffer()`
const REGISTERED =
  "[require('tsx/cjs'), require('fs').writeFileSync('/tmp/a.ts', 'let a: number = 1'), require('/tmp/a.ts')]"
const SERVED =
  "((a) => a.ready.then(() => a.dispose()))(new (require('miniflare').Miniflare)({ modules: true, script: 'export default {}' }))"

/**
 * The seventy most downloaded packages, the most downloaded first, that have native code, packages for one platform or an install
 * script that fetches or builds a binary, or directly depend on one that has, in any release of the last two years. Left out are
 * packages for one platform by themselves, what only brings fsevents, and packages for Bare, which Node.js cannot load; and four that bring
 * more than 150 MB (next, claude-code, wrangler, Angular's build for webpack). Other lists have most of them: each version is drawn, as the lowest sha256 of `name@version` among the releases (no prereleases)
 * that no list has and that are above all that the registry had at the beginning of 2025; where lists have all of these, among the ten
 * highest others. Each is used as in other lists, else as its documentation uses it first. Executed before any was judged.
 */
export const ELEVENTH_NPM: readonly CorpusPackage[] = [
  one('typescript@6.0.2', "require('typescript').transpileModule('let a = 1', {})"),
  one('esbuild@0.27.7', "require('esbuild').transformSync('let a = 1')"),
  one('rollup@4.64.7', ROLLED),
  one('vite@6.4.6', imported("vite/dist/node/index.js').then((a) => a.transformWithEsbuild('let a = 1', 'a.ts')")),
  one('pnpm@12.12.1', run('pnpm/bin/pnpm.mjs'), 'pnpm/package.json'),
  one('jest-resolve@30.3.0'),
  one('sharp@0.35.0', PNG),
  one('eslint-import-resolver-typescript@4.3.1'),
  one('lightningcss@1.29.0', STYLED),
  one('tsx@4.19.3', REGISTERED, 'tsx/cjs'),
  one('@tailwindcss/oxide@4.0.9', "new (require('@tailwindcss/oxide').Scanner)({})"),
  one('@tailwindcss/node@4.3.4'),
  one('sass@1.97.3', "require('sass').compileString('a{b:c}')"),
  one('unrs-resolver@1.8.1'),
  one('@swc/core@1.13.20', "require('@swc/core').transformSync('let a = 1')"),
  one('@parcel/watcher@2.5.6'),
  one('@tailwindcss/postcss@4.0.7 postcss@8'),
  one('storybook@9.0.18'),
  one('@sentry/cli@3.3.2', "new (require('@sentry/cli').SentryCli)().execute(['--version'], false)"),
  one('@tailwindcss/vite@4.3.4'),
  one('turbo@2.9.16', run('turbo/bin/turbo'), 'turbo/package.json'),
  one('@prisma/engines@6.16.3'),
  one('pdfjs-dist@5.4.54', undefined, 'pdfjs-dist/legacy/build/pdf.mjs'),
  // Without it, nx takes the addon from its cache.
  one('nx@21.2.0', `[(process.env.NX_SKIP_NATIVE_FILE_CACHE = 'true'), ${run('nx/bin/nx.js')}]`, 'nx/package.json'),
  one('msgpackr@1.11.7', "require('msgpackr').pack({ a: 1 })"),
  one('prisma@6.18.0', undefined, 'prisma/config'),
  one('msgpackr-extract@3.0.6'),
  one('puppeteer@25.13.0'),
  one('@prisma/client@6.6.0'),
  one('@nx/devkit@22.6.3'),
  row(
    '@sentry/bundler-plugin-core@4.0.0',
    '@sentry/bundler-plugin-core',
    undefined,
    "new (require('@sentry/cli'))().execute(['--version'])",
  ),
  one('@biomejs/biome@2.5.5', run('@biomejs/biome/bin/biome'), '@biomejs/biome/package.json'),
  one('cypress@14.3.0'),
  one('@datadog/pprof@5.13.5', "require('@datadog/pprof').time.start({ durationMillis: 10 })"),
  one('@napi-rs/canvas@0.1.92', "require('@napi-rs/canvas').createCanvas(2, 2).toBuffer('image/png')"),
  one('ssh2@1.4.0'),
  one('@datadog/native-appsec@10.0.0', "require('@datadog/native-appsec').DDWAF.version()"),
  one('@datadog/native-iast-taint-tracking@4.0.0'),
  one('@datadog/native-metrics@3.1.2', "require('@datadog/native-metrics').start()"),
  one('cpu-features@0.0.6'),
  one('dd-trace@6.13.0', "require('dd-trace').init()"),
  one('@storybook/core@8.6.5'),
  one('canvas@3.0.1', "require('canvas').createCanvas(2, 2).toBuffer()"),
  one('@napi-rs/nice@1.0.4'),
  one('oxc-resolver@11.17.0'),
  one('rolldown@1.2.13', imported("rolldown/dist/index.mjs').then((a) => a.VERSION")),
  one('@vitejs/plugin-react-swc@3.10.1'),
  one('miniflare@3.20250718.1', SERVED),
  one('workerd@1.20260511.1', "require('child_process').execFileSync(require('workerd').default, ['--version'])"),
  one('@nx/workspace@22.7.0'),
  one('knip@5.65.0 typescript@5.9.2 @types/node@24', undefined, 'knip typescript'),
  one('lmdb@3.5.0', "require('lmdb').open({ path: '/tmp/lmdb' }).put('a', 1)"),
  one('bufferutil@4.0.0', "require('bufferutil').mask(Buffer.alloc(4), Buffer.alloc(4), Buffer.alloc(4), 0, 4)"),
  one('better-sqlite3@12.5.0', "new (require('better-sqlite3'))(':memory:')"),
  one('drizzle-kit@0.30.3 drizzle-orm@0.44.6', run('drizzle-kit/bin.cjs'), 'drizzle-orm'),
  one('sass-embedded@1.83.2', "require('sass-embedded').compileString('a{b:c}')"),
  one('tsup@8.3.6'),
  one('bcrypt@4.0.0', "require('bcrypt').hash('a', 4)"),
  one('@esbuild-kit/core-utils@3.2.2', "require('@esbuild-kit/core-utils').transformSync('let a = 1', 'a.ts')"),
  one('@rspack/core@1.3.1', "require('@rspack/core').rspack({})"),
  one('@rspack/binding@1.3.10'),
  one('utf-8-validate@5.0.3', "require('utf-8-validate')(Buffer.from('a'))"),
  one('@angular/build@20.3.13'),
  one('@anthropic-ai/claude-agent-sdk@0.2.49'),
  one('@swc-node/register@1.12.0', undefined, '@swc-node/register/register'),
  one('docker-modem@5.0.6'),
]
