import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, it } from 'vitest'
import { markdownFiles, ROOT } from './markdown-files.ts'

const LINK = /!?\[[^\]\n]*\]\(([^)\s]+)(?:\s+"[^"]*")?\)|<(?:img|a)\b[^>]*?(?:src|href)="([^"]+)"/g

it.each(markdownFiles())('links of $path lead somewhere', ({ path, text }) => {
  const prose = text.replaceAll(/^( *)(`{3,})[\s\S]*?^\1\2`*$/gm, '').replaceAll(/`[^`\n]*`/g, '')
  const targets = [...prose.matchAll(LINK)].map(([, markdown, html]) => markdown ?? html ?? '')
  const broken = targets.filter((target) => !/^(?:https?:|mailto:)/.test(target) && !leadsSomewhere(path, target))
  expect(broken).toEqual([])
})

function leadsSomewhere(from: string, target: string): boolean {
  const [path = '', anchor] = decodeURI(target).split('#')
  const file = path === '' ? from : normalize(join(dirname(from), path))
  if (file.startsWith('..') || !existsSync(join(ROOT, file))) return false
  if (anchor === undefined || !file.endsWith('.md') || statSync(join(ROOT, file)).isDirectory()) return true
  return anchorsOf(readFileSync(join(ROOT, file), 'utf8')).includes(anchor)
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
