import type { CorpusPackage } from '../install.ts'
import { npmRow as one } from './row.ts'

// Addons that npm compiles where nothing is downloaded for them: by V8's interface, which fits one release of Node.js, and by
// Node-API, which fits all. Small ones: each is compiled three times.
export const COMPILED_NPM: readonly CorpusPackage[] = [
  one('bcrypt@5.1.1'),
  one('ssh2@1.16.0 cpu-features@0.0.10'),
  one('heapdump@0.3.15'),
  one('zlib-sync@0.1.9 discord.js@14.17.3', undefined, 'zlib-sync discord.js'),
  one('microtime@3.1.1'),
  one('iconv@3.0.1'),
  one('bufferutil@4.0.8 utf-8-validate@6.0.3 ws@8.17.1'),
  one('deasync@0.1.30'),
  one('node-expat@2.4.1'),
  one('xxhash-addon@2.0.3'),
  one('lz4@0.6.5'),
  one('farmhash@3.3.1'),
  one('msgpackr@1.10.2 msgpackr-extract@3.0.3'),
  one('node-pty@1.0.0'),
  one('bigint-buffer@1.1.5 @solana/web3.js@1.95.8'),
  one('keccak@3.0.4 secp256k1@5.0.1'),
  one('leveldown@6.1.1'),
  one('better-sqlite3@11.8.1', "new (require('better-sqlite3'))(':memory:')"),
  one('sqlite3@5.1.7 knex@3.1.0', "new (require('sqlite3')).Database(':memory:')"),
]
