import { expect, it } from 'vitest'
import { packed } from './assembly-files.ts'
import { readChanged, readFixture } from './read.ts'

const asset = (hash: string) => expect.stringMatching(new RegExp(`^cdk\\.out/asset\\.${hash}[0-9a-f]+$`))
const inAsset = (file: string) => expect.stringMatching(new RegExp(`^cdk\\.out/asset\\.[0-9a-f]{64}/${file}$`))

it('reads every Docker option of an image asset, and everything that a smoke needs', async () => {
  const read = await readFixture('images', { resource: 'MyFunction', 'template-parameters': 'Token=hunter22' })
  expect(read.problems).toEqual([])
  expect(read.resource).toBe('Images/MyFunction')
  expect(read.defaults).toEqual({
    kind: 'image',
    architecture: 'arm64',
    context: asset(''),
    file: inAsset('Containerfile'),
    target: 'runtime',
    'build-args': { BASE: 'public.ecr.aws/lambda/nodejs:22', EMPTY: '' },
    // Relative to the folder of the asset, where CDK runs docker.
    'build-contexts': ['extra=cdk.out/extra', 'base=docker-image://public.ecr.aws/lambda/nodejs:22'],
    secrets: [
      { id: 'token', file: inAsset('token.txt') },
      { id: 'npm', environmentVariable: 'NPM_TOKEN' },
    ],
    ssh: ['default'],
    network: 'host',
    'cache-from': ['type=registry,ref=registry.example/cache:main', 'type=gha'],
    'cache-to': ['type=registry,ref=registry.example/cache:main,mode=max'],
    'no-cache': true,
    'memory-size': 512,
    timeout: 20,
    'ephemeral-storage': 1024,
    'smoke-env': { STAGE: 'test', LOG_LEVEL: 'info', TOKEN: 'hunter22' },
  })
  expect(read.buildPlatform).toBe('linux/arm64')
  expect(read.imageConfig).toEqual({
    command: ['app.other'],
    entrypoint: ['/lambda-entrypoint.sh'],
    workingDirectory: '/var/task',
  })
  expect(read.statesTimeout).toBe(true)
  expect(read.notSet).toEqual(['BUCKET', 'REGION'])
  expect(read.secrets).toContain('hunter22')
  expect(read.secretParameters).toEqual(['Token'])
  expect(read.warnings).toEqual([expect.stringMatching(/`dockerOutputs` of .*`type=local,dest=out` is left out/)])
})

it('reads a function that says nothing but its asset', async () => {
  const read = await readFixture('images', { resource: 'Plain' })
  expect(read).toMatchObject({ problems: [], warnings: [], statesTimeout: false, notSet: [] })
  expect(read.defaults).toEqual({ kind: 'image', context: asset(''), file: inAsset('Dockerfile') })
  expect(read).not.toHaveProperty('buildPlatform')
  const again = await readFixture('images', { resource: 'PlainAgain' })
  expect(again.defaults).toEqual(read.defaults)
})

it('knows an asset that is named as an image of its repository, also by a SAM function', async () => {
  const built = { kind: 'image', context: asset('04681bf4'), file: inAsset('Dockerfile'), target: 'runtime' }
  const byAsset = await readFixture('images', { resource: 'ByAsset' })
  expect(byAsset.defaults).toEqual(built)
  const included = await readFixture('images', { resource: 'Images/Included' })
  expect(included.problems).toEqual([])
  expect(included.defaults).toEqual({ ...built, 'memory-size': 300 })
})

it('tells the platform of an asset that contradicts the function, and leaves the architecture to the function', async () => {
  const read = await readFixture('images', { resource: 'Contradicting' })
  expect(read.buildPlatform).toBe('linux/arm64')
  expect(read.defaults).not.toHaveProperty('architecture')
})

it('leaves to the workflow what the workflow gives', async () => {
  const given = { resource: 'MyFunction', context: 'app', target: 'other', network: 'none', secrets: 'token=given' }
  const read = await readFixture('images', given)
  expect(read.problems).toEqual([])
  // A Dockerfile counts from the context that is in force.
  expect(read.defaults).toMatchObject({ file: 'app/Containerfile', 'memory-size': 512 })
  for (const input of ['context', 'target', 'network', 'secrets']) expect(read.defaults).not.toHaveProperty(input)
})

it('builds nothing when an image is given', async () => {
  const read = await readFixture('images', { resource: 'MyFunction', image: 'app:1' })
  expect(Object.keys(read.defaults).sort()).toEqual([
    ...['architecture', 'ephemeral-storage', 'kind', 'memory-size', 'smoke-env', 'timeout'],
  ])
  expect(read).not.toHaveProperty('buildPlatform')
  expect(read.problems).toEqual([])
})

const KNOWN = { region: 'eu-west-1', account: '999999999999' }

it.each([
  ['Tagged', '999999999999.dkr.ecr.eu-west-1.amazonaws.com/team/orders:v1'],
  ['Pinned', `123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/orders@sha256:${'ab'.repeat(32)}`],
  ['Untagged', '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/orders:latest'],
  ['Latest', '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/orders:latest'],
  // Account and region are those that the app fixed, and the partition follows.
  ['InChina', '210987654321.dkr.ecr.cn-north-1.amazonaws.com.cn/team/orders:v2'],
])('takes the image of ECR that %s names', async (resource, image) => {
  const read = await readFixture('registry', { resource }, KNOWN)
  expect(read.problems).toEqual([])
  expect(read.defaults).toEqual({ kind: 'image', image })
  expect(read).not.toHaveProperty('unavailable')
})

it('takes account, region and parameters from template-parameters before the environment of the stack', async () => {
  const lines = 'AWS::AccountId=121212121212\nAWS::Region=eu-north-1'
  const fixed = await readFixture('registry', { resource: 'InChina', 'template-parameters': lines }, KNOWN)
  // Fixed ones stand in the template as texts; only what follows from the region is open.
  expect(fixed.defaults.image).toBe('210987654321.dkr.ecr.cn-north-1.amazonaws.com/team/orders:v2')
  const open = await readFixture('registry', { resource: 'Tagged', 'template-parameters': lines }, KNOWN)
  expect(open.defaults.image).toBe('121212121212.dkr.ecr.eu-north-1.amazonaws.com/team/orders:v1')
  const given = { resource: 'ByParameter', 'template-parameters': 'ImageTag=v9' }
  const tagged = await readFixture('registry', given, KNOWN)
  expect(tagged.defaults.image).toBe('123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/orders:v9')
})

it('says which account it needs when nobody knows it', async () => {
  const read = await readFixture('registry', { resource: 'Tagged' }, { region: 'eu-west-1' })
  expect(read.needsAccount).toBe(true)
  expect(read.problems).toMatchObject([{ why: expect.stringContaining('`AWS::AccountId=…`') }])
})

it('names a parameter that has no value, and where it is used', async () => {
  const { problems } = await readFixture('registry', { resource: 'ByParameter' }, KNOWN)
  expect(problems).toMatchObject([{ input: 'template-parameters' }])
  expect(problems[0]?.why).toMatch(
    /`ImageUri` of `ByParameter\w+` \(cdk\.out\/Registry\.template\.json:\d+\).*`ImageTag=…`/,
  )
})

it.each(['Own', 'OwnByParameter'])(
  '%s: an image of a repository that the stack makes cannot be read yet',
  async (resource) => {
    const read = await readFixture('registry', { resource }, KNOWN)
    expect(read.problems).toEqual([])
    expect(read.unavailable).toMatch(/`OwnRepository\w+`/)
    expect(read.defaults).toEqual({ kind: 'image' })
  },
)

it('cannot tell what another stack exports', async () => {
  const { problems } = await readFixture('registry', { resource: 'OfOtherStack' }, KNOWN)
  expect(problems).toMatchObject([{ input: 'template', why: expect.stringContaining('`Fn::ImportValue`') }])
  const given = await readFixture('registry', { resource: 'OfOtherStack', image: 'orders:local' }, KNOWN)
  expect(given.problems).toEqual([])
})

it.each(['nested', 'nested-2.100.0'])('%s: gives nested stacks what the stack around passes on', async (name) => {
  const tagged = await readFixture(name, { resource: 'TagOfParent' })
  expect(tagged.defaults.image).toBe('111111111111.dkr.ecr.eu-west-1.amazonaws.com/team/orders:v7')
  const given = await readFixture(name, { resource: 'TagOfParent', 'template-parameters': 'ImageTag=v8' })
  expect(given.problems).toEqual([])
  expect(given.defaults.image).toBe('111111111111.dkr.ecr.eu-west-1.amazonaws.com/team/orders:v8')
  const own = await readFixture(name, { resource: 'OfParent' })
  expect(own.problems).toEqual([])
  expect(own.unavailable).toMatch(/`Repository\w+`/)
})

it('takes what is given for a parameter of a nested stack before what is passed to it', async () => {
  const [arn, name] = ['referencetoOuterRepository113A8DF8Arn', 'referencetoOuterRepository113A8DF8Ref']
  const lines = `${arn}=arn:aws:ecr:eu-west-1:111111111111:repository/made\n${name}=made`
  const read = await readFixture('nested', { resource: 'OfParent', 'template-parameters': lines })
  expect(read.problems).toEqual([])
  expect(read.defaults.image).toBe('111111111111.dkr.ecr.eu-west-1.amazonaws.com/made:v1')
})

it('keeps what a NoEcho parameter passes to a nested stack as secret as it was', async () => {
  const template = JSON.stringify(packed('nested').json['Outer.template.json'])
  const noEcho = template.replace('"Default":"v7"', '"Default":"v7","NoEcho":true')
  const read = await readChanged('nested', { 'Outer.template.json': noEcho }, { resource: 'TagOfParent' })
  expect(read.secrets).toEqual(['v7'])
  expect(read.secretParameters).toEqual(['ImageTag'])
})

it('finds a nested stack by the path of its asset alone', async () => {
  const changes = { 'Cli.assets.json': '{"version": "1"}' }
  const read = await readChanged('synthesizers', changes, { resource: 'Cli/Nested/MyFunction', image: 'app:1' })
  expect(read.resource).toBe('Cli/Nested/MyFunction')
})

/** The templates of a fixture without what the command line adds to their resources. */
function withoutMetadata(name: string): Record<string, string> {
  const templates = Object.entries(packed(name).json).filter(([path]) => path.endsWith('.template.json'))
  return Object.fromEntries(
    templates.map(([path, template]) => [
      path,
      JSON.stringify(template, (key, value) => (key === 'Metadata' ? undefined : value)),
    ]),
  )
}

const BARE = withoutMetadata('synthesizers')

it.each([
  ['Legacy', 'with', {}],
  ['Legacy', 'without', BARE],
  ['Cli', 'with', {}],
  ['Cli', 'without', BARE],
  ['Custom', 'with', {}],
  ['Custom', 'without', BARE],
])('finds what the synthesizer %s publishes in its own way, %s metadata of assets', async (stack, _, changes) => {
  for (const path of ['', '/Nested']) {
    const image = await readChanged('synthesizers', changes, { resource: `${stack}${path}/MyFunction` })
    expect(image.defaults).toEqual({
      kind: 'image',
      context: asset('2b5cabbf'),
      file: inAsset('Containerfile'),
      'build-args': { EMPTY: '' },
    })
    const layer = await readChanged('synthesizers', changes, { resource: `${stack}${path}/Layer` })
    expect(layer.defaults['layer-path']).toEqual(asset('21fc9510'))
  }
})
