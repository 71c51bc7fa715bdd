import { describe, expect, it } from 'vitest'
import type { ReportedFinding, SmokeCase, SmokeReport } from '../../src/report/report.ts'
import { smokeFindings } from '../../src/smoke/findings.ts'
import { tiePredictions } from '../../src/smoke/prediction.ts'

const glibc: ReportedFinding = {
  rule: 'symbol-version',
  level: 'error',
  confidence: 'proven',
  subject: '/var/task/node_modules/addon/build/Release/addon.node',
  owner: 'pkg:npm/addon',
  message: '`addon.node` needs `GLIBC_2.38` of `libc.so.6`',
  help: 'Build it in the image.\nRUN npm ci',
  count: 1,
  examples: ['/var/task/node_modules/addon/build/Release/addon.node'],
}
const tag: ReportedFinding = {
  ...glibc,
  rule: 'python-extension-tag',
  subject: '/var/task/pydantic_core',
  owner: 'pkg:pypi/pydantic-core',
  message: 'One file is tagged `cpython-312`',
  examples: ['/var/task/pydantic_core/_pydantic_core.cpython-312-x86_64-linux-gnu.so'],
}
const size: ReportedFinding = { ...glibc, rule: 'size-limit', subject: 'image', examples: [] }

function failed(message: string, logTail?: string): SmokeCase {
  return {
    name: 'default',
    status: 'failed',
    millis: 10,
    error: { type: 'Runtime.ImportModuleError', message },
    ...(logTail && { logTail }),
  }
}

function tie(findings: readonly ReportedFinding[], ...cases: readonly SmokeCase[]) {
  const status = cases.some((one) => one.status === 'failed') ? 'failed' : 'passed'
  const report: SmokeReport = { status, constraints: {}, cases }
  return tiePredictions(findings, smokeFindings(report), report)
}

describe('a failed case', () => {
  it.each([
    [
      'the path',
      glibc,
      "/lib/libc.so.6: version `GLIBC_2.38' not found (required by /var/task/node_modules/addon/build/Release/addon.node)",
    ],
    ['the version', glibc, "/lib/libc.so.6: version `GLIBC_2.38' not found (required by ../x.node)"],
    ['the package', tag, "Unable to import module 'app': No module named 'pydantic_core._pydantic_core'"],
  ])('that names %s is tied to the finding', (_, finding, message) => {
    const location = { file: 'Dockerfile', line: 8 }
    const [found, smoke] = tie([{ ...finding, location }], failed(message))
    expect(found).toMatchObject({
      rule: finding.rule,
      confirmedBy: ['default'],
      message: expect.stringContaining('the smoke failed on it'),
    })
    expect(smoke).toMatchObject({
      rule: 'smoke',
      predictedBy: [`${finding.rule} ${finding.subject}`],
      help: finding.help,
      location,
    })
  })

  it('that names nothing is tied to the error that says that it fails', () => {
    const claim = { ...tag, breaks: ['import app', 'import pydantic'] }
    const case_ = { ...failed("No module named 'another'"), name: 'import pydantic' }
    expect(tie([claim], case_)[0]).toMatchObject({ confirmedBy: ['import pydantic'] })
    expect(tie([{ ...claim, level: 'warning' }], case_)[0]).not.toHaveProperty('confirmedBy')
  })

  it.each(['Runtime.ExitError', 'Sandbox.Timedout'])('of %s is tied to the client that is not there', (type) => {
    const client = { ...glibc, rule: 'runtime-interface-client', subject: 'ENTRYPOINT', examples: [], message: 'none' }
    const case_ = {
      ...failed('exit status 1: No module named awslambdaric'),
      error: { type, message: 'exit status 1' },
    }
    expect(tie([client], case_)[0]).toMatchObject({ confirmedBy: ['default'] })
  })

  it('that does not find a package is tied to the link in its place', () => {
    const link = {
      ...glibc,
      rule: 'broken-link',
      subject: '/var/task/node_modules/shared',
      examples: [],
      message: 'it',
    }
    const other = { ...link, subject: '/var/task/node_modules/share' }
    const case_ = failed("Error: Cannot find module 'shared/dates' Require stack: - /var/task/index.js")
    const [first, second] = tie([other, link], case_)
    expect([first?.confirmedBy, second?.confirmedBy]).toEqual([[], ['default']])
  })

  it.each(['ended by SIGBUS', 'ended by signal 7'])('that %s is tied to the file that was cut off', (message) => {
    const [found] = tie([{ ...glibc, rule: 'corrupt-binary', message: 'it is cut off' }], failed(message))
    expect(found?.confirmedBy).toEqual(['default'])
  })

  it('says of what was taken for harmless that it is not', () => {
    const [found] = tie([{ ...tag, level: 'warning' }], failed("No module named 'pydantic_core._pydantic_core'"))
    expect(found?.message).toBe(`${tag.message}; but the smoke failed on it (\`default\`)`)
  })

  it('is tied to the finding that its log names most precisely', () => {
    const other = { ...glibc, subject: '/var/task/other.node', owner: 'pkg:npm/other', examples: [] }
    const [first, second] = tie(
      [other, glibc],
      failed(
        'init failed',
        "version `GLIBC_2.38' not found (required by /var/task/node_modules/addon/build/Release/addon.node)",
      ),
    )
    expect([first?.confirmedBy, second?.confirmedBy]).toEqual([[], ['default']])
  })

  it('of another reason is tied to none, and says nothing of sizes', () => {
    const [found, other, smoke] = tie([glibc, size], failed("Cannot find module 'pg'"))
    expect(found).toMatchObject({
      confirmedBy: [],
      message: expect.stringContaining('the smoke failed on something else before it could tell'),
    })
    expect(other).toEqual(size)
    expect(smoke).not.toHaveProperty('predictedBy')
  })

  it('is tied to the file that is the missing module, and to the folder whose code ran, not to a word within another package', () => {
    const cffi = {
      ...tag,
      subject: '/opt/python/_cffi_backend.cpython-312-x86_64-linux-gnu.so',
      owner: 'pkg:pypi/cffi',
      message: '`import nacl` fails',
      examples: [],
    }
    const darwin = {
      ...cffi,
      subject: '/opt/python/zmq/backend/cython/_zmq.cpython-311-darwin.so',
      owner: 'pkg:pypi/pyzmq',
    }
    const log =
      'File "/opt/python/zmq/backend/cython/__init__.py", line 6\nFile "/opt/python/zmq/backend/cffi/__init__.py", line 9'
    const backend = { ...failed("No module named '_cffi_backend'"), name: 'import _cffi_backend' }
    const zmq = { ...failed("No module named 'zmq.backend.cffi._cffi'", log), name: 'import zmq' }
    const [first, second] = tie([cffi, darwin], backend, zmq)
    expect([first?.confirmedBy, second?.confirmedBy]).toEqual([['import _cffi_backend'], ['import zmq']])
    expect(tie([cffi], zmq)[0]).toMatchObject({ confirmedBy: [] })
  })

  it('is not tied to a folder because something in it is named', () => {
    const many = { ...tag, rule: 'missing-library', level: 'warning' as const, subject: '/opt/python', examples: [] }
    const one = { ...glibc, subject: '/opt/python/cv2/cv2.abi3.so', message: 'It needs `libGL.so.1`', examples: [] }
    const log = 'File "/opt/python/cv2/__init__.py", line 181\nImportError: libGL.so.1: cannot open shared object file'
    const [, second] = tie([many, one], failed('libGL.so.1: cannot open shared object file', log))
    expect(second).toMatchObject({ confirmedBy: ['default'] })
  })

  it('is not tied to a script because another package has one of that name', () => {
    const css = { ...glibc, subject: '/opt/nodejs/node_modules/lightningcss', owner: 'pkg:npm/lightningcss' }
    const addon = { ...css, message: 'no addon', examples: ['/opt/nodejs/node_modules/lightningcss/node/index.js'] }
    const swc = {
      ...css,
      message: 'no part',
      subject: '/opt/nodejs/node_modules/@swc/core',
      owner: 'pkg:npm/%40swc/core',
    }
    const log = 'at Object.<anonymous> (/opt/nodejs/node_modules/@swc/core/index.js:66:17)'
    const [first, second] = tie([addon, { ...swc, examples: [] }], failed('Failed to load native binding', log))
    expect([first?.confirmedBy, second?.confirmedBy]).toEqual([[], ['default']])
  })

  it('is tied to the file of a name that cannot be imported', () => {
    const imaging = {
      ...tag,
      subject: '/opt/python/PIL/_imaging.cpython-312-x86_64-linux-gnu.so',
      owner: 'pkg:pypi/pillow',
      examples: [],
    }
    const [found] = tie([imaging], failed("cannot import name '_imaging' from 'PIL' (/opt/python/PIL/__init__.py)"))
    expect(found).toMatchObject({ confirmedBy: ['default'] })
  })

  it('is not tied by a part of a word', () => {
    const short = { ...glibc, subject: '/var/task/a.node', examples: [], owner: 'pkg:npm/pg', message: 'x' }
    const [found] = tie([short], failed("Cannot find module 'data.node' of pgx"))
    expect(found).toMatchObject({ confirmedBy: [] })
  })
})

it('writes no backtick of an error as the beginning of code', () => {
  const [, smoke] = tie([glibc], failed("/lib/libm.so.6: version `GLIBC_2.38' not found (required by /var/task/x.so)"))
  expect(smoke?.message).toMatch(/version 'GLIBC_2\.38' not found .* \(`symbol-version` found why: `[^`]+`\)$/)
})

it('says of an error that no passed case came to it, and leaves warnings as they are', () => {
  const warning: ReportedFinding = { ...glibc, level: 'warning' }
  const [error, same] = tie([glibc, warning], { name: 'default', status: 'passed', millis: 10 })
  expect(error).toMatchObject({ confirmedBy: [], message: expect.stringMatching(/; no smoke case failed on it$/) })
  expect(same).toEqual(warning)
})

it('says nothing when the smoke did not run', () => {
  const report: SmokeReport = { status: 'skipped', constraints: {}, cases: [] }
  expect(tiePredictions([glibc], [], report)).toEqual([glibc])
})

it('ties nothing to what holds in other runtimes than the one that was tried', () => {
  const elsewhere = { ...glibc, runtimes: ['python3.9'] }
  const there = { ...glibc, runtimes: ['python3.11', 'python3.9'] }
  const passed: SmokeReport = {
    status: 'passed',
    constraints: {},
    cases: [{ name: 'one', status: 'passed', millis: 1 }],
  }
  expect(tiePredictions([elsewhere, there, glibc], [], passed, ['python3.11', 'python3.9'])).toMatchObject([
    elsewhere,
    { confirmedBy: [] },
    { confirmedBy: [] },
  ])
  expect(tiePredictions([elsewhere], [], passed, ['python3.11', 'python3.9'])).toEqual([elsewhere])
})
