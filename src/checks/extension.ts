import { posix } from 'node:path'
import type { FileEntry } from '../inspect/evidence.ts'
import type { Check, Subject } from './check.ts'
import { imageTree, isFile } from './facts/image-tree.ts'
import { type ProgramFault, programFault } from './facts/program-fault.ts'
import { runtimeViews } from './facts/runtime-view.ts'
import { code } from './facts/wording.ts'

const FOLDER = '/opt/extensions'

export const extension: Check = {
  id: 'extension',
  title: 'Lambda extensions can be started',
  appliesTo: () => true,
  run(subject) {
    const files = extensions(subject)
    const faults = files.flatMap((file) => {
      const [first] = faultsOf(file, subject)
      // A lost mode is the subject of not-executable.
      return first === undefined || first.kind === 'mode' ? [] : [{ file, fault: first }]
    })
    const open = files.length > 0 && runtimeViews(subject).some((view) => view.confidence === 'table')
    return {
      findings: faults.map(({ file, fault }) => ({
        rule: 'extension',
        level: 'error',
        confidence: 'proven',
        subject: file.path,
        message: `The extension ${code(posix.basename(file.path))} ${fault.what}; Lambda starts every file in ${code(FOLDER)}, and the function with them or not at all`,
        expected: fault.expected,
        actual: fault.actual,
        help: fault.help,
        count: 1,
        examples: [file.path],
        grounds: { fault: fault.kind },
      })),
      ...(open
        ? { notChecked: 'the runtime image was not read: whether the interpreters of extensions exist is not known' }
        : {}),
    }
  },
}

/** Files that Lambda starts as external extensions; folders below, where extensions keep their parts, it passes over. */
export function extensions({ artifact }: Pick<Subject, 'artifact'>): readonly FileEntry[] {
  const tree = imageTree(artifact)
  return tree
    .childrenOf(FOLDER)
    .filter(({ type }) => type !== 'directory')
    .map(({ path }) => tree.resolve(path))
    .filter(isFile)
}

function faultsOf(file: FileEntry, subject: Subject): readonly ProgramFault[] {
  const faults = runtimeViews(subject).map((view) => programFault(file, subject, view))
  // One of several runtimes without the interpreter is enough: a layer promises all of them.
  return faults.filter((fault) => fault !== undefined)
}
