import { describe, expect, it } from 'vitest'
import { operations } from '../../../lab/aws/calls.ts'
import { up } from '../../../lab/lab.ts'
import { run } from '../../../lab/process/command.ts'
import { runWithBotocore } from './botocore.ts'
import { handlerImage } from './handler-image.ts'
import { ROLE, started, uniqueName } from './started.ts'

// The lab's parts may be installed first, and share the machine with other tests.
describe('boto3 and docker, as clients that know nothing of this project', () => {
  it('create a repository, push, create the function, wait, invoke, update and move an alias', async () => {
    const lab = await up()
    await using image = await handlerImage(lab)
    await using standIn = await started({ riePath: lab.rie.path })
    const { aws } = standIn
    const printed = await runWithBotocore('boto3_client.py', {
      argv: [aws.endpoint, aws.region, image.reference, ROLE],
    })
    expect(JSON.parse(printed)).toEqual({
      account: '123456789012',
      tags: ['v1'],
      created: 'Pending',
      codeIsDigest: true,
      answer: { id: 7, function: `boto3-${image.tag}`, image: image.tag },
      log: expect.stringMatching(/^START RequestId: .*\n.*INFO\thandled\nEND .*\nREPORT /),
      aliasVersion: '1',
      failure: { kind: 'Unhandled', version: '1', type: 'TypeError' },
    })
    expect(operations(aws.calls).filter((call) => call.startsWith('registry:Put'))).toEqual(['registry:PutManifest'])
    await aws.stop()
    const filter = `label=lambda-parity.stand-in-of=${aws.registryHost}`
    expect(await run('docker', ['ps', '--all', '--quiet', '--filter', filter])).toBe('')
  })

  it('publish a layer directly and by way of S3, share it, and attach it to a function', async () => {
    await using standIn = await started()
    const { aws } = standIn
    const name = uniqueName('boto3-layer')
    const printed = await runWithBotocore('boto3_layers.py', { argv: [aws.endpoint, aws.region, ROLE, name] })
    expect(JSON.parse(printed)).toEqual({
      region: 'eu-central-1',
      location: 'eu-central-1',
      wrongOwner: 'AccessDenied',
      versions: [1, 2],
      sameBytes: true,
      newest: [2, 1],
      again: 'ResourceConflictException',
      principals: [{ AWS: 'arn:aws:iam::210987654321:root' }],
      layers: [`arn:aws:lambda:eu-central-1:123456789012:layer:${name}:2`],
      byArn: 'shop',
      listed: [name],
    })
    expect(aws.bucket(name).objects.size).toBe(0)
  })
})
