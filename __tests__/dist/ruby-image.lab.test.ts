import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { ActionResult } from '../../lab/run-action.ts'
import { GEMS } from './ruby-gems.ts'
import { startWorld, type World } from './world.ts'

let world: World
let images: Record<'lambda/ruby:3.3' | 'sam/build-ruby3.3:latest', string>
let result: ActionResult
beforeAll(async () => {
  world = await startWorld()
  images = await world.lab.images(['lambda/ruby:3.3', 'sam/build-ruby3.3:latest'])
}, 900_000)
afterEach(() => result.dispose())
afterAll(async () => {
  expect(await world.leftovers()).toEqual([])
  await world[Symbol.asyncDispose]()
})

const files = GEMS.find(({ name }) => name === 'sums')?.files ?? {}
const APP =
  "require 'sums'\nmodule Shop\n  def self.total(event:, context:) = { sum: event['add'] + Sums.answer }\nend\n"
const GEMSPEC = `Gem::Specification.new do |s|
  s.name = 'sums'
  s.version = '1.0.0'
  s.summary = 'a gem of a test'
  s.authors = ['nobody']
  s.extensions = ['ext/sums/extconf.rb']
  s.files = Dir['**/*'].select { |file| File.file?(file) }
end
`

/** A function with a gem that is compiled in SAM's build image. */
const run = async (command: string, home = '3.3.0') => {
  const places = Object.entries(files).map(([path], index) => `COPY ${index}.txt /gem/${path}`)
  const install = `gem install -q --local --no-document --install-dir /bundle/${home} sums-1.0.0.gem`
  const context = await world.context({
    ...Object.fromEntries(Object.entries(files).map(([, text], index) => [`${index}.txt`, text])),
    'gem.gemspec': GEMSPEC,
    'app.rb': APP,
    Dockerfile: `FROM ${images['sam/build-ruby3.3:latest']} AS build
WORKDIR /gem
${places.join('\n')}
COPY gem.gemspec ./
RUN gem build -q gem.gemspec && ${install}
FROM ${images['lambda/ruby:3.3']}
COPY --from=build /bundle /var/task/vendor/bundle/ruby
COPY app.rb ./
CMD ["${command}"]
`,
  })
  const event = { 'smoke-event': '{"add":1}', 'smoke-expect': '{"sum":43}' }
  result = await world.run(
    { context, publish: 'never', 'runtime-image': images['lambda/ruby:3.3'], ...event },
    { anonymous: true },
  )
}
const problems = () =>
  result.report?.findings.filter(({ level, rule }) => level !== 'note' && rule !== 'runtime-deprecated') ?? []

it('a function of Ruby with a compiled gem is built, checked and invoked', async () => {
  await run('app.Shop.total')
  expect([result.exitCode, result.report?.failure, problems()]).toEqual([0, undefined, []])
  expect(result.report?.subject.runtime).toBe('ruby3.3')
  expect(result.report?.smoke.cases[0]).toMatchObject({ status: 'passed', response: { sum: 43 } })
  expect(result.report?.environments.artifact?.tools).toMatchObject({ ruby: expect.stringMatching(/^3\.3/) })
})

it('a handler without its file is found by the checks, and fails for it', async () => {
  await run('shop.Shop.total')
  expect(problems()).toMatchObject([
    { rule: 'handler', level: 'error', actual: expect.stringContaining('no such file'), confirmedBy: ['default'] },
    { rule: 'smoke', predictedBy: ['handler CMD'] },
  ])
  expect(result.report?.smoke.cases[0]?.error).toMatchObject({
    type: 'Init<LoadError>',
    message: 'cannot load such file -- shop',
  })
})

it('gems in the folder of another Ruby are found by the checks, and the function fails for it', async () => {
  await run('app.Shop.total', '3.2.0')
  expect(problems()).toMatchObject([
    { rule: 'ruby-layout', level: 'error', subject: '/var/task/vendor/bundle/ruby/3.2.0', confirmedBy: ['default'] },
    { rule: 'smoke', predictedBy: ['ruby-layout /var/task/vendor/bundle/ruby/3.2.0'] },
  ])
  expect(result.report?.smoke.cases[0]?.error?.message).toBe('cannot load such file -- sums')
})
