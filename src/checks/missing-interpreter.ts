import type { Check, Finding, Subject } from './check.ts'
import { commonFolder, examplesOf, groupBy } from './facts/examples.ts'
import { isFile } from './facts/image-tree.ts'
import { nativeness } from './facts/machine.ts'
import { type NativeLoad, nativeLoads } from './facts/native-loads.ts'
import { shippedName } from './facts/program-remedy.ts'
import type { RuntimeView } from './facts/runtime-view.ts'
import { code, shellWord } from './facts/wording.ts'
import { acrossRuntimes } from './native/across-runtimes.ts'
import { isProgram } from './native/load-file.ts'
import { otherSystem } from './native/other-system.ts'
import { causeKey, nameFiles } from './native/package-of.ts'
import { consequence, strongest, verdict } from './native/verdict.ts'

const ID = 'missing-interpreter'

export const missingInterpreter: Check = {
  id: ID,
  title: 'The loader that a program names exists',
  appliesTo: () => true,
  run(subject) {
    const findings = acrossRuntimes(subject, (view) => {
      const lost = nativeLoads(subject, view).filter((load) => lacksInterpreter(load, subject, view))
      const causes = groupBy(
        lost,
        ({ file, owner, need }) => `${need === 'required'} ${file.interpreter} ${causeKey(file.path, owner)}`,
      )
      return [...causes.values()].map((loads) => finding(loads, subject, view))
    })
    return { findings }
  },
}

/** The loaders of glibc that a runtime image always has, for views without its files. */
const GLIBC_LOADER = /^\/lib(?:64)?\/ld-linux-(?:x86-64\.so\.2|aarch64\.so\.1)$/

function lacksInterpreter(load: NativeLoad, subject: Subject, view: RuntimeView): boolean {
  const { file } = load
  if (!isProgram(file) || file.interpreter === undefined) return false
  if (nativeness(file, subject.plan.architecture) !== 'native' || otherSystem(load, subject, view)) return false
  if (view.confidence === 'table' && GLIBC_LOADER.test(file.interpreter)) return false
  return !isFile(view.tree.resolve(file.interpreter))
}

function finding(loads: readonly NativeLoad[], { plan }: Subject, view: RuntimeView): Finding {
  const paths = loads.map(({ file }) => file.path)
  const [first] = loads
  const interpreter = first?.file.interpreter ?? ''
  const { what, ...name } = nameFiles(paths, first?.owner)
  const need = strongest(loads.map((load) => load.need))
  const because = loads.find((load) => load.need === need)?.because ?? ''
  const loader = plan.architecture === 'arm64' ? '/lib/ld-linux-aarch64.so.1' : '/lib64/ld-linux-x86-64.so.2'
  return {
    rule: ID,
    ...name,
    ...verdict(need, view),
    message: `${what} ${paths.length === 1 ? 'names' : 'name'} the loader ${code(interpreter)}, which does not exist (\`No such file or directory\`)${consequence(need, because, paths.length, 'start')}`,
    expected: `a file at ${code(interpreter)}`,
    actual: 'nothing there',
    help: `Build it with the system's own tools: Nix, Homebrew and some cross compilers name a loader of their own.\npatchelf --set-interpreter ${loader} --remove-rpath ${paths.length === 1 ? shellWord(shippedName(commonFolder(paths))) : '<file>'}`,
    ...examplesOf(paths),
  }
}
