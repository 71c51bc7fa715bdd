import type { CorpusPackage } from '../install.ts'
import { npmRow as one, row } from './row.ts'

const NODE_MODULES = '/opt/nodejs/node_modules'
const started = (script: string, option = '--version') =>
  `require('child_process').execFileSync(process.execPath, ['${NODE_MODULES}/${script}', '${option}'])`
// An expression of the probe's cannot import.
const imported = (rest: string) =>
  `require('child_process').execFileSync(process.execPath, ['-e', "import('${NODE_MODULES}/${rest})"])`

/**
 * What comes after the eleventh list's seventy in the same order (ranks 71 to 130), with the same draw of versions: the lowest sha256 of
 * `name@version` among those that no list has. Left out are sass-embedded's own platforms, a package for all others, and what has been nothing but a
 * message for years. Each is used as in other lists, else as its documentation uses it first. Executed before any was judged.
 */
export const TWELFTH_NPM: readonly CorpusPackage[] = [
  one('@microsoft/api-extractor@7.55.0'),
  one('@anthropic-ai/claude-agent-sdk@0.3.215'),
  one('@vitest/browser@3.0.7 vitest@3.0.7', undefined, 'vitest/node'),
  one('@swc-node/register@1.10.10', undefined, '@swc-node/register/register'),
  one('dockerode@4.0.7', "new (require('dockerode'))({ host: 'localhost' })"),
  one('docker-modem@5.0.5', "new (require('docker-modem'))({ host: 'localhost' })"),
  one('pdf-parse@2.2.4', "new (require('pdf-parse').PDFParse)({ data: Buffer.from('%PDF-1.4') })"),
  one('fix-dts-default-cjs-exports@1.0.0'),
  one('eslint-plugin-import-x@4.9.1 eslint@9.36.0'),
  one('@lydell/node-pty@1.0.3', "require('@lydell/node-pty').spawn('/bin/true', [], {}).kill()"),
  one('secp256k1@3.8.0', "require('secp256k1').publicKeyCreate(Buffer.alloc(32, 1))"),
  one('oxc-parser@0.91.0', "require('oxc-parser').parseSync('a.js', 'let a = 1')"),
  one('ssh-remote-port-forward@1.0.4'),
  one('sqlite3@5.0.7', "new (require('sqlite3').Database)(':memory:')"),
  one('keytar@7.5.0'),
  one('re2@1.26.1', "new (require('re2'))('a')"),
  one('keccak@3.0.0', "require('keccak')('keccak256').update('a').digest('hex')"),
  one('listhen@1.10.1'),
  one('@sentry/profiling-node@10.53.1', "require('@sentry/profiling-node').nodeProfilingIntegration()"),
  one('node-pty@0.7.6'),
  one('ssh2-sftp-client@12.1.0', "new (require('ssh2-sftp-client'))()"),
  one('nitropack@2.11.6'),
  one('rpc-websockets@9.3.8'),
  one('rolldown-plugin-dts@0.17.2 rolldown@1.0.0-beta.45 typescript@5.9.2', undefined, 'rolldown-plugin-dts'),
  one('websocket@1.0.30', "new (require('websocket').client)()"),
  one('@vanilla-extract/integration@7.1.12'),
  one('@newrelic/native-metrics@13.0.0', "require('@newrelic/native-metrics')({ timeout: 100 })"),
  one('newrelic@13.6.2'),
  one('dts-resolver@1.0.0'),
  one('tsdown@0.12.2', started('tsdown/dist/run.js'), 'tsdown/package.json'),
  one('@sentry-internal/node-cpu-profiler@2.0.0'),
  one('@bufbuild/buf@1.57.0', started('@bufbuild/buf/bin/buf'), '@bufbuild/buf/package.json'),
  one('oxfmt@0.59.0', started('oxfmt/bin/oxfmt'), 'oxfmt/package.json'),
  one('unrun@0.2.15', imported("unrun/dist/index.mjs').then((a) => a.unrun")),
  one('@vscode/vsce@3.7.0'),
  one('@vscode/vsce-sign@2.1.0', started('@vscode/vsce-sign/bin/vsce-sign')),
  one('argon2@0.43.1', "require('argon2').hash('a')"),
  one('oxlint-tsgolint@0.21.0', started('oxlint-tsgolint/bin/tsgolint.js', '-h'), 'oxlint-tsgolint/package.json'),
  one('chromedriver@146.0.5', "require('child_process').execFileSync(require('chromedriver').path, ['--version'])"),
  one('libsql@0.5.28', "new (require('libsql'))(':memory:')"),
  one('@libsql/client@0.15.12', "require('@libsql/client').createClient({ url: ':memory:' })"),
  one('@newrelic/fn-inspect@5.0.0', "require('@newrelic/fn-inspect').funcInfo(() => {})"),
  row('ipx@3.1.0', 'ipx', undefined, "require('/opt/nodejs/node_modules/sharp')"),
  one('@resvg/resvg-js@2.6.1', `new (require('@resvg/resvg-js').Resvg)('<svg xmlns="http://www.w3.org/2000/svg"/>')`),
  one('snappy@7.3.2', "require('snappy').compressSync('a')"),
  one('@node-rs/xxhash@1.7.7', "require('@node-rs/xxhash').xxh32('a')"),
  one('@formatjs/cli@6.14.4', started('@formatjs/cli/bin/formatjs'), '@formatjs/cli/package.json'),
  one('koffi@2.12.0', "require('koffi').load('libc.so.6')"),
  one('@arethetypeswrong/core@0.18.1'),
  one('@effect/platform-node-shared@0.30.10', undefined, '@effect/platform-node-shared/NodeFileSystem'),
  one('leveldown@5.4.0', "require('leveldown')('/tmp/leveldown')"),
  one(
    '@ast-grep/cli@0.39.4',
    "require('child_process').execFileSync('/opt/nodejs/node_modules/@ast-grep/cli/ast-grep', ['--version'])",
    '@ast-grep/cli/package.json',
  ),
  one('@mongodb-js/zstd@1.2.1', "require('@mongodb-js/zstd').compress(Buffer.from('a'))"),
  one('@contrast/fn-inspect@2.3.0', "require('@contrast/fn-inspect').funcInfo(() => {})"),
]
