import { sep } from 'node:path'
import { type Context, defaultReportDirectory } from '../context.ts'
import type { InputProblem } from '../inputs/problem.ts'
import type { Inputs } from '../inputs/read-inputs.ts'
import type { Files } from '../ports/files.ts'

/**
 * Why the report cannot be written where it should be: below the folder that becomes the layer, where the zip would hold
 * itself and every run would find other content than the one before. `undefined` when it lies elsewhere.
 */
export async function reportInLayer(
  inputs: Inputs,
  context: Context,
  files: Pick<Files, 'kind' | 'realPath'>,
): Promise<InputProblem | undefined> {
  const layer = inputs.kind === 'layer' ? inputs['layer-path'] : undefined
  if (layer === undefined || (await files.kind(layer)) !== 'directory') return undefined
  const given = inputs['report-dir']
  const report = given ?? defaultReportDirectory(context)
  const [folder, place] = await Promise.all([files.realPath(layer), files.realPath(report)])
  if (!`${place}${sep}`.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`)) return undefined
  return given === undefined
    ? {
        input: 'layer-path',
        value: layer,
        why: `The report is written below it, to ${report}, and the folder becomes the layer whole. Accepted: a folder of its own, which holds the layer only.`,
      }
    : {
        input: 'report-dir',
        value: given,
        why: `It lies in \`layer-path\`, ${layer}, which becomes the layer whole: report and zip would be part of it. Accepted: a folder beside it.`,
      }
}
