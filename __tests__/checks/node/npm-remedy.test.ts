import { expect, it } from 'vitest'
import { rebuild } from '../../../src/checks/node/npm-remedy.ts'
import { makeLayerSubject } from '../../builders/layer.ts'
import { makeSubject } from '../../builders/subject.ts'

it('rebuilds an addon where it runs: in the image, or in the build image of the layer', () => {
  expect(rebuild(makeSubject(), 'better-sqlite3')).toMatch(/\nRUN npm rebuild better-sqlite3$/)
  expect(rebuild(makeLayerSubject([], ['nodejs22.x']), 'better-sqlite3')).toMatch(
    /\ndocker run .* public\.ecr\.aws\/sam\/build-nodejs22\.x sh -c 'cd nodejs && npm rebuild better-sqlite3'$/,
  )
})
