/** What one file of a Dotnet program says. */
export type DotnetFile = { readonly kind: string; readonly path: string }
