import { describe, expect, it } from 'vitest'
import { readSam, reasons } from '../template.ts'

const LOOP = `
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters:
  Names: { Type: CommaDelimitedList, Default: 'orders, mail-out' }
  Unset: { Type: CommaDelimitedList }
Mappings:
  Of: { eu-west-1: { Stages: [blue, green] } }
Conditions:
  Fn::ForEach::Flags:
    - Flag
    - [Blue]
    - Is\${Flag}: !Equals ['\${Flag}', Blue]
Resources:
`
const functionOf = (list: string, rest = '') => `${LOOP}
  Fn::ForEach::Functions:
    - Name
    - ${list}
    - Function&{Name}:
        Type: AWS::Serverless::Function
        Condition: IsBlue
        Properties:
          PackageType: Image
          MemorySize: 200
          Timeout: !Length [a, b, c, '\${Name}']
          Environment:
            Variables:
              NAME: !Ref Name
              GREETING: !Sub "hello \${Name}"
              LIST: !ToJsonString [!Ref Name, 1]
        Metadata:
          DockerContext: ./\${Name}
${rest}`
const PLAIN = `  Layer:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: layer }
`

describe('Fn::ForEach', () => {
  it('makes a resource of each item, with keys, texts and references replaced', () => {
    const read = readSam(functionOf('!Ref Names'), {
      resource: 'Functionmailout',
    })
    expect(reasons(read)).toEqual([])
    expect(read).toMatchObject({
      resource: 'Functionmailout',
      defaults: {
        context: 'infra/mail-out',
        timeout: 4,
        'smoke-env': { NAME: 'mail-out', GREETING: 'hello mail-out', LIST: '["mail-out",1]' },
      },
    })
  })

  it('takes its list from anywhere, nests, and writes properties out too', () => {
    const nested = `${LOOP}
  Fn::ForEach::Stages:
    - Stage
    - !FindInMap [Of, !Ref AWS::Region, Stages]
    - Fn::ForEach::Sizes:
        - Size
        - ["128", "256"]
        - F\${Stage}\${Size}:
            Type: AWS::Serverless::Function
            Properties:
              PackageType: Image
              ImageUri: !Sub "repo:\${Stage}"
              MemorySize: \${Size}
              Environment:
                Variables:
                  Fn::ForEach::Variables: [Key, [A, B], { "\${Key}_OF": "\${Stage}" }]
`
    expect(readSam(nested, { resource: 'Fgreen256' }).defaults).toMatchObject({
      image: 'repo:green',
      'memory-size': 256,
      'smoke-env': { A_OF: 'green', B_OF: 'green' },
    })
    expect(reasons(readSam(nested, { resource: 'F' })).join()).toContain('`Fgreen128` (image)')
  })

  it('names the loop and what it lacks, unless the resource that is meant stands outside of it', () => {
    const text = functionOf('!Ref Unset', PLAIN)
    const said =
      'template-parameters: The loop `Fn::ForEach::Functions` (infra/template.yaml:15) needs the parameter `Unset`, which has no default. Give `Unset=…` in `template-parameters`.'
    expect(reasons(readSam(text))).toEqual([said])
    expect(reasons(readSam(text, { resource: 'Functionx' }))).toEqual([said])
    expect(readSam(text, { resource: 'Layer' })).toMatchObject({ problems: [], resource: 'Layer' })
    expect(readSam(text, { resource: 'Functionx', 'template-parameters': 'Unset=x,y' }).defaults).toMatchObject({
      context: 'infra/x',
    })
  })

  it('is of no consequence where it makes neither functions nor layers', () => {
    const topics = `${LOOP}
  Fn::ForEach::Topics: [Name, !Ref Unset, { "Topic\${Name}": { Type: AWS::SNS::Topic } }]
${PLAIN}`
    expect(readSam(topics)).toMatchObject({ problems: [], resource: 'Layer' })
  })

  it.each([
    [functionOf('!Ref Names').replace('AWS::LanguageExtensions, ', ''), 'Transform: AWS::LanguageExtensions'],
    [functionOf('text'), 'is not one of texts'],
    [`${LOOP}\n  Fn::ForEach::F: [Name, { "F\${Name}": { Type: AWS::Serverless::Function } }]`, 'is not written as'],
    [functionOf(`[${Array.from({ length: 20_000 }, (_, index) => `"a${index}"`).join()}]`), 'may hold'],
  ])('is refused where it cannot be run', (text, words) => {
    const [reason = ''] = reasons(readSam(text))
    expect(reason).toContain('`Fn::ForEach::F')
    expect(reason).toContain(words)
  })

  it('does not multiply by nesting and aliases', () => {
    const levels = Array.from({ length: 20 }, (_, index) => `a${index}: &a${index} [*a${index - 1}, *a${index - 1}]`)
    const text = `Transform: AWS::LanguageExtensions\n${levels.join('\n').replace('[*a-1, *a-1]', '[x]')}
Resources:
  Fn::ForEach::F: [N, [a, b], { "F\${N}": { Type: AWS::Serverless::Function, Properties: { PackageType: Image, ImageUri: "r:\${N}", Layers: *a19 } } }]
`
    expect(readSam(text, { resource: 'Fb' }).defaults).toMatchObject({ image: 'r:b' })
  })
})
