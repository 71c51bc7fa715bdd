import * as v from 'valibot'

// As far as it is read here, of the npm package @aws-cdk/cloud-assembly-schema 55: lib/cloud-assembly/schema.d.ts,
// artifact-schema.d.ts, metadata-schema.d.ts; lib/assets/schema.d.ts, docker-image-asset.d.ts, file-asset.d.ts.
const text = v.string('must be a text')
const texts = v.record(text, text)
const CACHE = v.object({ type: text, params: v.optional(texts) })

/** `source` of a Docker image asset. `directory` and everything below it count from the asset manifest's folder. */
const DOCKER_SOURCE = v.object({
  directory: v.optional(text),
  executable: v.optional(v.array(text)),
  dockerFile: v.optional(text),
  dockerBuildTarget: v.optional(text),
  dockerBuildArgs: v.optional(texts),
  dockerBuildContexts: v.optional(texts),
  dockerBuildSsh: v.optional(text),
  dockerBuildSecrets: v.optional(texts),
  networkMode: v.optional(text),
  platform: v.optional(text),
  dockerOutputs: v.optional(v.array(text)),
  cacheFrom: v.optional(v.array(CACHE)),
  cacheTo: v.optional(CACHE),
  cacheDisabled: v.optional(v.boolean()),
})

const FILE_SOURCE = v.object({ path: v.optional(text), executable: v.optional(v.array(text)) })

export const ASSET_MANIFEST = v.object({
  version: text,
  files: v.optional(
    v.record(
      text,
      v.object({
        source: FILE_SOURCE,
        destinations: v.record(text, v.object({ bucketName: text, objectKey: text })),
      }),
    ),
  ),
  dockerImages: v.optional(
    v.record(
      text,
      v.object({
        source: DOCKER_SOURCE,
        destinations: v.record(text, v.object({ repositoryName: text, imageTag: text })),
      }),
    ),
  ),
})

/** Entries by construct path (`/Stage/Stack/Function/Resource`). */
export const METADATA = v.record(text, v.array(v.object({ type: text, data: v.optional(v.unknown()) })))

const ARTIFACT = v.object({
  type: text,
  environment: v.optional(text),
  metadata: v.optional(METADATA),
  additionalMetadataFile: v.optional(text),
  dependencies: v.optional(v.array(text)),
  properties: v.optional(
    v.object({
      templateFile: v.optional(text),
      directoryName: v.optional(text),
      file: v.optional(text),
      parameters: v.optional(texts),
    }),
  ),
})

export const ASSEMBLY_MANIFEST = v.object({ version: text, artifacts: v.record(text, ARTIFACT) })

/** Data of `aws:cdk:asset`, where the legacy synthesizer writes what others write into an asset manifest. */
export const LEGACY_ASSET = v.object({
  id: text,
  path: text,
  packaging: text,
  repositoryName: v.optional(text),
  imageTag: v.optional(text),
  file: v.optional(text),
  target: v.optional(text),
  buildArgs: v.optional(texts),
  buildContexts: v.optional(texts),
  buildSsh: v.optional(text),
  buildSecrets: v.optional(texts),
  networkMode: v.optional(text),
  platform: v.optional(text),
  outputs: v.optional(v.array(text)),
  cacheFrom: v.optional(v.array(CACHE)),
  cacheTo: v.optional(CACHE),
  cacheDisabled: v.optional(v.boolean()),
})

export type DockerSource = v.InferOutput<typeof DOCKER_SOURCE>
export type FileSource = v.InferOutput<typeof FILE_SOURCE>
export type Artifact = v.InferOutput<typeof ARTIFACT>
export type Metadata = v.InferOutput<typeof METADATA>
export type LegacyAsset = v.InferOutput<typeof LEGACY_ASSET>
