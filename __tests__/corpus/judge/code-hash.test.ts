import { expect, it } from 'vitest'
import { reached } from './code-hash.ts'

it('follows what a file needs at run time, not its types', () => {
  const files = reached(['src/layer/read-layer.ts'])
  expect(files).toContain('src/inspect/python/python-reader.ts')
  expect(files).toContain('src/inspect/node/node-reader.ts')
  expect(files).toContain('src/inspect/elf-dynamic.ts')
  expect(files).not.toContain('src/ports/layer-files.ts')
})

it('follows re-exports and imports over several lines', () => {
  expect(reached(['src/layer/read-layer.ts'])).toContain('src/lambda/architecture.ts')
  expect(reached(['__tests__/corpus/judge/judge-all.ts', 'scripts/corpus-sweep.ts'])).toContain(
    '__tests__/corpus/install.ts',
  )
})

it('leaves out the languages that have no say', () => {
  const files = reached(['src/layer/read-layer.ts'], ['src/inspect/node'])
  expect(files).toContain('src/inspect/python/python-reader.ts')
  expect(files.filter((path) => path.startsWith('src/inspect/node/'))).toEqual([])
})
