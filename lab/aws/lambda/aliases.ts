import { randomUUID } from 'node:crypto'
import type {
  AliasConfiguration,
  CreateAliasCommandInput,
  ListAliasesCommandInput,
  ListAliasesCommandOutput,
  UpdateAliasCommandInput,
} from '@aws-sdk/client-lambda'
import type { Output } from '../operations.ts'
import { lambdaErrors } from './errors.ts'
import type { FunctionId, Functions } from './functions.ts'

type AliasId = FunctionId & { readonly Name?: string | undefined }

export function createAlias(input: CreateAliasCommandInput, functions: Functions): AliasConfiguration {
  const { aliases, arn } = functions.get(input)
  const Name = input.Name ?? ''
  const AliasArn = `${arn}:${Name}`
  if (aliases.has(Name)) throw lambdaErrors.conflict(`Alias already exists: ${AliasArn}`)
  functions.revision({ FunctionName: arn, Qualifier: input.FunctionVersion })
  const alias: AliasConfiguration = {
    AliasArn,
    Name,
    FunctionVersion: input.FunctionVersion,
    Description: input.Description ?? '',
    ...(input.RoutingConfig && { RoutingConfig: input.RoutingConfig }),
    RevisionId: randomUUID(),
  }
  aliases.set(Name, alias)
  return alias
}

export function getAlias(input: AliasId, functions: Functions): AliasConfiguration {
  const { aliases, arn } = functions.get(input)
  const alias = aliases.get(input.Name ?? '')
  if (alias === undefined) throw lambdaErrors.notFound(`Cannot find alias arn: ${arn}:${input.Name}`)
  return alias
}

export function updateAlias(input: UpdateAliasCommandInput, functions: Functions): AliasConfiguration {
  const { aliases, arn } = functions.get(input)
  const current = getAlias(input, functions)
  if (input.RevisionId !== undefined && input.RevisionId !== current.RevisionId) throw lambdaErrors.wrongRevision()
  if (input.FunctionVersion !== undefined) {
    functions.revision({ FunctionName: arn, Qualifier: input.FunctionVersion })
  }
  const updated: AliasConfiguration = {
    ...current,
    ...(input.FunctionVersion !== undefined && { FunctionVersion: input.FunctionVersion }),
    ...(input.Description !== undefined && { Description: input.Description }),
    ...(input.RoutingConfig !== undefined && { RoutingConfig: input.RoutingConfig }),
    RevisionId: randomUUID(),
  }
  aliases.set(input.Name ?? '', updated)
  return updated
}

export function listAliases(input: ListAliasesCommandInput, functions: Functions): Output<ListAliasesCommandOutput> {
  const all = [...functions.get(input).aliases.values()]
  return {
    Aliases: all.filter(
      (alias) => input.FunctionVersion === undefined || alias.FunctionVersion === input.FunctionVersion,
    ),
  }
}

export function deleteAlias(input: AliasId, functions: Functions): undefined {
  functions.get(input).aliases.delete(input.Name ?? '')
}
