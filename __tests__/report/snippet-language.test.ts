import { expect, it } from 'vitest'
import { snippetLanguage } from '../../src/report/snippet-language.ts'

it.each([
  ['COPY --chmod=755 . /var/task/', 'dockerfile'],
  ['# the final stage\nFROM x AS build', 'dockerfile'],
  ['{"Version": "2012-10-17",\n"Statement": []}', 'json'],
  ['s3-bucket: my-artifacts', 'yaml'],
  ['- uses: actions/checkout@v4\n  with: { lfs: true }', 'yaml'],
  ['<dependency>\n</dependency>', 'xml'],
  ['npm ci --os=linux', 'sh'],
  ['GOOS=linux go build', 'sh'],
  ["import { createRequire } from 'node:module'", 'js'],
  ['#!/bin/sh', 'sh'],
  ['/var/task/a (3 MB)', 'text'],
] as const)('%s is %s', (snippet, language) => expect(snippetLanguage(snippet)).toBe(language))
