import { join } from 'node:path'
import { runAction } from '../../../lab/run-action.ts'
import type { Report } from '../../../src/report/report.ts'
import { type CorpusFolders, installFolder } from '../corpus-folders.ts'
import type { Prepared } from '../prepare/prepared.ts'
import type { RuntimeImage } from '../runtime-image.ts'

/** What the committed bundle reports of a prepared layer, run as a step of a workflow; `inputs` beside those of every such run. */
export async function reportOfBundle(
  folders: CorpusFolders,
  { install }: Prepared,
  image: RuntimeImage,
  inputs: Readonly<Record<string, string>>,
): Promise<Report> {
  const result = await runAction({
    inputs: {
      kind: 'layer',
      'layer-path': join(installFolder(folders, install), 'layer'),
      runtime: install.runtime.id,
      'runtime-image': image.reference,
      publish: 'never',
      comment: 'false',
      ...inputs,
    },
  })
  try {
    if (result.report === undefined) throw new Error(`no report of ${install.id}:\n${result.log.slice(-2000)}`)
    return result.report
  } finally {
    await result.dispose()
  }
}

/** Its errors, without a smoke. */
export async function errorsOfBundle(
  folders: CorpusFolders,
  prepared: Prepared,
  image: RuntimeImage,
): Promise<readonly string[]> {
  const { findings } = await reportOfBundle(folders, prepared, image, { smoke: 'false' })
  return findings.filter(({ level }) => level === 'error').map(({ rule, subject }) => `${rule} ${subject}`)
}
