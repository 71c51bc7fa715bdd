import { ActionError } from '../../errors.ts'
import { quota } from '../../lambda/quotas.ts'
import type { LambdaFunction } from '../../ports/lambda-api.ts'
import type { LayerApi } from '../../ports/layer-api.ts'
import type { ZipSizes } from '../../ports/zip-sizes.ts'
import { megabytes } from '../../report/environment-table.ts'

/** One part of what a function unpacks; `bytes` or why they are not known. */
export type UnzippedPart = { readonly name: string } & (
  | { readonly bytes: number }
  | { readonly bytes?: undefined; readonly reason: string }
)

export type SizePorts = { readonly layers: LayerApi; readonly zipSizes: ZipSizes }

/**
 * Bytes that the function's code and its other layers take unpacked. The API tells sizes of zips only, so the lists of
 * entries of those zips are read, by the links that the API gives. Never rejects but when the run is cancelled.
 */
export async function unzippedParts(
  found: LambdaFunction,
  otherLayers: readonly string[],
  { layers, zipSizes }: SizePorts,
): Promise<readonly UnzippedPart[]> {
  const part = (name: string, bytes: () => Promise<number>) => known(name, bytes)
  const unzipped = (location: string | undefined) =>
    location === undefined ? Promise.reject(new Error('the API gives no download of it')) : zipSizes.unzipped(location)
  return await Promise.all([
    part('the code of the function', () => unzipped(found.codeLocation)),
    ...otherLayers.map((arn) => part(arn, async () => unzipped((await layers.content(arn))?.location))),
  ])
}

/** Throws layer-invalid when what is known is too much together; returns the sum, and what could not be added. */
export function judgeSum(
  functionArn: string,
  layer: { readonly name: string; readonly bytes: number },
  parts: readonly UnzippedPart[],
): { readonly bytes: number; readonly unknown: readonly string[] } {
  const limit = quota('unzipped-with-layers').value
  const sizes = [...parts, layer].flatMap(({ name, bytes }) => (bytes === undefined ? [] : [{ name, bytes }]))
  const bytes = sizes.reduce((sum, one) => sum + one.bytes, 0)
  if (bytes > limit) {
    const lines = sizes
      .toSorted((one, other) => other.bytes - one.bytes)
      .map((one) => `${megabytes(one.bytes)} ${one.name}`)
    throw new ActionError(
      'layer-invalid',
      `With this layer ${functionArn} would unpack ${bytes} bytes, and Lambda takes ${limit} for a function and all of its layers. Nothing was published.`,
      {
        help: `Make the code or a layer smaller first, then attach this one: a layer is attached beside the code that the function has now.\n${lines.join('\n')}`,
      },
    )
  }
  return { bytes, unknown: parts.flatMap((one) => (one.bytes === undefined ? [`${one.name}: ${one.reason}`] : [])) }
}

async function known(name: string, bytes: () => Promise<number>): Promise<UnzippedPart> {
  try {
    return { name, bytes: await bytes() }
  } catch (error) {
    if (error instanceof ActionError && error.code === 'cancelled') throw error
    return { name, reason: error instanceof Error ? error.message : String(error) }
  }
}
