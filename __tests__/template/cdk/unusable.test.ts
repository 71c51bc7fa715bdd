import { describe, expect, it } from 'vitest'
import { packed } from './assembly-files.ts'
import { readChanged, readFixture } from './read.ts'

// biome-ignore lint/suspicious/noExplicitAny: a file of an assembly, reached into by its known shape
type Json = any

/** A JSON file of a fixture, changed. */
function changed(name: string, path: string, change: (json: Json) => void): Record<string, string> {
  const json = structuredClone(packed(name).json[path]) as Json
  change(json)
  return { [path]: JSON.stringify(json) }
}

async function problem(
  name: string,
  changes: Parameters<typeof readChanged>[1],
  given: Parameters<typeof readChanged>[2] = {},
) {
  const read = await readChanged(name, changes, given)
  expect(read.problems).toHaveLength(1)
  expect(read.problems[0]?.input).toBe('template')
  return read.problems[0]?.why
}

it.each([
  ['no JSON', '{"version": ', /`cdk\.out\/manifest\.json` is no JSON/],
  ['a list', '[]', /manifest\.json`: .*cloud assembly of AWS CDK/],
  ['a manifest of something else', '{"name": "app", "icons": []}', /`version`.*cloud assembly of AWS CDK/],
  ['artifacts that are none', '{"version": "1", "artifacts": {"A": 1}}', /`artifacts\.A`/],
])('says what is wrong with manifest.json: %s', async (_, text, why) => {
  expect(await problem('example', { 'manifest.json': text })).toMatch(why)
})

it.each(['Greeting.template.json', 'Greeting.assets.json', 'Greeting.metadata.json'])('misses %s', async (path) => {
  const why = await problem('example', { [path]: undefined })
  expect(why).toContain(`\`cdk.out/${path}\``)
  expect(why).toContain('cdk synth')
})

it.each([
  ['context', 'images', 'MyFunction'],
  ['layer-path', 'layers', 'Zip'],
] as const)('says that the asset that is meant by `%s` is not there', async (input, name, resource) => {
  const paths = Object.keys({ ...packed(name).text, ...packed(name).base64 })
  const without = Object.fromEntries(paths.map((path) => [path, undefined]))
  const read = await readChanged(name, without, { resource })
  expect(read.problems).toMatchObject([{ input, why: expect.stringContaining('cdk synth') }])
  const given = await readChanged(name, without, { resource, [input]: 'elsewhere' })
  expect(given.problems).toEqual([])
})

it.each(['{"name": "app", "icons": []}', '{', '{"version": "2"}'])(
  'takes a template beside the manifest %s for itself',
  async (manifest) => {
    const template =
      '{"Resources":{"F":{"Type":"AWS::Lambda::Function","Properties":{"PackageType":"Image","Code":{"ImageUri":"app:1"}}}}}'
    const files = { 'manifest.json': manifest, 'app.template.json': template }
    const read = await readChanged('example', files, { template: 'cdk.out/app.template.json' })
    expect(read).toMatchObject({ problems: [], resource: 'F', defaults: { image: 'app:1' } })
  },
)

it('names the line of a key that stands twice in the template', async () => {
  const template =
    '{\n "Resources": {\n  "A": { "Type": "AWS::Lambda::Function",\n   "Properties": {"PackageType": "Image",\n "Timeout": 1, "Timeout": 2}}}}'
  const why = await problem('example', { 'Greeting.template.json': template })
  expect(why).toMatch(/`Greeting\.template\.json`: Line 5: The key `Timeout` stands twice/)
})

it('does not leave the assembly', async () => {
  for (const file of ['../secret.json', '/etc/passwd', 'a/../../secret.json']) {
    const manifest = changed('example', 'manifest.json', (json) => {
      Object.assign(json.artifacts.Greeting.properties, { templateFile: file })
    })
    expect(await problem('example', manifest)).toContain(`\`${file}\`, which is outside of it`)
  }
})

it.each(['.', '..'])('does not follow assemblies that contain themselves: %s', async (directoryName) => {
  const properties = { directoryName: directoryName === '..' ? 'a/..' : directoryName }
  const artifacts = { self: { type: 'cdk:cloud-assembly', properties } }
  const why = await problem('example', { 'manifest.json': JSON.stringify({ version: '1', artifacts }) })
  expect(why).toContain('nested deeper')
})

it('reads a nested stack that contains itself to an end', async () => {
  const path = 'OuterNested6BA02423.nested.template.json'
  const again = changed('nested', path, (json) => {
    const resources = json.Resources
    Object.assign(resources, {
      Again: {
        ...resources.DeepNestedStackDeepNestedStackResource521F28B7,
        Metadata: {
          'aws:asset:path': path,
          'aws:asset:property': 'TemplateURL',
        },
      },
    })
  })
  const read = await readChanged('nested', again, { resource: 'Outer/Nested/Fn' })
  expect(read.resource).toBe('Outer/Nested/Fn')
})

describe('hostile content', () => {
  it('takes names of JavaScript for names', async () => {
    const resource = '{"Type":"AWS::Lambda::Function","Properties":{"PackageType":"Image","Code":{"ImageUri":"app:1"}}}'
    const names = ['__proto__', 'constructor', 'toString']
    const template = `{"Resources":{${names.map((name) => `"${name}":${resource}`).join()}}}`
    const artifact = '{"type":"aws:cloudformation:stack","properties":{"templateFile":"T.template.json"}}'
    const manifest = `{"version":"1","artifacts":{"__proto__":${artifact},"constructor":${artifact},"T":${artifact}}}`
    const files = { 'manifest.json': manifest, 'T.template.json': template }
    for (const name of names) {
      const read = await readChanged('example', files, { template: 'cdk.out/T.template.json', resource: `T/${name}` })
      expect(read.problems.map(({ why }) => why)).toEqual([])
    }
    expect(({} as { type?: string }).type).toBeUndefined()
  })

  it('is not brought down by depth', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    const template = `{"Resources":{"A":{"Type":"AWS::Lambda::Function","Properties":{"PackageType":"Image","Code":${deep}}}}}`
    expect(await problem('example', { 'Greeting.template.json': template })).toContain('deeper than 100 levels')
    const asset = `{"version":"1","dockerImages":{"A":{"source":{"directory":"x"},"destinations":${deep}}}}`
    expect(await problem('example', { 'Greeting.assets.json': asset })).toContain('`dockerImages.A.destinations')
  })
})

describe('an image asset that cannot be built here', () => {
  const assets = (source: unknown) => ({
    'a/Dockerfile': 'FROM scratch',
    ...changed('example', 'Greeting.assets.json', (json) => {
      for (const image of Object.values<object>(json.dockerImages)) Object.assign(image, { source })
    }),
  })

  it('is made by a command, which nobody runs', async () => {
    const executable = assets({ executable: ['touch', '/tmp/never'] })
    expect(await problem('example', executable)).toMatch(/`executable`.*nothing of an assembly is run.*`image`/)
    expect((await readChanged('example', executable, { image: 'app:1' })).problems).toEqual([])
  })

  it('wants a network that builds cannot have', async () => {
    const network = assets({ directory: 'a', networkMode: 'container:db' })
    expect(await problem('example', network)).toMatch(/`networkMode`.*`container:db`.*Accepted: `default`/)
    expect((await readChanged('example', network, { network: 'none' })).problems).toEqual([])
  })

  it('has a secret that docker would not read', async () => {
    const secret = assets({ directory: 'a', dockerBuildSecrets: { token: 'plain' } })
    expect(await problem('example', secret)).toContain('`dockerBuildSecrets.token`')
  })
})

it('takes a folder that is not staged: absolute, or beside the assembly', async () => {
  for (const [directory, context] of [
    ['/src/app', '/src/app'],
    ['../app', 'app'],
  ] as const) {
    const assets = changed('example', 'Greeting.assets.json', (json) => {
      for (const image of Object.values<object>(json.dockerImages)) Object.assign(image, { source: { directory } })
    })
    const { defaults } = await readChanged('example', assets)
    expect(defaults).toMatchObject({ context, file: `${context}/Dockerfile` })
  }
})

describe('a resource with a condition', () => {
  const conditioned = (Parameters: object = {}) =>
    changed('example', 'Greeting.template.json', (json) => {
      const [logicalId = ''] = Object.keys(json.Resources).filter((id) => /^MyFunction[0-9A-F]{8}$/.test(id))
      Object.assign(json, { Parameters: { Stage: { Type: 'String' }, ...Parameters } })
      Object.assign(json, { Conditions: { InTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] } } })
      Object.assign(json.Resources[logicalId], { Condition: 'InTest' })
    })

  it('is chosen when it is deployed, or when nobody can tell', async () => {
    for (const given of [{ 'template-parameters': 'Stage=test' }, {}])
      expect((await readChanged('example', conditioned(), given)).resource).toBe('Greeting/MyFunction')
  })

  it('is refused when it is not deployed', async () => {
    const given = { 'template-parameters': 'Stage=live', resource: 'MyFunction' }
    const read = await readChanged('example', conditioned(), given)
    expect(read.problems).toMatchObject([{ input: 'resource', why: expect.stringContaining('`InTest` is false') }])
  })

  it('knows the values that the app itself gives to parameters', async () => {
    const manifest = changed('example', 'manifest.json', (json) => {
      Object.assign(json.artifacts.Greeting.properties, { parameters: { Stage: 'live' } })
    })
    const read = await readChanged('example', { ...conditioned(), ...manifest }, { resource: 'MyFunction' })
    expect(read.problems[0]?.why).toContain('is false')
    const given = { resource: 'MyFunction', 'template-parameters': 'Stage=test' }
    expect((await readChanged('example', { ...conditioned(), ...manifest }, given)).problems).toEqual([])
  })
})

it('refuses a parameter that the stack does not have', async () => {
  const read = await readFixture('nested', { resource: 'TagOfParent', 'template-parameters': 'ImageTga=v1' })
  expect(read.problems).toMatchObject([
    { input: 'template-parameters', value: 'ImageTga', why: expect.stringContaining('`ImageTag`') },
  ])
})

it('says that a template beside a manifest of other stacks is none of them', async () => {
  const files = { 'Old.template.json': '{"Resources":{}}' }
  expect(await problem('example', files, { template: 'cdk.out/Old.template.json' })).toContain('knows no stack')
})
