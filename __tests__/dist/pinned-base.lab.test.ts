import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { type RegistryImages, registryImages } from './registry-images.ts'
import { startWorld, type World } from './world.ts'

let world: World
let shelf: RegistryImages
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  shelf = await registryImages(world.base)
})
afterEach(() => result.dispose())
afterAll(async () => {
  await shelf[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

async function runOn(from: string) {
  const context = await world.context({ Dockerfile: `FROM ${from}\nRUN true\nCMD ["app.handler"]\n` })
  result = await world.run({ context, smoke: 'false', publish: 'never', comment: 'false' }, { anonymous: true })
  expect(result.report?.failure).toBeUndefined()
}
const ofBase = () => result.report?.findings.filter(({ rule }) => rule === 'base-image') ?? []

it('a pinned base whose tag has moved is a note with the new pin; one that is current is not mentioned', async () => {
  const pinned = await shelf.image('22', 'export const handler = async () => 1')
  const reference = `${shelf.repository}:22`
  await runOn(`${reference}@${pinned.digest}`)
  expect(ofBase().filter(({ message }) => message.includes('pinned'))).toEqual([])

  const moved = await shelf.image('22', 'export const handler = async () => 2')
  await runOn(`${reference}@${pinned.digest}`)
  expect(ofBase()).toMatchObject([
    {
      level: 'note',
      actual: `\`${pinned.digest}\``,
      help: expect.stringContaining(`FROM ${reference}@${moved.digest}`),
    },
  ])
})

it('a tag that its registry does not have any more stops nothing and is not checked', async () => {
  const { digest } = await shelf.image('23', 'export const handler = async () => 3')
  await runOn(`${shelf.repository}:gone@${digest}`)
  expect(result.report?.verdict).not.toBe('failed')
  expect(result.report?.notChecked.find(({ rule }) => rule === 'base-image')?.reason).toContain(':gone names now')
})
