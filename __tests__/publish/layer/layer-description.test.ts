import { describe, expect, it } from 'vitest'
import { markedDescription, namesContent, readDescription } from '../../../src/publish/layer/layer-description.ts'

const FINGERPRINT = '0123456789abcdef'.repeat(4)
const MARK = ' [content:0123456789abcdef]'

describe('markedDescription', () => {
  it.each([
    ['what shops need', `what shops need${MARK}`],
    ['', MARK],
    ['x'.repeat(229), `${'x'.repeat(229)}${MARK}`],
    ['x'.repeat(230), 'x'.repeat(230)],
  ])('%j becomes %j', (text, marked) => {
    expect(markedDescription(text, FINGERPRINT)).toBe(marked)
    expect(marked.length).toBeLessThanOrEqual(256)
  })

  it('is as asked when the content is not known', () => {
    expect(markedDescription('shop', undefined)).toBe('shop')
  })
})

describe('readDescription', () => {
  it.each([
    [`shop${MARK}`, { text: 'shop', content: '0123456789abcdef' }],
    // Should AWS cut the blank in front, it is the same mark.
    [MARK.trim(), { text: '', content: '0123456789abcdef' }],
    [`shop${MARK}.`, { text: `shop${MARK}.` }],
    ['shop[content:0123456789abcdef]', { text: 'shop[content:0123456789abcdef]' }],
    ['shop [content:0123456789ABCDEF]', { text: 'shop [content:0123456789ABCDEF]' }],
  ])('%j', (description, read) => {
    expect(readDescription(description)).toEqual(read)
  })

  it('names this content and no other', () => {
    expect(namesContent(`shop${MARK}`, FINGERPRINT)).toBe(true)
    expect(namesContent(`shop${MARK}`, `f${FINGERPRINT}`)).toBe(false)
    expect(namesContent('shop', undefined)).toBe(false)
  })
})
