import { posix } from 'node:path'
import type { FileEntry } from '../inspect/evidence.ts'
import type { Check, Finding, Subject } from './check.ts'
import { imageTree, isFile } from './facts/image-tree.ts'
import { programFault } from './facts/program-fault.ts'
import { runtimeViews } from './facts/runtime-view.ts'
import { AWS_ENTRYPOINT, startProgram } from './facts/start-program.ts'
import { code } from './facts/wording.ts'
import type { GroundedFinding } from './grounds.ts'

const ID = 'bootstrap'
const ENTRY = '/var/runtime/bootstrap'
/** Where Lambda and its emulator look, in their order; AWS's entry script of an image starts the last one. */
const PLACES = ['/var/task/bootstrap', '/opt/bootstrap', ENTRY] as const

export const bootstrap: Check = {
  id: ID,
  title: 'A custom runtime has a bootstrap that starts',
  appliesTo: () => true,
  run(subject) {
    return subject.plan.kind === 'image' ? ofImage(subject) : ofLayer(subject)
  },
}

/** Only an OS-only base needs one: another ENTRYPOINT is the runtime itself, a language's base brings its own. */
function ofImage(subject: Subject): ReturnType<Check['run']> {
  const { artifact, plan, runtimes } = subject
  const started = startProgram(artifact)?.file?.path
  const family = plan.runtime?.family ?? runtimes[0]?.runtime?.family
  if (started !== AWS_ENTRYPOINT || family !== 'provided') return { findings: [] }
  const tree = imageTree(artifact)
  const found = PLACES.map((path) => tree.resolve(path)).filter(isFile)
  const entry = tree.resolve(ENTRY)
  if (isFile(entry)) return { findings: judged(entry, ENTRY, subject) }
  return { findings: [found.length === 0 ? missing() : elsewhere(found[0]?.path ?? '')] }
}

/** A layer need not have one: the function may bring it. */
function ofLayer(subject: Subject): ReturnType<Check['run']> {
  const forCustom = subject.runtimes.some(({ runtime }) => runtime?.family === 'provided')
  const file = imageTree(subject.artifact).resolve('/opt/bootstrap')
  if (!forCustom || file === undefined) return { findings: [] }
  if (!isFile(file)) return { findings: [noFile(file)] }
  const open = runtimeViews(subject).some(({ confidence }) => confidence === 'table')
  return {
    findings: judged(file, '/opt/bootstrap', subject),
    ...(open
      ? { notChecked: 'the runtime image was not read: whether the interpreter of bootstrap exists is not known' }
      : {}),
  }
}

function judged(file: FileEntry, path: string, subject: Subject): readonly GroundedFinding[] {
  const views = runtimeViews(subject).filter(
    ({ runtime }) => subject.plan.kind === 'image' || runtime === undefined || runtime.family === 'provided',
  )
  const [fault] = views.flatMap((view) => programFault(file, subject, view) ?? [])
  if (fault === undefined) return []
  const { kind, what, expected, actual, help } = fault
  const finding = error(path, `${code(path)} ${what}`, { expected, actual, help, examples: [path] })
  return [{ ...finding, grounds: { fault: kind } }]
}

/** A link that leads nowhere is `broken-link`. */
function noFile({ path }: FileEntry): Finding {
  return error('/opt/bootstrap', `${code('/opt/bootstrap')} is no file, and Lambda starts it (\`permission denied\`)`, {
    expected: 'an executable file',
    actual: 'a folder',
    help: 'Copy the program itself, under this name, to the root of the layer.\nmv bootstrap folder && mv folder/bootstrap bootstrap && chmod 755 bootstrap',
    examples: [path],
  })
}

function missing(): Finding {
  return error(ENTRY, `The image has no ${code(ENTRY)}, which is all that ${code(AWS_ENTRYPOINT)} starts`, {
    expected: `an executable ${code(ENTRY)}`,
    actual: 'no such file',
    help: `Copy your program there, or make it the ENTRYPOINT.\nCOPY --chmod=755 bootstrap ${ENTRY}`,
    examples: [],
  })
}

function elsewhere(path: string): Finding {
  return {
    ...error(ENTRY, `The bootstrap lies at ${code(path)}; in an image ${code(AWS_ENTRYPOINT)} starts ${code(ENTRY)}`, {
      expected: code(ENTRY),
      actual: code(path),
      help: `Copy it to the place where the base image starts it.\nCOPY --chmod=755 ${posix.basename(path)} ${ENTRY}`,
      examples: [path],
    }),
    level: 'warning',
    confidence: 'heuristic',
  }
}

function error(
  subject: string,
  message: string,
  rest: Pick<Finding, 'help' | 'examples'> & { readonly expected: string; readonly actual: string },
): Finding {
  return { rule: ID, level: 'error', confidence: 'proven', subject, message, count: 1, ...rest }
}
