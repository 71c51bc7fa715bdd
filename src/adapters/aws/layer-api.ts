import {
  AddLayerVersionPermissionCommand,
  GetLayerVersionCommand,
  GetLayerVersionPolicyCommand,
  LambdaClient,
  type LayerVersionsListItem,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
} from '@aws-sdk/client-lambda'
import type { LayerApi, LayerContent, LayerVersion, NewLayerVersion } from '../../ports/layer-api.ts'
import { type AwsOptions, clientOptions, UPLOAD_TIMEOUT } from './client-options.ts'
import { LAYER_REFUSALS } from './lambda-refusals.ts'
import { type ExpectedError, send } from './send.ts'

const NOT_FOUND: ExpectedError<undefined> = { name: 'ResourceNotFoundException', answer: () => undefined }

export function layerAdapter(options: AwsOptions): LayerApi {
  const client = new LambdaClient(clientOptions(options))
  const { signal } = options

  return {
    newestVersion: (layerName) =>
      send<LayerVersion | undefined>(
        { action: 'lambda:ListLayerVersions', resource: layerName },
        { signal, expected: [NOT_FOUND] },
        async (sending) => {
          const command = new ListLayerVersionsCommand({ LayerName: layerName })
          const { LayerVersions = [] } = await client.send(command, sending)
          // AWS lists the newest first, without promising it.
          const [newest] = LayerVersions.toSorted((one, other) => (other.Version ?? 0) - (one.Version ?? 0))
          return newest && describe(newest)
        },
      ),

    content: (arn) =>
      send<LayerContent | undefined>(
        { action: 'lambda:GetLayerVersion', resource: arn },
        { signal, expected: [NOT_FOUND] },
        async (sending) => {
          const { Content } = await client.send(new GetLayerVersionCommand(address(arn)), sending)
          return {
            codeSha256: Content?.CodeSha256 ?? '',
            ...(Content?.Location === undefined ? {} : { location: Content.Location }),
          }
        },
      ),

    publish: (request) =>
      send(
        { action: 'lambda:PublishLayerVersion', resource: request.layerName },
        { signal, known: LAYER_REFUSALS },
        async (sending) => {
          const command = new PublishLayerVersionCommand({
            LayerName: request.layerName,
            Description: request.description,
            LicenseInfo: request.licenseInfo,
            CompatibleRuntimes: [...request.runtimes] as LayerVersionsListItem['CompatibleRuntimes'],
            CompatibleArchitectures: [...request.architectures] as LayerVersionsListItem['CompatibleArchitectures'],
            Content: content(request),
          })
          const published = await client.send(command, { ...sending, requestTimeout: UPLOAD_TIMEOUT })
          return {
            arn: published.LayerVersionArn ?? '',
            version: published.Version ?? 0,
            codeSha256: published.Content?.CodeSha256 ?? '',
          }
        },
      ),

    policy: (arn) =>
      send<string | undefined>(
        { action: 'lambda:GetLayerVersionPolicy', resource: arn },
        { signal, expected: [NOT_FOUND] },
        async (sending) => (await client.send(new GetLayerVersionPolicyCommand(address(arn)), sending)).Policy,
      ),

    grant: (arn, { statementId, principal, organizationId }) =>
      send<'added' | 'exists'>(
        { action: 'lambda:AddLayerVersionPermission', resource: arn },
        { signal, expected: [{ name: 'ResourceConflictException', answer: () => 'exists' }] },
        async (sending) => {
          const command = new AddLayerVersionPermissionCommand({
            ...address(arn),
            StatementId: statementId,
            Action: 'lambda:GetLayerVersion',
            Principal: principal,
            OrganizationId: organizationId,
          })
          await client.send(command, sending)
          return 'added'
        },
      ),
  }
}

function describe(item: LayerVersionsListItem): LayerVersion {
  return {
    arn: item.LayerVersionArn ?? '',
    version: item.Version ?? 0,
    description: item.Description ?? '',
    licenseInfo: item.LicenseInfo ?? '',
    runtimes: item.CompatibleRuntimes ?? [],
    architectures: item.CompatibleArchitectures ?? [],
  }
}

function content({ content: source }: NewLayerVersion) {
  return 'zip' in source ? { ZipFile: source.zip } : { S3Bucket: source.bucket, S3Key: source.key }
}

/** The API takes layer and version apart. */
function address(arn: string): { LayerName: string; VersionNumber: number } {
  const colon = arn.lastIndexOf(':')
  return { LayerName: arn.slice(0, colon), VersionNumber: Number(arn.slice(colon + 1)) }
}
