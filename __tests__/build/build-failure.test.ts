import { describe, expect, it } from 'vitest'
import { buildFailure } from '../../src/build/build-failure.ts'

/** End of a log as BuildKit 0.25 (engine 28) prints it. */
function log(step: string, output: string, line: string, reason: string): string {
  return [
    '#5 [2/2] RUN ...',
    '------',
    ` > ${step}:`,
    ...(output === '' ? [] : [output]),
    '------',
    'Dockerfile:3',
    '--------------------',
    '   1 |     FROM scratch',
    `   3 | >>> ${line}`,
    '--------------------',
    `ERROR: failed to build: failed to solve: ${reason}`,
    '',
  ].join('\n')
}

/** The same of BuildKit in engine 20.10: no place in the Dockerfile, and its frontend's words before the reason. */
function oldLog(step: string, reason: string): string {
  const wrapping =
    'rpc error: code = Unknown desc = failed to solve with frontend dockerfile.v0: failed to create LLB definition: '
  return ['------', ` > ${step}:`, '------', `ERROR: failed to build: failed to solve: ${wrapping}${reason}`].join('\n')
}

const METADATA = '[internal] load metadata for 127.0.0.1:5000/base:1'
const RESOLVE = '127.0.0.1:5000/base:1: failed to resolve source metadata for 127.0.0.1:5000/base:1: '
const EXIT_1 = 'process "/bin/sh -c npm ci" did not complete successfully: exit code: 1'

describe('buildFailure', () => {
  it('shows the step, its line, its last output and the reason', () => {
    const error = buildFailure(log('[2/2] RUN npm ci', '0.512 npm error code E404', 'RUN npm ci', EXIT_1), 1)
    expect(error.code).toBe('build-failed')
    expect(error.message.split('\n')).toEqual([
      'The image could not be built (Dockerfile:3, [2/2] RUN npm ci): exit code: 1',
      '0.512 npm error code E404',
    ])
    expect(error.help).toMatch(/log group of the build/)
  })

  it("shows what the step printed, not only the builder's last lines of it, without advertisements", () => {
    const printed = ['#5 4.11 #7 is no step', '#5 5.24 npm error code 1', '#5 5.24 npm notice', '#5 5.25', '#6 0.1 ok']
    const end = log('[2/2] RUN npm ci', '5.24 npm notice\n5.25', 'RUN npm ci', EXIT_1)
    const whole = [...printed, '#5 ERROR: process "/bin/sh -c npm ci" did not complete', end].join('\n')
    expect(buildFailure(whole, 1).message.split('\n').slice(1)).toEqual(['4.11 #7 is no step', '5.24 npm error code 1'])
  })

  it.each([
    ['npm error code SELF_SIGNED_CERT_IN_CHAIN', 'NODE_EXTRA_CA_CERTS=/tmp/ca.pem npm ci'],
    ['[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed', 'PIP_CERT=/tmp/ca.pem pip install'],
    ['tls: failed to verify certificate: x509: certificate signed by unknown authority', 'SSL_CERT_FILE=/tmp/ca.pem'],
  ])('names the variable of the program that met %s', (output, help) => {
    expect(buildFailure(log('[2/2] RUN x', `0.5 ${output}`, 'RUN x', EXIT_1), 1).help).toContain(help)
  })

  it('keeps the last 20 lines of output', () => {
    const output = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n')
    const lines = buildFailure(log('[2/2] RUN npm ci', output, 'RUN npm ci', EXIT_1), 1).message.split('\n')
    expect(lines).toHaveLength(21)
    expect(lines.at(1)).toBe('line 10')
  })

  it.each<[string, string, RegExp]>([
    [
      'another architecture',
      log('[2/2] RUN npm ci', '0.043 exec /bin/sh: exec format error', 'RUN npm ci', EXIT_1),
      /another architecture/,
    ],
    [
      'base image missing',
      log(METADATA, '', 'FROM 127.0.0.1:5000/base:1', `${RESOLVE}127.0.0.1:5000/base:1: not found`),
      /base image was not found/,
    ],
    ['base image missing, 20.10', oldLog(METADATA, '127.0.0.1:5000/base:1: not found'), /base image was not found/],
    [
      'login wanted',
      log(METADATA, '', 'FROM x', `${RESOLVE}unexpected status from HEAD request to http://x: 401 Unauthorized`),
      /wants a login/,
    ],
    [
      'login wanted, 20.10',
      oldLog(METADATA, 'pulling from host 127.0.0.1:5000 failed with status code [manifests 1]: 401 Unauthorized'),
      /wants a login/,
    ],
    [
      'registry unreachable',
      log(
        METADATA,
        '',
        'FROM x',
        `${RESOLVE}failed to do request: Head "https://x": dial tcp 127.0.0.1:9: connect: connection refused`,
      ),
      /cannot be reached/,
    ],
    [
      'no such platform',
      log(METADATA, '', 'FROM x', `${RESOLVE}no match for platform in manifest: not found`),
      /does not exist for this architecture/,
    ],
    [
      'file not in the context',
      log(
        '[1/1] COPY a /',
        '',
        'COPY a /',
        'failed to compute cache key: failed to calculate checksum of ref a::b: "/a": not found',
      ),
      /not in the build context/,
    ],
    [
      'file not in the context, 20.10',
      'ERROR: failed to build: failed to solve: failed to compute cache key: "/a" not found: not found',
      /not in the build context/,
    ],
    [
      'Dockerfile missing',
      'ERROR: failed to build: failed to solve: failed to read dockerfile: open Dockerfile: no such file or directory',
      /Dockerfile was not found/,
    ],
    [
      'context missing',
      'ERROR: failed to build: unable to prepare context: path "x" not found',
      /context was not found/,
    ],
    ['builder missing', 'ERROR: no builder "nobuilder" found', /no builder of this name/],
    [
      'cache export',
      'ERROR: failed to build: Cache export is not supported for the docker driver.',
      /cannot export a cache/,
    ],
    [
      'ECR refuses the cache',
      'ERROR: failed to build: failed to solve: error writing manifest blob: failed commit on ref "sha256:a": unexpected status: 400 Bad Request',
      /refused the cache/,
    ],
    [
      'zstd layers, 20.10',
      'ERROR: failed to build: failed to solve: failed to register layer: Error processing tar file(exit status 1): archive/tar: invalid tar header',
      /compressed with zstd/,
    ],
    ['disk full', 'ERROR: failed to build: failed to solve: write /x: no space left on device', /disk is full/],
  ])('recognises: %s', (_name, text, message) => {
    expect(buildFailure(text, 1).message).toMatch(message)
  })

  it.each([
    ['target', 'target stage "x" could not be found', /name of a stage/],
    ['secret', 'secret npm: not found', /input secrets/],
    ['parse error', 'dockerfile parse error on line 2: unknown instruction: COPPY', /Correct the Dockerfile/],
  ])('helps with: %s', (_name, reason, help) => {
    const error = buildFailure(`ERROR: failed to build: failed to solve: ${reason}`, 1)
    expect(error.message).toBe(`The image could not be built: ${reason}`)
    expect(error.help).toMatch(help)
  })

  it.each([
    ["ERROR: Package 'numpy' requires a different Python: 3.11.2 not in '>=3.12'", /for another Python/],
    [
      'npm error The `npm ci` command can only install with an existing package-lock.json or',
      /package-lock\.json is not/,
    ],
    ['npm error code E401', /wants a login/],
    ['ERROR: HTTP error 403 while getting https://pypi.example/simple/x/', /wants a login/],
    [
      'npm error request to https://npm.example/x failed, reason: getaddrinfo EAI_AGAIN npm.example',
      /no way to the network/,
    ],
    ["error: command 'gcc' failed: No such file or directory", /has no compiler/],
    ['npm error gyp ERR! stack Error: not found: make', /has no compiler/],
    ['/bin/sh: line 1: yum: command not found', /not that of the image/],
  ])('says why a step failed that wrote: %s', (output, summary) => {
    const { message } = buildFailure(log('[2/2] RUN x', `0.512 ${output}`, 'RUN x', EXIT_1), 1)
    expect(message.split('\n')[0]).toMatch(summary)
    expect(message).toContain(output)
  })

  it('tells a command that was killed by its exit code, and no other', () => {
    const killed = (code: number) => buildFailure(log('[2/2] RUN x', '', 'RUN x', EXIT_1.replace(/\d+$/, `${code}`)), 1)
    expect(killed(137).message).toMatch(/was killed, .*want of memory/)
    expect(killed(2).message).toMatch(/exit code: 2$/)
  })

  it('does not take words of the failing command for a cause', () => {
    const reason =
      'process "/bin/sh -c test 401 Unauthorized: secret not found" did not complete successfully: exit code: 1'
    const error = buildFailure(log('[2/2] RUN test', '0.1 403 Forbidden, pull access denied', 'RUN test', reason), 1)
    expect(error.help).toMatch(/Correct what is named above/)
  })

  it('survives a log without an error line', () => {
    expect(buildFailure('#1 DONE 0.0s\nKilled\n', 137).message).toBe('The image could not be built: Killed')
    expect(buildFailure('', 1).message).toMatch(/said nothing/)
  })
})
