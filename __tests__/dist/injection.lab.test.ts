import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { CONTROLS, expectHarmless } from '../builders/harmless-markdown.ts'
import { HOSTILE } from '../builders/hostile.ts'
import { PULL_REQUEST, startWorld, type World } from './world.ts'

/** Every piece at once; a name of a file can have neither a slash nor a null byte, and at most 255 bytes. */
const ALL = HOSTILE.join(' ')
const NAMES = HOSTILE.map((piece) => `a${piece.replaceAll('/', '∕').replaceAll('\u0000', '')}b`.toWellFormed())
/** As the name of a case may be: one line of at most 100 characters. */
const CASE = '::error::pwned @octocat <img src=x> [x](https://evil.example) #1 | `` www.evil.example </details>'

const MAKE = `import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
const names = ${JSON.stringify(NAMES)}
names.forEach((name, index) => {
  const folder = '/var/task/d' + index + name
  mkdirSync(folder)
  writeFileSync(folder + '/' + name, name)
  chmodSync(folder + '/' + name, index % 2 === 0 ? 0o600 : 0o644)
  if (index % 2 === 1) symlinkSync('/nowhere/' + name, folder + '/link')
})
`
const APP = `const all = ${JSON.stringify(ALL)}
export const handler = async ({ fail }) => {
  console.log(all)
  console.error(all.split(' ').join('\\n'))
  if (fail) throw Object.assign(new Error(all), { name: '::error::pwned @octocat' })
  return { [all]: all }
}
`

let world: World
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  const suite = {
    schema: 1,
    cases: [
      { name: CASE, event: { fail: true } },
      { name: 'answers', event: {} },
    ],
  }
  const context = await world.context({
    'make.mjs': MAKE,
    'app.mjs': APP,
    'suite.json': JSON.stringify(suite),
    Dockerfile: `FROM ${world.base}
LABEL title="::error::pwned @octocat <img src=x>"
COPY app.mjs make.mjs ./
RUN /var/lang/bin/node make.mjs && echo "::error::pwned" && echo "##[error]pwned"
CMD ["app.handler"]
`,
  })
  const repository = `${world.github.owner}/${world.github.repository}`
  result = await world.run(
    { context, publish: 'never', 'smoke-suite': `${context}/suite.json` },
    {
      anonymous: true,
      env: {
        GITHUB_HEAD_REF: '::error::pwned',
        GITHUB_REF_NAME: '@octocat <b>',
        GITHUB_WORKFLOW: 'ci <!-- --> @octocat',
      },
      event: {
        name: 'pull_request',
        payload: {
          repository: { full_name: repository, private: false },
          pull_request: {
            number: PULL_REQUEST,
            title: ALL,
            head: { sha: 'feedc0de00112233445566778899aabbccddeeff', ref: ALL, repo: { full_name: repository } },
          },
        },
      },
    },
  )
})
afterAll(async () => {
  await result.dispose()
  await world[Symbol.asyncDispose]()
})

/** Members of SARIF that hold messages. */
const MESSAGES = ['text', 'markdown', 'justification']

describe('an image whose files, labels and answers are hostile', () => {
  // The run, and the documentation that an advice names.
  const isOwnLink = (url: string) => /^https:\/\/(?:github\.com|docs\.aws\.amazon\.com)\//.test(url)

  it('was read and invoked: what follows speaks of its text', () => {
    const rules = result.report?.findings.map(({ rule }) => rule)
    expect(rules).toEqual(expect.arrayContaining(['unreadable-file', 'broken-link', 'smoke']))
    expect(result.report?.smoke.cases.map(({ status }) => status)).toEqual(['failed', 'passed'])
    expect(result.log).toContain('pwned')
  })

  it('gives the runner no command of its own', () => {
    const commands = result.log.split(/\r\n|\r|\n/).filter((line) => line.trimStart().startsWith('::'))
    expect(
      commands.filter((line) => !/^::(?:group|endgroup|error|warning|notice|debug|add-mask)[ :]/.test(line)),
    ).toEqual([])
    expect(commands.filter((line) => /^::\w+(?: [^:]*)?::\s*(?:pwned|injected|x|y)\s*$/.test(line))).toEqual([])
    expect(result.log).not.toContain('##[')
    expect(result.log.replaceAll('\n', '')).not.toMatch(CONTROLS)
  })

  it('is text and nothing else in summary, comment and report.md', () => {
    const [comment] = world.github.comments(PULL_REQUEST)
    // What the comment writes beside the report: its markers, and which commit this is about.
    const body = (comment?.body ?? '')
      .replace(/^<!-- lambda-parity (?:key|section|end)=[\w%.~!*'() =-]* -->$/gm, '')
      .replace(/^> ⏱ This is about commit `\w+`; the pull request has moved on to `\w+`\.$/m, '')
    expect(body).toContain('will not run on Lambda')
    for (const text of [result.summary, body, readFileSync(result.outputs['report-markdown'] ?? '', 'utf8')]) {
      expectHarmless(text, isOwnLink)
    }
  })

  it('is text and nothing else in SARIF', () => {
    const sarif = readFileSync(result.outputs['report-sarif'] ?? '', 'utf8')
    const strings: string[] = []
    const messages: string[] = []
    JSON.parse(sarif, (key, value) => {
      if (typeof value === 'string') strings.push(value)
      if (typeof value === 'string' && MESSAGES.includes(key)) messages.push(value)
      return value
    })
    expect(messages.length).toBeGreaterThan(5)
    expect(strings.filter((text) => CONTROLS.test(text.replaceAll('\n', '')))).toEqual([])
    // §3.11.6: in a message, and nowhere else, a target behind brackets is an embedded link.
    const links = messages.flatMap((text) =>
      [...text.matchAll(/(?<!\\)\[[^\]]*(?<!\\)\]\(([^)]*)\)/g)].map(([, url]) => url ?? ''),
    )
    expect(links.filter((url) => !isOwnLink(url))).toEqual([])
  })
})
