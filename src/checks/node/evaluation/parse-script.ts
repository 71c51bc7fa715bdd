import { type Program, parse } from 'acorn'
import type { NodeScript } from '../../../inspect/node/node-file.ts'

export type ParsedScript = { readonly program: Program; readonly isModule: boolean }

const known = new WeakMap<NodeScript, ParsedScript | undefined>()

/** The tree of a script whose text is kept; `wanted`: what its name and package.json say it is. `undefined`: it is not known. */
export function parseScript(script: NodeScript, wanted: 'module' | 'commonjs' | undefined): ParsedScript | undefined {
  if (known.has(script)) return known.get(script)
  const parsed = script.source === undefined ? undefined : tried(script.source, wanted)
  known.set(script, parsed)
  return parsed
}

function tried(source: string, wanted: 'module' | 'commonjs' | undefined): ParsedScript | undefined {
  // Without a word about it Node.js takes what reads as CommonJS for that, else as a module.
  for (const isModule of wanted === undefined ? [false, true] : [wanted === 'module']) {
    try {
      const program = parse(source, {
        ecmaVersion: 'latest',
        sourceType: isModule ? 'module' : 'script',
        allowReturnOutsideFunction: !isModule,
        allowHashBang: true,
        allowSuperOutsideMethod: true,
      })
      return { program, isModule }
    } catch {
      // Newer than what can be read here, or something else than JavaScript.
    }
  }
  return undefined
}
