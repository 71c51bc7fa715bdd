import { describe, expect, it } from 'vitest'
import { imageFunction, readSam, reasons } from '../template.ts'

const D2 = `
AWSTemplateFormatVersion: 2010-09-09
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Timeout: 10
    MemorySize: 256
Resources:
  GetCustomerFunction:
    Type: AWS::Serverless::Function
    Properties:
      PackageType: Image
      Architectures: [arm64]
      Environment:
        Variables:
          STAGE: prod
          TABLE: !Ref Table
    Metadata:
      Dockerfile: Dockerfile
      DockerContext: ./get-customer
      DockerTag: nodejs20.x-v1
  Table:
    Type: AWS::Serverless::SimpleTable
`

describe('an image function', () => {
  it('is read with its build and its settings', () => {
    expect(readSam(D2)).toMatchObject({
      resource: 'GetCustomerFunction',
      problems: [],
      warnings: [],
      defaults: {
        kind: 'image',
        architecture: 'arm64',
        context: 'infra/get-customer',
        file: 'infra/get-customer/Dockerfile',
        timeout: 10,
        'memory-size': 256,
        'smoke-env': { STAGE: 'prod' },
        tags: ['nodejs20.x-v1'],
      },
      notSet: ['TABLE'],
      localTag: 'nodejs20.x-v1',
      statesTimeout: true,
      needsAccount: false,
    })
  })

  it('leaves every input alone that was given, and looks for the Dockerfile in the context that is in force', () => {
    const given = { context: 'elsewhere', timeout: '7', tags: 'mine', architecture: 'x86_64' } as const
    const { defaults } = readSam(D2, given)
    expect(defaults).toMatchObject({ file: 'elsewhere/Dockerfile', 'memory-size': 256 })
    expect(Object.keys(defaults)).not.toEqual(expect.arrayContaining(['context']))
    for (const name of Object.keys(given)) expect(defaults).not.toHaveProperty(name)
  })

  it('is not built when an image is given', () => {
    const { defaults, problems, localTag } = readSam(D2, { image: 'app:1' })
    expect(problems).toEqual([])
    expect(defaults).not.toHaveProperty('context')
    expect(defaults).not.toHaveProperty('file')
    expect(defaults).not.toHaveProperty('image')
    expect(localTag).toBeUndefined()
  })

  it('is built in the folder of the template when no context is stated', () => {
    expect(readSam(imageFunction('Timeout: 5', 'Dockerfile: prod.Dockerfile')).defaults).toMatchObject({
      context: 'infra',
      file: 'infra/prod.Dockerfile',
    })
  })

  it('takes build arguments as they are written, and given ones by name', () => {
    const metadata = `DockerBuildArgs:
  VERSION: 1.10
  FLAG: yes
  MODE: 0755
  EMPTY:
  QUOTED: "2.0"
  GIVEN: !Ref Missing`
    const { defaults, problems } = readSam(imageFunction('Timeout: 5', metadata), { 'build-args': 'GIVEN=1' })
    expect(problems).toEqual([])
    expect(defaults['build-args']).toEqual({ VERSION: '1.10', FLAG: 'yes', MODE: '0755', EMPTY: '', QUOTED: '2.0' })
  })

  it('takes of further build parameters those that have an input, and warns of the others', () => {
    const metadata = `DockerContext: .
DockerBuildExtraParams:
  - --build-arg
  - A=1
  - --secret
  - id=npm,src=.npmrc
  - --secret id=token,env=NPM_TOKEN
  - --ssh=default
  - --cache-from=type=gha
  - --no-cache
  - --platform=linux/arm64
  - --squash
  - --target
  - prod`
    const found = readSam(imageFunction('Timeout: 5', metadata))
    expect(found.defaults).toMatchObject({
      'build-args': { A: '1' },
      secrets: [
        { id: 'npm', file: 'infra/.npmrc' },
        { id: 'token', environmentVariable: 'NPM_TOKEN' },
      ],
      ssh: ['default'],
      'cache-from': ['type=gha'],
      'no-cache': true,
      target: 'prod',
    })
    expect(found.buildPlatform).toBe('linux/arm64')
    expect(found.warnings).toEqual([expect.stringMatching(/`--squash` has no input here/)])
  })

  it('is an existing image by its ImageUri', () => {
    const found = readSam(
      imageFunction('ImageUri: !Sub "${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/a:1"', 'Other: 1'),
      {},
      '123456789012',
    )
    expect(found.defaults.image).toBe('123456789012.dkr.ecr.eu-west-1.amazonaws.com/a:1')
    expect(found.defaults).not.toHaveProperty('context')
  })

  it('is built beside its ImageUri when it says how', () => {
    const { defaults } = readSam(imageFunction('ImageUri: registry.example.com/a:1', 'Dockerfile: Dockerfile'))
    expect(defaults).toHaveProperty('context', 'infra')
    expect(defaults).not.toHaveProperty('image')
  })

  it('is an error with neither, unless context or image is given', () => {
    const neither = imageFunction('Timeout: 5', 'Other: 1')
    expect(reasons(readSam(neither))).toEqual([
      expect.stringMatching(/`Metadata` of `F` \(infra\/template.yaml:2\): It says neither how/),
    ])
    expect(readSam(neither, { context: '.' }).problems).toEqual([])
    expect(readSam(neither, { image: 'app:1' }).problems).toEqual([])
  })

  it.each([
    ['!GetAtt Repo.RepositoryUri'],
    ['!Sub "${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/${Repo}:latest"'],
    ['!Join [":", [!GetAtt Repo.RepositoryUri, latest]]'],
  ])('cannot be read yet when it is in a repository of the same template: %s', (uri) => {
    const found = readSam(imageFunction(`ImageUri: ${uri}`, 'Other: 1', '  Repo:\n    Type: AWS::ECR::Repository\n'))
    expect(found.problems).toEqual([])
    expect(found.unavailable).toMatch(/repository `Repo` of the same template or stack \(`ImageUri`, line 6\)/)
    expect(
      readSam(imageFunction(`ImageUri: ${uri}`, 'Other: 1', '  Repo:\n    Type: AWS::ECR::Repository\n'), {
        image: 'a:1',
      }).unavailable,
    ).toBeUndefined()
  })

  it('has ImageConfig, and warnings for what only a Zip function has', () => {
    const properties = `Runtime: python3.12
Layers: [arn:aws:lambda:eu-west-1:123456789012:layer:x:1]
ImageConfig:
  Command: [app.handler]
  EntryPoint: [/entry, --fast]
  WorkingDirectory: /srv`
    const found = readSam(imageFunction(properties))
    expect(found.imageConfig).toEqual({
      command: ['app.handler'],
      entrypoint: ['/entry', '--fast'],
      workingDirectory: '/srv',
    })
    expect(found.warnings).toEqual([
      expect.stringMatching(/`Runtime` of `F` \(infra\/template.yaml:6\).*SAM refuses it/),
      expect.stringMatching(/`Layers` of `F`/),
    ])
    expect(found.statesTimeout).toBe(false)
  })

  it('leaves variables out that Lambda refuses or that cannot be told', () => {
    const properties = `Environment:
  Variables:
    GOOD: 1.5
    X: too short
    _HANDLER: reserved
    LIST: [1, 2]
    SECRET: '{{resolve:secretsmanager:a:SecretString:b}}'
    IMPORTED: !ImportValue x
    ARN: !GetAtt F.Arn`
    const found = readSam(imageFunction(properties))
    expect(found.problems).toEqual([])
    expect(found.defaults['smoke-env']).toEqual({ GOOD: '1.5' })
    expect(found.notSet).toEqual(['LIST', 'SECRET', 'IMPORTED', 'ARN'])
    expect(found.warnings).toHaveLength(3)
  })
})

describe('values that cannot be told', () => {
  const memory = imageFunction('MemorySize: !Ref Mem', undefined, 'Parameters: { Mem: { Type: Number } }\n')

  it('are an error that names the parameter and where it is used, when the run needs them', () => {
    expect(reasons(readSam(memory))).toEqual([
      'template-parameters: `MemorySize` of `F` (infra/template.yaml:6) needs the parameter `Mem`, which has no default. Give `Mem=…` in `template-parameters`, or set `memory-size`.',
    ])
  })

  it('stop no run that does not need them', () => {
    expect(readSam(memory, { smoke: 'false' }).problems).toEqual([])
    expect(readSam(memory, { 'memory-size': '512' }).problems).toEqual([])
    expect(readSam(memory, { 'template-parameters': 'Mem=640' }).defaults['memory-size']).toBe(640)
  })

  it('are not an SSM key, whatever the default', () => {
    const ssm = 'Parameters:\n  Uri: { Type: "AWS::SSM::Parameter::Value<String>", Default: /images/app }\n'
    const text = imageFunction('ImageUri: !Ref Uri', 'Other: 1', ssm)
    expect(reasons(readSam(text))[0]).toMatch(/the parameter `Uri`, which is read from the parameter store/)
    expect(readSam(text, { 'template-parameters': 'Uri=registry.example.com/app:2' }).defaults.image).toBe(
      'registry.example.com/app:2',
    )
  })

  it('are the account, until it is known', () => {
    const text = imageFunction('ImageUri: !Sub "${AWS::AccountId}.dkr.ecr.eu-west-1.amazonaws.com/a"', 'Other: 1')
    expect(readSam(text)).toMatchObject({ needsAccount: true, problems: [{ input: 'template-parameters' }] })
    expect(readSam(text, { 'template-parameters': 'AWS::AccountId=210987654321' }).defaults.image).toMatch(
      /^210987654321\./,
    )
  })

  it('are every wrong one at once, with their lines', () => {
    const text = imageFunction('MemorySize: 64\nTimeout: soon\nArchitectures: [x86_64, arm64]')
    expect(reasons(readSam(text))).toEqual([
      expect.stringMatching(
        /`Architectures` of `F` \(infra\/template.yaml:8\): It names `x86_64` and `arm64`.*Or set `architecture`/,
      ),
      expect.stringMatching(
        /`MemorySize` of `F` \(infra\/template.yaml:6\) is `64`. Accepted: a whole number from 128/,
      ),
      expect.stringMatching(/`Timeout` of `F` \(infra\/template.yaml:7\) is `soon`/),
    ])
    expect(readSam(text, { architecture: 'arm64', 'memory-size': '128', timeout: '3' }).problems).toEqual([])
  })

  it('are only wrong when something is published, for a tag', () => {
    const found = readSam(imageFunction('Timeout: 5', 'DockerTag: !Ref Tag', 'Parameters: { Tag: { Type: String } }\n'))
    expect(found.problems).toEqual([])
    expect(found.problemsIfPublished).toEqual([expect.objectContaining({ why: expect.stringMatching(/`Tag`/) })])
  })
})

describe('parameters', () => {
  const text = imageFunction(
    'Timeout: !Ref Seconds',
    undefined,
    'Parameters:\n  Seconds: { Type: Number, Default: 5 }\n  Stage: { Type: String, AllowedValues: [dev, prod], Default: dev }\n',
  )

  it('that the template does not know are an error with those that it has', () => {
    expect(reasons(readSam(text, { 'template-parameters': 'Secnds=7' }))).toEqual([
      'template-parameters Secnds: The template has no parameter of that name. Did you mean `Seconds`? Accepted: `Seconds` or `Stage`.',
    ])
  })

  it('must be what the template allows', () => {
    expect(reasons(readSam(text, { 'template-parameters': 'Stage=test\nSeconds=many' }))).toEqual([
      'template-parameters Stage=test: The template allows `dev` or `prod`.',
      'template-parameters Seconds=many: The template declares it as a number.',
      expect.stringMatching(/`Timeout` of `F`/),
    ])
  })

  it('of NoEcho are secret, with what is cut out of them, and are never shown', () => {
    const secret = imageFunction(
      'Environment:\n  Variables:\n    PASSWORD: !Ref Db\n    USER_NAME: !Select [0, !Split [":", !Ref Db]]',
      undefined,
      'Parameters:\n  Db: { Type: String, NoEcho: true, AllowedValues: ["admin:hunter2"] }\n',
    )
    const found = readSam(secret, { 'template-parameters': 'Db=admin:hunter2' })
    expect(found.secrets).toEqual(['admin:hunter2', 'admin', 'hunter2'])
    expect(found.secretParameters).toEqual(['Db'])
    const wrong = JSON.stringify(readSam(secret, { 'template-parameters': 'Db=wrongsecret' }).problems)
    expect(wrong).not.toContain('wrongsecret')
  })
})

describe('the choice of a resource', () => {
  const text = `
Conditions:
  Never: !Equals [a, b]
  Perhaps: !Equals [!Ref Missing, b]
Parameters:
  Missing: { Type: String }
Resources:
  Image: { Type: AWS::Serverless::Function, Properties: { PackageType: Image }, Metadata: { DockerContext: a } }
  Maybe: { Type: AWS::Serverless::Function, Condition: Perhaps, Properties: { PackageType: Image }, Metadata: { DockerContext: b } }
  Off: { Type: AWS::Serverless::Function, Condition: Never, Properties: { PackageType: Image }, Metadata: { DockerContext: c } }
  Zipped: { Type: AWS::Serverless::Function, Properties: { CodeUri: src } }
  Layer: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: layer } }
  Nested: { Type: AWS::Serverless::Application, Properties: { Location: nested.yaml } }
`
  it.each([
    [
      {},
      /resource: It is needed: the template has 3 to choose from. Accepted: `Image` \(image\), `Maybe` \(image\), `Layer` \(layer\)/,
    ],
    [{ resource: 'Imge' }, /resource Imge: The template has no function or layer of that name. Did you mean `Image`\?/],
    [
      { resource: 'Zipped' },
      /`Zipped` \(line 11\) is a Zip function, and this action builds images and layers.*sam deploy/,
    ],
    [{ resource: 'Off' }, /`Off` is not deployed: its condition `Never` is false/],
    [{ resource: 'Nested' }, /nested application: give its own template/],
    [{ resource: 'Layer', kind: 'image' }, /That is a layer, and `kind` is `image`/],
  ] as const)('is an error for %j', (texts, message) => {
    const found = readSam(text, texts)
    expect(reasons(found)).toEqual([expect.stringMatching(message)])
    expect(found.resource).toBeUndefined()
  })

  it('is made by kind alone when one is of that kind, and by name', () => {
    expect(readSam(text, { kind: 'layer' }).resource).toBe('Layer')
    expect(readSam(text, { resource: 'Maybe' }).resource).toBe('Maybe')
  })

  it('says what to do with a template of Zip functions only', () => {
    const zip =
      'Resources:\n  Z: { Type: AWS::Serverless::Function, Properties: { CodeUri: . }, Metadata: { DockerContext: . } }\n'
    expect(reasons(readSam(zip))).toEqual([
      expect.stringMatching(/There is no image function or layer in it. `Z` .*`PackageType: Image` makes it an image/),
    ])
  })
})

describe('a text that is no template', () => {
  it.each([
    ['a: 1\nb: [', /Line 2: .*/],
    ['Resources: {}\nResources: {}', /Line 2: The key `Resources` stands twice/],
    ['Resources:\n  F:\n    Type: x\n    Type: y', /Line 4: The key `Type` stands twice/],
    ['[default]\nversion = 0.1', /./],
    ['hello: world', /There are no `Resources`/],
    ['', /The file is empty/],
    ['Resources: &r\n  A: *r', /contains itself/],
  ])('is one error: %j', (text, message) => {
    expect(reasons(readSam(text))).toEqual([expect.stringMatching(message)])
  })
})
