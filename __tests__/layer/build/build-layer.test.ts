import { describe, expect, it } from 'vitest'
import { ActionError } from '../../../src/errors.ts'
import { buildLayer } from '../../../src/layer/build/build-layer.ts'
import { layerEntry } from '../../../src/layer/layer-paths.ts'
import type { LayerBuildSource } from '../../../src/plan/plan.ts'
import type { LocalImage } from '../../../src/ports/images.ts'
import type { BuildEnd, ContainerBuild } from '../../../src/ports/layer-builder.ts'
import { makePlan } from '../../builders/plan.ts'
import { fakeLog, noLayerFiles } from '../../builders/ports.ts'

const SOURCE: LayerBuildSource = {
  from: 'source',
  path: 'src',
  how: 'requirements.txt with pip',
  installs: true,
  container: { script: 'pip install', arguments: [], without: ['.venv'], caBundle: 'ca.pem' },
}
const IMAGE: LocalImage = { id: 'sha256:abc', os: 'linux', architecture: 'amd64', repoDigests: [], raw: {} }

function ports({ end, said = '', files = ['python/app.py'], image = IMAGE }: Scene) {
  const asked: ContainerBuild[] = []
  const log = fakeLog()
  const found = image === 'none' ? undefined : image
  return {
    asked,
    log,
    images: {
      inspect: async () => found,
      pull: async () => {
        throw new ActionError('registry-error', 'there is no such image', { help: '' })
      },
    } as never,
    layerFiles: {
      ...noLayerFiles(),
      async readFolder(_path: string, onFile: (entry: ReturnType<typeof layerEntry>) => unknown) {
        onFile(layerEntry('python', 'directory', 0o755))
        for (const name of files) onFile(layerEntry(name, 'file', 0o644))
        return { partial: [] }
      },
    },
    layerBuilder: {
      async run(build: ContainerBuild) {
        asked.push(build)
        for (const line of said.split('\n')) build.onLine(line)
        return end
      },
    },
  }
}
type Scene = {
  readonly end: BuildEnd
  /** Its output. */
  readonly said?: string
  readonly files?: readonly string[]
  readonly image?: LocalImage | 'none'
}

function built() {
  const folder = {
    path: '/tmp/built',
    gone: false,
    async [Symbol.asyncDispose]() {
      folder.gone = true
    },
  }
  return { folder, end: { built: folder } satisfies BuildEnd }
}
const plan = makePlan({ kind: 'layer', source: SOURCE })
const build = (given: ReturnType<typeof ports>, environment = {}) => buildLayer(plan, SOURCE, environment, given)

describe('buildLayer', () => {
  it('runs the script in the build image with what the runner passes on', async () => {
    const { end, folder } = built()
    const given = ports({ end })
    const layer = await build(given, { HTTPS_PROXY: 'http://proxy:1', SECRET: 'x' })
    expect(layer).toEqual({ folder, detail: `requirements.txt with pip in ${plan.buildImage.reference}` })
    expect(given.asked).toMatchObject([
      {
        ...SOURCE.container,
        image: { id: IMAGE.id, reference: plan.buildImage.reference, platform: 'linux/amd64' },
        source: 'src',
        environment: { HTTPS_PROXY: 'http://proxy:1' },
      },
    ])
    expect(folder.gone).toBe(false)
  })

  it('shares no cache between two images', async () => {
    const key = async (id: string) => {
      const given = ports({ end: built().end, image: { ...IMAGE, id } })
      await build(given)
      return given.asked[0]?.cacheKey
    }
    expect(await key('sha256:a')).toBe(await key('sha256:a'))
    expect(await key('sha256:a')).not.toBe(await key('sha256:b'))
  })

  it('says what was built from source, and nothing of the project itself', async () => {
    const said = [
      'Project of layer-source: my_app',
      '  Building wheel for b (setup.py): started',
      '  Building wheel for my-app (pyproject.toml): started',
      '  Building wheel for a (setup.py): started',
    ].join('\n')
    const given = ports({ end: built().end, said })
    expect((await build(given)).detail).toMatch(/; from source: a, b$/)
    expect(given.log.lines).toContainEqual(expect.stringMatching(/^warning: Built from source .*: a, b\.$/))
  })

  it('leaves what the run itself writes out of the source', async () => {
    const given = ports({ end: built().end })
    await build(given)
    expect(given.asked[0]?.leaveOut).toBe(plan.report.directory)
  })

  it('tells a failure by its last lines, without secrets', async () => {
    const said = [...Array.from({ length: 30 }, (_, n) => `line ${n}`), 'no proxy u:hunter22@p', ''].join('\n')
    const given = ports({ end: { exitCode: 3 }, said })
    const failed = build(given, { HTTPS_PROXY: 'http://u:hunter22@p:1' })
    await expect(failed).rejects.toMatchObject({
      code: 'build-failed',
      message: expect.stringMatching(
        /^The layer could not be built: .* exit code 3 in .*\nline 11\n.*\nno proxy u:\*\*\*@p$/s,
      ),
    })
    expect(given.log.lines.join('\n')).not.toMatch(/^info: .*hunter22/m)
    expect(given.log.lines).toContain('mask: hunter22')
  })

  it('takes an empty result for a failure, and leaves nothing of it', async () => {
    const { end, folder } = built()
    await expect(build(ports({ end, files: [] }))).rejects.toMatchObject({
      code: 'build-failed',
      message: expect.stringContaining('left nothing in /out'),
    })
    expect(folder.gone).toBe(true)
  })

  it('names the input when there is no image to build in', async () => {
    await expect(build(ports({ end: built().end, image: 'none' }))).rejects.toMatchObject({
      code: 'image-not-found',
      help: expect.stringContaining('`build-image` names another'),
    })
  })
})
