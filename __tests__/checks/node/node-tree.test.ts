import { expect, it } from 'vitest'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { nodeTree } from '../../../src/checks/node/node-tree.ts'
import type { Evidence } from '../../../src/inspect/evidence.ts'
import { baseFiles, makeEvidence, makeFile, makeImageFacts } from '../../builders/evidence.ts'
import { makeSubject } from '../../builders/subject.ts'

function searched(artifact: Partial<Evidence>) {
  const [view] = runtimeViews(makeSubject({ artifact: makeEvidence(artifact) }))
  return view && nodeTree(view, 'x86_64').globalFolders
}

it("an image is searched where AWS's start script says, which stands in no configuration", () => {
  const files = [...baseFiles(), makeFile('/lambda-entrypoint.sh')]
  expect(searched({ files })).toEqual(expect.arrayContaining(['/opt/nodejs/node_modules', '/var/runtime/node_modules']))
})

it('what the image sets itself stands', () => {
  const { environment } = makeImageFacts()
  const image = makeImageFacts({ environment: { ...environment, NODE_PATH: '/srv/modules' } })
  expect(searched({ image })).toEqual(['/srv/modules'])
})

it('an image of another base has no such folders', () => {
  const files = baseFiles().filter(({ path }) => path !== '/lambda-entrypoint.sh')
  expect(searched({ files })).toEqual([])
})
