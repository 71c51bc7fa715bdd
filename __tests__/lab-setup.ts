import { labFolders } from '../lab/folders.ts'
import type { StandInName } from '../lab/images/stand-ins.ts'
import { type Lab, up } from '../lab/lab.ts'
import { readState } from '../lab/state.ts'

const BASE = ['lambda/nodejs:22'] as const

/** What the whole suite will ask for, the first wanted first; a single file makes what it needs itself. */
const IMAGES: readonly (readonly StandInName[])[] = process.env.CI
  ? [
      [
        'lambda/python:3.11',
        'sam/build-python3.11:latest',
        'lambda/ruby:3.3',
        'sam/build-ruby3.3:latest',
        'lambda/provided:al2023',
      ],
      [
        'sam/build-nodejs22.x:latest',
        'lambda/python:3.9',
        'lambda/java:17',
        'sam/build-java17:latest',
        'lambda/nodejs:22-bullseye',
      ],
    ]
  : []

/**
 * Brings the lab up beside the tests that need none: on a fresh machine that takes longer than they do. Ends it after the last
 * test, unless it was up before.
 */
export default function setup(): () => Promise<void> {
  const wasUp = Object.keys(readState(labFolders()).processes).length > 0
  const lab = up({ images: BASE })
  const images = lab.then(prepare)
  // Whoever needs what failed here asks for it again (lab-ready.ts), and fails with the reason.
  const settled = Promise.allSettled([lab, images])
  return async () => {
    const [brought] = await settled
    if (!wasUp && brought.status === 'fulfilled') await brought.value.stop()
  }
}

async function prepare(lab: Lab): Promise<void> {
  await lab.images(BASE)
  await Promise.all(IMAGES.map((names) => lab.images(names)))
}
