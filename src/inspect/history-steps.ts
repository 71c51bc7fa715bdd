import type { Step } from '../resolve/dockerfile-steps.ts'
import type { HistoryEntry } from './evidence.ts'

// `COPY app /var/task # buildkit`; of the classic builder `/bin/sh -c #(nop) COPY dir:1a2b in /var/task `.
const BUILDKIT = /^(COPY|ADD) (.*?)(?: # buildkit)?$/s
const CLASSIC = /^\/bin\/sh -c #\(nop\) (COPY|ADD) (?:multi|dir|file):\S+ in (\S+)\s*$/
const WORKDIR = /^(?:\/bin\/sh -c #\(nop\) )?WORKDIR (\S+)/
const RUN = /^(?:RUN )?(?:\/bin\/(?:ba)?sh -\w*c )(?!#\(nop\))(.*?)(?: # buildkit)?$/s

/** What an image's history tells of instructions, for an image without its Dockerfile: no lines, only their texts. */
export function historySteps(history: readonly HistoryEntry[]): readonly Step[] {
  let workingDirectory = '/'
  return history.flatMap(({ createdBy }): readonly Step[] => {
    workingDirectory = WORKDIR.exec(createdBy)?.[1] ?? workingDirectory
    const [, classic, folder] = CLASSIC.exec(createdBy) ?? []
    if (folder !== undefined) {
      return [
        {
          keyword: classic === 'ADD' ? 'ADD' : 'COPY',
          text: `${classic} … ${folder}`,
          destination: folder,
          workingDirectory,
        },
      ]
    }
    const [, keyword, words = ''] = BUILDKIT.exec(createdBy) ?? []
    if (keyword !== undefined) {
      const [destination = '/', ...sources] = words.split(' ').toReversed()
      const text = `${keyword} ${words}`
      return [
        {
          keyword: keyword === 'ADD' ? 'ADD' : 'COPY',
          text,
          destination,
          sources: sources.reverse(),
          workingDirectory,
        },
      ]
    }
    const [, command] = RUN.exec(createdBy) ?? []
    return command === undefined ? [] : [{ keyword: 'RUN', text: command, workingDirectory }]
  })
}
