import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

export const ROOT = fileURLToPath(new URL('../', import.meta.url))
const TOOLS = { mermaid: '11.12.0', 'upng-js': '2.1.0' }
/** Pictures by name, and the golden reports of `__tests__/report/examples` that each shows. */
export const PICTURES: Readonly<Record<string, readonly string[]>> = {
  passing: ['passing'],
  warning: ['warning'],
  failing: ['failing'],
  // One comment, one section for each job.
  matrix: ['matrix-arm64', 'matrix-x86_64'],
}
/** Pixels of a column on a pull request. */
export const WIDTHS = { wide: 860, phone: 390 }

/** Shows a page in headless Chromium (or CHROMIUM), contacting nobody: what its options print. `folder`: for its profile. */
export function browse(
  page: string,
  width: number,
  folder: string,
  options: readonly string[],
  program = 'chromium',
): string {
  return execFileSync(
    process.env.CHROMIUM ?? program,
    [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--disable-lcd-text', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
      `--user-data-dir=${join(folder, 'profile')}`,
      // A window is at least 500 wide: narrower pages stand in a frame of their own.
      ...['--virtual-time-budget=15000', `--window-size=${Math.max(500, width)},3000`, ...options, `file://${page}`],
    ],
    { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 * 1024 * 1024 },
  ).toString()
}

/** The Markdown as GitHub shows it, in a column so many pixels wide. */
export function reportPage(markdown: string, width: number): string {
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
    const done = () => {
      const article = document.querySelector('article')
      const { dataset } = document.documentElement
      dataset.height = Math.ceil(article.getBoundingClientRect().bottom + 8)
      // Code may be scrolled sideways; what else is wider than the column, but for a few pixels, cannot be read on a phone.
      const wide = [...article.querySelectorAll('*')].filter((one) => !one.closest('pre, svg') && one.scrollWidth > one.clientWidth * 1.05 && one.clientWidth > 0)
      dataset.wide = wide.map((one) => one.tagName + ' of ' + one.scrollWidth + ' in ' + one.clientWidth + ': ' + one.textContent.trim().slice(0, 60)).join(' | ')
      dataset.drawings = document.querySelectorAll('svg').length
    }
    for (const code of document.querySelectorAll('code.language-mermaid')) {
      code.parentElement.className = 'mermaid'
      code.parentElement.textContent = code.textContent
    }
    if (window.mermaid) { mermaid.initialize({ startOnLoad: false, securityLevel: 'strict' }); mermaid.run().then(done) } else done()
  </script>`
}

/** A file of a tool that nothing but the pictures needs. */
export function tool(path: string): string {
  const place = join(ROOT, '.lab/pictures')
  if (!existsSync(join(place, 'node_modules', path))) {
    mkdirSync(place, { recursive: true })
    const packages = Object.entries(TOOLS).map(([name, version]) => `${name}@${version}`)
    execFileSync('npm', ['install', '--prefix', place, '--no-save', ...packages], { stdio: 'inherit' })
  }
  return join(place, 'node_modules', path)
}
