import * as v from 'valibot'
import { type FactReader, sorted } from '../fact-reader.ts'
import type { RuntimeConfig } from './dotnet-file.ts'

const MOST_BYTES = 64 * 1024

const FRAMEWORK = v.object({ name: v.string(), version: v.string() })
/** https://github.com/dotnet/runtime/blob/main/docs/design/features/host-runtime-information.md (runtimeconfig.json). */
const FILE = v.object({
  runtimeOptions: v.object({
    framework: v.optional(FRAMEWORK),
    frameworks: v.optional(v.array(FRAMEWORK)),
    includedFrameworks: v.optional(v.array(FRAMEWORK)),
    rollForward: v.optional(v.string()),
  }),
})

/** What `dotnet publish` says about the framework that the program needs. */
export const dotnetReader: FactReader<RuntimeConfig, RuntimeConfig> = {
  wants: ({ path }) => (path.endsWith('.runtimeconfig.json') ? MOST_BYTES : 0),
  read({ path }, bytes) {
    const parsed = v.safeParse(FILE, json(bytes))
    if (!parsed.success) return undefined
    const { framework, frameworks = [], includedFrameworks = [], rollForward } = parsed.output.runtimeOptions
    return {
      kind: 'runtimeconfig',
      path,
      frameworks: framework === undefined ? frameworks : [framework, ...frameworks],
      ...(rollForward === undefined ? {} : { rollForward }),
      selfContained: includedFrameworks.length > 0,
    }
  },
  finish: (drafts) => sorted([...drafts].map(([path, file]) => ({ ...file, path }))),
}

function json(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}
