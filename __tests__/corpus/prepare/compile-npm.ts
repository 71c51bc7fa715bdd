import { join } from 'node:path'
import { labFolders } from '../../../lab/folders.ts'
import { nodeDistribution } from '../../../lab/images/node.ts'
import { STAND_INS } from '../../../lab/images/stand-ins.ts'
import { run } from '../../../lab/process/command.ts'
import { printedProgress } from '../../../lab/progress.ts'

/** Runs the install scripts of a layer's packages; what they would download is compiled, with the headers of that Node.js. */
export async function compileNpm(layer: string, release: '20' | '22' | '24'): Promise<void> {
  const node = await nodeDistribution(labFolders(), printedProgress(), STAND_INS[`lambda/nodejs:${release}`].node)
  await run(
    join(node, 'bin/node'),
    [
      join(node, 'lib/node_modules/npm/bin/npm-cli.js'),
      'rebuild',
      '--prefix',
      join(layer, 'nodejs'),
      '--loglevel=error',
    ],
    {
      env: {
        PATH: `${join(node, 'bin')}:${process.env.PATH}`,
        npm_config_nodedir: node,
        npm_config_build_from_source: 'true',
      },
    },
  )
}
