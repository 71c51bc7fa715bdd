import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { run as command } from '../../lab/process/command.ts'
import type { ActionResult, ActionUser } from '../../lab/run-action.ts'
import { FROM_TABLE, layerFolder } from './layer-world.ts'
import { docker, startWorld, type World } from './world.ts'

const PASSWORD = 'hunter2-of-the-index'
const TOKEN = 'npm_0123456789abcdef'

const RUBY = `dist-test-layer/ruby-git:${process.pid}`
const WITH_GIT = `ARG FROM
FROM \${FROM}
RUN apt-get update -q && apt-get install -y -q --no-install-recommends git && rm -rf /var/lib/apt/lists/*
`

let world: World
let builder: string
let folder: string
let user: ActionUser
let path: string
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  builder = (await world.lab.images(['sam/build-python3.11:latest']))['sam/build-python3.11:latest']
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-caller-'))
  const socket = (world.lab.docker.host ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, '')
  // A runner's user: nobody special, who may talk to the engine by the group of its socket.
  user = { uid: 54_321, gid: (await stat(socket)).gid }
  // Docker as installed for everybody, not for root alone.
  path = `${dirname((await command('sh', ['-c', 'command -v docker'])).trim())}:/usr/bin:/bin`
  await layerFolder(folder, { 'home/.keep': '', 'tools/.keep': '' })
  const plugins = JSON.parse(await command('docker', ['info', '--format', '{{json .ClientInfo.Plugins}}']))
  const buildx = plugins.find(({ Name }: { Name: string }) => Name === 'buildx').Path
  await cp(buildx, join(folder, 'home/.docker/cli-plugins/docker-buildx'))
}, 900_000)
afterEach(() => result?.dispose())
afterAll(async () => {
  await docker('image', 'rm', '--force', RUBY)
  await rm(folder, { recursive: true, force: true })
  await world[Symbol.asyncDispose]()
})

const run = async (inputs: Record<string, string>, env: Record<string, string> = {}) => {
  const layer = { kind: 'layer', runtime: 'python3.11', 'build-image': builder, publish: 'never', ...FROM_TABLE }
  result = await world.run(
    { ...layer, ...inputs },
    {
      // Who is not root already runs everything as a user.
      ...(process.getuid?.() === 0 ? { user } : {}),
      workspace: folder,
      env: { PATH: path, HOME: join(folder, 'home'), RUNNER_TOOL_CACHE: join(folder, 'tools'), ...env },
    },
  )
  return result
}

/** Type, mode, owner, time and content of everything below a folder, as other programs see it. */
const everything = (root: string) =>
  execFileSync(
    'sh',
    ['-c', 'find . -mindepth 1 -printf "%y %m %U %G %T@ %P %l\\n" | sort; find . -type f | sort | xargs sha256sum'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  )

describe('a user of the runner who is not root', () => {
  it('builds a layer: source untouched, everything that stays is theirs, no secret is shown or kept', async () => {
    const source = await layerFolder(join(folder, 'source'), {
      'requirements.txt': 'idna==3.7\n',
      'script.sh': '#!/bin/sh\n',
      'node_modules/foreign/index.js': '',
    })
    await command('chmod', ['750', join(source, 'script.sh')])
    if (process.getuid?.() === 0) await command('chown', ['-R', `${user.uid}:${user.gid}`, folder])
    const before = everything(source)
    await run(
      { 'layer-source': 'source', 'report-dir': 'source/report' },
      { PIP_EXTRA_INDEX_URL: `http://deploy:${PASSWORD}@127.0.0.1:9/simple`, NODE_AUTH_TOKEN: TOKEN },
    )
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    expect(result.log).toContain('Looking in indexes: https://pypi.org/simple, http://deploy:')
    await rm(join(source, 'report'), { recursive: true })
    expect(everything(source)).toBe(before)

    const uid = process.getuid?.() === 0 ? user.uid : process.getuid?.()
    const foreign = await command('find', [folder, result.temporary, '!', '-uid', `${uid}`])
    expect(foreign).toBe('')
    for (const secret of [PASSWORD, TOKEN]) {
      for (const text of [result.log, JSON.stringify(result.report), result.summary]) {
        expect(text.replaceAll(`::add-mask::${secret}`, '')).not.toContain(secret)
      }
      const kept = ['-r', '-l', '--fixed-strings', secret, folder, result.temporary]
      await expect(command('grep', kept)).rejects.toThrow('exit status 1')
    }
    expect(await world.leftovers()).toEqual([])
  })

  it('installs gems of a repository that lies in the source', async () => {
    // As SAM's build images have it.
    const dockerfile = join(await layerFolder(join(folder, 'image'), { Dockerfile: WITH_GIT }), 'Dockerfile')
    const images = await world.lab.images(['sam/build-ruby3.3:latest', 'lambda/ruby:3.3'])
    const from = ['--build-arg', `FROM=${images['sam/build-ruby3.3:latest']}`, '--file', dockerfile]
    await command('docker', ['build', '--quiet', '--tag', RUBY, ...from, join(folder, 'image')])
    const words = await layerFolder(join(folder, 'words'), {
      'local-words.gemspec': `Gem::Specification.new do |s|
  s.name, s.version, s.summary, s.authors = 'local-words', '0.4.0', 'a gem of a test', ['nobody']
  s.files = \`git ls-files -z\`.split("\\x0")
end
`,
      'lib/local/words.rb': "LOCAL = 'words'\n",
    })
    const gems = await layerFolder(join(folder, 'gems'), {
      Gemfile: "source 'https://rubygems.org'\ngem 'local-words', git: 'file:///src/words.git'\n",
    })
    const make = `git init -q . && git add . && git -c user.name=n -c user.email=n@example.com commit -qm words
git clone -q --bare . /gems/words.git && chown -R ${user.uid}:${user.gid} /gems`
    const volumes = ['--volume', `${words}:/words`, '--volume', `${gems}:/gems`, '--workdir', '/words']
    await command('docker', ['run', '--rm', '--label', 'lambda-parity.lab=true', ...volumes, RUBY, 'sh', '-c', make])
    if (process.getuid?.() === 0) await command('chown', ['-R', `${user.uid}:${user.gid}`, folder])
    await run(
      {
        ...{ runtime: 'ruby3.3', 'runtime-image': images['lambda/ruby:3.3'], 'build-image': RUBY },
        ...{ 'layer-source': 'gems', smoke: 'true' },
      },
      // Nothing listens there.
      { BUNDLE_MIRROR__ALL: 'http://127.0.0.1:9/' },
    )
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    expect(result.report?.smoke.cases).toMatchObject([{ name: 'require local/words', status: 'passed' }])
  })

  it.skipIf(process.getuid?.() !== 0)('is told what they may not read', async () => {
    const source = await layerFolder(join(folder, 'closed'), { 'requirements.txt': '', 'python/key.pem': 'x' })
    await command('chmod', ['600', join(source, 'python/key.pem')])
    await command('chown', ['0', join(source, 'python/key.pem')])
    await run({ 'layer-source': 'closed' })
    expect(result.report?.failure).toMatchObject({ stage: 'build', code: 'invalid-input' })
    expect(result.report?.failure?.message).toMatch(/EACCES.*closed\/python\/key\.pem/)
    await result.dispose()
    await run({ 'layer-path': 'closed', 'build-image': '' })
    expect(result.report?.failure).toMatchObject({ stage: 'inspect', code: 'layer-invalid' })
    expect(result.report?.failure?.help).toContain('sudo chown')
    expect(await world.leftovers()).toEqual([])
  })
})
