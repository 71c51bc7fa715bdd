import { describe, expect, it } from 'vitest'
import { ActionError } from '../../src/errors.ts'
import type { Report } from '../../src/report/report.ts'
import { run } from '../../src/run/run.ts'
import type { RunPorts } from '../../src/run/run-ports.ts'
import { fakeClock, fakeFiles, fakeLog, noLayerFiles, noLayerZipWriter } from '../builders/ports.ts'

const unused = () => {
  throw new Error('not implemented')
}

/** Everything outside rejects unless it is given; no engine is installed. */
function makePorts(overrides: Partial<RunPorts> = {}) {
  const outputs: Record<string, unknown> = {}
  const files = fakeFiles({ Dockerfile: 'FROM scratch\n' })
  const log = fakeLog()
  const ports: RunPorts = {
    log,
    clock: fakeClock(),
    files,
    layerFiles: noLayerFiles(),
    layerZipWriter: noLayerZipWriter(),
    summary: { write: async () => undefined },
    setOutput: (name, value) => {
      if (value !== undefined) outputs[name] = value
    },
    engine: { facts: async () => ({ runner: 'linux' }) },
    containerPorts: unused,
    docker: unused,
    aws: {
      credentials: { find: async () => 'none' },
      sts: unused,
      ecr: unused,
      lambda: unused,
      functionInvocations: unused,
      layers: unused,
      s3: unused,
    },
    zipSizes: { unzipped: unused },
    comments: unused,
    removeLeftovers: unused,
    ...overrides,
  }
  return { ports, files, log, outputs }
}

const ENVIRONMENT = { 'INPUT_REPORT-DIR': '/r', GITHUB_SHA: 'a'.repeat(40) }
const request = (signal = new AbortController().signal) => ({ environment: ENVIRONMENT, runId: 'r1', signal })
const written = (files: { written: Record<string, string> }) =>
  JSON.parse(files.written['/r/report.json'] ?? '') as Report

describe('run', () => {
  it('writes the whole plan also when the engine is missing, and asks no engine to clean up', async () => {
    const { ports, files, outputs } = makePorts()
    const report = await run(request(), ports)
    expect(report).toEqual(written(files))
    expect(report.failure).toMatchObject({ stage: 'build', code: 'docker-unavailable' })
    expect(report.plan).toMatchObject({ 'memory-size': { value: 128, source: 'default' } })
    expect(report.stages.filter(({ status }) => status === 'skipped').map(({ name }) => name)).toEqual([
      'inspect',
      'check',
      'smoke',
      'publish',
      'deploy',
      'wait',
      'verify',
    ])
    expect(outputs['report-json']).toBe('/r/report.json')
  })

  it('names every wrong input in a report that has the rest of the plan', async () => {
    const { ports } = makePorts()
    const environment = { ...ENVIRONMENT, INPUT_SMOKE: 'maybe', INPUT_TIMEOUT: '0' }
    const report = await run({ ...request(), environment }, ports)
    expect(report.failure).toMatchObject({ stage: 'plan', code: 'invalid-input' })
    expect(report.failure?.message).toMatch(/smoke[\s\S]*timeout/)
    expect(report.plan).not.toHaveProperty('smoke')
    expect(report.plan).toHaveProperty('architecture')
  })

  it('masks the token before the first line is logged', async () => {
    const { ports, log } = makePorts()
    await run({ ...request(), environment: { ...ENVIRONMENT, 'INPUT_GITHUB-TOKEN': 'secret' } }, ports)
    expect(log.lines[0]).toBe('mask: secret')
  })

  it('a run that is cancelled before it began reports that', async () => {
    const cancelled = new ActionError('cancelled', 'SIGTERM', { help: 'again' })
    const { ports } = makePorts()
    const report = await run(request(AbortSignal.abort(cancelled)), ports)
    expect(report.failure).toMatchObject({ stage: 'plan', code: 'cancelled', message: 'SIGTERM' })
  })

  it('rejects when the report itself cannot be written', async () => {
    const full = new Error('ENOSPC')
    const { ports, files } = makePorts()
    const broken = { ...ports, files: { ...files, writeText: () => Promise.reject(full) } }
    await expect(run(request(), broken)).rejects.toBe(full)
  })
})
