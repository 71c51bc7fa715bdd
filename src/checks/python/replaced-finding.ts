import { posix } from 'node:path'
import type { Finding, Subject } from '../check.ts'
import { examplesOf } from '../facts/examples.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { code } from '../facts/wording.ts'
import { installPython, pinned } from './pip-install.ts'
import { breaks } from './python-needs.ts'
import type { ReplacedFolder } from './replaced-packages.ts'

const MOST_NAMED = 3

/** Of packages that nobody asked for it is not seen that somebody needs them. */
export function replaced({ path, lost, asked }: ReplacedFolder, subject: Subject, view: RuntimeView): Finding {
  const [first] = asked
  const [{ module, distribution } = { module: '', distribution: { name: '' } }] = asked.length > 0 ? asked : lost
  const named = lost.slice(0, MOST_NAMED).map((one) => code(`${one.distribution.name} ${one.distribution.version}`))
  const more = lost.length > named.length ? ` and ${lost.length - named.length} more` : ''
  const fails = first === undefined ? '' : `, and ${code(`import ${first.module}`)} fails`
  const install = pinned(
    lost.map((one) => one.distribution),
    view,
  ).join(' ')
  return {
    rule: 'python-record',
    ...(first === undefined
      ? ({ level: 'warning', confidence: 'heuristic' } as const)
      : ({ level: 'error', confidence: view.confidence, ...breaks(asked) } as const)),
    subject: path,
    owner: `pkg:pypi/${distribution.name}`,
    message: `${code(path)} lacks the packages of ${named.join(', ')}${more}${fails}: several have packages in this folder, and pip does not put together what is installed one after the other`,
    expected: code(module),
    actual: 'no such module',
    help: `Install all that have packages in ${code(`${posix.basename(path)}/`)} by one command: \`pip install --target\` replaces the folder as a whole with \`--upgrade\`, and leaves it as it is without.\n${installPython(install, subject, view, posix.dirname(path))}`,
    ...examplesOf(lost.map((one) => `${one.module} of ${one.distribution.name} ${one.distribution.version}`)),
  }
}
