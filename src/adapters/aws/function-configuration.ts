import type { FunctionConfiguration as Shown } from '@aws-sdk/client-lambda'
import type { FunctionConfiguration } from '../../ports/lambda-api.ts'

/** What AWS shows of a function, without its environment variables, and without what it leaves out or leaves empty (emulators do). */
export function describeFunction(shown: Shown): FunctionConfiguration {
  const image = shown.ImageConfigResponse?.ImageConfig
  return {
    functionArn: shown.FunctionArn ?? '',
    // Absent in answers that are older than package types.
    packageType: shown.PackageType ?? 'Zip',
    architectures: shown.Architectures ?? ['x86_64'],
    version: shown.Version ?? '$LATEST',
    ...defined({
      runtime: shown.Runtime,
      layers: shown.Layers?.flatMap(({ Arn }) => Arn ?? []),
      memorySize: shown.MemorySize,
      timeout: shown.Timeout,
      ephemeralStorage: shown.EphemeralStorage?.Size,
      imageConfig:
        image &&
        defined({ command: image.Command, entryPoint: image.EntryPoint, workingDirectory: image.WorkingDirectory }),
      codeSha256: shown.CodeSha256 || undefined,
      revisionId: shown.RevisionId,
      state: shown.State,
      stateReason: shown.StateReason || undefined,
      stateReasonCode: shown.StateReasonCode || undefined,
      lastUpdateStatus: shown.LastUpdateStatus,
      lastUpdateStatusReason: shown.LastUpdateStatusReason || undefined,
      lastUpdateStatusReasonCode: shown.LastUpdateStatusReasonCode || undefined,
    }),
  }
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> }

function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>
}
