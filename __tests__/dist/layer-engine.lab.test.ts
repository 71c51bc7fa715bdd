import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { run as command } from '../../lab/process/command.ts'
import type { ActionResult } from '../../lab/run-action.ts'
import { docker, startWorld, type World } from './world.ts'

const tag = (name: string) => `dist-test-layer/${name}:${process.pid}`
const BUILD = tag('build')
const RUNTIME = tag('runtime')
/** Nothing at all: what is started by a tag that leads here fails. */
const OTHER = tag('other')

let world: World
let folder: string
let source: string
let result: ActionResult

beforeAll(async () => {
  world = await startWorld()
  const images = await world.lab.images(['lambda/python:3.11', 'sam/build-python3.11:latest'])
  await docker('tag', images['sam/build-python3.11:latest'], BUILD)
  await docker('tag', images['lambda/python:3.11'], RUNTIME)
  source = await world.context({ 'own.py': 'VALUE = 42\n' })
  folder = await world.context({})
}, 900_000)
afterEach(() => result?.dispose())
afterAll(async () => {
  for (const name of [BUILD, RUNTIME, OTHER]) await docker('image', 'rm', '--force', '--no-prune', name)
  await world[Symbol.asyncDispose]()
})

async function run(env: Record<string, string>) {
  result = await world.run(
    {
      kind: 'layer',
      runtime: 'python3.11',
      'runtime-image': RUNTIME,
      'build-image': BUILD,
      'layer-source': source,
      'build-command': 'mkdir /out/python && cp own.py /out/python/',
      publish: 'never',
    },
    { env },
  )
}

describe('the engine of a layer', () => {
  it('needs no buildx', async () => {
    const config = join(folder, 'without-plugins')
    await mkdir(config)
    const env = { DOCKER_CONFIG: config, HOME: folder }
    await expect(command('docker', ['buildx', 'version'], { env })).rejects.toThrow(/buildx/)
    await run(env)
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    expect(result.report?.smoke.cases).toMatchObject([{ name: 'import own', status: 'passed' }])
  })

  it('starts the images that were found, wherever their tags lead by then', async () => {
    await command('docker', ['import', '-', OTHER], { input: '\0'.repeat(1024) })
    // Before the first volume the build image was found, before the second the runtime's was read.
    const program = (await command('sh', ['-c', 'command -v docker'])).trim()
    const bin = await world.context({
      docker: `#!/bin/sh
if [ "$1 $2" = "volume create" ]; then
  if [ -e "$0.moved" ]; then ${program} tag ${OTHER} ${RUNTIME}; else ${program} tag ${OTHER} ${BUILD}; touch "$0.moved"; fi
fi
exec ${program} "$@"
`,
    })
    await chmod(join(bin, 'docker'), 0o755)
    await run({ PATH: `${bin}:${process.env.PATH}` })
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    expect(result.report?.smoke.cases).toMatchObject([{ name: 'import own', status: 'passed' }])
    const [other, ...moved] = (await docker('image', 'inspect', '--format', '{{.Id}}', OTHER, BUILD, RUNTIME)).split(
      '\n',
    )
    expect(moved).toEqual([other, other])
    expect(await world.leftovers()).toEqual([])
  })
})
