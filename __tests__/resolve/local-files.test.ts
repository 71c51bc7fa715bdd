import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../src/inputs/problem.ts'
import { readLocalFiles } from '../../src/resolve/local-files.ts'
import { type InputTexts, read } from '../builders/inputs.ts'
import { fakeFiles } from '../builders/ports.ts'
import { makeElfHeader } from '../smoke/elf-header.ts'

const PROJECT = {
  'app/Dockerfile': 'FROM public.ecr.aws/lambda/nodejs:22\n',
  'app/index.js': '',
  'events/one.json': '{"id": 7}',
  'events/broken.json': '{"id": }',
  'suite.yml': 'schema: 1\ncases: [{name: one}]',
  'wrong.yml': 'schema: 1\ncases: [{name: one, timout: 1}]',
  'ca.pem': '-----BEGIN CERTIFICATE-----\n',
  'key.pem': '-----BEGIN PRIVATE KEY-----\n',
  'aws-lambda-rie': makeElfHeader({}).toString('latin1'),
}

async function readIn(texts: InputTexts, project: Readonly<Record<string, string>> = PROJECT) {
  const { local, problems } = await readLocalFiles(read(texts).inputs, fakeFiles(project))
  return { local, problems: problems.map(describeProblem) }
}

describe('readLocalFiles', () => {
  it('reads what the inputs name', async () => {
    const texts = {
      context: 'app',
      'smoke-event': 'events/one.json',
      'smoke-expect': '{"name": "Ada"}',
      'smoke-suite': 'suite.yml',
      'ca-bundle': 'ca.pem',
      'rie-path': 'aws-lambda-rie',
    }
    expect(await readIn(texts)).toEqual({
      problems: [],
      local: {
        event: { json: { id: 7 } },
        expect: { json: { name: 'Ada' } },
        suite: [{ name: 'one', environment: {} }],
        base: { from: 'image', reference: 'public.ecr.aws/lambda/nodejs:22', line: 1 },
        dockerfile: 'FROM public.ecr.aws/lambda/nodejs:22\n',
      },
    })
  })

  it.each([
    ['app/.dockerignore', { 'app/.dockerignore': 'dist' }],
    ['app/Dockerfile.dockerignore', { 'app/.dockerignore': 'src', 'app/Dockerfile.dockerignore': 'dist' }],
  ])('reads %s, the one that counts', async (path, ignoring) => {
    const { local } = await readIn({ context: 'app' }, { ...PROJECT, ...ignoring })
    expect(local.ignoreFile).toEqual({ path, text: 'dist' })
  })

  it('takes `file` relative to the working directory, not to the context', async () => {
    expect((await readIn({ context: 'events', file: 'app/Dockerfile' })).problems).toEqual([])
    expect((await readIn({ context: 'app', file: 'Dockerfile' })).problems).not.toEqual([])
  })

  it('looks for no Dockerfile when an image is given', async () => {
    expect(await readIn({ image: 'app:1' }, {})).toEqual({ local: {}, problems: [] })
  })

  it.each<[InputTexts, RegExp]>([
    [{ context: 'ap' }, /`context` is `ap`. There is no such folder. Near it: `app`. Is the repository checked out/],
    [{ 'rie-path': 'ca.pem' }, /cannot be run as runtime interface emulator: it is not an ELF executable/],
    [{ 'rie-path': 'aws-lambda-rie', architecture: 'arm64' }, /built for x86_64, the function is arm64/],
    [{ 'report-dir': 'ca.pem' }, /`report-dir` is `ca.pem`. That is a file/],
    [{ context: 'x/y' }, /There is no folder `x` either/],
    [{ context: 'events' }, /`file` is `events\/Dockerfile`. There is no such file/],
    [{ context: 'app', file: 'app' }, /`file` is `app`. That is a folder/],
    [{ context: 'app', file: 'app/dockerfile' }, /There is no such file. Near it: `app\/Dockerfile`/],
    [{ context: 'app', file: 'app/index.js' }, /There is no FROM in it/],
    [
      { context: 'app', target: 'prod' },
      /`target` is `prod`. app\/Dockerfile has no such stage. Its stages have no names/,
    ],
    [{ image: 'a', 'smoke-event': 'events/on.json' }, /There is no such file. Near it: `events\/one.json`/],
    [{ image: 'a', 'smoke-event': 'events/broken.json' }, /The file holds no JSON: unexpected token/],
    [{ image: 'a', 'smoke-suite': 'wrong.yml' }, /In the file: case 1 \("one"\) has the unknown member timout/],
    [{ image: 'a', 'ca-bundle': 'key.pem' }, /There is no certificate in it/],
    [{ image: 'a', 'rie-path': 'rie' }, /`rie-path` is `rie`. There is no such file. Near it: `aws-lambda-rie`/],
  ])('says what is wrong with %j', async (texts, message) => {
    expect((await readIn(texts)).problems.join('\n')).toMatch(message)
  })

  it('reports every problem at once', async () => {
    const { problems } = await readIn({ context: 'app', target: 'x', 'smoke-event': 'no.json', 'ca-bundle': 'no.pem' })
    expect(problems).toHaveLength(3)
  })

  it('refuses an event that Lambda would refuse', async () => {
    const files = { ...PROJECT, 'big.json': JSON.stringify('x'.repeat(6 * 1024 * 1024)) }
    expect((await readIn({ image: 'a', 'smoke-event': 'big.json' }, files)).problems.join()).toMatch(/larger than 6 MB/)
  })
})
