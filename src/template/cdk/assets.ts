import { dirname } from 'node:path'
import * as v from 'valibot'
import type { Files } from '../../ports/files.ts'
import { readAssemblyFile } from './assembly-file.ts'
import {
  ASSET_MANIFEST,
  type DockerSource,
  type FileSource,
  LEGACY_ASSET,
  type LegacyAsset,
} from './assembly-schema.ts'
import type { Stack } from './stacks.ts'

type Asset<Source> = {
  /** Mostly the hash of its content. */
  readonly id: string
  readonly source: Source
  /** Folder that paths of the source count from. */
  readonly folder: string
  /** Ends of the places it is published to, as templates write them: `repository:tag`, or a key in S3. */
  readonly destinations: readonly string[]
}
export type ImageAsset = Asset<DockerSource>
export type FileAsset = Asset<FileSource>
export type Assets = { readonly images: readonly ImageAsset[]; readonly files: readonly FileAsset[] }

/** What the asset manifests and the metadata of a stack name. Rejects with UnusableAssembly. */
export async function readAssets(stack: Stack, files: Files): Promise<Assets> {
  const read = await Promise.all(stack.assetManifests.map((path) => ofManifest(path, files)))
  const all = [...read, ofMetadata(stack)]
  return { images: all.flatMap(({ images }) => images), files: all.flatMap(({ files }) => files) }
}

async function ofManifest(path: string, files: Files): Promise<Assets> {
  const manifest = await readAssemblyFile(path, ASSET_MANIFEST, files)
  const folder = dirname(path)
  return {
    images: Object.entries(manifest.dockerImages ?? {}).map(([id, { source, destinations }]) => {
      const tags = Object.values(destinations).map(({ repositoryName, imageTag }) => `${repositoryName}:${imageTag}`)
      return { id, source, folder, destinations: tags }
    }),
    files: Object.entries(manifest.files ?? {}).map(([id, { source, destinations }]) => {
      return { id, source, folder, destinations: Object.values(destinations).map(({ objectKey }) => objectKey) }
    }),
  }
}

/** The legacy synthesizer writes no asset manifest. */
function ofMetadata({ metadata, folder }: Stack): Assets {
  const entries = Object.values(metadata).flat()
  const legacy = entries.flatMap(({ type, data }) => {
    const parsed = v.safeParse(LEGACY_ASSET, data)
    return type === 'aws:cdk:asset' && parsed.success ? [parsed.output] : []
  })
  const [images, files] = [legacy.filter(isImage), legacy.filter((one) => !isImage(one))]
  return {
    images: images.map((one) => ({
      id: one.id,
      source: dockerSource(one),
      folder,
      destinations: [`${one.repositoryName ?? 'aws-cdk/assets'}:${one.imageTag ?? one.id}`],
    })),
    files: files.map(({ id, path }) => ({ id, source: { path }, folder, destinations: [] })),
  }
}

function isImage({ packaging }: LegacyAsset): boolean {
  return packaging === 'container-image'
}

function dockerSource(legacy: LegacyAsset): DockerSource {
  return {
    directory: legacy.path,
    dockerFile: legacy.file,
    dockerBuildTarget: legacy.target,
    dockerBuildArgs: legacy.buildArgs,
    dockerBuildContexts: legacy.buildContexts,
    dockerBuildSsh: legacy.buildSsh,
    dockerBuildSecrets: legacy.buildSecrets,
    networkMode: legacy.networkMode,
    platform: legacy.platform,
    dockerOutputs: legacy.outputs,
    cacheFrom: legacy.cacheFrom,
    cacheTo: legacy.cacheTo,
    cacheDisabled: legacy.cacheDisabled,
  }
}
