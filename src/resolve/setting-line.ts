import type { DockerfileOptions } from './dockerfile.ts'
import { readStages } from './dockerfile-stages.ts'

/**
 * Line of the last instruction, in the stage that is built and those it stands on, that sets something of the image:
 * `setting` is its keyword (`CMD`, `WORKDIR`), else the name of a variable. `undefined`: the base sets it, or nobody.
 */
export function settingLine(text: string, setting: string, options: DockerfileOptions): number | undefined {
  const stages = readStages(text, options)
  const built = stages.target()
  if (stages.count === 0 || built === -1) return undefined
  const variable = new RegExp(`(?:^|\\s)${setting.replace(/[^\w]/g, '\\$&')}(?:=|\\s)`)
  // Of the stages that it stands on the first in the chain is the last that is built.
  for (const { instructions } of stages.chain(built)) {
    const found = instructions.findLast((one) => {
      const keyword = one.getKeyword()
      return keyword === setting || (keyword === 'ENV' && variable.test(one.getArgumentsContent() ?? ''))
    })
    if (found !== undefined) return found.getRange().start.line + 1
  }
  return undefined
}
