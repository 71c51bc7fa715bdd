import { join } from 'node:path'
import { runAction } from '../../../lab/run-action.ts'
import { type CorpusFolders, installFolder } from '../corpus-folders.ts'
import type { Prepared } from '../prepare/prepared.ts'
import type { RuntimeImage } from '../runtime-image.ts'

/** What the committed bundle reports as errors about a prepared layer, run as a step of a workflow. */
export async function errorsOfBundle(
  folders: CorpusFolders,
  { install }: Prepared,
  image: RuntimeImage,
): Promise<readonly string[]> {
  const result = await runAction({
    inputs: {
      kind: 'layer',
      'layer-path': join(installFolder(folders, install), 'layer'),
      runtime: install.runtime.id,
      'runtime-image': image.reference,
      smoke: 'false',
      publish: 'never',
      comment: 'false',
    },
  })
  try {
    if (result.report === undefined) throw new Error(`no report of ${install.id}:\n${result.log.slice(-2000)}`)
    return result.report.findings
      .filter(({ level }) => level === 'error')
      .map(({ rule, subject }) => `${rule} ${subject}`)
  } finally {
    await result.dispose()
  }
}
