import { createHash } from 'node:crypto'
import type { CorpusPackage } from '../install.ts'

/** One or several requirements of pip, or a package of npm; what is imported of them; what they are there for; one part of many. */
export function row(requirement: string, modules: string, used?: string, part?: string): CorpusPackage {
  return {
    requirement,
    modules: modules.split(' '),
    ...(used === undefined ? {} : { used }),
    ...(part === undefined ? {} : { part }),
  }
}

/** Every second one is marked as pip does it, which says what was asked for; uv marks everything. */
export function markedRow(...of: Parameters<typeof row>): CorpusPackage {
  const lot = createHash('sha256').update(`pip ${of[0]}`).digest()[0] ?? 0
  return { ...row(...of), ...(lot % 2 === 0 ? { marked: 'requested' } : {}) }
}

/** Packages of npm, with their versions where they have one; all of them are required unless told otherwise. */
export function npmRow(requirement: string, used?: string, modules: string = requirement): CorpusPackage {
  return row(
    requirement,
    modules
      .split(' ')
      .map((name) => name.replace(/(?<=.)@.*$/, ''))
      .join(' '),
    used,
  )
}
