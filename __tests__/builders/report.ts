import type { Report, ReportedFinding } from '../../src/report/report.ts'

/** A finding with complete defaults. */
export function makeFinding(overrides: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    rule: 'symbol-version',
    level: 'error',
    confidence: 'proven',
    subject: '/var/task/node_modules/addon/addon.node',
    message: '`addon.node` needs `GLIBC_2.38`, the image has up to `2.36`',
    expected: '`GLIBC_2.36` or older',
    actual: '`GLIBC_2.38`',
    help: 'Build in the image that the function runs in.\nnpm ci --os=linux --cpu=x64 --libc=glibc',
    count: 1,
    examples: ['/var/task/node_modules/addon/addon.node'],
    ...overrides,
  }
}

/** A passing report of an image that was published and deployed. */
export function makeReport(overrides: Partial<Report> = {}): Report {
  const digest = `sha256:${'4f1c2a'.padEnd(64, '0')}`
  return {
    schema: 1,
    version: '0.1.0',
    createdAt: '2026-11-21T10:00:00.000Z',
    verdict: 'passed',
    subject: {
      kind: 'image',
      name: 'get-customer',
      reference: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/get-customer@${digest}`,
      digest,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      architecture: 'x86_64',
      platform: 'linux/amd64',
      runtime: 'nodejs22.x',
      bytes: { compressed: 61_000_000, uncompressed: 190_840_832 },
    },
    environments: {
      runtime: {
        reference: 'public.ecr.aws/lambda/nodejs:22',
        os: { id: 'amzn', versionId: '2023', prettyName: 'Amazon Linux 2023.6.20241031', release: '2023.6.20241031' },
        libc: { family: 'glibc', version: '2.34' },
        tools: { node: '22.11.0', libstdcxx: '3.4.29' },
        source: 'scanned',
      },
      artifact: {
        reference: 'lambda-parity/get-customer:x86_64',
        digest,
        os: { id: 'amzn', versionId: '2023', prettyName: 'Amazon Linux 2023.6.20241031', release: '2023.6.20241031' },
        libc: { family: 'glibc', version: '2.34' },
        tools: { node: '22.11.0' },
        source: 'scanned',
      },
    },
    plan: { architecture: { value: 'x86_64', source: 'default' }, 'memory-size': { value: 256, source: 'function' } },
    findings: [],
    notChecked: [],
    smoke: {
      status: 'passed',
      constraints: { 'read-only-root': { value: 'true', enforced: true }, network: { value: 'none', enforced: true } },
      cases: [{ name: 'default', status: 'passed', millis: 180, initMillis: 96, response: { id: 7 } }],
    },
    stages: [
      { name: 'plan', status: 'passed', seconds: 0.2, detail: '' },
      { name: 'build', status: 'passed', seconds: 6.1, detail: 'built' },
      { name: 'check', status: 'passed', seconds: 0.1, detail: 'no findings' },
      { name: 'smoke', status: 'passed', seconds: 1.4, detail: '1 of 1 passed' },
    ],
    publication: {
      repositoryUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/get-customer',
      digest,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      tags: ['sha-a1b2c3d4e5f6'],
      reused: false,
    },
    ...overrides,
  }
}
