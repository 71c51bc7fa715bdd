import { DockerfileParser } from 'dockerfile-ast'
import type { Architecture } from '../lambda/architecture.ts'

/** The system that packages are to be installed for. */
export type InstallTarget = {
  /** `3.11`. */
  readonly python?: string
  readonly architecture: Architecture
  readonly libc: 'glibc' | 'musl'
}

/** An option of an installer that asks for another system than the target. `line` of the Dockerfile, from 1. */
export type WrongOption = { readonly installer: 'pip' | 'npm'; readonly line: number; readonly option: string }

/** Options of pip, uv and npm in RUN instructions that ask for another Python, processor, system or C library. Pure; never throws. */
export function wrongOptions(dockerfile: string, target: InstallTarget): readonly WrongOption[] {
  const runs = DockerfileParser.parse(dockerfile)
    .getInstructions()
    .filter((one) => one.getKeyword() === 'RUN')
  return runs.flatMap((run) => {
    const line = run.getRange().start.line + 1
    return (run.getArgumentsContent() ?? '').split(/&&|;|\|\|/).flatMap((command): readonly WrongOption[] => {
      const installer = INSTALLERS.find(({ pattern }) => pattern.test(command))
      if (installer === undefined) return []
      const options = [...command.matchAll(OPTION)].map(([text, name = '', value = '']) => ({ text, name, value }))
      // Of several platforms one that fits is enough.
      const wrong = options.filter(({ name, value }) =>
        installer.isWrong(name, value.replace(/^["']|["']$/g, ''), target),
      )
      const fits = options.some((one) => wrong.some(({ name }) => name === one.name) && !wrong.includes(one))
      return fits ? [] : wrong.map(({ text }) => ({ installer: installer.name, line, option: text.trim() }))
    })
  })
}

const OPTION = /(--[\w-]+)(?:=|\s+)(?!-)(\S+)/g

type Installer = {
  readonly name: WrongOption['installer']
  readonly pattern: RegExp
  isWrong(option: string, value: string, target: InstallTarget): boolean
}

const INSTALLERS: readonly Installer[] = [
  {
    name: 'pip',
    pattern: /\bpip[\d.]*\s+(?:install|download|wheel)\b|\buv\s+(?:pip|sync|export)\b/,
    isWrong(option, value, { python, architecture, libc }) {
      if (option === '--python-version' || option === '--python')
        return python !== undefined && isOtherPython(value, python)
      if (option === '--abi') return python !== undefined && isOtherPython(/^cp(3\d+)$/.exec(value)?.[1] ?? '', python)
      if (option !== '--platform' && option !== '--python-platform') return false
      const cpu = /(?:^|[_-])(x86_64|amd64|aarch64|arm64)/.exec(value)?.[1]
      if (cpu !== undefined && /x86_64|amd64/.test(cpu) !== (architecture === 'x86_64')) return true
      if (/^(?:macos|win)|darwin|windows/.test(value)) return true
      const family = /musl|manylinux|gnu/.exec(value)?.[0]
      return family !== undefined && (family === 'musl') !== (libc === 'musl')
    },
  },
  {
    name: 'npm',
    pattern: /\b(?:npm|pnpm|yarn)\s+(?:ci|i|install|add|rebuild)\b/,
    isWrong(option, value, { architecture, libc }) {
      if (option === '--cpu' || option === '--arch') return value !== (architecture === 'arm64' ? 'arm64' : 'x64')
      if (option === '--os' || option === '--platform') return value !== 'linux'
      return option === '--libc' && value !== libc
    },
  },
]

/** `3.12`, `3.12.4`, `312`; what no number stands in, such as a path or a variable, tells nothing. */
function isOtherPython(value: string, python: string): boolean {
  const [, minor] = /^3\.?(\d+)(?:\.\d+)?$/.exec(value) ?? []
  return minor !== undefined && `3.${minor}` !== python
}
