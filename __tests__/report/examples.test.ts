import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, it } from 'vitest'
import { renderMarkdown } from '../../src/report/markdown.ts'
import type { Report } from '../../src/report/report.ts'

const RUN = {
  runUrl: 'https://github.com/octo/shop/actions/runs/4711',
  commit: 'feedc0de00112233445566778899aabbccddeeff',
}
const validate = addFormats
  .default(new Ajv2020({ strict: true, allowUnionTypes: true }))
  .compile(JSON.parse(readFileSync('docs/report.schema.json', 'utf8')))

/** Reports of real runs (scripts/report-examples.ts), and what scripts/report-pictures.ts takes its pictures of. */
it.each(['passing', 'warning', 'failing', 'matrix-x86_64', 'matrix-arm64'])('%s', async (name) => {
  const report = JSON.parse(readFileSync(new URL(`examples/${name}.report.json`, import.meta.url), 'utf8')) as Report
  validate(report)
  expect(validate.errors).toBeNull()
  const markdown = renderMarkdown(report, { budget: 65_000, ...RUN })
  await expect(markdown).toMatchFileSnapshot(`examples/${name}.report.md`)
})
