import type { Subject } from '../check.ts'
import { movableStage } from './build-place.ts'

const NAMES = { python: 'Python', node: 'Node.js', ruby: 'Ruby' } as const

/**
 * Where the stage that installed the packages has the version they are made for (`3.12`, `20`) and the function another, its
 * FROM is the line to change: then everything that it installs fits, not only what was found.
 */
export function otherLanguage(tool: keyof typeof NAMES, madeFor: string, subject: Subject): string | undefined {
  const stage = movableStage(subject)
  const [built, runs] = [subject.build?.tools[tool], subject.artifact.tools[tool]]
  if (stage === undefined || built === undefined || !isVersion(built, madeFor)) return undefined
  if (runs !== undefined && isVersion(runs, madeFor)) return undefined
  return `${sentence(stage.words)} has ${NAMES[tool]} ${madeFor}: let it start from the final stage's base, and all that it installs fits.\n${stage.from}`
}

function isVersion(version: string, wanted: string): boolean {
  return version === wanted || version.startsWith(`${wanted}.`)
}

function sentence(words: string): string {
  return words.replace(/^[a-z]/, (letter) => letter.toUpperCase())
}
