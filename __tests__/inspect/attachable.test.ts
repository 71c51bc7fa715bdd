import { expect, it } from 'vitest'
import { attachable } from '../../src/inspect/attachable.ts'
import { makeEvidence, makeImageFacts } from '../builders/evidence.ts'

it('keeps what rules look at and nothing that may hold a password', () => {
  const secret = 'hunter2-hunter2'
  const image = makeImageFacts({
    environment: {
      PATH: '/bin',
      LD_LIBRARY_PATH: '/opt/lib',
      NPM_TOKEN: secret,
      HTTPS_PROXY: `http://u:${secret}@proxy`,
    },
    labels: { 'org.opencontainers.image.base.name': 'public.ecr.aws/lambda/nodejs:22', note: secret },
    healthcheck: ['CMD-SHELL', `curl -u a:${secret} localhost`],
    history: [
      { createdBy: `RUN curl -H "Authorization: ${secret}" # buildkit`, comment: 'buildkit.dockerfile.v0' },
      { createdBy: 'COPY app/ /var/task/ # buildkit', comment: 'buildkit.dockerfile.v0' },
      { createdBy: `ENV NPM_TOKEN=${secret}`, comment: '' },
    ],
  })
  const shown = attachable(makeEvidence({ image }))
  expect(JSON.stringify(shown)).not.toContain(secret)
  expect(shown.image).toMatchObject({
    environment: { PATH: '/bin', LD_LIBRARY_PATH: '/opt/lib', NPM_TOKEN: '(not shown)' },
    labels: { 'org.opencontainers.image.base.name': 'public.ecr.aws/lambda/nodejs:22' },
    history: [
      { createdBy: 'RUN (not shown)' },
      { createdBy: 'COPY app/ /var/task/ # buildkit' },
      { createdBy: 'ENV (not shown)' },
    ],
  })
})
