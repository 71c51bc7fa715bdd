import { expect, it } from 'vitest'
import { runtimeViews } from '../../../src/checks/facts/runtime-view.ts'
import { installation } from '../../../src/checks/native/package-installation.ts'
import { makeLayerSubject } from '../../builders/layer.ts'

function commandOn(os: { id: string; versionId: string }): string {
  const subject = makeLayerSubject(['lib/libplot.so.1'], ['python3.13'])
  const [view] = runtimeViews(subject)
  if (view === undefined) throw new Error('no view')
  return installation(['libgl1'], ['libGL.so.1'], subject, { ...view, os: { ...os, prettyName: os.id } })
}

it.each([
  ['amzn', '2023', 'cd /usr/lib64', 'dnf install -y libgl1'],
  [
    'debian',
    '12',
    'cd /usr/lib/x86_64-linux-gnu',
    'apt-get update && apt-get install -y --no-install-recommends libgl1',
  ],
  ['alpine', '3.22', 'cd /usr/lib &&', 'apk add --no-cache libgl1'],
])('fills a layer with the package manager of %s', (id, versionId, folder, install) => {
  const command = commandOn({ id, versionId })
  expect(command).toContain(folder)
  expect(command).toContain(install)
})
