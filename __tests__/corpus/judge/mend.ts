import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../../lab/process/command.ts'
import type { Finding } from '../../../src/checks/check.ts'
import { jointFixes } from '../../../src/report/joint-fix.ts'
import { type CorpusFolders, installFolder } from '../corpus-folders.ts'
import type { Prepared } from '../prepare/prepared.ts'
import { executeOnce, type Reality } from '../reality/reality.ts'
import type { RuntimeImage } from '../runtime-image.ts'
import { evidenceOf } from './evidence.ts'
import { judgeEvidence } from './judge.ts'

/** What became of a broken layer after the advice of its errors was followed, command by command. */
export type Mending = {
  /** Commands as a user would paste them, and what the failing ones said. */
  readonly pasted: readonly { readonly command: string; readonly failed?: string }[]
  /** Errors that are left; those about size alone count as none. */
  readonly left: readonly Finding[]
  readonly rounds: number
  /** What happens in the runtime then. */
  readonly reality: Pick<Reality, 'verdict' | 'modules'>
}

const COMMAND = /^(?:pip|npm|npx|chmod|ln|mv|rm) /
const MOST_ROUNDS = 2

/**
 * Follows the advice for a layer's errors in a copy of it, judges that again and executes it. `undefined`: the layer is not kept, or
 * has no errors. Advice that is no command for this folder (a line of a Dockerfile, a step of a workflow) is left out.
 */
export async function mend(
  folders: CorpusFolders,
  prepared: Prepared,
  image: RuntimeImage,
): Promise<Mending | undefined> {
  const { install } = prepared
  const layer = join(installFolder(folders, install), 'layer')
  if (!existsSync(layer)) return undefined
  const copies = { ...folders, installs: mkdtempSync(join(tmpdir(), 'mend-')) }
  const copy = join(installFolder(copies, install), 'layer')
  try {
    mkdirSync(copy, { recursive: true })
    await run('cp', ['--archive', `${layer}/.`, copy])
    const below = install.runtime.id.startsWith('python') ? '' : 'nodejs'
    let told = await judged(copy)
    if (told.errors.length === 0) return undefined
    const pasted: { command: string; failed?: string }[] = []
    let rounds = 0
    for (; rounds < MOST_ROUNDS && told.errors.length > 0; rounds++) {
      for (const command of commandsOf(told)) pasted.push(await paste(command, join(copy, below)))
      told = await judged(copy)
    }
    return { pasted, left: told.errors, rounds, reality: await executeOnce(copies, image, prepared) }
  } finally {
    rmSync(copies.installs, { recursive: true, force: true })
  }

  async function judged(folder: string): Promise<Told> {
    const { findings } = await judgeEvidence(folders, await evidenceOf(folder), install.runtime, image)
    return {
      errors: findings.filter(({ level, rule }) => level === 'error' && rule !== 'size-limit'),
      warnings: findings.filter(({ level }) => level === 'warning'),
    }
  }
}

export function outcome({ pasted, left, rounds, reality }: Mending) {
  if (pasted.length === 0) return 'no command for a folder'
  if (left.length > 0) return 'errors left'
  if (reality.verdict === 'fails') return 'no errors, and fails'
  return rounds > 1 ? 'in the second round' : 'mended'
}

/** Lines that tell how it came about. */
export function account({ pasted, left, reality }: Mending): readonly string[] {
  const failed = Object.entries(reality.modules).flatMap(([name, result]) =>
    result.ok ? [] : [`${name}: ${result.text}`],
  )
  return [
    ...pasted.flatMap((one) => [`$ ${one.command}`, ...(one.failed === undefined ? [] : [one.failed])]),
    ...left.map(({ rule, message }) => `left ${rule}: ${message}`),
    ...failed.map((line) => `fails ${line}`),
  ]
}

type Told = { readonly errors: readonly Finding[]; readonly warnings: readonly Finding[] }

/** The commands for several at once, and those of the others. */
function commandsOf({ errors, warnings }: Told): readonly string[] {
  const joint = commandsIn(jointFixes(errors, warnings))
  const single = commandsIn(errors.map(({ help }) => help)).filter((one) => !joint.some((all) => isWithin(one, all)))
  return [...new Set([...joint, ...single])]
}

function commandsIn(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.split('\n').filter((line) => COMMAND.test(line)))
}

function isWithin(one: string, all: string): boolean {
  const words = new Set(all.split(' '))
  return one.split(' ').every((word) => words.has(word))
}

async function paste(command: string, cwd: string): Promise<Mending['pasted'][number]> {
  try {
    await run('bash', ['-c', command], { cwd })
    return { command }
  } catch (error) {
    return { command, failed: error instanceof Error ? error.message.slice(-400) : String(error) }
  }
}
