import type { CorpusPackage } from '../install.ts'
import { npmRow as one, row } from './row.ts'

const PNG = `require('sharp')({ create: { width: 2, height: 2, channels: 3, background: 'red' } }).png().toBuffer()`
const BUILT = "require('esbuild').transformSync('let a = 1')"
const COMPILED = "require('@swc/core').transformSync('let a = 1')"
const OPENED = "new (require('better-sqlite3'))(':memory:')"
const HASHED = "require('bcrypt').hash('a', 4)"
const ARGON = "require('argon2').hash('a')"
const ROLLED =
  "require('rollup').rollup({ input: 'data:a', plugins: [{ name: 'a', resolveId: (id) => id, load: () => 'export default 1' }] })"
const STYLED = "require('lightningcss').transform({ filename: 'a.css', code: Buffer.from('a{b:c}') })"
const DRAWN = "require('@napi-rs/canvas').createCanvas(2, 2).toBuffer('image/png')"
const LMDB = "require('lmdb').open({ path: '/tmp/lmdb' }).put('a', 1)"
const SASS = "require('sass-embedded').compileString('a{b:c}')"
const MASKED = "require('bufferutil').mask(Buffer.alloc(4), Buffer.alloc(4), Buffer.alloc(4), 0, 4)"
const run = (script: string, option = '--version') =>
  `require('child_process').execFileSync(process.execPath, ['/opt/nodejs/node_modules/${script}', '${option}'])`

// An expression of the probe's cannot import.
const imported = (rest: string) =>
  `require('child_process').execFileSync(process.execPath, ['-e', "import('/opt/nodejs/node_modules/${rest})"])`

// What somebody who does not know the other lists would take: the most downloaded packages with native code or packages
// for platforms, in versions of 2023 to 2026 that no other list has, alone and as users ship them. Executed before any of it was
// judged. Every package that a row asks for is required, and used where requiring it loads nothing native.
export const EIGHTH_NPM: readonly CorpusPackage[] = [
  one('sharp@0.34.4', PNG),
  one('esbuild@0.25.12', BUILT),
  one('@swc/core@1.13.5 @swc/helpers@0.5.17', COMPILED, '@swc/core @swc/helpers/_/_class_call_check'),
  one('better-sqlite3@12.4.1 knex@3.1.0', OPENED),
  one('bcrypt@5.1.1 express@5.1.0 pg@8.16.0', HASHED),
  one('argon2@0.44.0 jose@6.1.0 express@5.1.0', ARGON),
  one('canvas@2.11.1', "require('canvas').createCanvas(2, 2).toBuffer()"),
  one('@napi-rs/canvas@0.1.82', DRAWN),
  one('sqlite3@5.1.4', "new (require('sqlite3').Database)(':memory:')"),
  one('rollup@4.44.1 @rollup/plugin-commonjs@28.0.6', ROLLED),
  one('lightningcss@1.30.2', STYLED),
  one('@parcel/watcher@2.4.0'),
  one('@tailwindcss/oxide@4.1.16', "new (require('@tailwindcss/oxide').Scanner)({})"),
  one('lmdb@3.4.4', LMDB),
  one('msgpackr@1.11.8 msgpackr-extract@3.0.3', "require('msgpackr').pack({ a: 1 })"),
  one('cbor-x@1.5.4', "require('cbor-x').encode({ a: 1 })"),
  one('snappy@7.3.0 kafkajs@2.2.4 kafkajs-snappy@1.1.0', "require('snappy').compressSync('a')"),
  one('zeromq@6.4.2'),
  one('re2@1.22.3 fastify@5.6.1'),
  one('@node-rs/argon2@1.8.0', "require('@node-rs/argon2').hashSync('a')"),
  one('@node-rs/xxhash@1.7.4 @node-rs/crc32@1.10.4', "require('@node-rs/xxhash').xxh32('a')"),
  one('ssh2-sftp-client@12.0.1 cpu-features@0.0.10'),
  one('ws@8.18.3 bufferutil@4.0.9 utf-8-validate@6.0.5', MASKED),
  one('node-sass@8.0.0', "require('node-sass').renderSync({ data: 'a{b:c}' })"),
  one('dd-trace@5.80', "require('dd-trace').init()"),
  one('@datadog/pprof@5.11.1', "require('@datadog/pprof').time.start({ durationMillis: 10 })"),
  one('@datadog/native-metrics@3.1.1', "require('@datadog/native-metrics').start()"),
  one(
    '@sentry/profiling-node@10.22.0 @sentry/node@10.22.0',
    "require('@sentry/profiling-node').nodeProfilingIntegration()",
  ),
  one('@sentry/aws-serverless@10.20'),
  one('newrelic@13.5.0'),
  one('playwright-core@1.55.0 @sparticuz/chromium@138.0.2', undefined, 'playwright-core @sparticuz/chromium'),
  one(
    'puppeteer-core@24.26.1 @sparticuz/chromium@141.0.0',
    imported("@sparticuz/chromium/build/esm/index.js').then((a) => a.default.executablePath()"),
  ),
  one('onnxruntime-node@1.20.1'),
  one('@tensorflow/tfjs-node@4.17.0', "require('@tensorflow/tfjs-node').tensor([1])"),
  one(
    'tree-sitter@0.21.1 tree-sitter-typescript@0.23.2',
    "new (require('tree-sitter'))().setLanguage(require('tree-sitter-typescript').typescript)",
  ),
  one('duckdb@1.2.1', "new (require('duckdb').Database)(':memory:')"),
  one('libsql@0.5.22', "new (require('libsql'))(':memory:')"),
  one('@libsql/client@0.17 drizzle-orm@0.44.7', "require('@libsql/client').createClient({ url: ':memory:' })"),
  one('couchbase@4.5.0'),
  one('oracledb@6.10.0 knex@3.1.0', "require('oracledb').getConnection({ connectString: 'a' }).catch(() => 1)"),
  one('pg@8.14 pg-native@3.4', "require('pg').native.Client"),
  one(
    'mongodb@7.0.0 mongodb-client-encryption@7.0.0 @mongodb-js/zstd@7.0.0',
    "require('@mongodb-js/zstd').compress(Buffer.from('a'))",
  ),
  one('mongoose@8.19.2 kerberos@2.1.1', "require('kerberos').initializeClient('a@b').catch(() => 1)"),
  one(
    'snowflake-sdk@2.3.1',
    "require('snowflake-sdk').createConnection({ account: 'a', username: 'a', password: 'a' })",
  ),
  one('odbc@2.4.9', "require('odbc').connect('DSN=a').catch(() => 1)"),
  one('ibm_db@3.3.2'),
  one('keytar@7.9.0 commander@14.0.1'),
  one('serialport@10.4.0', "require('serialport').SerialPort.list().catch(() => 1)"),
  one('usb@2.13.0'),
  one('@grpc/grpc-js@1.14.0 google-protobuf@4.0.0'),
  one(
    'grpc-tools@1.12.4',
    "require('child_process').execFileSync(process.execPath, [require.resolve('grpc-tools/bin/protoc.js'), '--version'])",
    'grpc-tools/package.json',
  ),
  one('isolated-vm@6.0.2'),
  one('node-pty@1.1.0-beta22'),
  one('deasync@0.1.26'),
  one('chokidar@3.5.2 @parcel/watcher@2.5.0'),
  one('turbo@2.7', run('turbo/bin/turbo'), 'turbo/package.json'),
  one('@biomejs/biome@2.3', run('@biomejs/biome/bin/biome'), '@biomejs/biome/package.json'),
  one('oxlint@1.30.0', run('oxlint/bin/oxlint'), 'oxlint/package.json'),
  row(
    'next@15.5.6 react@19.2.0 react-dom@19.2.0',
    'next react react-dom',
    undefined,
    "require('next/dist/build/swc').loadBindings()",
  ),
  one('nx@22.0.2', `[(process.env.NX_SKIP_NATIVE_FILE_CACHE = 'true'), ${run('nx/bin/nx.js')}]`, 'nx/package.json'),
  one('vite@7.2', imported("vite/dist/node/index.js').then((a) => a.version")),
  one('vite@8.1', imported("vite/dist/node/index.js').then((a) => a.transformWithOxc('let a = 1', 'a.ts')")),
  one('vitest@3.2.4', run('vitest/vitest.mjs'), 'vitest/package.json'),
  one('webpack@5.102.0 esbuild-loader@4.4.0 esbuild@0.26.0', BUILT),
  one('typescript@5.9.3 ts-node@10.9.2 @swc/core@1.12.11', COMPILED),
  one(
    'tsx@4.20.6',
    "[require('tsx/cjs'), require('fs').writeFileSync('/tmp/a.ts', 'let a: number = 1'), require('/tmp/a.ts')]",
    'tsx/cjs',
  ),
  one('sass-embedded@1.89.2', SASS),
  one('sass-embedded@1.97', SASS),
  one(
    'miniflare@4.20250906.0',
    "((a) => a.ready.then(() => a.dispose()))(new (require('miniflare').Miniflare)({ modules: true, script: 'export default {}' }))",
  ),
  one('firebase-admin@13.6.0 firebase-functions@6.6.0'),
  one('aws-crt@1.27.5 @aws-sdk/signature-v4-crt@3.758.0 @aws-sdk/client-s3@3.758.0'),
  one('aws-sdk@2.1500.0 sharp@0.33.3', PNG),
  one('@aws-sdk/client-dynamodb@3.821.0 @aws-sdk/lib-dynamodb@3.821.0 @middy/core@6.4.5'),
  one('@apollo/server@4.12.2 graphql@16.11.0 @as-integrations/aws-lambda@3.1.0'),
  one(
    '@nestjs/core@11.1.6 @nestjs/common@11.1.6 @nestjs/platform-fastify@11.1.6 reflect-metadata@0.2.2 rxjs@7.8.2 @swc/core@1.11.31',
    COMPILED,
  ),
  one('pdfkit@0.17.2 pdf-lib@1.17.1 @pdf-lib/fontkit@1.1.1'),
  one(
    '@prisma/adapter-better-sqlite3@7.2',
    "new (require('@prisma/adapter-better-sqlite3').PrismaBetterSqlite3)({ url: ':memory:' }).connect()",
  ),
  one('drizzle-kit@0.31.5 drizzle-orm@0.44.6 postgres@3.4.7', run('drizzle-kit/bin.cjs'), 'drizzle-orm postgres'),
  one('@rspack/core@1.6.0', "require('@rspack/core').rspack({})"),
  one('rolldown@1.0.0-beta.45', imported("rolldown/dist/index.mjs').then((a) => a.VERSION")),
  one('unrs-resolver@1.9.2 eslint-import-resolver-typescript@4.4.4'),
  one('oxc-parser@0.95.0', "require('oxc-parser').parseSync('a.js', 'a')"),
  one('sodium-native@5.0.9', "require('sodium-native').crypto_secretbox_KEYBYTES + 1"),
  one('koffi@2.14.1', "require('koffi').load('libc.so.6')"),
  one('@confluentinc/kafka-javascript@1.4.1'),
  one('@temporalio/worker@1.13.0'),
  one(
    '@remotion/renderer@4.0.300',
    "require('@remotion/renderer').getVideoMetadata('/tmp/a.mp4').catch((error) => { if (!/^Compositor error: No such file/.test(error.message)) throw error })",
  ),
  one('parcel@2.15.4', run('parcel/lib/bin.js'), 'parcel/package.json'),
  one('@ast-grep/napi@0.39.6', "require('@ast-grep/napi').parse('JavaScript', 'a')"),
  one('mssql@11.0.1 typeorm@0.3.27 ioredis@5.8.2'),
]
