import type { LayerVersionsListItem } from '@aws-sdk/client-lambda'
import type { Archive } from '../archives.ts'
import { lambdaErrors } from './errors.ts'

export type Statement = { readonly Sid: string } & Readonly<Record<string, unknown>>

/** One published version; only its policy changes. */
export type LayerVersion = {
  readonly item: LayerVersionsListItem & { readonly LayerVersionArn: string; readonly Version: number }
  readonly archive: Archive
  /** Unpacked bytes. */
  readonly unzippedSize: number
  policy?: { readonly statements: readonly Statement[]; readonly revisionId: string }
}

export type Layer = {
  readonly name: string
  readonly arn: string
  /** Oldest first; a number is never given twice. */
  readonly versions: LayerVersion[]
  lastVersion: number
}

export type LayerId = { readonly LayerName?: string | undefined; readonly VersionNumber?: unknown }

const NAME = /^(?:arn:aws[a-z-]*:lambda:(?<region>[a-z0-9-]+):(?<account>\d{12}):layer:)?(?<name>[a-zA-Z0-9-_]{1,140})$/

/** The layers of one account and region. Versions that were deleted stay with the functions that have them. */
export class Layers {
  readonly accountId: string
  readonly region: string
  readonly #byName = new Map<string, Layer>()
  readonly #everPublished = new Map<string, LayerVersion>()

  constructor(place: { accountId: string; region: string }) {
    this.accountId = place.accountId
    this.region = place.region
  }

  all(): Layer[] {
    return [...this.#byName.values()].filter(({ versions }) => versions.length > 0)
  }

  arn(name: string): string {
    return `arn:aws:lambda:${this.region}:${this.accountId}:layer:${name}`
  }

  /** The layer of that name or ARN, whether it has versions or not. */
  layer({ LayerName = '' }: LayerId): Layer {
    const { name, account = this.accountId, region = this.region } = NAME.exec(LayerName)?.groups ?? {}
    if (name === undefined) {
      throw lambdaErrors.invalidParameter(
        `1 validation error detected: Value '${LayerName}' at 'layerName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+)|[a-zA-Z0-9-_]+`,
      )
    }
    if (account !== this.accountId || region !== this.region) throw lambdaErrors.notFound(MISSING)
    return this.#byName.get(name) ?? { name, arn: this.arn(name), versions: [], lastVersion: 0 }
  }

  add(layer: Layer, version: LayerVersion): void {
    layer.versions.push(version)
    layer.lastVersion = version.item.Version
    this.#byName.set(layer.name, layer)
    this.#everPublished.set(version.item.LayerVersionArn, version)
  }

  version(id: LayerId): LayerVersion {
    const number = Number(id.VersionNumber)
    if (number < 1) throw lambdaErrors.invalidParameter('Layer Version Cannot be less than 1')
    const found = this.layer(id).versions.find(({ item }) => item.Version === number)
    if (found === undefined) throw lambdaErrors.notFound(MISSING)
    return found
  }

  /** By the ARN of a version, also of one that was deleted. */
  published(arn: string): LayerVersion | undefined {
    return this.#everPublished.get(arn)
  }
}

const MISSING = 'The resource you requested does not exist.'
