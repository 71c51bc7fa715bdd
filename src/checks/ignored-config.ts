import { posix } from 'node:path'
import type { ImageFacts } from '../inspect/evidence.ts'
import type { Check, Finding, Subject } from './check.ts'
import { baseOfImage } from './facts/base-of-image.ts'
import { MAX_EXAMPLES } from './facts/examples.ts'
import { handlerArgument } from './facts/handler-argument.ts'
import { HANDLER_FILES } from './facts/handler-files.ts'
import { imageTree, isFile } from './facts/image-tree.ts'
import { code } from './facts/wording.ts'

const ID = 'ignored-config'

export const ignoredConfig: Check = {
  id: ID,
  title: 'The image relies on no setting that Lambda ignores',
  appliesTo: ({ kind }) => kind === 'image',
  run(subject) {
    const { image } = subject.artifact
    if (image === undefined) return { findings: [], notChecked: 'the configuration of the image was not read' }
    const lines = ignored(image, baseOfImage(subject)?.image)
    const folder = otherFolder(subject)
    return { findings: [...(lines.length === 0 ? [] : [settings(lines)]), ...(folder === undefined ? [] : [folder])] }
  },
}

/** Lines of a Dockerfile that have no effect, without those of the base. */
function ignored(image: ImageFacts, base: ImageFacts | undefined): readonly string[] {
  const own = (values: readonly string[] = [], inherited: readonly string[] = []) =>
    values.filter((one) => !inherited.includes(one))
  return [
    ...own(image.volumes, base?.volumes).map((path) => `VOLUME ${path}`),
    ...own(image.exposedPorts, base?.exposedPorts).map((port) => `EXPOSE ${port}`),
    ...(image.healthcheck === undefined || image.healthcheck.join() === base?.healthcheck?.join()
      ? []
      : [`HEALTHCHECK ${image.healthcheck.join(' ')}`]),
    ...(image.stopSignal === undefined || image.stopSignal === base?.stopSignal
      ? []
      : [`STOPSIGNAL ${image.stopSignal}`]),
  ]
}

function settings(lines: readonly string[]): Finding {
  const names = [...new Set(lines.map((line) => line.split(' ', 1)[0] ?? ''))]
  return {
    rule: ID,
    level: 'note',
    confidence: 'table',
    subject: names.join(', '),
    message: `${names.map(code).join(', ')} ${names.length === 1 ? 'has' : 'have'} no effect: of an image's settings Lambda heeds ENTRYPOINT, CMD, WORKDIR and ENV`,
    expected: 'settings that Lambda heeds',
    actual: lines.slice(0, MAX_EXAMPLES).map(code).join(', '),
    help: 'Nothing has to be done; keep them where the image also runs elsewhere, else remove the lines.',
    count: lines.length,
    examples: lines.slice(0, MAX_EXAMPLES),
  }
}

/**
 * AWS's own clients look for the handler in LAMBDA_TASK_ROOT, published ones in WORKDIR: a warning where the two differ
 * and only one of them has the file.
 */
function otherFolder(subject: Subject): Finding | undefined {
  const { artifact } = subject
  const folder = artifact.image?.workingDirectory || '/'
  const root = artifact.image?.environment.LAMBDA_TASK_ROOT
  const argument = handlerArgument(subject)
  if (root === undefined || root === folder || argument === undefined || 'unknown' in argument) return undefined
  const { family, handler = '' } = argument
  if (handler.startsWith('/')) return undefined
  const tree = imageTree(artifact)
  const existsIn = (where: string) =>
    HANDLER_FILES[family]?.(handler, where)?.tried.some((path) => isFile(tree.resolve(path))) === true
  if (!existsIn(folder) || existsIn(root)) return undefined
  return {
    rule: ID,
    level: 'warning',
    confidence: 'heuristic',
    subject: 'WORKDIR',
    message: `The handler ${code(handler)} lies in WORKDIR ${code(folder)}, and AWS's runtimes look for it in ${code(root)} (LAMBDA_TASK_ROOT)`,
    expected: code(root),
    actual: code(folder),
    help: `Keep the base image's WORKDIR, and copy the function there.\nWORKDIR ${posix.normalize(root)}\nCOPY . ${posix.normalize(root)}`,
    count: 1,
    examples: [],
  }
}
