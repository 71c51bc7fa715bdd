import { describe, expect, it } from 'vitest'
import { readSam, reasons } from '../template.ts'

function layer(properties: string, metadata = ''): string {
  const indented = (text: string) => text.replaceAll('\n', '\n      ')
  const built = metadata === '' ? '' : `    Metadata:\n      ${indented(metadata)}\n`
  return `Resources:\n  Deps:\n    Type: AWS::Serverless::LayerVersion\n    Properties:\n      ${indented(properties)}\n${built}Parameters:\n  Later: { Type: String }\n`
}

describe('a layer', () => {
  it('that SAM builds has a source', () => {
    const { defaults, problems } = readSam(
      layer(
        'ContentUri: deps/\nLayerName: shared\nDescription: shared things\nLicenseInfo: MIT\nCompatibleRuntimes: [python3.12, python3.13]',
        'BuildMethod: python3.13',
      ),
    )
    expect(problems).toEqual([])
    expect(defaults).toMatchObject({
      kind: 'layer',
      'layer-source': 'infra/deps',
      'layer-name': 'shared',
      'layer-description': 'shared things',
      'license-info': 'MIT',
      runtime: { id: 'python3.13' },
      'compatible-runtimes': [{ id: 'python3.12' }, { id: 'python3.13' }],
    })
    expect(defaults).not.toHaveProperty('layer-path')
    expect(defaults).not.toHaveProperty('build-command')
  })

  it('of a makefile runs its target in a copy of the source', () => {
    const { defaults } = readSam(
      layer('ContentUri: .\nCompatibleRuntimes: [provided.al2023]', 'BuildMethod: makefile\nBuildArchitecture: arm64'),
    )
    expect(defaults).toMatchObject({
      'layer-source': 'infra',
      architecture: 'arm64',
      runtime: { id: 'provided.al2023' },
    })
    expect(defaults['build-command']).toBe('ARTIFACTS_DIR=/out make build-Deps')
    const hostile = layer('ContentUri: .', 'BuildMethod: makefile').replace('  Deps:', '  "x; rm -rf /":')
    expect(reasons(readSam(hostile))[0]).toMatch(/more than letters and digits/)
  })

  it('without a build method is a folder or zip as it lies, named by its logical id', () => {
    const { defaults } = readSam(
      layer('ContentUri: dist/layer.zip\nCompatibleRuntimes: [nodejs22.x]\nCompatibleArchitectures: [arm64]'),
    )
    expect(defaults).toMatchObject({
      'layer-path': 'infra/dist/layer.zip',
      'layer-name': 'Deps',
      architecture: 'arm64',
      runtime: { id: 'nodejs22.x' },
    })
    expect(defaults).not.toHaveProperty('layer-source')
  })

  it('keeps the name for what is published: another one stands in until then', () => {
    const found = readSam(layer('ContentUri: d\nLayerName: !Sub "${Later}-layer"'))
    expect(found.defaults['layer-name']).toBe('Deps')
    expect(found.problems).toEqual([])
    expect(found.problemsIfPublished).toEqual([
      {
        input: 'template-parameters',
        why: '`LayerName` (infra/template.yaml:6) needs the parameter `Later`, which has no default. Give `Later=…` in `template-parameters`, or set `layer-name`.',
      },
    ])
  })

  it.each([['s3://bucket/key.zip'], ['{ Bucket: b, Key: k }']])('on S3 is an error that says why: %s', (uri) => {
    const text = layer(`ContentUri: ${uri}`)
    expect(reasons(readSam(text))).toEqual([expect.stringMatching(/`ContentUri` of `Deps` .*Its content is on S3/)])
    expect(readSam(text, { 'layer-path': 'built' }).problems).toEqual([])
    expect(readSam(text, { 'layer-source': 'src' }).problems).toEqual([])
  })

  it('leaves runtimes out that no layer can have, with a warning', () => {
    const found = readSam(layer('ContentUri: d\nCompatibleRuntimes: [nodejs6.10, nodejs22.x]'))
    expect(found.defaults['compatible-runtimes']).toMatchObject([{ id: 'nodejs22.x' }])
    expect(found.warnings).toEqual([expect.stringMatching(/`nodejs6.10` is no runtime/)])
  })

  it('has its content by another word in plain CloudFormation', () => {
    const text = layer('Content: d').replace('AWS::Serverless', 'AWS::Lambda')
    expect(readSam(text).defaults).toHaveProperty('layer-path', 'infra/d')
    expect(reasons(readSam(text.replace('Content: d', 'Content: { S3Bucket: b, S3Key: k }')))).toEqual([
      expect.stringMatching(/`Content` of/),
    ])
  })
})
