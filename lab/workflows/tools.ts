import { join } from 'node:path'
import { labFolders } from '../folders.ts'
import { printedProgress } from '../progress.ts'
import { pythonPackages } from '../python-packages.ts'
import { goTool } from './go-tool.ts'

const place = () => ({ folders: labFolders(), progress: printedProgress() })

/** An implementation of GitHub's runner. Its jobs are processes of this machine, so that the part for containers is left out. */
export const act = () =>
  goTool({ name: 'act', package: 'github.com/nektos/act@v0.2.89', tags: 'WITHOUT_DOCKER' }, place())

/** Checks workflows: syntax, expressions, inputs and outputs of actions. */
export const actionlint = () =>
  goTool({ name: 'actionlint', package: 'github.com/rhysd/actionlint/cmd/actionlint@v1.7.12' }, place())

/** Checks workflows for what an attacker could use. */
export async function zizmor(): Promise<string> {
  const { folder } = await pythonPackages('zizmor', ['zizmor==1.32.0'], place())
  return join(folder, 'bin/zizmor')
}
