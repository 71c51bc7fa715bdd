import { describe, expect, it } from 'vitest'
import { historySteps } from '../../src/inspect/history-steps.ts'
import { dockerfileSteps } from '../../src/resolve/dockerfile-steps.ts'
import { originOf } from '../../src/resolve/origin.ts'

const DOCKERFILE = `ARG VERSION=22
FROM node:22 AS build
WORKDIR /src
RUN npm ci

FROM public.ecr.aws/lambda/nodejs:\${VERSION} AS app
ARG ROOT=/opt
RUN dnf install -y libicu
COPY package.json package-lock.json \${LAMBDA_TASK_ROOT}/
RUN npm ci --omit=dev
COPY --chmod=755 ["bin", "\${ROOT}/bin"]
RUN pip install -r requirements.txt -t \\
    /opt/python

FROM app
WORKDIR lib
COPY --from=build /src/native.node ./
COPY *.so /opt/lib/
COPY . /var/task
ADD https://example.com/agent /opt/extensions/agent
RUN curl -o /opt/tools/deep/ffmpeg https://example.com/ffmpeg
`

const steps = dockerfileSteps(DOCKERFILE, {
  buildArgs: {},
  architecture: 'x86_64',
  environment: { LAMBDA_TASK_ROOT: '/var/task' },
  workingDirectory: '/var/task/lib',
})

describe('a Dockerfile', () => {
  it.each([
    ['/var/task/node_modules/sharp/build/Release/sharp.node', 'RUN', 10],
    ['/usr/lib64/libicuuc.so.67', 'RUN', 8],
    ['/opt/bin/tool', 'COPY', 11],
    ['/opt/python/numpy/core/_multiarray_umath.so', 'RUN', 12],
    // The later COPY brings everything; this one says the name.
    ['/var/task/lib/native.node', 'COPY', 17],
    ['/var/task/lib/other.node', 'COPY', 19],
    ['/opt/lib/libthing.so.1', 'COPY', 18],
    ['/var/task/package.json', 'COPY', 9],
    ['/opt/extensions/agent', 'ADD', 20],
    ['/opt/tools/deep/ffmpeg', 'RUN', 21],
    ['/var/lang/bin/node', 'FROM', 6],
  ])('brought %s in by %s in line %i', (path, keyword, line) => {
    expect(originOf(path, steps)).toMatchObject({ keyword, line })
  })

  it('is not asked for what the base has', () => {
    expect(originOf('/var/task/old.so', steps, true)).toMatchObject({ keyword: 'FROM', line: 6 })
  })

  it('ends at the target', () => {
    const options = {
      target: 'build',
      buildArgs: {},
      architecture: 'x86_64',
      environment: {},
      workingDirectory: '/src',
    } as const
    const target = dockerfileSteps(DOCKERFILE, options)
    expect(target.map(({ line }) => line)).toEqual([2, 4])
    expect(originOf('/src/node_modules/a/a.node', target)).toMatchObject({ line: 4 })
  })

  it('does not take a file for the folder that it was copied into', () => {
    const text = 'FROM a\nCOPY app.py requirements.txt /var/task/\nCOPY lib/ /var/task/lib/'
    const options = { buildArgs: {}, architecture: 'x86_64', environment: {}, workingDirectory: '/' } as const
    expect(originOf('/var/task/other.so', dockerfileSteps(text, options))).toMatchObject({ keyword: 'FROM' })
    expect(originOf('/var/task/app.py', dockerfileSteps(text, options))).toMatchObject({ line: 2 })
  })

  it.each(['', 'FROM', 'COPY a b', 'FROM scratch\nCOPY\nWORKDIR\nENV\nRUN [1,\n', 'FROM a AS a\nFROM a AS a'])(
    'is read whatever it says: %j',
    (text) => {
      const options = { buildArgs: {}, architecture: 'arm64', environment: {}, workingDirectory: '/' } as const
      expect(() => originOf('/a', dockerfileSteps(text, options))).not.toThrow()
    },
  )
})

describe('a history without its Dockerfile', () => {
  const entry = (createdBy: string) => ({ createdBy, comment: '' })
  const told = historySteps([
    entry('/bin/sh -c #(nop) ADD file:5a6b in / '),
    entry('WORKDIR /var/task'),
    entry('RUN /bin/sh -c npm ci # buildkit'),
    entry('COPY native /opt/lib/ # buildkit'),
    entry('CMD ["index.handler"]'),
  ])

  it.each([
    ['/opt/lib/libthing.so', 'COPY native /opt/lib/'],
    ['/var/task/node_modules/a/a.node', 'npm ci'],
    ['/usr/bin/tool', 'ADD … /'],
  ])('tells the text that brought %s in', (path, text) => {
    expect(originOf(path, told)).toMatchObject({ text })
    expect(originOf(path, told)?.line).toBeUndefined()
  })
})
