import { expect, it } from 'vitest'
import { noLayerHandler } from '../../src/resolve/layer-handler.ts'
import { read } from '../builders/inputs.ts'
import { fakeFiles } from '../builders/ports.ts'

const THERE: Readonly<Record<string, string>> = { fn: 'directory', 'fn/app.rb': 'file', 'fn/bootstrap': 'file' }
const look = (runtime: string, handler: string) => {
  const files = { ...fakeFiles(), kind: async (path: string) => THERE[path] as never }
  return noLayerHandler(read({ kind: 'layer', runtime, 'smoke-handler': handler }).inputs, files)
}

it('takes the function of a file, and for custom runtimes a bootstrap or what that one is given', async () => {
  expect(await look('ruby3.3', 'fn/app.handler')).toBeUndefined()
  expect(await look('provided.al2023', 'fn/bootstrap')).toBeUndefined()
  expect(await look('provided.al2023', 'fn/anything.at-all')).toBeUndefined()
})

it('says what it looked for', async () => {
  expect(await look('ruby3.3', 'fn/gone.handler')).toContain('fn/gone.rb')
  expect(await look('ruby3.3', 'handler')).toContain('Accepted for a layer: `path/app.handler`')
  expect(await look('provided.al2023', 'gone/bootstrap')).toContain('There is no file gone/bootstrap')
  expect(await look('provided.al2023', 'gone/app.handler')).toContain('There is no folder gone')
})
