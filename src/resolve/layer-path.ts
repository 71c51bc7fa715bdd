import type { Files } from '../ports/files.ts'
import { neighbours } from './neighbours.ts'

/** Why a path is neither a folder to be packed nor a finished zip; `undefined` when it is one. */
export async function noLayer(path: string, files: Files): Promise<string | undefined> {
  switch (await files.kind(path)) {
    case 'directory':
      return (await files.names(path)).length > 0
        ? undefined
        : 'The folder is empty. Accepted: a folder laid out as under /opt (`python/`, `nodejs/node_modules`, …).'
    case 'file': {
      const start = Buffer.from((await files.readStart(path, 4)) ?? [])
      if (start.equals(EMPTY_ZIP)) return 'The zip is empty.'
      return start.equals(ZIP)
        ? undefined
        : 'That is no zip. Accepted: a folder laid out as under /opt, or a zip of one.'
    }
    case 'other':
      return 'That is neither a folder nor a file.'
    default:
      return `There is no such folder or zip.${await neighbours(path, files)} Does a step before this one build it?`
  }
}

const ZIP = Buffer.from('PK\x03\x04', 'latin1')
const EMPTY_ZIP = Buffer.from('PK\x05\x06', 'latin1')
