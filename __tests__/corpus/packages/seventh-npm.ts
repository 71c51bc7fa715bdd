import type { CorpusPackage } from '../install.ts'
import { npmRow as one } from './row.ts'

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

// The most downloaded packages with native code or packages for platforms once more, in versions of 2022 to 2026 that no
// other list has, alone and as users ship them. Executed before any of it was judged.
// Every package that a row asks for is required, and used where requiring it loads nothing native.
export const SEVENTH_NPM: readonly CorpusPackage[] = [
  one('sharp@0.35.1', PNG),
  one('sharp@0.33.0 @aws-sdk/client-s3@3.583.0', PNG),
  one('sharp@0.32.1', PNG),
  one('esbuild@0.27.2', BUILT),
  one('esbuild@0.16.17 hono@4.3.0', BUILT),
  one('esbuild@0.20.2', BUILT),
  one('@swc/core@1.15.8', COMPILED),
  one('@swc/core@1.3.42 typescript@5.0.4', COMPILED),
  one('better-sqlite3@12.6.2', OPENED),
  one('better-sqlite3@9.2.2 drizzle-orm@0.30.10', OPENED),
  one('better-sqlite3@7.6.2', OPENED),
  one('sqlite3@5.0.11 sequelize@6.28.0', "new (require('sqlite3').Database)(':memory:')"),
  one('bcrypt@4.0.1', HASHED),
  one('bcrypt@6.0.0 jsonwebtoken@9.0.2 mysql2@3.9.7', HASHED),
  one('bcrypt@5.0.1 mongoose@8.4.0 express@4.18.3', HASHED),
  one('argon2@0.40.1', ARGON),
  one('argon2@0.45.0 fastify@5.3.3', ARGON),
  one(
    '@node-rs/argon2@2.0.0 @node-rs/crc32@1.10.3',
    "[require('@node-rs/argon2').hashSync('a'), require('@node-rs/crc32').crc32('a')]",
  ),
  one('@node-rs/bcrypt@1.7.3', "require('@node-rs/bcrypt').hashSync('a', 4)"),
  one('@napi-rs/canvas@0.1.65', DRAWN),
  one('pdfjs-dist@5.3.93 @napi-rs/canvas@0.1.80', DRAWN, '@napi-rs/canvas'),
  one('canvas@3.2.0', "require('canvas').createCanvas(2, 2).toBuffer()"),
  one('rollup@4.52.5', ROLLED),
  one('rollup@4.12.0 @rollup/plugin-node-resolve@15.2.3', ROLLED),
  one('vite@6.3.5', "require('vite').transformWithEsbuild('let a = 1', 'a.ts')"),
  one('vite@5.2.11', imported("vite/dist/node/index.js').then((a) => a.version")),
  one('lightningcss@1.30.1 postcss@8.5.6', STYLED),
  one('lightningcss@1.22.1', STYLED),
  one('@parcel/watcher@2.5.0 chokidar@4.0.3'),
  one('@parcel/css@1.14.0'),
  one(
    '@tailwindcss/node@4.1.13 @tailwindcss/oxide@4.1.13 tailwindcss@4.1.13',
    "new (require('@tailwindcss/oxide').Scanner)({})",
    '@tailwindcss/node @tailwindcss/oxide',
  ),
  one('@prisma/client@6.16.3 @prisma/adapter-pg@6.16.3'),
  one('snappy@7.3.3', "require('snappy').compressSync('a')"),
  one('snappy@6.3.5'),
  one('lmdb@3.4.2', LMDB),
  one('lmdb@2.5.3', LMDB),
  one('leveldown@5.6.0 levelup@5.1.1', "require('levelup')(require('leveldown')('/tmp/level'))"),
  one('classic-level@3.0.0', "new (require('classic-level').ClassicLevel)('/tmp/level').open()"),
  one('re2@1.22.1'),
  one('node-sass@9.0.0', "require('node-sass').renderSync({ data: 'a{b:c}' })"),
  one('sass-embedded@1.93.2', SASS),
  one('sass-embedded@1.64.2', SASS),
  one('bufferutil@4.0.6 utf-8-validate@6.0.4 ws@8.16.0', MASKED),
  one('socket.io@4.8.1 bufferutil@4.0.5 utf-8-validate@5.0.9', MASKED),
  one('@grpc/grpc-js@1.13.4 @grpc/proto-loader@0.7.15 protobufjs@7.5.0'),
  one(
    'grpc-tools@1.13.0',
    "require('child_process').execFileSync(process.execPath, [require.resolve('grpc-tools/bin/protoc.js'), '--version'])",
    'grpc-tools/package.json',
  ),
  one(
    'mongodb@6.17.0 kerberos@2.2.2 @mongodb-js/zstd@2.0.1',
    "[require('kerberos').initializeClient('a@b').catch(() => 1), require('@mongodb-js/zstd').compress(Buffer.from('a'))]",
    'mongodb @mongodb-js/zstd kerberos',
  ),
  one('mongodb@6.3.0 mongodb-client-encryption@6.0.1'),
  one('oracledb@6.8.0', "require('oracledb').getConnection({ connectString: 'a' }).catch(() => 1)"),
  one('pg@8.16.3 pg-native@3.5.2', "require('pg').native.Client"),
  one('msgpackr@1.11.5 msgpackr-extract@3.0.1', "require('msgpackr').pack({ a: 1 })"),
  one('cbor-x@1.6.0 cbor-extract@2.2.0', "require('cbor-x').encode({ a: 1 })"),
  one('dd-trace@5.52.0', "require('dd-trace').init()"),
  one('newrelic@12.20.0 pino@9.7.0'),
  one(
    '@sentry/profiling-node@10.5.0 @sentry/node@10.5.0',
    "require('@sentry/profiling-node').nodeProfilingIntegration()",
  ),
  one('@sentry/cli@2.46.0', "new (require('@sentry/cli'))().execute(['--version'], false)"),
  one(
    '@datadog/pprof@5.8.2 @datadog/native-appsec@10.0.1',
    "[require('@datadog/pprof').time.start({ durationMillis: 10 }), require('@datadog/native-appsec').DDWAF.version()]",
  ),
  one('isolated-vm@6.0.1'),
  one('node-pty@1.1.0-beta34'),
  one('keytar@7.8.0'),
  one('usb@2.16.0'),
  one('serialport@11.0.1', "require('serialport').SerialPort.list().catch(() => 1)"),
  one('zeromq@6.5.0'),
  one('farmhash@3.2.2 xxhash-addon@2.1.0'),
  one('ssh2@1.17.0 cpu-features@0.0.8'),
  one('sodium-native@4.3.3', "require('sodium-native').crypto_secretbox_KEYBYTES + 1"),
  one('sodium-native@3.4.1'),
  one('libxmljs2@0.32.0'),
  one(
    'tree-sitter@0.25.0 tree-sitter-bash@0.25.0',
    "new (require('tree-sitter'))().setLanguage(require('tree-sitter-bash'))",
  ),
  one('secp256k1@4.0.4 keccak@3.0.1 ethers@6.13.0', "require('keccak')('keccak256').update('a').digest()"),
  one('aws-crt@1.27.3'),
  one(
    '@aws-sdk/client-sqs@3.709.0 @aws-sdk/client-secrets-manager@3.709.0 @aws-sdk/lib-storage@3.709.0 @aws-sdk/client-s3@3.709.0',
  ),
  one('eslint@9.30.0 prettier@3.6.2 typescript@5.8.3'),
  one('jest@30.0.4', run('jest/bin/jest.js')),
  one('nx@21.2.1', run('nx/bin/nx.js'), 'nx/package.json'),
  one('@biomejs/biome@2.2.4', run('@biomejs/biome/bin/biome'), '@biomejs/biome/package.json'),
  one('oxlint@1.12.0', run('oxlint/bin/oxlint'), 'oxlint/package.json'),
  one('turbo@2.6.0', run('turbo/bin/turbo'), 'turbo/package.json'),
  one(
    'dprint@0.47.5',
    `[(process.env.DPRINT_CACHE_DIR = '/tmp/dprint'), ${run('dprint/bin.js')}]`,
    'dprint/package.json',
  ),
  one(
    'tsx@4.20.3',
    "[require('tsx/cjs'), require('fs').writeFileSync('/tmp/a.ts', 'let a: number = 1'), require('/tmp/a.ts')]",
    'tsx/cjs',
  ),
  one('unrs-resolver@1.11.1 oxc-resolver@11.8.0'),
  one('oxc-parser@0.98.0', "require('oxc-parser').parseSync('a.js', 'a')"),
  one('koffi@2.12.1', "require('koffi').load('libc.so.6')"),
  one('@css-inline/css-inline@0.16.0 nodemailer@7.0.5', "require('@css-inline/css-inline').inline('<p>a</p>')"),
  one('@ast-grep/napi@0.38.5', "require('@ast-grep/napi').parse('JavaScript', 'a')"),
  one(
    '@resvg/resvg-js@2.6.0 qrcode@1.5.4',
    'new (require(\'@resvg/resvg-js\').Resvg)(\'<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>\').render()',
  ),
  one('@libsql/client@0.15.15', "require('@libsql/client').createClient({ url: ':memory:' }).execute('select 1')"),
  one('bullmq@5.56.0 ioredis@5.6.1'),
  one('lz4-napi@2.8.0', "require('lz4-napi').compressSync(Buffer.from('a'))"),
  one('@google-cloud/profiler@6.0.2'),
  one('tailwindcss@3.4.17 autoprefixer@10.4.21 postcss@8.5.4'),
  one('firebase-admin@13.4.0'),
  one(
    'snowflake-sdk@2.1.0',
    "require('snowflake-sdk').createConnection({ account: 'a', username: 'a', password: 'a' })",
  ),
  one(
    'puppeteer-core@24.10.0 @sparticuz/chromium@137.0.1',
    imported("@sparticuz/chromium/build/index.js').then((a) => a.default.executablePath()"),
  ),
  one('@rspack/core@1.5.2', "require('@rspack/core').rspack({})"),
  one(
    '@typescript/native-preview@7.0.0-dev.20251101.1',
    run('@typescript/native-preview/bin/tsgo.js'),
    '@typescript/native-preview/package.json',
  ),
]
