// Takes the pictures of docs/pictures: the golden Markdown of __tests__/report/examples as a browser shows it, once as wide as
// a pull request and once as wide as a phone. Needs chromium (or CHROMIUM) and fonts-noto-color-emoji; Mermaid and an
// encoder of small PNGs, which only pictures need, are installed under .lab on first use. Arguments: names of pictures, default all.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browse, PICTURES, ROOT, reportPage, tool, WIDTHS } from './report-page.ts'

function main(names: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'lambda-parity-pictures-'))
  try {
    for (const [name, parts] of Object.entries(PICTURES)) {
      if (names.length > 0 && !names.includes(name)) continue
      const markdown = parts.map((part) => read(`__tests__/report/examples/${part}.report.md`)).join('\n')
      for (const [width, pixels] of Object.entries(WIDTHS)) picture(markdown, `${name}-${width}`, pixels, folder)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function picture(markdown: string, name: string, width: number, folder: string): void {
  const page = join(folder, `${name}.html`)
  writeFileSync(page, reportPage(markdown, width))
  const height = Number(/data-height="(\d+)"/.exec(browse(page, width, folder, ['--dump-dom']))?.[1] ?? 1200)
  const to = join(ROOT, 'docs/pictures', `${name}.png`)
  mkdirSync(join(ROOT, 'docs/pictures'), { recursive: true })
  browse(page, width, folder, [`--screenshot=${to}`, `--window-size=${Math.max(500, width)},${height}`])
  shrink(to, width)
  console.log(`${name}.png: ${width} × ${height}`)
}

/** The page without the rest of the window, in 256 colours. */
function shrink(path: string, width: number): void {
  const png = createRequire(import.meta.url)(tool('upng-js/UPNG.js'))
  const image = png.decode(readFileSync(path))
  const rgba = new Uint8Array(png.toRGBA8(image)[0])
  const left = Math.floor((image.width - width) / 2)
  const rows = Array.from({ length: image.height }, (_, y) => {
    const from = (y * image.width + left) * 4
    return rgba.subarray(from, from + width * 4)
  })
  const cropped = Buffer.concat(rows)
  writeFileSync(path, Buffer.from(png.encode([new Uint8Array(cropped).buffer], width, image.height, 256)))
}

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

main(process.argv.slice(2))
