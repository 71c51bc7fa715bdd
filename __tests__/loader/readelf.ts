import type { ElfFile } from '../../src/inspect/evidence.ts'

/** What GNU readelf prints of one file (`--wide -h -l -d -V`), as far as the loader cares. */
export type ReadElf = {
  readonly class: number
  readonly type: string
  readonly machine: string
  readonly interpreter?: string
  readonly soname?: string
  readonly rpath?: string
  readonly runpath?: string
  readonly needed: readonly string[]
  /** `library version`, with ` weak` where the loader only warns. */
  readonly versionsNeeded: readonly string[]
  readonly versionsDefined: readonly string[]
}

const MACHINES: Readonly<Record<number, string>> = {
  3: 'Intel 80386',
  40: 'ARM',
  62: 'Advanced Micro Devices X86-64',
  183: 'AArch64',
}
const TYPES: Readonly<Record<number, string>> = { 1: 'REL', 2: 'EXEC', 3: 'DYN' }

export function parseReadElf(output: string): ReadElf {
  const one = (pattern: RegExp): string | undefined => pattern.exec(output)?.[1]
  const optional = (name: string, value: string | undefined) => (value === undefined ? {} : { [name]: value })
  const needs: string[] = []
  const defined: string[] = []
  let library = ''
  let inDefinitions = false
  for (const line of output.split('\n')) {
    if (/^Version \w+ section/.test(line)) inDefinitions = line.startsWith('Version definition')
    library = /^ .*Version: 1 {2}File: (\S+) {2}Cnt:/.exec(line)?.[1] ?? library
    const [, need, flags = ''] = /^ .* Name: (\S+) {2}Flags: (.+?) {2}Version: \d+/.exec(line) ?? []
    if (need !== undefined) needs.push(`${library} ${need}${flags.includes('WEAK') ? ' weak' : ''}`)
    const [, flag = '', name] = /Rev: 1 {2}Flags: (.+?) {2}Index: \d+ {2}Cnt: \d+ {2}Name: (\S+)/.exec(line) ?? []
    // The first names the file itself.
    if (inDefinitions && name !== undefined && !flag.includes('BASE')) defined.push(name)
  }
  return {
    class: Number(one(/Class:\s+ELF(\d+)/)),
    type: one(/^ {2}Type:\s+(\w+)/m) ?? '',
    machine: one(/^ {2}Machine:\s+(.+)$/m) ?? '',
    ...optional('interpreter', one(/\[Requesting program interpreter: (.+)\]/)),
    ...optional('soname', one(/\(SONAME\)\s+Library soname: \[(.*)\]/)),
    ...optional('rpath', one(/\(RPATH\)\s+Library rpath: \[(.*)\]/)),
    ...optional('runpath', one(/\(RUNPATH\)\s+Library runpath: \[(.*)\]/)),
    needed: [...output.matchAll(/\(NEEDED\)\s+Shared library: \[(.*)\]/g)].map(([, name = '']) => name),
    versionsNeeded: needs.sort(),
    versionsDefined: defined.sort(),
  }
}

/** The same of what we read. */
export function asReadElf(file: ElfFile): ReadElf {
  const { interpreter, soname, rpath, runpath } = file
  return {
    class: file.class,
    type: TYPES[file.type] ?? '',
    machine: MACHINES[file.machine] ?? '',
    ...(interpreter === undefined ? {} : { interpreter }),
    ...(soname === undefined ? {} : { soname }),
    ...(rpath === undefined ? {} : { rpath }),
    ...(runpath === undefined ? {} : { runpath }),
    needed: file.needed,
    versionsNeeded: file.versionsNeeded
      .flatMap((need) => need.versions.map(({ name, weak }) => `${need.file} ${name}${weak ? ' weak' : ''}`))
      .sort(),
    versionsDefined: [...file.versionsDefined].sort(),
  }
}
