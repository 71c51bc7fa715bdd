import { describe, expect, it } from 'vitest'
import { findInPath, startProgram } from '../../../src/checks/facts/start-program.ts'
import { makeEvidence, makeFile, makeImageFacts, makeLink } from '../../builders/evidence.ts'

const environment = { PATH: '/first:relative::/second' }
const files = [
  makeFile('/first/tool', { mode: 0o644 }),
  makeFile('/second/tool', { mode: 0o755 }),
  makeLink('/second/alias', '../first/tool'),
  makeFile('/app/run', { mode: 0o755 }),
]

function start(...entrypoint: string[]) {
  const image = makeImageFacts({ entrypoint, command: ['x'], environment, workingDirectory: '/app' })
  return startProgram(makeEvidence({ image, files }))
}

describe('startProgram', () => {
  it('takes CMD for the program when there is no ENTRYPOINT', () => {
    expect(start()).toMatchObject({ argv: ['x'], name: 'x', tried: ['/first/x', '/second/x'] })
  })

  it('prefers what may be executed, as a shell does', () => {
    expect(start('tool')?.file?.path).toBe('/second/tool')
  })

  it('resolves a relative path against WORKDIR and links inside the image', () => {
    expect(start('./run')).toMatchObject({ tried: ['/app/run'], file: { path: '/app/run' } })
    expect(start('/second/alias')?.file?.path).toBe('/first/tool')
  })

  it('is undefined without ENTRYPOINT and CMD, and without a configuration', () => {
    const image = makeImageFacts({ entrypoint: [], command: [] })
    expect(startProgram(makeEvidence({ image }))).toBeUndefined()
    const { image: _, ...unknown } = makeEvidence()
    expect(startProgram(unknown)).toBeUndefined()
    expect(findInPath('sh', unknown)).toBeUndefined()
  })
})
