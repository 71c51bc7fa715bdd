import { type JsonSource, jsonComplaint } from '../inputs/json-source.ts'
import type { InputProblem } from '../inputs/problem.ts'
import type { InputName, Inputs } from '../inputs/read-inputs.ts'
import type { Architecture } from '../lambda/architecture.ts'
import type { Files } from '../ports/files.ts'
import { ELF_HEADER_BYTES, notAnEmulator } from '../smoke/emulator-binary.ts'
import { parseSuite, type SuiteCase } from '../smoke/suite.ts'
import { noLayerHandler } from './layer-handler.ts'
import { type LayerManifest, readLayerManifest } from './layer-manifest.ts'
import { noLayer } from './layer-path.ts'
import { readLayerSource } from './layer-source.ts'
import { missingFile } from './missing-file.ts'
import { type DockerfileRead, readDockerfile } from './read-dockerfile.ts'

/** What the files hold that inputs name. Members are absent when the input is, or when there is a problem. */
export type LocalFiles = DockerfileRead & {
  readonly event?: { readonly json: unknown }
  readonly expect?: { readonly json: unknown }
  readonly suite?: readonly SuiteCase[]
  /** Names in the folder of `layer-source`. */
  readonly layerSource?: readonly string[]
  /** The manifest among them. */
  readonly layerManifest?: LayerManifest
}

export type LocalFilesRead = { readonly local: LocalFiles; readonly problems: readonly InputProblem[] }

// Lambda's quota for the request of a synchronous invocation (gettingstarted-limits): 6 MB.
const LARGEST_EVENT = 6 * 1024 * 1024

/** Reads the files that inputs name, and says at once which are missing or wrong. Never rejects for a missing file. */
export async function readLocalFiles(
  inputs: Inputs,
  files: Files,
  { buildable = true }: { readonly buildable?: boolean } = {},
): Promise<LocalFilesRead> {
  const problems: InputProblem[] = []
  const read = async (input: InputName, path: string): Promise<string | undefined> => {
    const why = await missingFile(path, files)
    if (why === undefined) return await files.readText(path)
    problems.push({ input, value: path, why })
    return undefined
  }
  const json = async (input: InputName, source: JsonSource | undefined) => {
    const text = source === undefined ? undefined : 'path' in source ? await read(input, source.path) : source.given
    return text === undefined ? undefined : parseEvent(input, text, problems)
  }
  const suite = async () => {
    const path = inputs['smoke-suite']
    const text = path === undefined ? undefined : await read('smoke-suite', path)
    if (path === undefined || text === undefined) return undefined
    const parsed = parseSuite(text)
    if ('cases' in parsed) return parsed.cases
    problems.push({ input: 'smoke-suite', value: path, why: `In the file: ${parsed.problems.join('; ')}.` })
    return undefined
  }
  const certificates = async () => {
    const path = inputs['ca-bundle']
    const text = path === undefined ? undefined : await read('ca-bundle', path)
    if (path === undefined || text === undefined || text.includes('-----BEGIN CERTIFICATE-----')) return
    problems.push({ input: 'ca-bundle', value: path, why: 'There is no certificate in it. Accepted: a PEM file.' })
  }
  const emulator = async () => {
    const path = inputs['rie-path']
    if (path === undefined) return
    const why = (await missingFile(path, files)) ?? (await notRunnable(path, inputs.architecture, files))
    if (why !== undefined) problems.push({ input: 'rie-path', value: path, why })
  }
  const reportFolder = async () => {
    const path = inputs['report-dir']
    const kind = path === undefined ? undefined : await files.kind(path)
    if (path === undefined || kind === undefined || kind === 'directory') return
    problems.push({
      input: 'report-dir',
      value: path,
      why: 'That is a file. Accepted: a folder, which is made if needed.',
    })
  }
  const builds = buildable && inputs.kind !== 'layer' && inputs.image === undefined
  const layer = async () => {
    const path = inputs.kind === 'layer' ? inputs['layer-path'] : undefined
    const why = path === undefined ? undefined : await noLayer(path, files)
    if (path !== undefined && why !== undefined) problems.push({ input: 'layer-path', value: path, why })
  }
  const handler = async () => {
    const why = await noLayerHandler(inputs, files)
    if (why !== undefined) problems.push({ input: 'smoke-handler', value: inputs['smoke-handler'] ?? '', why })
  }
  const source = async () => {
    const path = inputs.kind === 'layer' ? inputs['layer-source'] : undefined
    if (path === undefined) return undefined
    const read = await readLayerSource(path, inputs, files)
    if ('names' in read) return read.names
    problems.push({ input: 'layer-source', value: path, why: read.why })
    return undefined
  }
  const [event, expect, cases, dockerfile, layerSource] = await Promise.all([
    json('smoke-event', inputs['smoke-event']),
    json('smoke-expect', inputs['smoke-expect']),
    suite(),
    builds ? readDockerfile(inputs, files, problems) : undefined,
    source(),
    layer(),
    handler(),
    certificates(),
    emulator(),
    reportFolder(),
  ])
  const manifest = layerSource === undefined ? undefined : await readLayerManifest(inputs, layerSource, files)
  const local = {
    ...(event === undefined ? {} : { event }),
    ...(expect === undefined ? {} : { expect }),
    ...(cases === undefined ? {} : { suite: cases }),
    ...dockerfile,
    ...(layerSource === undefined ? {} : { layerSource }),
    ...(manifest === undefined ? {} : { layerManifest: manifest }),
  }
  return { local, problems }
}

function parseEvent(input: InputName, text: string, problems: InputProblem[]): { json: unknown } | undefined {
  if (Buffer.byteLength(text) > LARGEST_EVENT) {
    problems.push({ input, why: 'It is larger than 6 MB, which is more than Lambda takes in one invocation.' })
    return undefined
  }
  try {
    return { json: JSON.parse(text) }
  } catch (error) {
    problems.push({ input, why: `The file holds no JSON: ${jsonComplaint(error)}.` })
    return undefined
  }
}

async function notRunnable(
  path: string,
  architecture: Architecture = 'x86_64',
  files: Files,
): Promise<string | undefined> {
  const fault = notAnEmulator((await files.readStart(path, ELF_HEADER_BYTES)) ?? new Uint8Array(), architecture)
  if (fault === undefined) return undefined
  return `It cannot be run as runtime interface emulator: ${fault}. Accepted: an aws-lambda-rie for ${architecture}.`
}
