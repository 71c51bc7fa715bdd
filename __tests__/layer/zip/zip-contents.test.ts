import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerEntry } from '../../../src/layer/layer-paths.ts'
import { zipContents } from '../../../src/layer/zip/zip-contents.ts'

const namesOf = (names: readonly string[]) =>
  zipContents(names.map((name) => layerEntry(name, 'file', 0o644))).map(({ name }) => name)

describe('the order of a zip', () => {
  it('is that of the names’ bytes: what UTF-16 has behind is in front', () => {
    expect(namesOf(['\u{1f600}', '\uff5e', 'z', 'é'])).toEqual(['z', 'é', '\uff5e', '\u{1f600}'])
  })

  it('is that of the bytes for any names', () => {
    const name = fc.string({
      unit: fc.constantFrom('a', '-', '/', 'é', '\uff5e', '\u{10000}', '\u{1f600}'),
      minLength: 1,
    })
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 20 }), (names) => {
        const byBytes = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
        expect(namesOf(names)).toEqual(byBytes)
      }),
    )
  })
})
