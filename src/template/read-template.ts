import { basename, dirname, join } from 'node:path'
import type { Files } from '../ports/files.ts'
import { neighbours } from '../resolve/neighbours.ts'
import { readCloudAssembly } from './cdk/cloud-assembly.ts'
import { isCloudAssembly } from './cdk/stacks.ts'
import { samTemplate } from './sam/sam-template.ts'
import { nothingRead, type TemplateRead, type TemplateRequest } from './template-read.ts'
import { templateText } from './template-text.ts'

const MANIFEST = 'manifest.json'

/**
 * What the template says of the resource that is meant: a CDK cloud assembly (a folder with `manifest.json`, or a template
 * beside one), else a SAM or CloudFormation template. Templates are data; nothing in them is run. Never rejects for what
 * is in them.
 */
export async function readTemplate(request: TemplateRequest, files: Files): Promise<TemplateRead> {
  const { path } = request
  const kind = await files.kind(path)
  if (kind === 'directory') {
    if ((await files.kind(join(path, MANIFEST))) === 'file') return readCloudAssembly(request, files, { folder: path })
    return wrong(
      path,
      `That is a folder without ${MANIFEST}, so no CDK cloud assembly.${await templatesIn(path, files)}`,
    )
  }
  if (kind === undefined) {
    const hint = /(?:^|\/)cdk\.out(?:\/|$)/.test(path) ? ' Is `cdk synth` run before this step?' : ''
    return wrong(path, `There is no such file or folder.${await neighbours(path, files)}${hint}`)
  }
  const folder = dirname(path)
  if (basename(path) === MANIFEST) return readCloudAssembly(request, files, { folder })
  if (path.endsWith('.template.json') && (await isCloudAssembly(folder, files)))
    return readCloudAssembly(request, files, { folder, file: basename(path) })
  const text = await templateText(path, files)
  return 'why' in text ? wrong(path, text.why) : samTemplate(request, text.text)
}

async function templatesIn(folder: string, files: Files): Promise<string> {
  const names = (await files.names(folder)).filter((name) => /\.(?:ya?ml|json|template)$/.test(name))
  const shown = names
    .sort()
    .slice(0, 5)
    .map((name) => `\`${join(folder, name)}\``)
  return shown.length === 0 ? '' : ` In it: ${shown.join(', ')}.`
}

function wrong(value: string, why: string): TemplateRead {
  return nothingRead([{ input: 'template', value, why }])
}
