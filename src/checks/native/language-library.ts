import type { Subject } from '../check.ts'
import type { RuntimeView } from '../facts/runtime-view.ts'
import { pythonVersion } from '../python/interpreter.ts'
import { rubyApi } from '../ruby/gem-home.ts'
import { otherLanguage } from './other-language.ts'

/** The library that is a language: code that asks for it was compiled for that version. */
type LanguageLibrary = { readonly tool: 'ruby' | 'python'; readonly name: string; readonly version?: string }

/** `libruby-3.1.so.3.1` of Debian, `libruby.so.3.3`, `libpython3.11.so.1.0`. */
export function languageLibrary(soname: string): LanguageLibrary | undefined {
  const [, ruby, named, numbered] = /^lib(ruby)-?(\d+\.\d+)?[\d.]*\.so(?:\.(\d+\.\d+))?/.exec(soname) ?? []
  const version = named ?? numbered
  if (ruby !== undefined) return { tool: 'ruby', name: 'Ruby', ...(version === undefined ? {} : { version }) }
  const [, python] = /^libpython(\d+\.\d+)m?\.so/.exec(soname) ?? []
  return python === undefined ? undefined : { tool: 'python', name: 'Python', version: python }
}

/** The version that the function runs, where both are known and differ. */
export function otherVersion({ tool, version }: LanguageLibrary, view: RuntimeView): string | undefined {
  const own = tool === 'python' ? pythonVersion(view) : rubyApi(view)?.replace(/^(\d+\.\d+).*$/, '$1')
  return own === undefined || version === undefined || own === version ? undefined : own
}

/** What to do when one of these is that of another version than the function's: a copy of it would not help. */
export function compileForOwn(sonames: readonly string[], subject: Subject, view: RuntimeView): string | undefined {
  const library = sonames.map(languageLibrary).find((one) => one !== undefined && otherVersion(one, view) !== undefined)
  if (library?.version === undefined) return undefined
  const { tool, name, version } = library
  const base = subject.plan.kind === 'image' ? `\nFROM ${subject.plan.base?.reference ?? view.reference} AS build` : ''
  const otherwise = `It was compiled for ${name} ${version}: compile it with the function's ${name} ${otherVersion(library, view)}.${base}`
  return otherLanguage(tool, version, subject) ?? otherwise
}
