import { posix } from 'node:path'
import type { FileEntry } from '../evidence.ts'
import { type FactReader, sorted } from '../fact-reader.ts'
import { nativePackages } from './native-packages.ts'
import type { NodeFile } from './node-file.ts'
import { readPackageJson } from './package-json.ts'
import { scriptLoads } from './script-loads.ts'

const MOST_JSON = 512 * 1024
const MOST_SCRIPT = 2 * 1024 * 1024

/** Package descriptions, and what the scripts of packages with native code load. */
export const nodeReader: FactReader<NodeFile, NodeFile> = {
  wants: (entry) => (isPackageJson(entry) ? MOST_JSON : isScript(entry) ? MOST_SCRIPT : 0),
  read(entry, bytes) {
    const text = bytes.toString('utf8')
    if (isPackageJson(entry)) return readPackageJson(entry.path, text)
    if (!mayLoad(bytes)) return undefined
    const script = scriptLoads(entry.path, text)
    return script === undefined || entry.size <= MOST_SCRIPT ? script : { ...script, partial: true }
  },
  finish: (drafts) => sorted(nativePackages([...drafts].map(([path, file]) => ({ ...file, path })))),
}

function isPackageJson({ path }: FileEntry): boolean {
  return posix.basename(path) === 'package.json' && !isTool(path)
}

function isScript({ path }: FileEntry): boolean {
  return /\.[cm]?js$/.test(path) && !/\.min\.js$/.test(path) && !isTool(path)
}

/** npm and what else comes with Node.js and the runtime: thousands of scripts that no function loads. */
function isTool(path: string): boolean {
  return (
    /^\/(?:usr\/(?:local\/)?(?:lib|share)|var\/lang\/lib)\/(?:node_modules|nodejs|node)\//.test(path) ||
    /^\/(?:usr\/share|proc|sys)\//.test(path)
  )
}

const MARKS = ['require', 'import', 'export', 'dlopen'].map((mark) => Buffer.from(mark))

function mayLoad(bytes: Buffer): boolean {
  return MARKS.some((mark) => bytes.includes(mark))
}
