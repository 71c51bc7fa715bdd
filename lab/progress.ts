/** Tells the person at the terminal what takes time: one line when a step begins, one with its seconds when it ends. */
export type Progress = {
  step<T>(title: string, work: () => Promise<T>): Promise<T>
}

export function printedProgress(print: (line: string) => void = console.error): Progress {
  return {
    async step(title, work) {
      const started = performance.now()
      const seconds = () => ((performance.now() - started) / 1000).toFixed(1)
      print(`lab: ${title} …`)
      try {
        const result = await work()
        print(`lab: ${title}: ${seconds()} s`)
        return result
      } catch (error) {
        print(`lab: ${title}: failed after ${seconds()} s`)
        throw error
      }
    },
  }
}
