import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Lab } from '../../../lab/lab.ts'
import { run } from '../../../lab/process/command.ts'
import { uniqueName } from './started.ts'

const HANDLER = `export const handler = async (event) => {
  console.log('handled')
  if (event.fail) throw new TypeError('asked to fail')
  return { id: event.id, function: process.env.AWS_LAMBDA_FUNCTION_NAME, image: 'IMAGE' }
}
`

export type HandlerImage = {
  /** Local reference; its tag is unique, and the handler answers with it as `image`. */
  readonly reference: string
  readonly tag: string
  [Symbol.asyncDispose](): Promise<void>
}

/** Builds a function on the lab's Node.js base image in the local engine. */
export async function handlerImage(lab: Lab): Promise<HandlerImage> {
  const { 'lambda/nodejs:22': base } = await lab.images(['lambda/nodejs:22'])
  const tag = uniqueName('t')
  const reference = `lambda-parity-test/handler:${tag}`
  const context = mkdtempSync(join(tmpdir(), 'handler-'))
  try {
    writeFileSync(join(context, 'app.mjs'), HANDLER.replace('IMAGE', tag))
    writeFileSync(join(context, 'Dockerfile'), `FROM ${base}\nCOPY app.mjs /var/task/\nCMD ["app.handler"]\n`)
    await run('docker', ['build', '--quiet', '--tag', reference, context])
  } finally {
    rmSync(context, { recursive: true })
  }
  return {
    ...{ reference, tag },
    [Symbol.asyncDispose]: async () => {
      await run('docker', ['image', 'rm', '--force', reference])
    },
  }
}
