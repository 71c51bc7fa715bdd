import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureBrowser } from '../../lab/browser.ts'
import { labFolders } from '../../lab/folders.ts'
import { browse, PICTURES, reportPage, WIDTHS } from '../../scripts/report-page.ts'

const folder = mkdtempSync(join(tmpdir(), 'lambda-parity-pages-'))
let browser: string
beforeAll(async () => {
  browser = await ensureBrowser(labFolders())
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a report in a real browser', () => {
  it.each(
    Object.keys(PICTURES).flatMap((name) =>
      Object.entries(WIDTHS).map(([width, pixels]) => [name, width, pixels] as const),
    ),
  )('%s, %s: nothing but code is wider than the column, and every drawing is drawn', (name, width, pixels) => {
    const markdown = (PICTURES[name] ?? [])
      .map((part) => readFileSync(`__tests__/report/examples/${part}.report.md`, 'utf8'))
      .join('\n')
    const page = join(folder, `${name}-${width}.html`)
    writeFileSync(page, reportPage(markdown, pixels))
    const shown = browse(page, pixels, folder, ['--dump-dom'], browser)
    expect(/data-wide="([^"]*)"/.exec(shown)?.[1]).toBe('')
    const drawings = markdown.match(/^```mermaid$/gm)?.length ?? 0
    expect(Number(/data-drawings="(\d+)"/.exec(shown)?.[1])).toBe(drawings)
    expect(Number(/data-height="(\d+)"/.exec(shown)?.[1])).toBeGreaterThan(300)
    // The picture of the docs was taken of a report like this one.
    expect(statSync(`docs/pictures/${name}-${width}.png`).size).toBeGreaterThan(10_000)
  })
})
