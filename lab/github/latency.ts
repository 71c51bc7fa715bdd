import { setTimeout } from 'node:timers/promises'

/** Milliseconds of a request and its answer together; evenly spread between the two. */
export type Latency = { readonly least: number; readonly most: number }

/** The way of a request, or of its answer. */
export async function halfOf(latency: Latency | undefined): Promise<void> {
  if (latency === undefined) return
  const { least, most } = latency
  await setTimeout((least + Math.random() * (most - least)) / 2)
}
