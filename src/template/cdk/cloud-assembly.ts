import type { Files } from '../../ports/files.ts'
import { nothingRead, type TemplateRead, type TemplateRequest } from '../template-read.ts'

/**
 * What a CDK cloud assembly says of the resource that is meant. `folder` holds its `manifest.json`; `file`: the one
 * synthesized template in it that was named, else all of them count.
 */
export async function readCloudAssembly(
  request: TemplateRequest,
  _files: Files,
  _assembly: { readonly folder: string; readonly file?: string },
): Promise<TemplateRead> {
  return nothingRead([
    { input: 'template', value: request.path, why: 'CDK cloud assemblies are not read by this version yet.' },
  ])
}
