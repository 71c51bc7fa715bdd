import type { CorpusPackage } from '../install.ts'
import { npmRow as one, row } from './row.ts'

const NODE_MODULES = '/opt/nodejs/node_modules'
const started = (program: string, option = '--version') =>
  `require('child_process').execFileSync('${NODE_MODULES}/${program}', ['${option}'])`
const run = (script: string) =>
  `require('child_process').execFileSync(process.execPath, ['${NODE_MODULES}/${script}', '--version'])`
const BUILT = "require('esbuild').transformSync('let a = 1')"
const COMPILED = "require('@swc/core').transformSync('let a = 1')"
const OPENED = "new (require('better-sqlite3'))(':memory:')"
const PARSED = (language: string) => `new (require('tree-sitter'))().setLanguage(require('${language}'))`

/**
 * What is downloaded most and in none of the lists before: packages with native code or a program of their own, what depends on
 * such, and earlier majors that people still pin. Executed before any of it was judged.
 */
export const TENTH_NPM: readonly CorpusPackage[] = [
  // Of the most downloaded by themselves, the most downloaded first.
  one('pnpm@10', run('pnpm/bin/pnpm.cjs'), 'pnpm'),
  one('tar-fs@3.1.1'),
  one('clipboardy@4.0.0'),
  one('nan@2.23.0 bindings@1.5.0 node-addon-api@8 napi-postinstall@0.3 detect-libc@2'),
  one('sass@1.93.2'),
  one('webpack-dev-server@5.2.2 webpack@5.101.3'),
  one('storybook@9.1.10'),
  one('nodemon@3.1.10'),
  one(
    '@anthropic-ai/claude-code@2.0.30',
    // It makes a folder below HOME, which a function cannot write to.
    `process.env.HOME = '/tmp', ${run('@anthropic-ai/claude-code/cli.js')}`,
    '@anthropic-ai/claude-code/package.json',
  ),
  one('puppeteer@24.22.3'),
  one('@nx/devkit@21.5.3'),
  one('@graphql-codegen/cli@5.0.7 graphql@16.11.0 @parcel/watcher@2.5.1'),
  row(
    '@sentry/webpack-plugin@4.3.0 webpack@5.101.3',
    '@sentry/webpack-plugin',
    undefined,
    "new (require('@sentry/cli'))().execute(['--version'])",
  ),
  one('knip@5.64.1 typescript@5.9.2 @types/node@24', undefined, 'knip typescript'),
  one('node-notifier@10.0.1'),
  one('ethereum-cryptography@0.1.3', undefined, 'ethereum-cryptography/keccak ethereum-cryptography/secp256k1'),
  one('@anthropic-ai/claude-agent-sdk@0.1.30 zod@3.25.76'),
  one('testcontainers@11.5.1'),
  one('dockerode@4.0.9'),
  one('hot-shots@11.2.0'),
  one('eslint-plugin-import-x@4.16.1 eslint@9.36.0'),
  one('ps-list@7.2.0'),
  one('@datadog/native-iast-rewriter@2.8.0'),
  one('nice-napi@1.0.2'),
  one('ts-poet@6.12.0', "require('ts-poet').code`const a = 1`.toString()"),
  one('nitropack@2.12.6'),
  one('rpc-websockets@9.2.0'),
  one('rolldown-plugin-dts@0.16.8 rolldown@1.0.0-beta.40 typescript@5.9.2'),
  one('websocket@1.0.35'),
  one('@vanilla-extract/integration@8.0.4'),
  one('fb-dotslash@0.5.8', run('fb-dotslash/bin/dotslash'), 'fb-dotslash'),
  one('konva@9.3.22 canvas@3.1.2'),
  one('konva@10.0.2'),
  one(
    '@react-router/dev@7.9.2 react-router@7.9.2 vite@7.1.7 react@19.1.1 react-dom@19.1.1',
    undefined,
    '@react-router/dev/vite react-router vite react react-dom',
  ),
  one('@vscode/vsce-sign@2.0.7', started('@vscode/vsce-sign/bin/vsce-sign')),
  one('@vscode/vsce@3.6.2'),
  one('oxlint-tsgolint@0.2.0', started('oxlint-tsgolint/bin/tsgolint.js', '-h'), 'oxlint-tsgolint/package.json'),
  one('chromedriver@140.0.4', "require('child_process').execFileSync(require('chromedriver').path, ['--version'])"),
  one('@rspack/cli@1.5.7 @rspack/core@1.5.7'),
  one('web3@1.10.4'),
  one('@formatjs/cli@6.16', run('@formatjs/cli/bin/formatjs'), '@formatjs/cli/package.json'),
  one('@ast-grep/cli@0.39.5', started('@ast-grep/cli/ast-grep'), '@ast-grep/cli/package.json'),
  one('@lingui/cli@5.5.0', undefined, '@lingui/cli/api'),
  one('ttf2woff2@5.0.0'),
  one('node@22.20.0', started('node/bin/node'), 'node/package.json'),
  one('y-leveldb@0.1.2 yjs@13.6.27'),
  one('node-jq@6.3.1', "require('node-jq').run('.', '{}', { input: 'string' })"),
  one('google-closure-compiler@20250820.0.0', run('google-closure-compiler/cli.js')),
  one('@ledgerhq/hw-transport-node-hid@6.29.12'),
  one('winston-syslog@2.7.1 winston@3.17.0'),
  one('prometheus-gc-stats@1.1.0 prom-client@15.1.3'),
  one('sse4_crc32@7.0.0'),
  one('@vscode/windows-registry@1.1.2'),
  one('tree-sitter@0.21.1 tree-sitter-ruby@0.23.1', PARSED('tree-sitter-ruby')),
  one(
    'tree-sitter@0.21.1 tree-sitter-php@0.23.12',
    "new (require('tree-sitter'))().setLanguage(require('tree-sitter-php').php)",
  ),
  one('tree-sitter@0.21.1 tree-sitter-cpp@0.23.4', PARSED('tree-sitter-cpp')),
  one('aws-lambda-ric@3.3.0', "require('aws-lambda-ric').run('/opt', 'index.handler')"),
  one('@platformatic/kafka@1.16.0 snappy@7.3.3 lz4-napi@2.9.0'),
  one('@aikidosec/firewall@1'),
  one('hyperswarm@4.14.0'),
  one('webtorrent@2.8.4'),
  one('dbus-next@0.10.2'),
  one('duckdb-lambda-x86@1.4.1', "new (require('duckdb-lambda-x86').Database)(':memory:')"),
  // Earlier majors.
  one('sharp@0.30.7 express@4.18.1'),
  one('esbuild@0.15.18', BUILT),
  one('esbuild@0.12.29', BUILT),
  one('@swc/core@1.2.218', COMPILED),
  one('vite@3.2.11'),
  one('rollup@2.79.2'),
  one('webpack@4.47.0'),
  one('turbo@1.13.4', run('turbo/bin/turbo'), 'turbo/package.json'),
  one('nx@16.10.0', "require('nx/src/native').hashArray(['a'])", 'nx/package.json'),
  one('dd-trace@3.58.0', "require('dd-trace').init()"),
  one('newrelic@10.6.2'),
  one('better-sqlite3@7.5.3', OPENED),
  one('sqlite3@5.0.2', "new (require('sqlite3').Database)(':memory:')"),
  one('argon2@0.28.7'),
  one('lmdb@2.7.11', "require('lmdb').open({ path: '/tmp/lmdb' }).put('a', 1)"),
  one('lightningcss@1.19.0', "require('lightningcss').transform({ filename: 'a.css', code: Buffer.from('a{b:c}') })"),
  one('chokidar@2.1.8 gulp@4.0.2'),
  one('@sentry/cli@1.77.3', "new (require('@sentry/cli'))().execute(['--version'])"),
  one('sass-embedded@1.54.9', "require('sass-embedded').compileString('a{b:c}')"),
  one(
    'ws@7.5.10 bufferutil@4.0.1',
    "require('bufferutil').mask(Buffer.alloc(4), Buffer.alloc(4), Buffer.alloc(4), 0, 4)",
  ),
]
