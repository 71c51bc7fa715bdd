import type { CorpusPackage } from '../install.ts'
import { npmRow as one, row } from './row.ts'

const PNG = `require('sharp')({ create: { width: 2, height: 2, channels: 3, background: 'red' } }).png().toBuffer()`
const BUILT = "require('esbuild').transformSync('let a = 1')"
const COMPILED = "require('@swc/core').transformSync('let a = 1')"
const OPENED = "new (require('better-sqlite3'))(':memory:')"
const DATABASE = "new (require('sqlite3').Database)(':memory:')"
const HASHED = "require('bcrypt').hash('a', 4)"
const ARGON = "require('argon2').hash('a')"
const ROLLED =
  "require('rollup').rollup({ input: 'data:a', plugins: [{ name: 'a', resolveId: (id) => id, load: () => 'export default 1' }] })"
const STYLED = "require('lightningcss').transform({ filename: 'a.css', code: Buffer.from('a{b:c}') })"
const DRAWN = "require('@napi-rs/canvas').createCanvas(2, 2).toBuffer('image/png')"
const MASKED = "require('bufferutil').mask(Buffer.alloc(4), Buffer.alloc(4), Buffer.alloc(4), 0, 4)"
const run = (script: string) =>
  `require('child_process').execFileSync(process.execPath, ['/opt/nodejs/node_modules/${script}', '--version'])`

// An expression of the probe's cannot import.
const imported = (rest: string) =>
  `require('child_process').execFileSync(process.execPath, ['-e', "import('/opt/nodejs/node_modules/${rest})"])`

/**
 * Drawn by a hash of their names (sha256, the lowest first) from the 1500 most downloaded that no other list has, whatever they
 * are, without packages of types alone. Nearly all is plain JavaScript.
 */
export const NINTH_NPM_DRAWN: readonly CorpusPackage[] = `
  @babel/plugin-transform-optional-chaining@8.0.5 get-symbol-description@1.1.0 css-tree@3.2.1 run-async@4.0.6
  update-check@1.5.4 @babel/plugin-transform-computed-properties@8.0.1 is-unicode-supported@2.1.0 npmlog@7.0.1
  eastasianwidth@0.3.0 jest-message-util@30.5.1 toidentifier@1.0.1 fast-safe-stringify@2.1.1 xtend@4.0.2
  path-parse@1.0.7 @eslint/plugin-kit@0.7.3 @csstools/css-parser-algorithms@4.0.2 rfdc@1.4.1 lodash.isnumber@3.0.3
  pathval@2.0.1 available-typed-arrays@1.0.7 std-env@4.3.0 extsprintf@1.4.1
  babel-plugin-polyfill-regenerator@1.0.0 string.prototype.trim@1.2.11 fetch-blob@4.0.0 reusify@1.1.0
  which-typed-array@1.1.24 deepmerge@4.3.1 is-number-object@1.1.1 got@16.1.0 ci-info@4.5.0
  @opentelemetry/semantic-conventions@1.45.0 wrap-ansi@10.0.2 promise-retry@2.0.1 totalist@3.0.1 bluebird@3.7.2
  json-stringify-safe@5.0.1 @smithy/middleware-retry@4.8.2 postcss-modules-values@4.0.0 p-try@3.0.0
`
  .trim()
  .split(/\s+/)
  .map((name) => one(name))

/**
 * The most downloaded packages with native code, or packages for platforms, or what depends on such, in versions of 2026 that
 * no other list has, alone and as Lambda functions combine them. Executed before any of it was judged.
 */
export const NINTH_NPM: readonly CorpusPackage[] = [
  one('sharp@0.35.4 @aws-sdk/client-s3@3.1162.0 @aws-sdk/lib-storage@3.1162.0', PNG),
  one('sharp@0.35.3 express@5.3.0 blurhash@2.0.5 zod@4.6.7', PNG),
  one('esbuild@0.27.5', BUILT),
  one('esbuild@0.28.1 @vercel/nft@1', BUILT),
  one('@swc/core@1.16.21 @swc/helpers@0.5.24', COMPILED, '@swc/core @swc/helpers/_/_class_call_check'),
  one(
    'rollup@4.68.1 @rollup/plugin-node-resolve@16.0.3 @rollup/plugin-commonjs@29.0.3 @rollup/plugin-terser@1.0.2',
    ROLLED,
  ),
  one(
    'vite@8.1.7 @vitejs/plugin-react@6',
    imported("vite/dist/node/index.js').then((a) => a.transformWithOxc('let a = 1', 'a.ts')"),
    'vite',
  ),
  one('lightningcss@1.32.0 browserslist@4', STYLED),
  row(
    'next@16.4.5 react@19.3.1 react-dom@19.3.1',
    'next react react-dom',
    undefined,
    "require('next/dist/build/swc').loadBindings()",
  ),
  one('@tailwindcss/oxide@4.3.4', "new (require('@tailwindcss/oxide').Scanner)({})"),
  one('@tailwindcss/postcss@4.3.4 postcss@8.5.33'),
  one('better-sqlite3@13.1.1 kysely@0.29.9', OPENED),
  one('sqlite3@6.0.1 sequelize@6.37.8', DATABASE),
  one('typeorm@1.1.1 reflect-metadata@0.2.2 better-sqlite3@12.9.0', OPENED),
  one('pg@8.23.1 bcrypt@6.0.0 jsonwebtoken@9.0.3 zod@4.6.7', HASHED),
  one('argon2@0.45.1 @aws-sdk/client-dynamodb@3.1162.0 jose@6.2.17', ARGON),
  one('@node-rs/argon2@2.2.0 @node-rs/bcrypt@2.0.0', "require('@node-rs/argon2').hashSync('a')"),
  one('canvas@3.2.1', "require('canvas').createCanvas(2, 2).toBuffer()"),
  one('@napi-rs/canvas@1.1.0 chart.js@4.6.1', DRAWN),
  one('pdf-parse@2.4.5'),
  // It loads sharp with the first image.
  row('ipx@3.1.1', 'ipx', undefined, PNG),
  one('favicons@7.3.1'),
  one(
    'satori@0.63.2 @resvg/resvg-js@2.6.2',
    'new (require(\'@resvg/resvg-js\').Resvg)(\'<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>\').render()',
  ),
  one('@prisma/client@7.10.0 @prisma/adapter-pg@7.10.0 pg@8.23.1'),
  one(
    '@libsql/client@0.18.0 drizzle-orm@0.45',
    "require('@libsql/client').createClient({ url: ':memory:' }).execute('select 1')",
  ),
  one('@duckdb/node-api@1.5.5-r.5', "require('@duckdb/node-api').DuckDBInstance.create(':memory:')"),
  one('duckdb@1.4.3', "new (require('duckdb').Database)(':memory:')"),
  one('re2@1.27.0 fastify@5.12.8'),
  one('snappy@7.4.2 kafkajs@2.2.4', "require('snappy').compressSync('a')"),
  one('zeromq@6.7.0'),
  one('usb@2.18.0'),
  one(
    'serialport@13.0.0 @serialport/parser-readline@13.0.0 modbus-serial@8',
    "require('serialport').SerialPort.list().catch(() => 1)",
  ),
  one('node-pty@1.2.0-beta.6', "require('node-pty').spawn('true', [], {})"),
  one('@lydell/node-pty@1.2.0-beta.14', "require('@lydell/node-pty').spawn('true', [], {})"),
  one(
    'tree-sitter@0.25.1 tree-sitter-python@0.25.0',
    "new (require('tree-sitter'))().setLanguage(require('tree-sitter-python'))",
  ),
  one('lmdb@3.5.1', "require('lmdb').open({ path: '/tmp/lmdb' }).put('a', 1)"),
  one('msgpackr@2.1.2 bullmq@6.7.0 ioredis@5', "require('msgpackr').pack({ a: 1 })"),
  one('ws@8.23.0 bufferutil@4.1.0 utf-8-validate@6.0.6 socket.io@4.8.4', MASKED),
  one('ssh2@1.17.0 ssh2-sftp-client@12.1.1'),
  one('puppeteer-core@25.15 @sparticuz/chromium@152.0.0'),
  one('playwright-core@1.65.0 @sparticuz/chromium@147.0.1'),
  one('@grpc/grpc-js@1.14.7 @grpc/proto-loader@0.8.1 google-protobuf@4'),
  one('dd-trace@5.131.1 datadog-lambda-js@12', "require('dd-trace').init()", 'dd-trace'),
  one('dd-trace@6.6.0', "require('dd-trace').init()"),
  one('newrelic@14.4.0 pino@10.4.0'),
  one(
    '@sentry/profiling-node@11.0.0 @sentry/node@11.0.0',
    "require('@sentry/profiling-node').nodeProfilingIntegration()",
  ),
  one('@sentry/aws-serverless@10.75.1 hono@4'),
  one('@elastic/opentelemetry-node@1.18.0'),
  one('@valkey/valkey-glide@2.5.1'),
  one('impit@0.14.4', "new (require('impit').Impit)()"),
  one('nodejs-polars@0.25.0', "require('nodejs-polars').DataFrame({ a: [1] })"),
  one('@statsig/statsig-node-core@0.23.1'),
  one('@css-inline/css-inline@0.20.2 nodemailer@10', "require('@css-inline/css-inline').inline('<p>a</p>')"),
  one('koffi@3.3.3', "require('koffi').load('libc.so.6')"),
  one('mongodb@7.8.0 mongodb-client-encryption@7.2.0'),
  one('oracledb@7.0.1 knex@3.1.0', "require('oracledb').getConnection({ connectString: 'a' }).catch(() => 1)"),
  one('isolated-vm@7.0.0', "new (require('isolated-vm').Isolate)()"),
  one('sass-embedded@1.107.1', "require('sass-embedded').compileString('a{b:c}')"),
  one('oxc-parser@0.157.0 magic-string@0.30', "require('oxc-parser').parseSync('a.js', 'a')"),
  one('@rspack/core@2.3.0', "require('@rspack/core').rspack({})"),
  one('tsup@9.0.0'),
  one('tsdown@0.23'),
  one('unbuild@3.6.1'),
  one('serverless-esbuild@1.57.2 esbuild@0.28.1', BUILT),
  one('@biomejs/biome@2.6.6', run('@biomejs/biome/bin/biome'), '@biomejs/biome/package.json'),
  one('oxfmt@0.78.0', run('oxfmt/bin/oxfmt'), 'oxfmt/package.json'),
  one('sherif@1.13.0', run('sherif/index.js'), 'sherif/package.json'),
  one('@bufbuild/buf@1.75.0', run('@bufbuild/buf/bin/buf'), '@bufbuild/buf/package.json'),
]
