import { expect, test } from 'vitest'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { nodeTree } from '../../../src/checks/node/node-tree.ts'
import { canStart } from '../../../src/checks/node/started-program.ts'
import { makeNodeSubject } from '../../builders/node.ts'

const PATH = '/var/task/node_modules/fast/bin/fast'

test('a program that a pointer of Git LFS, or code for another system, stands for cannot be started', () => {
  const subject = makeNodeSubject({ 'fast/bin/fast': undefined })
  const { artifact } = subject
  const foreign = [{ path: PATH, format: 'none' as const, processors: [], size: 130 }]
  const starts = (evidence: typeof artifact) =>
    runtimeViews({ ...subject, artifact: evidence }).map((view) => canStart(nodeTree(view, 'x86_64'), PATH))
  expect(starts(artifact)).toEqual([true])
  expect(starts({ ...artifact, facts: { ...artifact.facts, foreign } })).toEqual([false])
})
