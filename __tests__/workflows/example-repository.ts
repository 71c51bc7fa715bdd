import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMap, parseDocument, visit } from 'yaml'
import { run } from '../../lab/process/command.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const STUBS = fileURLToPath(new URL('./stubs', import.meta.url))

export type ExampleRepository = AsyncDisposable & {
  readonly folder: string
  /** What stands for the actions that the examples use; this one is the committed bundle. */
  readonly actions: Readonly<Record<string, string>>
  /** What stands for programs that would install something. */
  readonly programs: string
}

/** What stands for AWS's base images, and for the image in which SAM builds for Python. */
export type Bases = {
  readonly node: string
  readonly provided: string
  readonly python: string
  readonly pythonBuild: string
}

/**
 * A user's repository with the examples, workflows where GitHub has them. Only what names a public registry is changed:
 * the example's base image and, as inputs of this action, the runtime's images.
 */
export async function exampleRepository(bases: Bases): Promise<ExampleRepository> {
  const folder = await mkdtemp(join(tmpdir(), 'lambda-parity-repository-'))
  const action = await mkdtemp(join(tmpdir(), 'lambda-parity-action-'))
  await Promise.all([
    cp(join(ROOT, 'examples'), join(folder, 'examples'), { recursive: true }),
    mkdir(join(folder, '.github/workflows'), { recursive: true }),
    ...['action.yml', 'dist', 'comment'].map((name) => cp(join(ROOT, name), join(action, name), { recursive: true })),
  ])
  for (const [name, base] of Object.entries({
    'get-customer': bases.node,
    'cdk/function': bases.node,
    'machine-function': bases.provided,
  })) {
    const dockerfile = join(folder, 'examples', name, 'Dockerfile')
    await writeFile(dockerfile, (await readFile(dockerfile, 'utf8')).replace(/^ARG BASE=.*/m, `ARG BASE=${base}`))
  }
  for (const name of await readdir(join(folder, 'examples/workflows'))) {
    const text = await readFile(join(folder, 'examples/workflows', name), 'utf8')
    await writeFile(join(folder, '.github/workflows', name), withImages(text, imagesFor(name, bases)))
  }
  const git = (...argv: string[]) => run('git', ['-C', folder, '-c', 'user.name=x', '-c', 'user.email=x@x', ...argv])
  await git('init', '--quiet', '--initial-branch', 'main')
  await git('remote', 'add', 'origin', 'https://github.com/octo-org/shop')
  await git('add', '--all', '--force')
  await git('commit', '--quiet', '--message', 'Examples')
  return {
    folder,
    programs: join(STUBS, 'programs'),
    actions: {
      'lambda-parity/lambda-parity@v1': action,
      'lambda-parity/lambda-parity/comment@v1': action,
      ...(await standIns(join(folder, '.github/workflows'))),
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([folder, action].map((one) => rm(one, { recursive: true, force: true })))
    },
  }
}

/** The stand-in of each action of others that the workflows name, by the commit that they name it by. */
async function standIns(workflows: string): Promise<Record<string, string>> {
  const texts = await Promise.all((await readdir(workflows)).map((name) => readFile(join(workflows, name), 'utf8')))
  const uses = texts.flatMap((text) => [...text.matchAll(/uses: (([\w-]+\/([\w-]+))@[0-9a-f]{40})/g)])
  // The runner imitates the checkout itself.
  const named = uses.filter(([, , action]) => action !== 'actions/checkout')
  return Object.fromEntries(named.map(([, reference, , name = '']) => [reference, join(STUBS, name)]))
}

function imagesFor(workflow: string, { node, provided, python, pythonBuild }: Bases): Readonly<Record<string, string>> {
  if (workflow === 'layer-source.yml') return { 'runtime-image': python, 'build-image': pythonBuild }
  return { 'runtime-image': workflow === 'matrix.yml' ? provided : node }
}

function withImages(workflow: string, images: Readonly<Record<string, string>>): string {
  const document = parseDocument(workflow)
  visit(document, {
    Map(_, step) {
      const inputs = step.get('with')
      if (step.get('uses') !== 'lambda-parity/lambda-parity@v1' || !isMap(inputs)) return
      for (const [name, image] of Object.entries(images)) inputs.set(name, image)
    },
  })
  return document.toString()
}
