import type { CorpusPackage } from '../install.ts'
import { npmRow as one } from './row.ts'

/** For the shapes that layers take: native code in each way that packages come to it, and several packages as users ship them. */
export const SHAPED_NPM: readonly CorpusPackage[] = [
  one('sharp@0.34.5'),
  one('bcrypt@6.0.0'),
  one('@node-rs/crc32@1.10.8'),
  one('esbuild@0.28.2', "require('esbuild').transformSync('let a = 1')"),
  one('bufferutil@4.1.0'),
  one('better-sqlite3@13.2.0', "new (require('better-sqlite3'))(':memory:')"),
  one('express'),
  one('sharp bcrypt@6.0.0 express jsonwebtoken'),
  one('@napi-rs/canvas pdf-lib axios uuid'),
  one('fastify @swc/core zod argon2 pino'),
  one('pg pg-native knex dotenv'),
  one('@aws-sdk/client-s3 snappy kafkajs lz4-napi'),
]
