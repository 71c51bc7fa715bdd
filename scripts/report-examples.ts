// Makes the reports behind docs/pictures: real runs of the committed bundle in the lab, whose report.json is kept under
// __tests__/report/examples with the lab's names and folders replaced by those of a real account.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { docker, startWorld, type World } from '../__tests__/dist/world.ts'
import { labFolders } from '../lab/folders.ts'
import { ensurePip, pip } from '../lab/python.ts'
import type { ActionResult } from '../lab/run-action.ts'

const EXAMPLES = fileURLToPath(new URL('../__tests__/report/examples/', import.meta.url))
const APP = (version: number) =>
  `exports.handler = async ({ id = 7 }) => ({ statusCode: 200, body: JSON.stringify({ id, version: ${version} }) })\n`

async function main(): Promise<void> {
  await using world = await startWorld()
  const { 'sam/build-nodejs22.x:latest': build } = await world.lab.images(['sam/build-nodejs22.x:latest'])
  await passing(world)
  await warning(world)
  await failing(world, build ?? '')
  await matrix(world)
}

/** A function that runs version 1 gets version 2. */
async function passing(world: World): Promise<void> {
  const inputs = {
    repository: 'get-customer',
    'create-repository': 'true',
    'function-name': 'get-customer',
    role: 'arn:aws:iam::123456789012:role/get-customer',
    alias: 'live',
    baseline: 'deployed',
    'smoke-expect': '{"statusCode": 200}',
  }
  const context = (version: number, more = '') =>
    world.context({
      Dockerfile: `FROM ${world.base}\n${more}COPY app.js ./\nCMD ["app.handler"]\n`,
      'app.js': APP(version),
    })
  const first = await world.run({ ...inputs, context: await context(1), tags: 'v1' })
  await first.dispose()
  const data = 'RUN mkdir data && head -c 3250000 /dev/urandom > data/countries.bin && chmod -R o+rX data\n'
  await keep('passing', await world.run({ ...inputs, context: await context(2, data), tags: 'v2' }), world)
}

/** A base that moves with every release, and a package that wants another Node.js. */
async function warning(world: World): Promise<void> {
  const latest = world.base.replace(/:[^:/]*$/, ':latest')
  await docker('tag', world.base, latest)
  const context = await world.context({
    Dockerfile: `FROM ${latest}\nUSER node\nCOPY app.js ./\nCOPY package.json node_modules/undici/\nCMD ["app.handler"]\n`,
    'app.js': APP(1),
    'package.json': '{"name": "undici", "version": "9.0.0", "engines": {"node": ">=24.2"}, "main": "index.js"}\n',
  })
  const inputs = { context, repository: 'get-customer', 'runtime-image': world.base }
  await keep('warning', await world.run(inputs, { anonymous: true }), world)
  await docker('image', 'rm', latest)
}

const LIBRARY = '#include <omp.h>\nint vision_threads(void) { return omp_get_max_threads(); }\n'
const ADDON = `typedef void *napi_env, *napi_value;
int vision_threads(void);
napi_value napi_register_module_v1(napi_env env, napi_value exports) { return vision_threads() > 0 ? exports : 0; }
`

/** Two addons share a library, and that needs one which only the build stage has; a folder that was closed all the time. */
async function failing(world: World, build: string): Promise<void> {
  const closed = 'COPY --chmod=700 app.js ./config/settings.js\n'
  const before = await world.run(
    {
      context: await world.context({
        Dockerfile: `FROM ${world.base}\nUSER node\nCOPY app.js ./\n${closed}CMD ["app.handler"]\n`,
        'app.js': APP(1),
      }),
      repository: 'resize-image',
      'fail-on': 'never',
    },
    { anonymous: true },
  )
  const context = await world.context({
    'vision.c': LIBRARY,
    'addon.c': ADDON,
    'app.js':
      "const { resize } = require('./resize.node')\nconst { crop } = require('./crop.node')\nexports.handler = async () => ({ resize, crop })\n",
    'suite.yaml':
      'schema: 1\ncases:\n  - name: landscape\n    event: {width: 1600}\n  - name: without a picture\n    event: {}\n    expect-error: Runtime.Unknown\n',
    Dockerfile: `FROM ${build} AS build
WORKDIR /src
COPY vision.c addon.c ./
RUN gcc -shared -fPIC -fopenmp -Wl,-soname,libvision.so.2 -o libvision.so.2 vision.c
RUN gcc -shared -fPIC -o resize.node addon.c libvision.so.2 && cp resize.node crop.node

FROM ${world.base}
COPY app.js ./
${closed}COPY --from=build /src/*.node ./
COPY --from=build /src/libvision.so.2 ./lib/
CMD ["app.handler"]
`,
  })
  const inputs = { context, repository: 'resize-image', baseline: before.outputs['report-json'] ?? '' }
  const suite = { 'smoke-suite': join(context, 'suite.yaml') }
  await keep('failing', await world.run({ ...inputs, ...suite }, { anonymous: true }), world)
  await before.dispose()
}

/** One layer folder in two jobs of a matrix: it was installed for one of the two processors. */
async function matrix(world: World): Promise<void> {
  const { 'lambda/python:3.11': python = '' } = await world.lab.images(['lambda/python:3.11'])
  const folder = await mkdtemp(join(tmpdir(), 'lambda-parity-examples-'))
  await ensurePip(labFolders())
  await pip([
    ...[
      'install',
      '--no-deps',
      '--target',
      join(folder, 'python'),
      '--platform',
      'manylinux_2_28_x86_64',
      '--python-version',
      '3.11',
    ],
    ...['--only-binary=:all:', 'numpy==2.3.5'],
  ])
  const inputs = { kind: 'layer', runtime: 'python3.11', 'layer-path': folder, 'layer-name': 'numpy', publish: 'never' }
  const intel = { ...inputs, architecture: 'x86_64', 'runtime-image': python }
  await keep('matrix-x86_64', await world.run(intel, { anonymous: true }), world)
  // Without an engine: nothing here runs arm64 images.
  const arm = { ...inputs, architecture: 'arm64', 'runtime-image': '' }
  const options = { anonymous: true, env: { DOCKER_HOST: 'tcp://127.0.0.1:1' } }
  await keep('matrix-arm64', await world.run(arm, options), world)
  await rm(folder, { recursive: true, force: true })
}

async function keep(name: string, result: ActionResult, world: World): Promise<void> {
  if (result.report === undefined) throw new Error(`${name}: no report was written\n${result.log}`)
  const registry = world.base.split('/', 1)[0] ?? ''
  const text = JSON.stringify(result.report, null, 2)
    .replaceAll(world.aws.registryHost, '123456789012.dkr.ecr.eu-central-1.amazonaws.com')
    .replaceAll(registry, 'public.ecr.aws')
    .replaceAll(/\/tmp\/lambda-parity-world-\w+\/context-\w+\/?/g, '')
    .replaceAll(/\/tmp\/lambda-parity-examples-\w+/g, 'layer')
    .replaceAll(/\/tmp\/[\w./-]*?(?=lambda-parity\b|report\.json)/g, '')
  await writeFile(join(EXAMPLES, `${name}.report.json`), `${text}\n`)
  console.log(`${name}: ${result.report.verdict}, ${result.report.findings.length} findings`)
  await result.dispose()
}

await main()
