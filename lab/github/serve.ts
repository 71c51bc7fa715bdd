// The GitHub stand-in as a process: prints one line of JSON with its address when it is ready, ends on SIGTERM or SIGINT.
import { parseArgs } from 'node:util'
import { startGithub } from './stand-in.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    ghes: { type: 'boolean', default: false },
    owner: { type: 'string', default: 'octo-org' },
    repository: { type: 'string', default: 'shop' },
    pulls: { type: 'string', default: '1' },
    forks: { type: 'string', default: '' },
    latency: { type: 'string', default: '' },
  },
})
const latencyOf = (range: string) => {
  const [least = 0, most = least] = range.split('-').map(Number)
  return { least, most }
}
const numbers = (list: string) => list.split(',').filter(Boolean).map(Number)
const github = await startGithub({
  port: Number(values.port),
  flavour: values.ghes ? 'ghes' : 'github.com',
  owner: values.owner,
  repository: values.repository,
  pullRequests: numbers(values.pulls),
  forks: numbers(values.forks),
  ...(values.latency === '' ? {} : { latency: latencyOf(values.latency) }),
})
console.log(JSON.stringify({ apiUrl: github.apiUrl, pid: process.pid }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void github.stop())
}
