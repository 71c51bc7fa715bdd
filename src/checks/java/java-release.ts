import type { RuntimeView } from '../facts/runtime-view.ts'

// Class file versions count from Java 1.1 on: Java 8 is 52 (JVM specification §4.1).
const BEFORE_JAVA_1 = 44

/** Newest class file version that the runtime's JVM loads: by its row, else by the Java that was found in the image. */
export function newestClassVersion({ runtime, tools }: RuntimeView): number | undefined {
  if (runtime?.classFileVersion !== undefined) return runtime.classFileVersion
  const major = Number(/^(\d+)/.exec(tools.java ?? '')?.[1])
  return Number.isInteger(major) ? major + BEFORE_JAVA_1 : undefined
}

/** Whether a JVM may run here: a runtime of another language has none, unless the files hold one. */
export function mayRunJava(view: RuntimeView): boolean {
  const family = view.runtime?.family
  return newestClassVersion(view) !== undefined || family === undefined || family === 'java' || family === 'provided'
}

/** `Java 17` of class file version 61. */
export function javaRelease(classVersion: number): string {
  return `Java ${classVersion - BEFORE_JAVA_1}`
}
