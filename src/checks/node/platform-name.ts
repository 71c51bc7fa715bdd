import type { NodePackage } from '../../inspect/node/node-file.ts'
import type { NodeTree } from './node-tree.ts'

/** For which platform something is, by its name. `any`: the name does not say, or says WebAssembly. */
export type Fit = 'here' | 'elsewhere' | 'any'

const OTHER_SYSTEM =
  /(?<![a-z0-9])(?:darwin|macos|osx|win32|windows|win|android|freebsd|openbsd|netbsd|sunos|aix|openharmony|ohos|msvc)(?![a-z0-9])/i
const LINUX = /(?<![a-z0-9])linux(?:-?musl|-?glibc|-?gnu)?(?![a-z0-9])/i
const X64 = /(?<![a-z0-9])(?:x64|x86[_-]64|amd64)(?![a-z0-9])/i
const ARM64 = /(?<![a-z0-9])(?:arm64|aarch64|armv8)(?![a-z0-9])/i
const OTHER_CPU =
  /(?<![a-z0-9])(?:ia32|i[36]86|x86(?![_-]64)|arm|armv[67]l?|armhf|\w*eabihf|riscv64\w*|ppc64\w*|powerpc64\w*|s390x|loong(?:arch)?64|mips\w*)(?![a-z0-9])/i
const MUSL = /(?<![a-z0-9])(?:linux)?musl(?![a-z0-9])/i
const GLIBC = /(?<![a-z0-9])(?:linux)?(?:gnu|glibc)(?![a-z0-9])/i

/** `linux-x64-gnu`, `sharp-linuxmusl-arm64`, `darwin-universal`: words of the last two parts of a path or module name. */
export function nameFit(name: string, { cpu, libc }: Pick<NodeTree, 'cpu' | 'libc'>): Fit {
  if (/wasm32|wasi/.test(name)) return 'any'
  if (OTHER_SYSTEM.test(name) && !LINUX.test(name)) return 'elsewhere'
  const isHere = cpu === 'x64' ? X64.test(name) : ARM64.test(name)
  const isOther = OTHER_CPU.test(name) || (cpu === 'x64' ? ARM64.test(name) : X64.test(name))
  if (isOther && !isHere) return 'elsewhere'
  if (libc === 'glibc' ? MUSL.test(name) : GLIBC.test(name)) return 'elsewhere'
  return isHere || LINUX.test(name) ? 'here' : 'any'
}

/** What npm reads: would it install this package here? */
export function packageFits(
  { os, cpu, libc }: Pick<NodePackage, 'os' | 'cpu' | 'libc'>,
  tree: Pick<NodeTree, 'cpu' | 'libc'>,
): boolean {
  return allows(os, 'linux') && (allows(cpu, tree.cpu) || cpu?.includes('wasm32') === true) && allows(libc, tree.libc)
}

/** Names, or `!name`; none allows everything. */
function allows(list: readonly string[] | undefined, value: string): boolean {
  if (list === undefined || list.length === 0) return true
  if (list.includes(`!${value}`)) return false
  return list.includes(value) || list.includes('any') || list.every((one) => one.startsWith('!'))
}
