import { afterEach, describe, expect, it, vi } from 'vitest'
import { actionsLog, logText } from '../../src/adapters/actions.ts'

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

describe('actionsLog', () => {
  afterEach(() => vi.restoreAllMocks())

  it('annotates at a place, and no more of a level than the runner takes', () => {
    const written: string[] = []
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0)
    for (let index = 0; index < 12; index += 1) {
      const place = { file: 'a,b:Dockerfile', line: 3 }
      actionsLog.annotate({ level: 'notice', title: 'rule', message: `${index}\n::error::x`, place })
    }
    const lines = written.join('').split('\n')
    expect(lines[0]).toBe('::notice title=rule,file=a%2Cb%3ADockerfile,line=3::0%0A: :error::x')
    expect(lines.filter((line) => line.startsWith('::notice'))).toHaveLength(10)
    expect(lines).toContain('notice: 11')
    expect(lines.some((line) => line.startsWith('::error'))).toBe(false)
  })
})
