import { existsSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ensureArchivers } from '../../lab/archivers.ts'
import { HOST_CA_BUNDLE } from '../../lab/debian/trust.ts'
import { labFolders } from '../../lab/folders.ts'
import { run as command } from '../../lab/process/command.ts'
import type { ActionResult } from '../../lab/run-action.ts'
import { compiledJars } from '../../scripts/java-classes.ts'
import { LAMBDA_PARITY_JARS } from '../../src/smoke/layer/java/lambda-parity-jars.ts'
import { buildElf } from '../builders/elf.ts'
import { buildJar } from '../builders/jar.ts'
import { compileJava, forNewerJava, write } from './java-world.ts'
import { lambdaUser, toolCacheIn } from './layer-world.ts'
import { startWorld, type World } from './world.ts'

let world: World
let images: Record<'lambda/java:17' | 'sam/build-java17:latest', string>
let folder: string
let tools: string
let result: ActionResult

beforeAll(async () => {
  world = await startWorld()
  await ensureArchivers(labFolders())
  images = await world.lab.images(['lambda/java:17', 'sam/build-java17:latest'])
  folder = await mkdtemp(join(tmpdir(), 'lambda-parity-java-'))
  tools = await toolCacheIn(folder)
  await compileJava(folder, images['sam/build-java17:latest'])
}, 900_000)
afterEach(() => result?.dispose())
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await world[Symbol.asyncDispose]()
})

const run = async (inputs: Record<string, string>) => {
  const runtime = { runtime: 'java17', 'runtime-image': images['lambda/java:17'] }
  const layer = { kind: 'layer', ...runtime, 'build-image': images['sam/build-java17:latest'] }
  result = await world.run({ ...layer, ...inputs }, { env: { RUNNER_TOOL_CACHE: tools } })
  return result
}
const cases = () => result.report?.smoke.cases ?? []
const tool = (name: string) => cases().find((one) => one.name === `load ${name}`)

describe('a layer of Java', () => {
  it('E2, E3, E4: is installed by Maven, its jars are loaded, it is published, shared and attached', async () => {
    const dependency = (group: string, artifact: string, version: string) =>
      `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`
    await write(
      join(folder, 'pom/pom.xml'),
      `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>com.example</groupId><artifactId>shared</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>${dependency('com.google.code.gson', 'gson', '2.10.1')}
${dependency('org.xerial.snappy', 'snappy-java', '1.1.10.5')}</dependencies></project>\n`,
    )
    const user = lambdaUser(world.aws)
    await user.zipFunction('uses-shared', [], { Runtime: 'java17', Handler: 'example.Handler' })
    user.client.destroy()
    await run({
      'layer-source': join(folder, 'pom'),
      'layer-name': 'shared',
      'share-with': '210987654321',
      'function-name': 'uses-shared',
      // What this machine trusts anyway: that it can be read is seen by what Maven downloads.
      ...(existsSync(HOST_CA_BUNDLE) ? { 'ca-bundle': HOST_CA_BUNDLE } : {}),
    })
    expect([result.exitCode, result.report?.failure]).toEqual([0, undefined])
    expect(result.report?.stages.find(({ name }) => name === 'build')?.detail).toBe(
      `pom.xml with Maven in ${images['sam/build-java17:latest']}`,
    )
    const entries = (await command('unzip', ['-Z1', result.outputs['layer-zip'] ?? ''])).trim().split('\n')
    expect(entries).toEqual(['java/', 'java/lib/', 'java/lib/gson-2.10.1.jar', 'java/lib/snappy-java-1.1.10.5.jar'])
    expect(tool('gson-2.10.1.jar')).toMatchObject({ status: 'passed', response: { classes: expect.any(Number) } })
    // A share of Lambda's own: its native library, by the JVM that will load it.
    expect(tool('snappy-java-1.1.10.5.jar')).toMatchObject({
      status: 'passed',
      response: {
        natives: [`org/xerial/snappy/native/Linux/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}/libsnappyjava.so`],
      },
    })
    expect(result.report?.plan['memory-size']).toEqual({ value: 128, source: 'function' })
    expect(result.report?.smoke.constraints['memory-size']?.value).toMatch(/^128 MB/)
    const arn = result.outputs['layer-version-arn']
    expect(arn).toMatch(/:layer:shared:1$/)
    expect(result.report?.publication).toMatchObject({ reused: false, shared: ['210987654321'] })
    expect(world.aws.functionState('uses-shared')?.Layers?.map(({ Arn }) => Arn)).toEqual([arn])
    expect(await world.leftovers()).toEqual([])
  })

  it('E1: laid out by hand, is used by a handler of the workspace', async () => {
    await run({
      'layer-path': join(folder, 'layer'),
      publish: 'never',
      'smoke-handler': `${join(folder, 'function/target/classes')}/example.Handler::handleRequest`,
      'smoke-event': '{"name": "Ada"}',
      'smoke-expect': '{"greeting": "Hello Ada", "java": "17", "folder": "/var/task"}',
    })
    expect([result.exitCode, result.report?.failure, cases().map(({ status }) => status)]).toEqual([
      0,
      undefined,
      ['passed'],
    ])
    expect(result.report?.plan['memory-size']).toEqual({ value: 128, source: 'default' })
    expect(result.report?.smoke.constraints['memory-size']?.value).toMatch(/^128 MB/)
  })

  it('with jars that cannot be loaded fails as its checks have said', async () => {
    const lib = join(folder, 'bad/java/lib')
    await cp(join(folder, 'layer/java/lib/greeting.jar'), join(lib, 'greeting.jar'))
    await write(
      join(lib, 'newer.jar'),
      buildJar([{ name: 'example/Handler.class', bytes: await forNewerJava(folder) }]),
    )
    const [own, other] = process.arch === 'arm64' ? [183, 62] : [62, 183]
    const native = (name: string, machine: number, needed: readonly string[] = []) =>
      buildJar([{ name, bytes: buildElf({ class: 64, littleEndian: true, machine, needed }) }])
    await write(join(lib, 'foreign-1.0-linux.jar'), native('lib/libforeign.so', other))
    await write(join(lib, 'alpine.jar'), native('lib/libalpine.so', own, ['libc.musl-x86_64.so.1']))
    await write(join(lib, 'torn.jar'), 'not a jar')
    await run({ 'layer-path': join(folder, 'bad'), publish: 'never' })
    expect(result.report?.failure).toMatchObject({ stage: 'check', code: 'findings' })
    // One number, in the plan and in the report.
    expect(result.report?.plan['memory-size']).toEqual({ value: 512, source: 'default' })
    expect(result.report?.smoke.constraints['memory-size']?.value).toMatch(/^512 MB/)
    expect(cases().map(({ name, status, error }) => [name, status, error?.type])).toEqual([
      ['load alpine.jar', 'failed', 'UnsatisfiedLinkError'],
      ['load foreign-1.0-linux.jar', 'failed', 'UnsatisfiedLinkError'],
      ['load greeting.jar', 'passed', undefined],
      ['load newer.jar', 'failed', 'UnsupportedClassVersionError'],
      ['load torn.jar', 'failed', 'ZipException'],
    ])
    const tied = result.report?.findings.map(({ rule, subject, confirmedBy, predictedBy }) => [
      `${rule} ${subject}`,
      ...(confirmedBy ?? predictedBy ?? []),
    ])
    expect(tied).toEqual([
      ['java-class-version /opt/java/lib/newer.jar', 'load newer.jar'],
      ['java-native /opt/java/lib/alpine.jar', 'load alpine.jar'],
      ['java-native /opt/java/lib/foreign-1.0-linux.jar', 'load foreign-1.0-linux.jar'],
      ['smoke load alpine.jar', 'java-native /opt/java/lib/alpine.jar'],
      ['smoke load foreign-1.0-linux.jar', 'java-native /opt/java/lib/foreign-1.0-linux.jar'],
      ['smoke load newer.jar', 'java-class-version /opt/java/lib/newer.jar'],
      ['smoke load torn.jar'],
    ])
  })
})

it('the function that loads jars is what its sources say', async () => {
  expect(await compiledJars()).toBe(LAMBDA_PARITY_JARS)
})
