import { expect, it } from 'vitest'
import { askSam, keptAnswers } from './sam-oracle.ts'

it('SAM CLI still says of every template what was kept', async () => {
  expect(await askSam()).toEqual(keptAnswers())
}, 600_000)
