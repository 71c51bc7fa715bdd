import type { Check } from './check.ts'
import { javaFolderFindings } from './layer/java-folder.ts'
import { layerTree } from './layer/layer-tree.ts'
import { nodeFolderFindings } from './layer/node-folder.ts'
import { pythonFolderFindings } from './layer/python-folder.ts'
import { rubyFolderFindings } from './layer/ruby-folder.ts'
import { topFolderFindings } from './layer/top-folders.ts'

export const layerLayout: Check = {
  id: 'layer-layout',
  title: "The layer's folders are those that its runtimes search",
  appliesTo: ({ kind }) => kind === 'layer',
  run({ artifact, runtimes, plan }) {
    const tree = layerTree(artifact)
    const rows = runtimes.flatMap(({ runtime }) => runtime ?? [])
    if (rows.length === 0) return { findings: [], notChecked: 'the runtime is not known' }
    return {
      findings: [
        topFolderFindings,
        pythonFolderFindings,
        nodeFolderFindings,
        javaFolderFindings,
        rubyFolderFindings,
      ].flatMap((look) => look(tree, rows, plan.architecture)),
    }
  },
}
