import {
  type AliasConfiguration,
  CreateAliasCommand,
  CreateFunctionCommand,
  GetAliasCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListFunctionsCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import type {
  Alias,
  CreateAnswer,
  FunctionConfiguration,
  FunctionPage,
  LambdaApi,
  LambdaFunction,
  LayersAnswer,
  UpdateAnswer,
} from '../../ports/lambda-api.ts'
import { type AwsOptions, clientOptions } from './client-options.ts'
import { describeFunction } from './function-configuration.ts'
import { IMAGE_DENIED, IMAGE_REFUSALS, LAYER_REFUSALS, OTHER_CODE, ROLE_NOT_ASSUMABLE } from './lambda-refusals.ts'
import { type ExpectedError, send } from './send.ts'

const NOT_FOUND: ExpectedError<undefined> = { name: 'ResourceNotFoundException', answer: () => undefined }

// The same words come as a refused access and as an invalid parameter.
const imageDenied = ['AccessDeniedException', 'InvalidParameterValueException'].map((name) => ({
  name,
  pattern: IMAGE_DENIED,
  answer: (reason: string) => ({ outcome: 'image-denied', reason }) as const,
}))

export function lambdaAdapter(options: AwsOptions): LambdaApi {
  const client = new LambdaClient(clientOptions(options))
  const { signal } = options

  return {
    getFunction: (functionName) =>
      send<LambdaFunction | undefined>(
        { action: 'lambda:GetFunction', resource: functionName },
        { signal, expected: [NOT_FOUND] },
        async (sending) => {
          const answer = await client.send(new GetFunctionCommand({ FunctionName: functionName }), sending)
          const { ImageUri, ResolvedImageUri, Location } = answer.Code ?? {}
          return {
            ...describeFunction(answer.Configuration ?? {}),
            ...(ImageUri === undefined ? {} : { imageUri: ImageUri }),
            ...(ResolvedImageUri === undefined ? {} : { resolvedImageUri: ResolvedImageUri }),
            ...(Location === undefined ? {} : { codeLocation: Location }),
          }
        },
      ),

    getFunctionConfiguration: (functionName, qualifier) =>
      send<FunctionConfiguration | undefined>(
        { action: 'lambda:GetFunctionConfiguration', resource: functionName },
        { signal, expected: [NOT_FOUND] },
        async (sending) => {
          const command = new GetFunctionConfigurationCommand({ FunctionName: functionName, Qualifier: qualifier })
          return describeFunction(await client.send(command, sending))
        },
      ),

    updateFunctionCode: (functionName, imageUri, revisionId) =>
      send<UpdateAnswer>(
        { action: 'lambda:UpdateFunctionCode', resource: functionName },
        {
          signal,
          expected: [
            { name: 'PreconditionFailedException', answer: () => ({ outcome: 'revision-changed' }) },
            ...imageDenied,
          ],
          known: IMAGE_REFUSALS,
        },
        async (sending) => {
          const command = new UpdateFunctionCodeCommand({
            FunctionName: functionName,
            ImageUri: imageUri,
            RevisionId: revisionId,
          })
          return { outcome: 'accepted', configuration: describeFunction(await client.send(command, sending)) }
        },
      ),

    setLayers: (functionName, layers, revisionId) =>
      send<LayersAnswer>(
        { action: 'lambda:UpdateFunctionConfiguration', resource: functionName },
        {
          signal,
          expected: [{ name: 'PreconditionFailedException', answer: () => ({ outcome: 'revision-changed' }) }],
          known: LAYER_REFUSALS,
        },
        async (sending) => {
          const command = new UpdateFunctionConfigurationCommand({
            FunctionName: functionName,
            Layers: [...layers],
            RevisionId: revisionId,
          })
          return { outcome: 'accepted', configuration: describeFunction(await client.send(command, sending)) }
        },
      ),

    functions: (marker) =>
      send<FunctionPage>({ action: 'lambda:ListFunctions', resource: '*' }, { signal }, async (sending) => {
        const { Functions = [], NextMarker } = await client.send(new ListFunctionsCommand({ Marker: marker }), sending)
        return {
          functions: Functions.map(describeFunction),
          ...(NextMarker === undefined || NextMarker === '' ? {} : { next: NextMarker }),
        }
      }),

    createFunction: ({ functionName, imageUri, role, architecture, memorySize, timeout, ephemeralStorage }) =>
      send<CreateAnswer>(
        { action: 'lambda:CreateFunction', resource: functionName },
        {
          signal,
          expected: [
            // Nothing can be in progress for a function that does not exist: the conflict is that it does.
            { name: 'ResourceConflictException', answer: () => ({ outcome: 'exists' }) },
            {
              name: 'InvalidParameterValueException',
              pattern: ROLE_NOT_ASSUMABLE,
              answer: (reason) => ({ outcome: 'role-not-assumable', reason }),
            },
            ...imageDenied,
          ],
          known: IMAGE_REFUSALS,
        },
        async (sending) => {
          const command = new CreateFunctionCommand({
            FunctionName: functionName,
            PackageType: 'Image',
            Code: { ImageUri: imageUri },
            Role: role,
            Architectures: [architecture],
            MemorySize: memorySize,
            Timeout: timeout,
            EphemeralStorage: ephemeralStorage === undefined ? undefined : { Size: ephemeralStorage },
          })
          return { outcome: 'accepted', configuration: describeFunction(await client.send(command, sending)) }
        },
      ),

    publishVersion: (functionName, codeSha256) =>
      send(
        { action: 'lambda:PublishVersion', resource: functionName },
        { signal, known: [OTHER_CODE] },
        async (sending) => {
          const command = new PublishVersionCommand({ FunctionName: functionName, CodeSha256: codeSha256 })
          return describeFunction(await client.send(command, sending))
        },
      ),

    alias: (functionName, name) =>
      send<Alias | undefined>(
        { action: 'lambda:GetAlias', resource: `${functionName}:${name}` },
        { signal, expected: [NOT_FOUND] },
        async (sending) =>
          describeAlias(await client.send(new GetAliasCommand({ FunctionName: functionName, Name: name }), sending)),
      ),

    createAlias: (functionName, name, functionVersion) =>
      send({ action: 'lambda:CreateAlias', resource: `${functionName}:${name}` }, { signal }, async (sending) => {
        const command = new CreateAliasCommand({
          FunctionName: functionName,
          Name: name,
          FunctionVersion: functionVersion,
        })
        return describeAlias(await client.send(command, sending))
      }),

    updateAlias: (functionName, name, functionVersion) =>
      send({ action: 'lambda:UpdateAlias', resource: `${functionName}:${name}` }, { signal }, async (sending) => {
        const command = new UpdateAliasCommand({
          FunctionName: functionName,
          Name: name,
          FunctionVersion: functionVersion,
        })
        return describeAlias(await client.send(command, sending))
      }),
  }
}

function describeAlias(found: AliasConfiguration): Alias {
  return {
    arn: found.AliasArn ?? '',
    name: found.Name ?? '',
    functionVersion: found.FunctionVersion ?? '',
    weighted: Object.keys(found.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0,
  }
}
