import type { Faults } from '../faults.ts'
import type { Operations } from '../operations.ts'
import { createAlias, deleteAlias, getAlias, listAliases, updateAlias } from './aliases.ts'
import { createFunction } from './create-function.ts'
import type { FunctionId, Functions } from './functions.ts'
import { getFunction, getFunctionConfiguration, listFunctions } from './get-function.ts'
import { invoke, type Runtime } from './invoke.ts'
import { addLayerVersionPermission, getLayerVersionPolicy, removeLayerVersionPermission } from './layer-permissions.ts'
import {
  deleteLayerVersion,
  getLayerVersion,
  getLayerVersionByArn,
  type LayerScope,
  listLayers,
  listLayerVersions,
  publishLayerVersion,
} from './layer-versions.ts'
import type { ImageScope } from './source-image.ts'
import { updateFunctionCode, updateFunctionConfiguration } from './update-function.ts'
import { listVersionsByFunction, publishVersion } from './versions.ts'

type Scope = LayerScope & {
  readonly functions: Functions
  readonly faults: Faults
  readonly images: ImageScope
  readonly runtime: Runtime | undefined
  readonly pollsUntilActive: number
  readonly pollsUntilUpdated: number
}

export function lambdaOperations(scope: Scope): Operations {
  const { functions, layers } = scope
  return {
    CreateFunction: (input) => createFunction(input, scope),
    GetFunction: (input) => getFunction(input, scope),
    GetFunctionConfiguration: (input) => getFunctionConfiguration(input, functions),
    UpdateFunctionCode: (input) => updateFunctionCode(input, scope),
    UpdateFunctionConfiguration: (input) => updateFunctionConfiguration(input, scope),
    ListFunctions: (input) => listFunctions(input, functions),
    DeleteFunction: (input: FunctionId) => {
      functions.remove(input)
      return undefined
    },
    PublishVersion: (input) => publishVersion(input, functions),
    ListVersionsByFunction: (input) => listVersionsByFunction(input, functions),
    CreateAlias: (input) => createAlias(input, functions),
    GetAlias: (input) => getAlias(input, functions),
    UpdateAlias: (input) => updateAlias(input, functions),
    DeleteAlias: (input) => deleteAlias(input, functions),
    ListAliases: (input) => listAliases(input, functions),
    Invoke: (input) => invoke(input, scope),
    PublishLayerVersion: (input) => publishLayerVersion(input, scope),
    GetLayerVersion: (input) => getLayerVersion(input, scope),
    GetLayerVersionByArn: (input) => getLayerVersionByArn(input, scope),
    ListLayerVersions: (input) => listLayerVersions(input, scope),
    ListLayers: (input) => listLayers(input, scope),
    DeleteLayerVersion: (input) => deleteLayerVersion(input, scope),
    AddLayerVersionPermission: (input) => addLayerVersionPermission(input, layers),
    RemoveLayerVersionPermission: (input) => removeLayerVersionPermission(input, layers),
    GetLayerVersionPolicy: (input) => getLayerVersionPolicy(input, layers),
  }
}
