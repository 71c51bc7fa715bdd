import type { Lab } from '../lab.ts'
import { run } from '../process/command.ts'

/** Both stand-ins for `public.ecr.aws/lambda/provided:al2023` as one index, as AWS's is; this machine then runs both. */
export async function providedIndex(lab: Pick<Lab, 'arm64' | 'images' | 'publicRegistry'>): Promise<string> {
  const made = await lab.images(['lambda/provided:al2023', 'lambda/provided:al2023-arm64'])
  const index = `${lab.publicRegistry.host}/lambda/provided:al2023-both`
  await run('docker', ['buildx', 'imagetools', 'create', '--tag', index, ...Object.values(made)])
  await lab.arm64()
  return index
}
