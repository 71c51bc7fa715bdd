import { judgeContainerEngine } from '../build/judge-engine.ts'
import { evidenceReader } from '../inspect/evidence-reader.ts'
import type { RuntimePorts } from '../inspect/runtime-facts.ts'
import type { Known } from './known.ts'
import type { ContainerPorts, RunPorts } from './run-ports.ts'

/** Docker's ports, or why there is no usable engine. Asked at most once, and only when it is needed: a layer may do without. */
export type LayerEngine = () => Promise<RuntimePorts & { readonly docker: ContainerPorts }>

export function layerEngine(known: Known, { engine, containerPorts, log }: RunPorts): LayerEngine {
  let usable: ReturnType<LayerEngine> | undefined
  const judge = async () => {
    const ports = containerPorts(judgeContainerEngine(await engine.facts()))
    known.engineUsed = true
    const { images, imageFiles, evidenceCache } = ports
    return { images, reader: evidenceReader({ imageFiles, evidenceCache, log }), log, docker: ports }
  }
  return () => {
    usable ??= judge()
    return usable
  }
}
