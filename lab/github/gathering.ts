/** Lets the first `count` who arrive go on together; who comes later is not held. */
export class Gathering {
  #missing = 0
  #waiting: (() => void)[] = []

  expect(count: number): void {
    this.#missing = count
  }

  arrive(): Promise<void> {
    if (this.#missing === 0) return Promise.resolve()
    this.#missing -= 1
    if (this.#missing === 0) {
      for (const release of this.#waiting.splice(0)) release()
      return Promise.resolve()
    }
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}
