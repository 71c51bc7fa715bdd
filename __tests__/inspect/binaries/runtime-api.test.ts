import { expect, it } from 'vitest'
import { clientReader } from '../../../src/inspect/binaries/client-reader.ts'
import { holdsRuntimeApi, RUNTIME_API } from '../../../src/inspect/binaries/runtime-api.ts'
import { wholeFile } from '../../../src/inspect/byte-windows.ts'
import { makeElf, makeFile } from '../../builders/evidence.ts'

const plain = Buffer.from(`ELF…${RUNTIME_API}…`)
const wide = Buffer.from(`ELF…${RUNTIME_API}…`, 'utf16le')

it.each([
  [{ type: 2 }, 0o755, plain, true],
  [{ type: 3, interpreter: '/lib64/ld-linux-x86-64.so.2' }, 0o755, wide, true],
  // Static and position-independent, as Rust makes them for musl.
  [{ type: 3 }, 0o755, plain, true],
  [{ type: 3, soname: 'libric.so.1' }, 0o755, plain, false],
  [{ type: 2 }, 0o644, plain, false],
  [{ type: 2 }, 0o755, Buffer.from('AWS_LAMBDA_RUNTIME'), false],
])('knows a program that speaks the Runtime API: %o', (overrides, mode, bytes, expected) => {
  expect(holdsRuntimeApi(makeElf('/main', overrides), mode, wholeFile(bytes))).toBe(expected)
})

function holds(path: string, mode = 0o644): boolean {
  const entry = makeFile(path, { mode, size: plain.length })
  return clientReader.wants(entry, plain.subarray(0, 4)) > 0 && clientReader.read(entry, plain) !== undefined
}

it.each([
  ['/var/task/runtime.mjs', 0o644, true],
  ['/var/runtime/bootstrap', 0o755, true],
  ['/var/task/notes', 0o644, false],
  ['/app/node_modules/my-lambda-runtime/index.js', 0o644, true],
  ['/app/node_modules/aws-sdk/index.js', 0o644, false],
  ['/usr/share/doc/example.py', 0o644, false],
  ['/usr/local/lib/python3.12/site-packages/my_lambda/loop.py', 0o644, true],
  ['/usr/local/lib/python3.12/os.py', 0o644, false],
])('searches scripts of the function: %s', (path, mode, expected) => {
  expect(holds(path, mode)).toBe(expected)
})

it.each([
  ['if [ -z "$AWS_LAMBDA_RUNTIME_API" ]; then exec /usr/local/bin/aws-lambda-rie "$@"; fi', false],
  ['exec aws-lambda-rie; curl "http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/next"', true],
])('takes a script that only starts the emulator for no client: %s', (text, expected) => {
  const bytes = Buffer.from(text)
  expect(clientReader.read(makeFile('/start.sh'), bytes) !== undefined).toBe(expected)
})
