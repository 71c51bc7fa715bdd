import { samTemplate } from '../../src/template/sam/sam-template.ts'
import type { TemplateRead } from '../../src/template/template-read.ts'
import { type InputTexts, read } from '../builders/inputs.ts'

/** What `infra/template.yaml` of this text says beside these inputs; in eu-west-1, the account unknown. */
export function readSam(text: string, texts: InputTexts = {}, account?: string): TemplateRead {
  const path = 'infra/template.yaml'
  const { inputs, problems } = read({ template: path, ...texts })
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return samTemplate({ path, given: inputs, region: 'eu-west-1', ...(account === undefined ? {} : { account }) }, text)
}

/** An image function `F` with these lines of properties and metadata, and what else the template has. */
export function imageFunction(properties: string, metadata = 'DockerContext: app', rest = ''): string {
  const indented = (text: string) => text.replaceAll('\n', '\n      ')
  return `Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
      ${indented(properties)}
    Metadata:
      ${indented(metadata)}
${rest}`
}

/** Every reason why a template was refused, one after the other. */
export function reasons({ problems }: TemplateRead): readonly string[] {
  return problems.map(({ input, value, why }) => `${input}${value === undefined ? '' : ` ${value}`}: ${why}`)
}
