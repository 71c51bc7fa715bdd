import { run, succeeds } from '../process/command.ts'

/** Removes every tag and digest whose repository is `prefix` or below it, e.g. all of a registry's host, from an engine. */
export async function removeImages(prefix: string, dockerHost?: string): Promise<void> {
  const env = dockerHost === undefined ? {} : { env: { DOCKER_HOST: dockerHost } }
  // Docker's own filter has no pattern for any number of path components.
  const format = '{{.Repository}} {{.Repository}}:{{.Tag}} {{.Repository}}@{{.Digest}}'
  const listed = await run('docker', ['image', 'ls', '--digests', '--format', format], env)
  const references = listed
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([repository = '']) => repository === prefix || repository.startsWith(`${prefix}/`))
    .flatMap(([, ...names]) => names.filter((name) => !name.includes('<none>')))
  for (const reference of new Set(references)) await succeeds('docker', ['image', 'rm', reference], env)
}
