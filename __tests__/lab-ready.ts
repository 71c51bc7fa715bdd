import { labFolders } from '../lab/folders.ts'
import { up } from '../lab/lab.ts'
import { withLock } from '../lab/lock.ts'
import { readState } from '../lab/state.ts'

// Before each file that needs the lab: lab-setup.ts may still be at work on it, or have failed.
const folders = labFolders()
await withLock(folders, 'up', async () => {})
if (Object.keys(readState(folders).processes).length === 0) await up()
