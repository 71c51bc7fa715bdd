import { posix } from 'node:path'
import { type FactReader, sorted } from '../fact-reader.ts'
import type { ClientFile } from './client-file.ts'
import { RUNTIME_API } from './runtime-api.ts'

const LARGEST_OF_PACKAGE = 2 * 1024 * 1024
/** Bundles of a whole function. */
const LARGEST = 32 * 1024 * 1024
const SCRIPT = /\.(?:[cm]?js|py|rb|php|lua|pl|sh|bash)$/
/** Folders of a distribution's and an interpreter's own scripts. */
const SYSTEM =
  /^\/(?:etc|usr\/(?:share|sbin|include|lib\/(?:python3|ruby|node_modules|perl))|var\/lang\/(?:lib|include)|usr\/(?:local\/)?lib\/python3\.\d+\/(?!site-packages|dist-packages))/
/** Packages come in tens of thousands of files: of them only those that say what they are about. */
const PACKAGE = /\/(?:node_modules|site-packages|dist-packages|gems)\//

/** Scripts that speak the Runtime API themselves, so that no published client has to be there. */
export const clientReader: FactReader<ClientFile, ClientFile> = {
  wants({ path, mode, size }) {
    if (size < RUNTIME_API.length || size > LARGEST || SYSTEM.test(path)) return 0
    if (PACKAGE.test(path) && (size > LARGEST_OF_PACKAGE || !/lambda/i.test(path))) return 0
    const isScript = SCRIPT.test(path) || ((mode & 0o111) !== 0 && !posix.basename(path).includes('.'))
    return isScript ? size : 0
  },
  read: ({ path }, bytes) => (speaks(bytes) ? { path } : undefined),
  finish: (drafts) => sorted([...drafts.keys()].map((path) => ({ path }))),
}

/** An entry script that asks for the variable only to start the emulator where it is not set speaks to nobody. */
function speaks(bytes: Buffer): boolean {
  return bytes.includes(RUNTIME_API) && (!bytes.includes('aws-lambda-rie') || bytes.includes('invocation/next'))
}
