/** What one file of a Java program says. */
export type JavaFile = { readonly kind: string; readonly path: string }
