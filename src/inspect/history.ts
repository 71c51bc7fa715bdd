import type { HistoryEntry } from './evidence.ts'

/**
 * `docker image history --format '{{json .}}'`, which is newest first, as entries from the base on. Never throws: a line
 * that is none is left out.
 */
export function historyEntries(answer: string): readonly HistoryEntry[] {
  return answer
    .split('\n')
    .flatMap((line) => entry(line) ?? [])
    .reverse()
}

function entry(line: string): HistoryEntry | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const { CreatedBy, Comment } = JSON.parse(line) as { readonly CreatedBy?: unknown; readonly Comment?: unknown }
    return {
      createdBy: typeof CreatedBy === 'string' ? withoutArguments(CreatedBy) : '',
      comment: typeof Comment === 'string' ? Comment : '',
    }
  } catch {
    return undefined
  }
}

/** `RUN |2 TOKEN=… A=b /bin/sh -c make` without the values of build arguments, which may be secret. */
function withoutArguments(createdBy: string): string {
  const [, run = '', rest = ''] = /^(RUN |\/bin\/sh -c |)\|\d+ (.*)$/s.exec(createdBy) ?? []
  if (rest === '') return createdBy
  const shell = /\s(\/\S*sh -\w*c .*)$/s.exec(rest)?.[1]
  return `${run === '' ? 'RUN ' : run}${shell ?? '…'}`
}
