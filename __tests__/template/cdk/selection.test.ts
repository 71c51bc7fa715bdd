import { describe, expect, it } from 'vitest'
import { readFixture } from './read.ts'

const chosen = async (name: string, resource: string, template?: string) =>
  (await readFixture(name, { resource, ...(template === undefined ? {} : { template }) })).resource
const refusal = async (name: string, given: Parameters<typeof readFixture>[1]) => {
  const read = await readFixture(name, given)
  expect(read.resource).toBeUndefined()
  expect(read.problems).toHaveLength(1)
  return read.problems[0]
}

it.each([
  ['logical id', 'MyFunction3BAA72D1'],
  ['construct id', 'MyFunction'],
  ['construct path', 'Images/MyFunction'],
  ['path of the resource itself', 'Images/MyFunction/Resource'],
  ['beginning of the logical id', 'MyFunct'],
])('takes the %s', async (_, resource) => {
  expect(await chosen('images', resource)).toBe('Images/MyFunction')
})

it.each(['nested', 'nested-2.100.0'])(
  '%s: finds functions and layers in stacks, stages and nested stacks',
  async (name) => {
    const paths = [
      ...['Outer/Nested/Fn', 'Outer/Nested/OfParent', 'Outer/Nested/Deep/Layer'],
      ...['Prod/Service/MyFunction', 'Prod/Service/Nested/Fn'],
    ]
    for (const path of paths) expect(await chosen(name, path)).toBe(path)
  },
)

it('tells stacks of one construct apart by their stages', async () => {
  for (const path of ['Service/MyFunction', 'Test/Service/MyFunction', 'Live/Service/MyFunctionWorker'])
    expect(await chosen('stages', path)).toBe(path)
})

it('takes an exact name before a beginning', async () => {
  expect(await chosen('images', 'Plain')).toBe('Images/Plain')
  expect(await chosen('stages', 'MyFunction', 'cdk.out/Service.template.json')).toBe('Service/MyFunction')
})

it('needs no name where there is one to choose from', async () => {
  expect((await readFixture('example')).resource).toBe('Greeting/MyFunction')
  const layer = await readFixture('nested', { kind: 'layer' })
  expect(layer.resource).toBe('Outer/Nested/Deep/Layer')
})

describe('one template of an assembly', () => {
  it('stands for itself, with the assets of its stack', async () => {
    const template = 'cdk.out/assembly-Test/TestServiceAAE03A31.template.json'
    const read = await readFixture('stages', { template, resource: 'MyFunction' })
    expect(read.resource).toBe('Test/Service/MyFunction')
    // Assets of a stage are in the assembly around it.
    expect(read.defaults.context).toMatch(/^cdk\.out\/asset\.[0-9a-f]{64}$/)
  })

  it('may be that of a nested stack', async () => {
    const template = 'cdk.out/OuterNested6BA02423.nested.template.json'
    const read = await readFixture('nested', { template, resource: 'TagOfParent' })
    expect(read.resource).toBe('Outer/Nested/TagOfParent')
    expect(read.defaults.image).toMatch(/:v7$/)
  })

  it('has no functions of others', async () => {
    const problem = await refusal('nested', { template: 'cdk.out/Outer.template.json' })
    expect(problem?.why).toContain('no image function or layer')
  })
})

it('lists what there is when none is named', async () => {
  const problem = await refusal('images', {})
  expect(problem?.input).toBe('resource')
  for (const path of ['Images/MyFunction', 'Images/Plain', 'Images/PlainAgain', 'Images/Contradicting'])
    expect(problem?.why).toContain(`\`${path}\``)
})

it.each([
  ['a construct id of two stacks', 'MyFunction', 'stages', ['Test/Service/MyFunction', 'Live/Service/MyFunction']],
  ['a logical id of two templates', 'Fn9270CBC0', 'nested', ['Prod/Service/Nested/Fn', 'Outer/Nested/Fn']],
  ['a beginning of two logical ids', 'Pla', 'images', ['Images/Plain', 'Images/PlainAgain']],
])('does not guess: %s', async (_, resource, name, paths) => {
  const problem = await refusal(name, { resource })
  expect(problem).toMatchObject({ input: 'resource', value: resource })
  for (const path of paths) expect(problem?.why).toContain(`\`${path}\``)
})

it('lists candidates, and what is near, for a name that nothing has', async () => {
  const problem = await refusal('images', { resource: 'Images/MyFuncton' })
  expect(problem?.why).toMatch(/Did you mean `Images\/MyFunction`/)
  expect(problem?.why).toContain('`Images/PlainAgain` (image)')
})

it('says that a Zip function is one', async () => {
  const problem = await refusal('layers', { resource: 'Script' })
  expect(problem?.why).toContain('Zip function')
})

it('refuses a resource of the other kind', async () => {
  const problem = await refusal('layers', { resource: 'Folder', kind: 'image' })
  expect(problem?.why).toContain('`kind` is `image`')
})
