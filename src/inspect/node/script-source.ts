import { type NamedModules, namedModules } from './named-modules.ts'
import { type ScriptText, scriptText } from './script-text.ts'

/** A script that passed by and may load something: what it loads is read when that can matter. */
export type ScriptSource = {
  readonly kind: 'source'
  readonly path: string
  readonly text: ScriptText
  /** It may load native code by itself. */
  readonly isNative: boolean
  /** Larger than what is kept of it. */
  readonly partial?: true
}

const LOADS = marks('require', 'import', 'from')
const NATIVE = marks('.node', 'dlopen', 'gyp', 'prebuilds', 'bindings', '/Release/', '/Debug/')
const PLATFORM = marks('platform', 'PLATFORM', 'process.arch', 'os.arch')
/** Together with the platform: where a program lies that the package brings. */
const OWN_FOLDER = marks('__dirname', 'import.meta')
const PLATFORMS = /platform|PLATFORM|(?:process|os)\.arch/
const NEAR = 2000
const SYSTEMS = marks('darwin', 'linux', 'win32', 'arm64')
/** A script that loads nothing may still decide for others what they load. */
const HELPER = 8 * 1024
/** Of which everything is read when one name in it is made up. */
export const SMALL_SCRIPT = 64 * 1024
const LOADS_NATIVE =
  /\.node['"`]|dlopen|['"`](?:bindings|node-gyp-build[\w-]*|(?:@[\w-]+\/)?node-pre-gyp|pkg-prebuilds)['"`]|\/(?:Release|Debug)\//

/**
 * `undefined` for a large script that loads nothing. Searches for bytes only: of ten thousand scripts all but some hundred need
 * not be read further.
 */
export function scriptSource(path: string, passing: Buffer, partial: boolean): ScriptSource | undefined {
  if (passing.length > HELPER && !hasAny(passing, LOADS) && !isTableOfPlatforms(passing)) return undefined
  let named: NamedModules | undefined
  const isNative = mayLoadNative(passing, () => {
    named ??= namedModules(passing)
    return named
  })
  return {
    kind: 'source',
    path,
    text: scriptText(passing, named),
    isNative,
    ...(partial && { partial: true as const }),
  }
}

/** Others make the names of what they load of it. */
function isTableOfPlatforms(bytes: Buffer): boolean {
  return bytes.length <= SMALL_SCRIPT && SYSTEMS.every((name) => bytes.includes(name))
}

function mayLoadNative(bytes: Buffer, named: () => NamedModules): boolean {
  const isPlatform = hasAny(bytes, PLATFORM)
  if (isPlatform && bytes.length <= HELPER && hasAny(bytes, OWN_FOLDER)) return true
  const isNative = hasAny(bytes, NATIVE)
  if (!isNative && !isPlatform) return false
  return (isNative && LOADS_NATIVE.test(bytes.toString('latin1'))) || (isPlatform && namesPlatform(bytes, named()))
}

/** A name is made up of the platform: in large bundles near to where it is asked for, elsewhere anywhere. */
function namesPlatform(bytes: Buffer, { computedAt }: NamedModules): boolean {
  if (bytes.length <= SMALL_SCRIPT) return computedAt.length > 0
  return computedAt.some((at) => PLATFORMS.test(bytes.toString('latin1', Math.max(0, at - NEAR), at + NEAR)))
}

function marks(...texts: readonly string[]): readonly Buffer[] {
  return texts.map((text) => Buffer.from(text))
}

function hasAny(bytes: Buffer, some: readonly Buffer[]): boolean {
  return some.some((mark) => bytes.includes(mark))
}
