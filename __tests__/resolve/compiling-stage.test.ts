// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how Dockerfiles write variables
import { expect, it } from 'vitest'
import { compilingStage } from '../../src/resolve/compiling-stage.ts'
import type { DockerfileOptions } from '../../src/resolve/dockerfile.ts'

const stageOf = (text: string, options: Partial<DockerfileOptions> = {}) =>
  compilingStage(text, { buildArgs: {}, buildContexts: [], architecture: 'x86_64', ...options })

const RUNTIME = 'FROM public.ecr.aws/lambda/nodejs:22'

it.each([
  ['no second stage', `${RUNTIME}\nCOPY . /var/task\nRUN npm ci`, undefined],
  ['nothing taken from the other stage', `FROM node:22 AS test\nRUN npm test\n${RUNTIME}\nCOPY . .`, undefined],
  [
    'the stage that is copied from',
    `ARG V=22\nFROM node:\${V} AS Build\nRUN npm ci\n${RUNTIME}\nCOPY --from=build /src \${LAMBDA_TASK_ROOT}`,
    { stage: 'Build', base: 'node:22', line: 2 },
  ],
  [
    'a stage by its number, which cannot be built alone',
    `FROM node:22\nRUN npm ci\n${RUNTIME}\nCOPY --from=0 /src .`,
    { base: 'node:22', line: 1 },
  ],
  [
    'what a parent of the final stage copies',
    `FROM golang:1 AS build\nRUN go build\nFROM alpine AS base\nCOPY --from=build /main /main\nFROM base\nCMD ["x"]`,
    { stage: 'build', base: 'golang:1', line: 1 },
  ],
  [
    'the compiler behind a stage that only packs',
    `FROM rust:1 AS compile\nRUN cargo build\nFROM scratch AS out\nCOPY --from=compile /t/bootstrap /bootstrap\n${RUNTIME}\nCOPY --from=out / /var/task`,
    { stage: 'compile', base: 'rust:1', line: 1 },
  ],
  [
    'the stage, not the images that bring tools',
    `FROM python:3.12 AS deps\nRUN pip install -r r.txt -t /d\n${RUNTIME}\nCOPY --from=ghcr.io/astral-sh/uv:0.8 /uv /usr/local/bin/\nCOPY --from=public.ecr.aws/awsguru/aws-lambda-adapter:0.9.1 /lambda-adapter /opt/extensions/lambda-adapter\nCOPY --from=deps /d /var/task`,
    { stage: 'deps', base: 'python:3.12', line: 1 },
  ],
  [
    'no image that only brings tools',
    `${RUNTIME}\nCOPY --from=ghcr.io/astral-sh/uv:0.8 /uv /bin/\nCOPY . .`,
    undefined,
  ],
  [
    'of two stages the one that fills the task folder',
    `FROM debian AS certs\nRUN update\nFROM node:22 AS build\nRUN npm ci\n${RUNTIME}\nCOPY --from=certs /etc/ssl/certs /etc/ssl/certs\nCOPY --from=build /src/node_modules /var/task/node_modules`,
    { stage: 'build', base: 'node:22', line: 3 },
  ],
  ['an image', `${RUNTIME}\nCOPY --from=example/models:1 /model /opt/model`, { base: 'example/models:1', line: 2 }],
  [
    'a stage that a command reads from',
    `FROM python:3.12 AS wheels\nRUN pip wheel .\n${RUNTIME}\nRUN --mount=type=bind,from=wheels,source=/w,target=/w pip install /w/*.whl`,
    { stage: 'wheels', base: 'python:3.12', line: 1 },
  ],
])('%s', (_, text, expected) => {
  expect(stageOf(text)).toEqual(expected)
})

it('follows named contexts', () => {
  const text = `FROM node:22 AS build\nRUN npm ci\n${RUNTIME}\nCOPY --from=build /src /var/task`
  expect(stageOf(text, { buildContexts: ['build=docker-image://example/built:1'] })).toEqual({
    base: 'example/built:1',
    line: 4,
  })
  expect(stageOf(text, { buildContexts: ['build=./folder'] })).toBeUndefined()
})

it('begins at the target', () => {
  const text = `FROM node:22 AS build\nRUN npm ci\n${RUNTIME} AS app\nCOPY --from=build /a /var/task\nFROM app AS test\nCOPY --from=other:1 /x /var/task`
  expect(stageOf(text, { target: 'app' })).toMatchObject({ stage: 'build' })
  expect(stageOf(text, { target: 'nothing' })).toBeUndefined()
})
