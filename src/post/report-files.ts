import type { Files } from '../ports/files.ts'

/** A matrix of that size has no readable comment any more. */
const MOST_REPORTS = 50

/** Paths of the reports: files as given, of a folder every report.json in it and in its subfolders. */
export async function reportFiles(paths: readonly string[], files: Files): Promise<string[]> {
  const found = await Promise.all(paths.map((path) => reportsAt(path, files)))
  return found.flat().slice(0, MOST_REPORTS)
}

async function reportsAt(path: string, files: Files): Promise<string[]> {
  if ((await files.kind(path)) !== 'directory') return [path]
  const folders = [path, ...(await files.names(path)).toSorted().map((name) => `${path}/${name}`)]
  const reports = await Promise.all(
    folders.map(async (folder) =>
      (await files.names(folder)).includes('report.json') ? [`${folder}/report.json`] : [],
    ),
  )
  return reports.flat()
}
