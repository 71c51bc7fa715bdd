import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import {
  CreateFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  PublishLayerVersionCommand,
} from '@aws-sdk/client-lambda'
import type { AwsStandIn } from '../../lab/aws/stand-in.ts'
import { labFolders } from '../../lab/folders.ts'
import { run as command } from '../../lab/process/command.ts'
import type { ActionResult } from '../../lab/run-action.ts'
import { buildZip } from '../builders/zip.ts'

/** Of publishing runs: the runtime is taken from our table, so that no engine is asked. */
export const FROM_TABLE = { 'runtime-image': '', smoke: 'false' }
export const NO_ENGINE = { env: { DOCKER_HOST: 'tcp://127.0.0.1:1' } }

/** A user of the stand-in's Lambda beside the action, as a team's other jobs are. */
export function lambdaUser({ endpoint, region }: AwsStandIn) {
  const credentials = { accessKeyId: 'OTHER', secretAccessKey: 'other' }
  const client = new LambdaClient({ endpoint, region, credentials })
  return {
    client,
    /** ARN of a version of one file, which claims so many bytes unpacked. */
    async layer(LayerName: string, content = LayerName, size?: number): Promise<string> {
      const claims = size === undefined ? {} : { claims: { size } }
      const ZipFile = buildZip([{ name: 'python/other.py', content, mode: 0o100644, ...claims }])
      const made = await client.send(new PublishLayerVersionCommand({ LayerName, Content: { ZipFile } }))
      return made.LayerVersionArn ?? ''
    },
    /** A function of Python 3.11 from a zip, Active. */
    async zipFunction(FunctionName: string, Layers: readonly string[] = [], more: object = {}): Promise<string> {
      const ZipFile = buildZip([{ name: 'app.py', content: 'handler = None', mode: 0o100644 }])
      const Role = 'arn:aws:iam::123456789012:role/shop'
      const fn = { FunctionName, Role, Runtime: 'python3.11', Handler: 'app.handler' } as const
      await client.send(new CreateFunctionCommand({ ...fn, Code: { ZipFile }, Layers: [...Layers], ...more }))
      for (let polls = 0; polls < 3; polls += 1) {
        await client.send(new GetFunctionConfigurationCommand({ FunctionName }))
      }
      return FunctionName
    },
  }
}

/**
 * A runner's tool cache in which nothing was built yet, below a test's folder. What the base images hold is known there as in
 * the lab's own: they do not change, and are half a gigabyte to read.
 */
export async function toolCacheIn(folder: string): Promise<string> {
  const known = join(labFolders().cache, 'tool-cache/lambda-parity/evidence')
  const tools = join(folder, 'tools')
  await mkdir(known, { recursive: true })
  await mkdir(join(tools, 'lambda-parity'), { recursive: true })
  await symlink(known, join(tools, 'lambda-parity/evidence'))
  return tools
}

/** Writes a folder laid out as under /opt. */
export async function layerFolder(root: string, files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true })
    await writeFile(join(root, name), content)
  }
  return root
}

/** Names in the zip that a run has made. */
export async function zipEntries({ outputs }: ActionResult): Promise<string[]> {
  return (await command('unzip', ['-Z1', outputs['layer-zip'] ?? ''])).trim().split('\n')
}
