import { type Architecture, architectureRow } from '../lambda/architecture.ts'
import type { Images, LocalImage } from '../ports/images.ts'

/** Of an index on the containerd store the wanted child, which need not be the one for this machine. */
export async function inspectFor(
  architecture: Architecture,
  reference: string,
  images: Images,
): Promise<LocalImage | undefined> {
  const { docker, platform } = architectureRow(architecture)
  const image = await images.inspect(reference)
  if (image?.index === undefined || image.architecture === docker) return image
  return (await images.inspect(reference, { platform })) ?? image
}
