import { posix } from 'node:path'
import { imageTree, isFile } from '../../checks/facts/image-tree.ts'
import type { Evidence } from '../../inspect/evidence.ts'
import type { LayerPlan } from '../../plan/plan.ts'
import type { Nothing, Work } from './layer-work.ts'

const HANDLERS = ['python', 'nodejs', 'ruby', 'java', 'provided']
const LEFT_OUT = ['.git', 'node_modules', '.venv']

/**
 * The user's handler: its folder is the function's code. A custom runtime starts the `bootstrap` of that folder, else
 * that of the layer (the order in which Lambda looks).
 */
export function handlerWork({ runtime }: LayerPlan, named: string, layer: Evidence): Work | Nothing {
  if (!HANDLERS.includes(runtime.family)) {
    const reason = `A \`smoke-handler\` in the workspace is for Python, Node.js, Ruby, Java and custom runtimes, not for \`${runtime.id}\`.`
    return { reason }
  }
  const { dir, base } = posix.parse(named)
  const work = {
    smoke: { handler: base },
    task: (through, { containers }) => containers.createFolderVolume(through, dir === '' ? '.' : dir, LEFT_OUT),
    told: (report) => report,
  } satisfies Work
  if (runtime.family !== 'provided') return work
  const tree = imageTree(layer)
  if (base === 'bootstrap') return { ...work, entrypoint: ['/var/task/bootstrap'] }
  if (isFile(tree.resolve('/opt/bootstrap'))) return { ...work, entrypoint: ['/opt/bootstrap'] }
  return { reason: `\`${runtime.id}\` starts a \`bootstrap\`, and neither \`smoke-handler\` nor the layer has one.` }
}
