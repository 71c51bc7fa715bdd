import type { Subject } from '../check.ts'
import { buildPlace } from './build-place.ts'

const NAMES = { python: 'Python', node: 'Node.js' } as const

/**
 * Where the stage that installed the packages has the version they are made for (`3.12`, `20`) and the function another, its
 * FROM is the line to change: then everything that it installs fits, not only what was found.
 */
export function otherLanguage(tool: keyof typeof NAMES, madeFor: string, subject: Subject): string | undefined {
  const { plan, build, buildStage, artifact } = subject
  const [built, runs] = [build?.tools[tool], artifact.tools[tool]]
  if (plan.kind === 'layer' || plan.base === undefined || buildStage?.name === undefined) return undefined
  if (built === undefined || !isVersion(built, madeFor) || (runs !== undefined && isVersion(runs, madeFor)))
    return undefined
  const line = plan.buildImage?.from === 'stage' ? ` (line ${plan.buildImage.line})` : ''
  return `${sentence(buildPlace(subject).name)}${line} has ${NAMES[tool]} ${madeFor}: let it start from the final stage's base, and all that it installs fits.\nFROM ${plan.base.reference} AS ${buildStage.name}`
}

function isVersion(version: string, wanted: string): boolean {
  return version === wanted || version.startsWith(`${wanted}.`)
}

function sentence(words: string): string {
  return words.replace(/^[a-z]/, (letter) => letter.toUpperCase())
}
