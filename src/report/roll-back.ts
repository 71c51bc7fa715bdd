import { shellWord } from '../checks/facts/wording.ts'
import type { Deployment } from './report.ts'

export type RollBack = {
  /** What the command leads back to. */
  readonly to: string
  readonly command: string
}

/**
 * The commands that undo a deployment: the alias back to its version, and the image or the layers from before back to
 * the function itself. `undefined` when nothing changed, or nothing was there before.
 */
export function rollBack({ functionArn, before, after, alias }: Deployment): RollBack | undefined {
  const [, , , region = ''] = functionArn.split(':')
  const target = `--function-name ${shellWord(functionArn)}${region === '' ? '' : ` --region ${shellWord(region)}`}`
  const moved =
    alias?.from === undefined || alias.from === alias.to ? undefined : { name: alias.name, from: alias.from }
  const image = before?.imageUri === after?.imageUri ? undefined : before?.imageUri
  const had = after?.layers === undefined ? undefined : (before?.layers ?? [])
  const layers = had?.join() === after?.layers?.join() ? undefined : had
  if (moved === undefined && image === undefined && layers === undefined) return undefined
  const former = image === undefined ? 'to the layers from before' : 'to the image from before'
  return {
    to: moved === undefined ? former : `alias ${moved.name} to version ${moved.from}`,
    command: [
      ...(moved === undefined
        ? []
        : [
            `aws lambda update-alias ${target} \\\n  --name ${shellWord(moved.name)} --function-version ${shellWord(moved.from)}`,
          ]),
      ...(image === undefined
        ? []
        : [`aws lambda update-function-code ${target} \\\n  --image-uri ${shellWord(image)}`]),
      ...(layers === undefined
        ? []
        : [
            `aws lambda update-function-configuration ${target} \\\n  --layers ${layers.length === 0 ? "'[]'" : layers.map(shellWord).join(' ')}`,
          ]),
    ].join('\n'),
  }
}
