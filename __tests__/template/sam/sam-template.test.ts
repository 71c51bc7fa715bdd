import { expect, it } from 'vitest'
import { samTemplate } from '../../../src/template/sam/sam-template.ts'
import { type InputTexts, read } from '../../builders/inputs.ts'

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

const readTemplate = (text: string, texts: InputTexts = {}, path = 'infra/template.yaml') =>
  samTemplate({ path, given: read({ template: path, ...texts }).inputs, region: 'eu-west-1' }, text)

it('reads an image function with its build and its settings', () => {
  expect(readTemplate(D2)).toMatchObject({
    resource: 'GetCustomerFunction',
    problems: [],
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
  })
})
