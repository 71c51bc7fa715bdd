import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ministack, startMinistack } from '../../../lab/aws/ministack.ts'
import { labFolders } from '../../../lab/folders.ts'
import { up } from '../../../lab/lab.ts'
import { printedProgress } from '../../../lab/progress.ts'
import { runWithBotocore } from './botocore.ts'
import { handlerImage } from './handler-image.ts'
import { ROLE } from './started.ts'

// The lab's parts may be installed first, and share the machine with other tests.
let ministack: Ministack
beforeAll(async () => {
  ministack = await startMinistack({ folders: labFolders(), progress: printedProgress() })
})
afterAll(() => ministack.stop())

describe('ministack', () => {
  it('names its registry by the address it was asked at', async () => {
    const asked = await fetch(`${ministack.endpoint}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AmazonEC2ContainerRegistry_V20150921.CreateRepository',
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${ministack.region}/ecr/aws4_request`,
      },
      body: JSON.stringify({ repositoryName: 'named' }),
    })
    const { repository } = (await asked.json()) as { repository: { repositoryUri: string } }
    expect(repository.repositoryUri).toBe(`${new URL(ministack.endpoint).host}/named`)
  })

  it('takes a push and runs the function from it', async () => {
    const lab = await up()
    await using image = await handlerImage(lab)
    const printed = await runWithBotocore('boto3_client.py', {
      argv: [ministack.endpoint, ministack.region, image.reference, ROLE],
    })
    expect(JSON.parse(printed)).toMatchObject({ answer: { id: 7, image: image.tag } })
  })
})
