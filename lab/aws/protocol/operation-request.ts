import type { Service } from '../service-error.ts'

/** A request that a protocol has understood: which operation of which service, with which input members. */
export type OperationRequest = {
  readonly service: Service
  readonly operation: string
  readonly input: Record<string, unknown>
}
