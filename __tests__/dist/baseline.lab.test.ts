import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { docker, nodeFunction, startWorld, type World } from './world.ts'

const HANDLER = "export const handler = async () => 'ok'"
const UNREADABLE = 'RUN echo secret > /var/task/kept.txt && chmod 600 /var/task/kept.txt\n'
const BROKEN_LINK = 'RUN ln -s /nowhere /var/task/added\n'

function withLines(base: string, ...lines: readonly string[]): Record<string, string> {
  const { Dockerfile, ...files } = nodeFunction(base, HANDLER)
  return { ...files, Dockerfile: `${Dockerfile}${lines.join('')}` }
}

let world: World
let older: ActionResult
let contexts: { older: string; newer: string }
beforeAll(async () => {
  world = await startWorld()
  contexts = {
    older: await world.context(withLines(world.base, UNREADABLE, 'USER 1000\n')),
    newer: await world.context(withLines(world.base, UNREADABLE, BROKEN_LINK)),
  }
  older = await world.run({ context: contexts.older, 'fail-on': 'never', publish: 'never' }, { anonymous: true })
})
afterAll(async () => {
  const pulled = await docker('image', 'ls', '--quiet', `${world.aws.registryHost}/team/compared`)
  for (const id of new Set(pulled.split('\n').filter(Boolean))) await docker('image', 'rm', '--force', id)
  await older.dispose()
  await world[Symbol.asyncDispose]()
})

/** `<status> <rule>` of the findings that the two images are made for. */
function changes({ report }: ActionResult): string[] {
  const made = ['unreadable-file', 'image-user', 'broken-link']
  const findings = report?.findings.filter(({ rule }) => made.includes(rule)) ?? []
  return findings.map(({ status, rule }) => `${status} ${rule}`).sort()
}

describe('baseline', () => {
  it('an earlier report.json: new, fixed and unchanged; what is fixed neither fails the run nor counts', async () => {
    const result = await world.run({
      context: contexts.newer,
      baseline: older.outputs['report-json'] ?? '',
      publish: 'never',
    })
    expect(changes(result)).toEqual(['fixed image-user', 'new broken-link', 'unchanged unreadable-file'])
    expect(result.report?.baseline).toMatchObject({ source: 'report', bytes: older.report?.subject.bytes })
    expect(result.report?.failure?.message).not.toContain('image-user')
    await result.dispose()

    const clean = await world.context(nodeFunction(world.base, HANDLER))
    const passing = await world.run({ context: clean, baseline: older.outputs['report-json'] ?? '', publish: 'never' })
    expect(passing).toMatchObject({ exitCode: 0, report: { verdict: 'passed' } })
    expect(changes(passing)).toEqual(['fixed image-user', 'fixed unreadable-file'])
    expect(passing.outputs['parity-status']).toBe('passed')
    await passing.dispose()
  })

  it('an image of the engine, judged by the same rules beside the build', async () => {
    const reference = 'lambda-parity-test/baseline:old'
    await docker('build', '-q', '-t', reference, contexts.older)
    const result = await world.run(
      { context: contexts.newer, baseline: reference, publish: 'never' },
      { anonymous: true },
    )
    expect(changes(result)).toEqual(['fixed image-user', 'new broken-link', 'unchanged unreadable-file'])
    expect(result.report?.baseline).toMatchObject({
      source: 'image',
      reference,
      bytes: { uncompressed: expect.any(Number) },
    })
    expect(await world.leftovers()).toEqual([])
    await result.dispose()
    await docker('image', 'rm', reference)
  })

  it('the image that the function runs now; before it exists the report says that there is nothing to compare with', async () => {
    const inputs = {
      repository: 'team/compared',
      'create-repository': 'true',
      'function-name': 'compared',
      role: 'arn:aws:iam::123456789012:role/compared',
      baseline: 'deployed',
      'fail-on': 'never',
    }
    const first = await world.run({ ...inputs, context: contexts.older, tags: 'v1' })
    expect(first.report?.baseline?.unread).toContain('does not exist yet')
    expect(first.report?.notChecked).toContainEqual({ rule: 'baseline', reason: first.report?.baseline?.unread })
    expect(first.report?.findings.every(({ status }) => status === undefined)).toBe(true)
    await first.dispose()

    const second = await world.run({ ...inputs, context: contexts.newer, tags: 'v2' })
    expect(second.report?.failure).toBeUndefined()
    expect(second.report?.baseline).toMatchObject({ source: 'deployed', reference: first.outputs['image-uri'] })
    expect(changes(second)).toEqual(['fixed image-user', 'new broken-link', 'unchanged unreadable-file'])
    await second.dispose()
  })

  it('what is no baseline is a wrong input, what cannot be read is not', async () => {
    const folder = await world.context({ 'other.json': '{"version":"2.1.0"}' })
    const { report } = older
    const arm64 = { ...report, subject: { ...report?.subject, architecture: 'arm64' } }
    await writeFile(join(folder, 'arm64.json'), JSON.stringify(arm64))
    await writeFile(join(folder, 'newer.json'), JSON.stringify({ ...older.report, schema: 2 }))
    for (const [baseline, words] of [
      [join(folder, 'other.json'), 'no report.json'],
      [join(folder, 'newer.json'), 'newer version'],
      [join(folder, 'missing.json'), 'no such file'],
    ] as const) {
      const wrong = await world.run({ context: contexts.newer, baseline }, { anonymous: true })
      expect(wrong.report?.failure).toMatchObject({ code: 'invalid-input', message: expect.stringContaining(words) })
      await wrong.dispose()
    }
    for (const [baseline, words] of [
      [`${world.lab.registry.host}/nobody/has:this`, 'cannot be read'],
      [join(folder, 'arm64.json'), 'it is the report of arm64, and this run is about x86_64'],
    ] as const) {
      const unread = await world.run(
        { context: contexts.newer, baseline, 'fail-on': 'never', publish: 'never', smoke: 'false' },
        { anonymous: true },
      )
      expect(unread.exitCode).toBe(0)
      expect(unread.report?.baseline?.unread).toContain(words)
      expect(unread.report?.findings.every(({ status }) => status === undefined)).toBe(true)
      await unread.dispose()
    }
  })
})
