// Takes the pictures of docs/pictures: the golden Markdown of __tests__/report/examples as a browser shows it, once as wide as
// a pull request and once as wide as a phone. Needs chromium (or CHROMIUM) and fonts-noto-color-emoji; Mermaid and an
// encoder of small PNGs, which only pictures need, are installed under .lab on first use. Arguments: names of pictures, default all.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const TOOLS = { mermaid: '11.12.0', 'upng-js': '2.1.0' }
const PICTURES: Readonly<Record<string, readonly string[]>> = {
  passing: ['passing'],
  warning: ['warning'],
  failing: ['failing'],
  // One comment, one section for each job.
  matrix: ['matrix-arm64', 'matrix-x86_64'],
}
const WIDTHS = { wide: 860, phone: 390 }

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
  writeFileSync(page, html(markdown, width))
  const profile = join(folder, 'profile')
  const browser = (...options: string[]) =>
    execFileSync(
      process.env.CHROMIUM ?? 'chromium',
      [
        ...[
          '--headless',
          '--no-sandbox',
          '--disable-gpu',
          '--hide-scrollbars',
          '--disable-lcd-text',
          `--user-data-dir=${profile}`,
        ],
        // A window is at least 500 wide: narrower pages stand in a frame of their own.
        ...['--virtual-time-budget=15000', `--window-size=${Math.max(500, width)},3000`, ...options, `file://${page}`],
      ],
      { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 * 1024 * 1024 },
    ).toString()
  const height = Number(/data-height="(\d+)"/.exec(browser('--dump-dom'))?.[1] ?? 1200)
  const to = join(ROOT, 'docs/pictures', `${name}.png`)
  mkdirSync(join(ROOT, 'docs/pictures'), { recursive: true })
  browser(`--screenshot=${to}`, `--window-size=${Math.max(500, width)},${height}`)
  shrink(to, width)
  console.log(`${name}.png: ${width} × ${height}`)
}

function html(markdown: string, width: number): string {
  const body = micromark(markdown, {
    allowDangerousHtml: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  })
  const drawn = body.includes('language-mermaid')
  const require = createRequire(import.meta.url)
  const style = readFileSync(require.resolve('github-markdown-css/github-markdown-light.css'), 'utf8')
  return `<!doctype html><meta charset="utf-8"><style>${style}
    html { background: #f6f8fa }
    body { margin: 0 auto; width: ${width}px }
    article { box-sizing: border-box; background: #fff; border: 1px solid #d1d9e0; border-radius: 6px; margin: 8px; padding: 16px }
    article.markdown-body { font-size: 14px }
    pre.mermaid { background: none; text-align: center; padding: 0 }
  </style><article class="markdown-body">${body}</article>
  ${drawn ? `<script>${readFileSync(tool('mermaid/dist/mermaid.min.js'), 'utf8').replaceAll('</script', '<\\/script')}</script>` : ''}
  <script>
    const done = () => { document.documentElement.dataset.height = Math.ceil(document.querySelector('article').getBoundingClientRect().bottom + 8) }
    for (const code of document.querySelectorAll('code.language-mermaid')) {
      code.parentElement.className = 'mermaid'
      code.parentElement.textContent = code.textContent
    }
    if (window.mermaid) { mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' }); mermaid.run().then(done) } else done()
  </script>`
}

/** A file of a tool that nothing but the pictures needs. */
function tool(path: string): string {
  const place = join(ROOT, '.lab/pictures')
  if (!existsSync(join(place, 'node_modules', path))) {
    mkdirSync(place, { recursive: true })
    const packages = Object.entries(TOOLS).map(([name, version]) => `${name}@${version}`)
    execFileSync('npm', ['install', '--prefix', place, '--no-save', ...packages], { stdio: 'inherit' })
  }
  return join(place, 'node_modules', path)
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
