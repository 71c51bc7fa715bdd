import { expect, it } from 'vitest'
import { isPlaceholder } from '../../../src/inspect/node/placeholder.ts'

it.each([
  ['what only tells, and fails', 'echo "It should be replaced"\n\necho "Did the script run?"\nexit 1\n', true],
  ['the same for a shell', '#!/usr/bin/env bash\n# a stand-in\nprintf "not installed" >&2\nexit 127', true],
  ['what throws at once', '#!/usr/bin/env node\n// stand-in\n"use strict";\nthrow new Error(`not installed`)\n', true],
  ['what throws later', '#!/usr/bin/env node\nconst own = require("./own")\nthrow new Error(own)\n', false],
  ['what ends well', 'echo "hello"\nexit 0\n', false],
  ['what does something before it fails', '#!/bin/sh\nexec "$0.real" "$@"\nexit 1\n', false],
  ['another language', '#!/usr/bin/perl\nexit 1\n', false],
  ['what says nothing', '#!/bin/sh\nexit 1\n', false],
  ['a text that is no script', 'MIT License\n', false],
])('takes for a placeholder %s, or not', (_, text, expected) => {
  expect(isPlaceholder(text)).toBe(expected)
})
