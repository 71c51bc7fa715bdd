import { type CorpusPackage, type Install, OTHER_RUNTIMES, RUNTIMES, type RuntimeName } from './install.ts'
import { NPM_PACKAGES } from './packages/npm.ts'
import { PYTHON_PACKAGES } from './packages/python.ts'
import { type Compilation, compilation } from './programs/compilation.ts'
import { installsOf } from './variants.ts'

/** A layer of the committed corpora. */
export type Artifact = {
  readonly install: Install
  /** `healthy`: it works and no error may be found. Else it fails, and an error of one of these rules must be found. */
  readonly expected: 'healthy' | readonly [rule: string, ...others: string[]]
}

// What a Python file for another interpreter or machine is called first: which of them depends on the file's name.
export const TAG = ['python-extension-tag', 'python-wheel-tag'] as const
export const LIBC = ['libc-family', ...TAG] as const
export const PROCESSOR = ['elf-architecture', ...TAG] as const
export const SYSTEM = ['foreign-binary', ...TAG] as const
export const GONE = ['python-record', 'missing-library'] as const
export const BROKEN_FILE = ['corrupt-binary'] as const
export const NODE_PLATFORM = ['node-platform-package', 'elf-architecture', 'foreign-binary', 'libc-family'] as const
export const NODE_ABSENT = ['node-prebuild', 'node-platform-package'] as const

export const [PYTHON, NODE] = ['python3.11', 'nodejs22.x'] as const

export function healthy(runtime: RuntimeName, variant: string, requirements: string): Artifact[] {
  return artifacts(runtime, variant, requirements, 'healthy')
}

export function broken(
  runtime: RuntimeName,
  variant: string,
  requirements: string,
  rules: readonly [string, ...string[]],
): Artifact[] {
  return artifacts(runtime, variant, requirements, rules)
}

/** A layer that is a custom runtime: nothing but `/opt/bootstrap`. */
export function bootstrap(
  runtime: 'provided.al2023' | 'provided.al2',
  language: Compilation['language'],
  linked: Compilation['linked'],
  expected: Artifact['expected'],
): Artifact {
  const variant = `linked ${linked}`
  return {
    install: {
      id: `${runtime}/bootstrap-${language}/${linked}`,
      runtime: OTHER_RUNTIMES[runtime],
      package: { requirement: `bootstrap in ${language}`, modules: ['bootstrap'] },
      variant,
      choice: { tool: 'compiler', ...compilation(language, linked) },
    },
    expected,
  }
}

/** A layer that is one jar; `statement` makes it load its native code. `without`: natives of all systems but macOS, which a build on a Mac leaves out. */
export function jar(
  coordinates: string,
  statement: string,
  expected: Artifact['expected'],
  without?: readonly string[],
): Artifact {
  const variant = without === undefined ? 'right' : 'mac-only'
  return {
    install: {
      id: `java17/${coordinates.replaceAll(':', '-')}/${variant}`,
      runtime: OTHER_RUNTIMES.java17,
      package: { requirement: coordinates, modules: [statement] },
      variant,
      choice: { tool: 'mvn', coordinates, ...(without === undefined ? {} : { without }) },
    },
    expected,
  }
}

function artifacts(
  runtime: RuntimeName,
  variant: string,
  requirements: string,
  expected: Artifact['expected'],
): Artifact[] {
  return requirements.split(' ').map((requirement) => {
    const install = installsOf(pinned(requirement), runtime).find((one) => one.variant === variant)
    if (install === undefined) throw new Error(`${RUNTIMES[runtime].name} has no variant ${variant}`)
    return { install, expected }
  })
}

/** The row of a package with this version of it. */
function pinned(requirement: string): CorpusPackage {
  const name = requirement.replace(/(?:==|(?<=.)@)[\w.]+$/, '')
  const row = [...PYTHON_PACKAGES, ...NPM_PACKAGES].find((one) => one.requirement === name)
  if (row === undefined) throw new Error(`no package ${name}`)
  return { ...row, requirement }
}
