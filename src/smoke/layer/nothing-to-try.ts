import { code } from '../../checks/facts/wording.ts'
import type { Evidence } from '../../inspect/evidence.ts'
import type { Runtime } from '../../lambda/runtimes.ts'
import { importHandler } from './import-handlers.ts'
import { loadableFiles } from './loadable-files.ts'
import { requirableGems } from './requirable-gems.ts'

/** Why nothing of a layer can be tried without `smoke-handler`. Pure. */
export function nothingToTry(layer: Evidence, runtime: Runtime): string {
  const first =
    importHandler(runtime.family) === undefined
      ? `Without \`smoke-handler\` nothing of a layer for ${code(runtime.id)} is run, and \`bin\`, \`lib\` and \`extensions\` hold nothing that its loader could be asked about.`
      : runtime.family === 'java'
        ? 'The layer has no jar in `java/lib`.'
        : `The layer has no package that ${code(runtime.id)} could load by its name.`
  return [first, ...passedOver(layer, runtime)].join(' ')
}

/** What is left out of the smoke without `smoke-handler`, and why: a sentence for each reason. Pure. */
export function passedOver(layer: Evidence, runtime: Runtime): readonly string[] {
  const gems = runtime.family === 'ruby' ? requirableGems(layer, runtime).passedOver : []
  const { linkedStatically } = loadableFiles(layer, runtime)
  return [
    ...(gems.length === 0 ? [] : [`Gems without a file to require by their name: ${gems.join(', ')}.`]),
    ...(linkedStatically.length === 0
      ? []
      : [`Linked statically, so that only running it would tell: ${linkedStatically.join(', ')}.`]),
  ]
}
