import { describe, expect, it } from 'vitest'
import { logText } from '../../src/adapters/actions.ts'

describe('logText', () => {
  it.each([
    ['::set-output name=x::y', ': :set-output name=x::y'],
    ['fine\n  ::add-mask::y', 'fine\n  : :add-mask::y'],
    ['a\r::error::y', 'a\n: :error::y'],
    ['x ##[command]rm', 'x ## [command]rm'],
    ['std::vector<int>', 'std::vector<int>'],
    ['\u001b[31m::error::y', ': :error::y'],
  ])('%j cannot be a workflow command', (text, expected) => expect(logText(text)).toBe(expected))
})
