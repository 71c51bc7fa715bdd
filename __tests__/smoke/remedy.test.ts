import { expect, it } from 'vitest'
import { smokeFindings } from '../../src/smoke/findings.ts'
import { NOTHING_TO_START, remedy } from '../../src/smoke/remedy.ts'

const ERRORS: readonly (readonly [string, RegExp])[] = [
  [NOTHING_TO_START, /^Set ENTRYPOINT to the runtime interface client/],
  ["/lib64/libc.so.6: version `GLIBC_2.39' not found (required by /a)", /newer system/],
  ['libglib-2.0.so.0: cannot open shared object file: No such file or directory', /final stage/],
  ['libc.musl-x86_64.so.1: cannot open shared object file', /musl/],
  ['fork/exec /main: exec format error', /architecture/],
  ['fork/exec /main: no such file or directory', /ENTRYPOINT/],
  ['fork/exec /main: permission denied', /chmod=755/],
  [
    "RuntimeError: cannot cache function 'rdist': no locator available for file '/opt/python/umap/layouts.py'",
    /NUMBA_CACHE_DIR=\/tmp/,
  ],
  ["EROFS: read-only file system, mkdir '/home/sbx_user1051'", /\/tmp/],
  ["[Errno 30] Read-only file system: '/var/task/x'", /\/tmp/],
  ["[Errno 13] Permission denied: '/var/task/app.py'", /readable/],
  ['was compiled against a different Node.js version using NODE_MODULE_VERSION 115', /native module/],
  ['entrypoint requires the handler name to be the first argument', /exactly one/],
  ['exec: "app.handler": executable file not found in $PATH', /interface client/],
  ['Runtime exited without providing a reason', /interface client/],
  ["Runtime exited without providing a reason: No module named 'app'", /is missing/],
  ["No module named 'pydantic_core._pydantic_core'", /another system/],
  ['exit status 127: /var/runtime/bootstrap: 5: curl: not found', /final stage/],
  ['exit status 127: /var/task/run.sh: line 2: jq: command not found', /calls a program/],
  ["Runtime.HandlerNotFound: Handler 'handler' missing on module 'app'", /exports no function of that name/],
  ['getaddrinfo EAI_AGAIN example.com', /smoke-network: bridge/],
  ['Runtime exited with error: signal: killed', /memory-size/],
]

it.each(ERRORS)('%s', (message, help) => {
  expect(remedy({ type: 'Runtime.ExitError', message }, '')).toMatch(help)
})

it("looks into the function's log when the error says nothing", () => {
  const error = { type: 'Runtime.ExitError', message: 'Runtime exited with error: exit status 127' }
  expect(
    remedy(error, '/main: error while loading shared libraries: libz.so.1: cannot open shared object file'),
  ).toMatch(/final stage/)
})

it('makes one finding per failed case and none of the others', () => {
  const error = { type: 'Runtime.HandlerNotFound', message: 'app.nope is undefined' }
  const findings = smokeFindings({
    status: 'failed',
    constraints: {},
    cases: [
      { name: 'good', status: 'passed', millis: 5, response: 1 },
      { name: 'bad', status: 'failed', millis: 5, error },
    ],
  })
  expect(findings).toMatchObject([{ rule: 'smoke', level: 'error', confidence: 'proven', subject: 'bad' }])
  expect(findings[0]?.message).toContain('Runtime.HandlerNotFound: app.nope')
})

it('tells the makers of a layer about the layer', () => {
  const error = { type: 'Error', message: "Cannot find module 'pg'" }
  expect(remedy(error, '', 'layer')).toMatch(/into the layer/)
  expect(remedy(error, '', 'image')).toMatch(/LAMBDA_TASK_ROOT/)
  expect(remedy({ type: 'ImportError', message: 'libodbc.so.2: cannot open shared object file' }, '', 'layer')).toMatch(
    /opt\/lib/,
  )
})
