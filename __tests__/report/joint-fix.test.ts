import { expect, it } from 'vitest'
import { jointFixes } from '../../src/report/joint-fix.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { makeFinding, makeReport } from '../builders/report.ts'

const wheel = (name: string) =>
  makeFinding({ subject: `/opt/python/${name}`, help: `Another Python's.\npip install --target python ${name}` })

it('packages of one mistake are mended by one command', () => {
  const findings = [wheel('numpy'), makeFinding({ help: 'Make it readable.\nchmod 755 a' }), wheel('pandas')]
  expect(jointFixes(findings)).toEqual(['Fix 1 and 3 at once:\n```sh\npip install --target python numpy pandas\n```'])
})

it('what is only warned about is mended by the way, when the command is the same', () => {
  const warned = [wheel('pandas'), wheel('numpy'), wheel('lxml'), makeFinding({ help: 'Other.\nchmod 755 a' })]
  expect(jointFixes([wheel('numpy')], warned)).toEqual([
    'Fix 1 and 2 warnings at once:\n```sh\npip install --target python numpy pandas lxml\n```',
  ])
  expect(jointFixes([], warned)).toEqual([])
})

it('what is installed with others is named once, with what is said about it', () => {
  const shared = makeFinding({
    help: 'Gone.\n# as a whole\npip install --target python --no-cache-dir numpy google-auth',
  })
  const other = makeFinding({ help: 'Gone.\npip install --target python --no-cache-dir google-auth lxml' })
  expect(jointFixes([shared])).toEqual([])
  expect(jointFixes([shared, other])).toEqual([
    'Fix 1 and 2 at once:\n```sh\n# as a whole\npip install --target python --no-cache-dir numpy google-auth lxml\n```',
  ])
})

it('stands below the last cause', () => {
  const markdown = renderMarkdown(
    makeReport({ verdict: 'failed', findings: [wheel('numpy'), wheel('pandas'), wheel('lxml')] }),
    { budget: 65_000 },
  )
  const at = markdown.indexOf('Fix 1, 2 and 3 at once:')
  expect(at).toBeGreaterThan(markdown.indexOf('❌ 3.'))
  expect(markdown.slice(at)).toContain('pip install --target python numpy pandas lxml')
})

it.each([
  ['the same command twice', ['npm rebuild sharp', 'npm rebuild sharp']],
  ['a copy, whose last word is where it goes', ['cp a /opt/lib', 'cp b /opt/bin']],
  ['words that a shell would read', ['npm install `a`', 'npm install $b']],
  ['quoted words', ["npm install 'a b'", "npm install 'c d'"]],
  ['a command that goes on', ['chmod 755 a && zip x', 'chmod 755 a && zip y']],
  ['an option that differs', ['npm install --cpu=x64 a', 'npm install --cpu=arm64 b']],
  ['several lines', ['npm install a\nnpm test', 'npm install b\nnpm test']],
  ['advice only', ['', '']],
])('leaves alone %s', (_, commands) => {
  expect(jointFixes(commands.map((command) => makeFinding({ help: `Do so.\n${command}` })))).toEqual([])
})
