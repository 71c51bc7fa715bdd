import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { up } from '../../../lab/lab.ts'
import { run } from '../../../lab/process/command.ts'
import { untilAnswered } from './invocation.ts'

const HANDLER = `module Shop
  def self.greet(event:, context:)
    raise ArgumentError, 'no name' unless event['name']

    { greeting: "Hello #{event['name']}", api: RbConfig::CONFIG['ruby_version'], cwd: Dir.pwd, path: ENV['GEM_PATH'],
      environment: ENV['AWS_EXECUTION_ENV'], left: context.get_remaining_time_in_millis.positive? }
  end
end
`

/** The stand-in on a real engine; its interface client is the lab's own. */
describe('lambda/ruby:3.3', () => {
  let image: string
  let task: string
  const containers: string[] = []

  beforeAll(async () => {
    task = mkdtempSync(join(tmpdir(), 'task-'))
    writeFileSync(join(task, 'app.rb'), HANDLER)
    const lab = await up({ images: ['lambda/ruby:3.3'] })
    image = (await lab.images(['lambda/ruby:3.3']))['lambda/ruby:3.3']
  })
  afterAll(async () => {
    if (containers.length > 0) await run('docker', ['rm', '--force', '--volumes', ...containers])
    rmSync(task, { recursive: true })
  })

  const started = async (handler: string) => {
    const mount = ['--volume', `${task}:/var/task:ro`]
    const argv = ['run', '--detach', '--label', 'lambda-parity.lab=true', ...mount, image, handler]
    const id = (await run('docker', argv)).trim()
    containers.push(id)
    return id
  }

  it('answers through the emulator, with the gems of layers in its path, and tells errors as Ruby functions do', async () => {
    const id = await started('app.Shop.greet')
    expect(await untilAnswered(id, { name: 'Ada' })).toEqual({
      greeting: 'Hello Ada',
      api: '3.3.0',
      cwd: '/var/task',
      path: expect.stringMatching(/^\/var\/task\/vendor\/bundle\/ruby\/3\.3\.0:\/opt\/ruby\/gems\/3\.3\.0:/),
      environment: 'AWS_Lambda_ruby3.3',
      left: true,
    })
    const error = { errorType: 'Function<ArgumentError>', errorMessage: 'no name' }
    expect(await untilAnswered(id, {})).toMatchObject(error)
  })

  it('says what hinders it to begin', async () => {
    expect(await untilAnswered(await started('gone.handler'), {})).toMatchObject({
      errorType: 'Init<LoadError>',
      errorMessage: 'cannot load such file -- gone',
    })
  })
})
