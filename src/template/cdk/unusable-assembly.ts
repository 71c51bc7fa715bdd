/** Raised inside the reader of cloud assemblies for what no candidate can be found in; it becomes a problem of `template`. */
export class UnusableAssembly extends Error {
  override readonly name = 'UnusableAssembly'
}
