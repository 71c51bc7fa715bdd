import type { BaselinePlan } from '../baseline/baseline.ts'
import { LARGEST_REPORT, readEarlierReport } from '../baseline/earlier-report.ts'
import { ActionError } from '../errors.ts'
import { parseImageReference } from '../image-reference.ts'
import type { InputProblem } from '../inputs/problem.ts'
import type { Inputs } from '../inputs/read-inputs.ts'
import { unqualifiedFunction } from '../plan/target.ts'
import type { Files } from '../ports/files.ts'
import type { LambdaApi } from '../ports/lambda-api.ts'
import { neighbours } from './neighbours.ts'

export type BaselineRead = { readonly baseline?: BaselinePlan; readonly problems: readonly InputProblem[] }

const DEPLOYED = 'deployed'
const ACCEPTED = 'Accepted: the path of an earlier report.json, an image reference, or `deployed`.'
const FIRST_RUN = 'Where the first run has none, leave `baseline` empty.'

/**
 * What `baseline` names, as far as files tell. A file that is not there or is no report is a wrong input; an image is
 * looked up later, and one that cannot be read stops nothing.
 */
export async function readBaseline(
  inputs: Pick<Inputs, 'baseline' | 'kind' | 'function-name'>,
  files: Files,
): Promise<BaselineRead> {
  const { baseline: asked, kind = 'image' } = inputs
  if (asked === undefined) return { problems: [] }
  const wrong = (why: string): BaselineRead => ({ problems: [{ input: 'baseline', value: asked, why }] })
  if (asked === DEPLOYED) {
    if (kind === 'layer')
      return wrong('A layer is not deployed as an image. Accepted: the path of an earlier report.json.')
    if (unqualifiedFunction(inputs as Inputs) !== undefined) return { problems: [] }
    return wrong('It is the image that a function runs now: name the function in `function-name`.')
  }
  const there = await files.kind(asked)
  if (there === 'file') {
    const read = await readReport(asked, kind, files)
    return 'complaint' in read ? wrong(read.complaint) : { baseline: read, problems: [] }
  }
  if (there !== undefined) return wrong(`That is a folder, and a file is needed. ${ACCEPTED}`)
  if (looksLikePath(asked)) return wrong(`There is no such file.${await neighbours(asked, files)} ${FIRST_RUN}`)
  if (parseImageReference(asked) === undefined) return wrong(`It is neither a file nor an image reference. ${ACCEPTED}`)
  if (kind === 'layer') return wrong('A layer is no image. Accepted: the path of an earlier report.json.')
  return { baseline: { from: 'image', reference: asked }, problems: [] }
}

/** `report.json`, `./x`, `../x`, `/x`: nobody means an image by them. */
function looksLikePath(text: string): boolean {
  return /^(?:\.{0,2}\/|~)|\.json$|\\/.test(text)
}

async function readReport(path: string, kind: string, files: Files): Promise<BaselinePlan | { complaint: string }> {
  const text = (await files.readText(path)) ?? ''
  if (text.length > LARGEST_REPORT) return { complaint: 'It is larger than 64 MiB, which no report is.' }
  const read = readEarlierReport(text)
  if ('complaint' in read) return read
  const { subject } = read.report
  if (subject.kind === kind) return { from: 'report', path, report: read.report }
  const [theirs, ours] = [subject.kind, kind].map((word) => `${word === 'image' ? 'an' : 'a'} ${word}`)
  return { complaint: `It is the report of ${theirs}, and this run is about ${ours}.` }
}

/** The image that the function runs now, by digest. Never rejects but when cancelled: without it the run goes on. */
export async function deployedBaseline(
  inputs: Inputs,
  lambda: Pick<LambdaApi, 'getFunction'> | undefined,
): Promise<BaselinePlan | undefined> {
  const functionName = unqualifiedFunction(inputs)
  if (inputs.baseline !== DEPLOYED || functionName === undefined) return undefined
  const nothing = (unread: string): BaselinePlan => ({ from: 'nothing', asked: DEPLOYED, unread })
  if (lambda === undefined)
    return nothing(`without AWS credentials and a region nobody tells what ${functionName} runs`)
  try {
    const found = await lambda.getFunction(functionName)
    if (found === undefined) return nothing(`the function ${functionName} does not exist yet`)
    const reference = found.resolvedImageUri ?? found.imageUri
    if (reference === undefined) return nothing(`the function ${functionName} runs no image (${found.packageType})`)
    return { from: DEPLOYED, reference, functionName }
  } catch (error) {
    if (!(error instanceof ActionError) || error.code === 'cancelled') throw error
    return nothing(`AWS does not tell what ${functionName} runs: ${error.message}`)
  }
}
