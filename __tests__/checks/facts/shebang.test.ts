import { expect, it } from 'vitest'
import { parseShebang } from '../../../src/checks/facts/shebang.ts'

it.each([
  ['#!/bin/sh', { interpreter: '/bin/sh' }],
  ['#! \t/bin/bash -e', { interpreter: '/bin/bash' }],
  ['#!/usr/bin/env node', { interpreter: '/usr/bin/env', program: 'node' }],
  ['#!/usr/bin/env -S A=1 python3 -u', { interpreter: '/usr/bin/env', program: 'python3' }],
  ['#!/bin/sh\r', { interpreter: '/bin/sh', fault: 'carriage-return' }],
  ['#!/usr/bin/env node\r', { interpreter: '/usr/bin/env', program: 'node', fault: 'carriage-return' }],
  ['\uFEFF#!/bin/sh', { interpreter: '/bin/sh', fault: 'byte-order-mark' }],
  ['#!', undefined],
  ['echo #!/bin/sh', undefined],
])('%j', (line, expected) => {
  expect(parseShebang(line)).toEqual(expected)
})
